"""From sound to posteriors: how likely each phone is in each frame."""
