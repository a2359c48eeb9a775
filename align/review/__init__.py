"""The page on which a person judges the mismatches."""
