"""align for other programs: an HTTP API on this machine, and tools for language models (MCP)."""
