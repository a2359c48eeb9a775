"""What every other folder stands on: types, errors, the cache, files, progress."""
