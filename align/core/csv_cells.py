"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

BYTE_ORDER_MARK = "\ufeff"
"""At the beginning of a table: Excel reads Chinese wrongly without it; other programs pass over it."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell; the wide forms do so in East Asian settings."""


def cell(value: object) -> str:
    """One line of text that no spreadsheet takes for a formula; seconds and shares with three decimals.

    A text that would be computed begins with an apostrophe; None is an empty cell.
    """
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return str(value)
    parts = value if isinstance(value, list) else [value or ""]
    line = " ".join(" ".join(map(str, parts)).split())
    return f"'{line}" if line.startswith(_FORMULA) else line
