"""Text from outside as a terminal may show it: it moves no cursor, sets no colour, turns no line around."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 160
"""Columns of a table that goes into a pipe or a file, where nothing is known of who reads it."""

_JOINERS = "\u200c\u200d"
"""Parts of emoji and of some scripts; without them these fall apart, and they turn nothing around."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Categories that command the terminal, have no shape of their own, or end the line."""
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What json leaves as it is and a terminal obeys, or cannot be written as UTF-8."""


def visible(text: str) -> str:
    """`text` on one line; a control, bidi or other invisible character is written as its number.

    White space of any kind becomes one blank. "a\\x1b[2Jb" reads "a<U+001B>[2Jb".
    """
    return "".join(map(_shown, " ".join(text.split())))


def escaped(document: str) -> str:
    """The same JSON document, with those characters in their strings as escapes, which mean the same."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def printer() -> Console:
    """What prints tables on stdout, in the terminal's width or in WIDE columns for a pipe."""
    from rich.console import Console

    terminal = Console(highlight=False, markup=False, emoji=False)
    if terminal.is_terminal:
        return terminal
    return Console(highlight=False, markup=False, emoji=False, width=WIDE)


def _shown(character: str) -> str:
    hidden = unicodedata.category(character) in _HIDDEN and character not in _JOINERS
    return f"<U+{ord(character):04X}>" if hidden else character
