"""The names of letters and digits, which Mandarin speakers say in English too."""

from __future__ import annotations

from align.pronounce.combine import joined
from align.pronounce.phones import Reading

_NAMES: dict[str, tuple[str, ...]] = {
    "a": ("ey",), "b": ("b iy",), "c": ("s iy",), "d": ("d iy",), "e": ("iy",), "f": ("eh f",),
    "g": ("jh iy",), "h": ("ey ch",), "i": ("ay",), "j": ("jh ey",), "k": ("k ey",), "l": ("eh l",),
    "m": ("eh m",), "n": ("eh n",), "o": ("ow",), "p": ("p iy",), "q": ("k y uw",), "r": ("aa r",),
    "s": ("eh s",), "t": ("t iy",), "u": ("y uw",), "v": ("v iy",),
    "w": ("d ah b ah l y uw", "d ah b y uw"), "x": ("eh k s",), "y": ("w ay",), "z": ("z iy", "z eh d"),
}  # fmt: skip


def letter_readings(letters: str) -> tuple[Reading, ...]:
    """`letters` (a to z, in lower case) said one by one by their names; () where one is no letter."""
    return joined([[tuple(name.split(" ")) for name in _NAMES.get(letter, ())] for letter in letters])
