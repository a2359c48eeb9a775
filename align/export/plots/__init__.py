"""A result as pictures: numbers, what they are drawn with, and a module for each picture."""
