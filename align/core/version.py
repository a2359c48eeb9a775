"""The version of align, which the distribution takes from here."""

__version__ = "0.2.0"
