"""Cues, words and transcripts as the files that other programs read."""
