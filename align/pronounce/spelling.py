"""How an English word that no dictionary has is said, by its letters."""

from __future__ import annotations

from align.pronounce.phones import Reading

_SOUNDS = {
    "a": "ae", "b": "b", "c": "k", "d": "d", "e": "eh", "f": "f", "g": "g", "h": "hh", "i": "ih", "j": "jh",
    "k": "k", "l": "l", "m": "m", "n": "n", "o": "aa", "p": "p", "q": "k", "r": "r", "s": "s", "t": "t",
    "u": "ah", "v": "v", "w": "w", "x": "k s", "y": "iy", "z": "z",
}  # fmt: skip


def spelled_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a word of the letters a to z."""
    return (tuple(phone for letter in word for phone in _SOUNDS[letter].split(" ")),)
