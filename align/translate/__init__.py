"""The second language: one interface, several translators."""
