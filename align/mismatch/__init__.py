"""Where text and audio disagree: candidates, their kinds, and the mismatches."""
