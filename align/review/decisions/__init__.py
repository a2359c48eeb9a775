"""What a person decided about a result: kept in a log, undone and redone, and applied."""
