"""Plots of a result: their data, their style, and a module for each."""
