"""What the text sounds like."""
