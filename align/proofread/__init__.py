"""Words that sound right and are wrong: alternatives, and how well they fit the context and the sound."""
