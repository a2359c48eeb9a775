"""Read every input format, clean it, and cut it into tokens."""
