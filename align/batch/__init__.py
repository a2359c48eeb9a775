"""Many recordings: read from a list, worked on by several processes or by a Ray cluster, each done once."""
