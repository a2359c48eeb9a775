"""Results: alignment.json and its versions."""
