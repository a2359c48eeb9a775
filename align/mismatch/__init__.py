"""Where text and audio disagree: found, explained, reported."""
