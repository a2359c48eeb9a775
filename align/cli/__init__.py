"""The commands of `align`, one a module; each imports what it needs when it is called."""
