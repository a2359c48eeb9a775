"""Mend a transcript's text, and account for every character that changes."""
