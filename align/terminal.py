"""Text for a terminal, which takes some characters for commands."""

from __future__ import annotations

import re

_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, ends of lines, marks that turn the direction of writing, and halves of surrogate pairs."""


def printable(text: str) -> str:
    r"""`text` on one line, with what a terminal would obey written out.

    >>> printable("a\x1b[2Jb\nc")
    'a\\x1b[2Jb\\nc'
    """
    return _COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
