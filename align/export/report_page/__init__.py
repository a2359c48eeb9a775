"""The report page: every mismatch with its audio, in one HTML file."""
