"""The pictures of the README and the docs, made from a finished run of the demo."""
