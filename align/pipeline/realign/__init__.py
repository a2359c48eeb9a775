"""What changed in a transcript is placed again; all other words, cues and lines are kept."""
