"""From placed tokens to subtitle files: phrases, their times, their lines, and the formats."""
