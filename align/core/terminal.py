"""Text for a terminal, which takes some characters for commands, and for stdout and stderr whatever they are.

A stream may lack the characters of a language, be full or closed, or lead to a program that has stopped
reading. `guard_streams` sees to that once for all that is printed; nothing else needs to care.
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


def takes_all(stream: TextIO) -> bool:
    """Whether a stream is in UTF-8, where every character can be written and a byte order mark means one."""
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name == "utf-8"


class Outlet:
    """A standard stream that takes any text, as escapes what its encoding lacks, and outlives its reader.

    A fault is told once, by an error for stdout and not at all for stderr; after that nothing is written. A
    reader that has stopped reading, such as `head`, has had what it wanted: that is no fault.
    """

    def __init__(self, stream: TextIO, tells: bool) -> None:
        """`tells`: whether it is an error when nothing can be written."""
        cast("Any", stream).reconfigure(errors="backslashreplace")
        self._stream = stream
        self._tells = tells

    def write(self, text: str) -> int:
        """Write, or drop what cannot be written.

        Raises:
            InputError: the stream is full or closed.
        """
        if text == "":  # so click asks whether this is text; a full disk would answer that it is not
            return 0
        try:
            return self._stream.write(text)
        except OSError as error:
            self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Write what waits.

        Raises:
            InputError: as above.
        """
        try:
            self._stream.flush()
        except OSError as error:
            self._give_up(error)

    def __getattr__(self, name: str) -> Any:
        """All else is the stream's own, but for its bytes, which click would write in its own encoding."""
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self._stream, name)

    def _give_up(self, error: OSError) -> None:
        """Send what waits, and all that comes, to nowhere, so that not even Python's last flush fails."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        if self._tells and not isinstance(error, BrokenPipeError):
            why = "it is closed" if error.errno == errno.EBADF else error.strerror
            raise InputError("stdout", f"cannot be written ({why}); send it where there is room") from error


def guard_streams() -> None:
    """Make stdin, stdout and stderr safe for the rest of the process, unless they were replaced before."""
    if sys.stdin is None:
        sys.stdin = _opened("r", os.O_RDONLY)
    if sys.stdout is sys.__stdout__:
        sys.stdout = cast("TextIO", Outlet(sys.stdout or _opened("w", os.O_RDONLY), tells=True))
    if sys.stderr is sys.__stderr__:
        sys.stderr = cast("TextIO", Outlet(sys.stderr or _opened("w", os.O_WRONLY), tells=False))


def _opened(mode: str, access: int) -> TextIO:
    """A stream for one that was closed; it takes the lowest free number, so that no file of ours gets that.

    What may only be read fails when it is written, as a closed stream does.
    """
    number = os.open(os.devnull, access)
    os.set_inheritable(number, True)
    return cast("TextIO", open(number, mode, encoding="utf-8", closefd=False))


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
