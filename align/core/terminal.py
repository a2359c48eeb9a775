"""Write any text safely to a terminal, which takes some characters for commands, and to stdout and stderr.

A stream may lack the characters of a language, be full or closed, or lead to a program that has stopped
reading. `guard_streams` handles that for everything that is printed.
"""

from __future__ import annotations

import codecs
import errno
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, cast

from align.core.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 160
"""Columns of a table that goes into a pipe or a file."""

_DIRECTION = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f{_DIRECTION}]")
"""Controls, ends of lines, marks that change the writing direction, and halves of surrogate pairs."""
_UNSAFE_IN_JSON = re.compile(f"[\x7f-\x9f{_DIRECTION}]")
"""Those that the json module leaves as they are."""


def printable(text: str) -> str:
    r"""`text` on one line, with escapes for what a terminal would obey.

    >>> printable("a\x1b[2Jb\nc")
    'a\\x1b[2Jb\\nc'
    """
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The same with one blank for any white space, for a cell of a table."""
    return printable(" ".join(text.split()))


def escaped(document: str) -> str:
    """The same JSON document with escapes for what a terminal would obey."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", document)


def printer() -> Console:
    """A printer of tables on stdout, as wide as the terminal, or WIDE columns for a pipe."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDE
    return console


def takes_all(stream: TextIO) -> bool:
    """Whether a stream is UTF-8: it can take every character and a byte order mark."""
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name == "utf-8"


class Outlet:
    """A standard stream that takes any text, escapes what its encoding lacks, and outlives its reader.

    A failure is reported once for stdout and never for stderr; after that nothing is written. It is not a
    failure that a reader such as `head` stops reading.
    """

    def __init__(self, stream: TextIO, strict: bool) -> None:
        """`strict`: it is an error when nothing can be written."""
        cast("Any", stream).reconfigure(errors="backslashreplace")
        self._stream = stream
        self._strict = strict

    def write(self, text: str) -> int:
        """Write text, or drop what cannot be written.

        Raises:
            InputError: the stream is full or closed.
        """
        if (
            text == ""
        ):  # with this click tests for a text stream, and would take one on a full disk for binary
            return 0
        try:
            return self._stream.write(text)
        except OSError as error:
            self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Write the buffered text.

        Raises:
            InputError: as above.
        """
        try:
            self._stream.flush()
        except OSError as error:
            self._give_up(error)

    def __getattr__(self, name: str) -> Any:
        """Everything else is the stream's, but not its bytes, which click would write in its own encoding."""
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self._stream, name)

    def _give_up(self, error: OSError) -> None:
        """Discard the buffered and all later text, so that not even Python's last flush fails."""
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, self._stream.fileno())
        os.close(devnull)
        if self._strict and not isinstance(error, BrokenPipeError):
            why = "it is closed" if error.errno == errno.EBADF else error.strerror
            raise InputError("stdout", f"cannot be written ({why}); redirect it elsewhere") from error


def guard_streams() -> None:
    """Make stdin, stdout and stderr safe for the rest of the process, unless they were already replaced."""
    if sys.stdin is None:
        sys.stdin = _opened("r", os.O_RDONLY)
    if sys.stdout is sys.__stdout__:
        sys.stdout = cast("TextIO", Outlet(sys.stdout or _opened("w", os.O_RDONLY), strict=True))
    if sys.stderr is sys.__stderr__:
        sys.stderr = cast("TextIO", Outlet(sys.stderr or _opened("w", os.O_WRONLY), strict=False))


def _opened(mode: str, access: int) -> TextIO:
    """A stand-in for a closed stream, with its descriptor, so that no file of ours gets that.

    One that may only be read fails when it is written, as a closed stream does.
    """
    descriptor = os.open(os.devnull, access)
    os.set_inheritable(descriptor, True)
    return cast("TextIO", open(descriptor, mode, encoding="utf-8", closefd=False))


@contextmanager
def silent_libraries() -> Iterator[None]:
    """Keep warnings of libraries off stderr, unless Python was started with -W or PYTHONWARNINGS."""
    silence = logging.NullHandler()  # without any handler, Python itself prints what is logged
    logging.getLogger().addHandler(silence)
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            yield
    finally:
        logging.getLogger().removeHandler(silence)
