"""Sizes of files as people write and read them."""

from __future__ import annotations

import re

from align.core.errors import UsageError
from align.core.terminal import one_line

_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,6})?) ?([KMGT]?)(i?)B?", re.ASCII | re.IGNORECASE)
_POWERS = " KMGT"


def bytes_of(text: str) -> int:
    """The bytes that "5GB", "500 MB", "1.5GiB" or "1000" mean; a kilobyte has 1000, a KiB 1024.

    Raises:
        UsageError: it is no size.
    """
    found = _SIZE.fullmatch(text.strip())
    if not found or (found[3] and not found[2]):
        raise UsageError(f'"{one_line(text)}" is no size; write one such as 500MB, 5GB or 20GiB')
    thousand = 1024 if found[3] else 1000
    return int(float(found[1]) * thousand ** _POWERS.index(found[2].upper() or " "))


def shown_size(count: int) -> str:
    """Bytes with the unit that suits them: "62.3 MB"."""
    value, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{count} B" if unit == "B" else f"{value:,.1f} {unit}"
