"""Text for a terminal, which takes some characters for commands."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 160
"""Columns of a table that goes into a pipe or a file, where nothing is known of who reads it."""

_TURNING = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_COMMANDS = re.compile(f"[\x00-\x1f\x7f-\x9f{_TURNING}]")
"""Controls, ends of lines, marks that turn the direction of writing, and halves of surrogate pairs."""
_IN_JSON = re.compile(f"[\x7f-\x9f{_TURNING}]")
"""Those that json leaves as they are."""


def printable(text: str) -> str:
    r"""`text` on one line, with what a terminal would obey written out.

    >>> printable("a\x1b[2Jb\nc")
    'a\\x1b[2Jb\\nc'
    """
    return _COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The same, with one blank for any white space: for running text in a cell of a table."""
    return printable(" ".join(text.split()))


def escaped(document: str) -> str:
    """The same JSON document, with what a terminal would obey as escapes, which mean the same there."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def printer() -> Console:
    """What prints tables on stdout, in the terminal's width or in WIDE columns for a pipe."""
    from rich.console import Console

    terminal = Console(highlight=False, markup=False, emoji=False)
    if terminal.is_terminal:
        return terminal
    return Console(highlight=False, markup=False, emoji=False, width=WIDE)


@contextmanager
def silent_libraries() -> Iterator[None]:
    """Keep what libraries warn of away from stderr, which is for align's own sentences.

    Whoever starts Python with -W or PYTHONWARNINGS still gets the warnings.
    """
    silence = logging.NullHandler()  # without any handler, Python itself prints what is logged
    logging.getLogger().addHandler(silence)
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            yield
    finally:
        logging.getLogger().removeHandler(silence)
