"""Sizes of files as people write and read them."""

from __future__ import annotations

import re

from align.core.errors import UsageError
from align.core.terminal import one_line

_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,6})?) ?([KMGT]?)(i?)B?", re.ASCII | re.IGNORECASE)


def bytes_of(text: str) -> int:
    """The bytes in "5GB", "500 MB", "1.5GiB" or "1000"; a kilobyte has 1000, a KiB 1024.

    Raises:
        UsageError: the text is not a size.
    """
    size = _SIZE.fullmatch(text.strip())
    if not size or (size[3] and not size[2]):
        raise UsageError(f'"{one_line(text)}" is not a size; write one such as 500MB, 5GB or 20GiB')
    thousand = 1024 if size[3] else 1000
    return int(float(size[1]) * thousand ** " KMGT".index(size[2].upper() or " "))


def shown_size(count: int) -> str:
    """Bytes with a suitable unit: "62.3 MB"."""
    value, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{count} B" if unit == "B" else f"{value:,.1f} {unit}"
