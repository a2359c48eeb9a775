"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

BYTE_ORDER_MARK = "\ufeff"
"""At the beginning of a table: without it Excel misreads Chinese; other programs ignore it."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell; the wide forms do so in East Asian settings."""


def cell(value: object) -> str:
    """A value on one line; a float with three decimals, None empty, an apostrophe before a formula."""
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return str(value)
    parts = value if isinstance(value, list) else [value or ""]
    line = " ".join(" ".join(map(str, parts)).split())
    return f"'{line}" if line.startswith(_FORMULA) else line
