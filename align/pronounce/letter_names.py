"""The names of letters and digits, which Mandarin speakers say in English too."""

from __future__ import annotations

import re

from align.pronounce.combine_readings import distinct, joined
from align.pronounce.phones import Reading

_NAMES: dict[str, tuple[str, ...]] = {
    "a": ("ey",), "b": ("b iy",), "c": ("s iy",), "d": ("d iy",), "e": ("iy",), "f": ("eh f",),
    "g": ("jh iy",), "h": ("ey ch",), "i": ("ay",), "j": ("jh ey",), "k": ("k ey",), "l": ("eh l",),
    "m": ("eh m",), "n": ("eh n",), "o": ("ow",), "p": ("p iy",), "q": ("k y uw",), "r": ("aa r",),
    "s": ("eh s",), "t": ("t iy",), "u": ("y uw",), "v": ("v iy",),
    "w": ("d ah b ah l y uw", "d ah b y uw"), "x": ("eh k s",), "y": ("w ay",), "z": ("z iy", "z eh d"),
}  # fmt: skip

_TRIPLE = ("t", "r", "ih", "p", "ah", "l")


def letter_readings(letters: str) -> tuple[Reading, ...]:
    """`letters` (a to z, in lower case) by their names, AAAI also as "triple A I"; () for anything else."""
    names = [[tuple(name.split(" ")) for name in _NAMES.get(letter, ())] for letter in letters]
    plain = joined(names)
    triple = re.match(r"(.)\1\1(?!\1)", letters)
    return distinct([*plain, *joined([[_TRIPLE], *names[2:]])]) if triple else plain
