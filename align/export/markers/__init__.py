"""The mismatches as markers on the timeline of a video editor."""
