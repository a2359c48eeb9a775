"""Read the script: who says what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from align.core.errors import InputError
from align.pronounce.tokens import tokenize_text

_LINE = re.compile(r"([^:：]{1,40})[:：]\s*(.+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of the script: what `speaker` says, fillers and repeats included."""

    speaker: str
    text: str


def read_script(path: Path) -> tuple[Line, ...]:
    """Every `Name: text` line of a UTF-8 file; blank lines and lines that begin with `#` are passed over.

    Raises:
        InputError: the file cannot be read, a line has no name, or there is nothing to say.
    """
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, f"cannot be read as UTF-8 text ({error}); name a script file") from error
    lines = tuple(
        _line(path, number, row)
        for number, row in enumerate(rows, 1)
        if row.strip() and not row.startswith("#")
    )
    if not lines:
        raise InputError(path, "holds no line to speak; write lines such as “Ann: hello”")
    return lines


def _line(path: Path, number: int, row: str) -> Line:
    """One row of the script."""
    match = _LINE.fullmatch(row.strip())
    if not match or not tokenize_text(match[2]):
        raise InputError(path, f"line {number} is not “Name: words”; begin it with who speaks and a colon")
    return Line(match[1].strip(), match[2])
