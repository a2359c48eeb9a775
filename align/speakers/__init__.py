"""Who speaks: voices in the audio, and names on the tokens."""
