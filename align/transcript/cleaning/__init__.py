"""Clean a transcript's text, and record every character that changes."""
