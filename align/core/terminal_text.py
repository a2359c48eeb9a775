"""Text in the cells of terminal tables, which breaks between Han characters and never inside a Latin word.

rich breaks lines at blanks only: Chinese has none, so it would ask for a column as wide as the whole text,
and cut the Latin word that happens to stand at the edge.
"""

from __future__ import annotations

import re
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.containers import Lines
from rich.measure import Measurement
from rich.text import Text

_PIECE = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\S\s*|\s+")
"""A word with the blanks after it, or one wide character."""


def line_breaks(text: str, width: int) -> list[int]:
    """The offsets in `text` at which lines of at most `width` columns end; only longer words are cut."""
    offsets: list[int] = []
    used = 0
    for piece in _PIECE.finditer(text):
        columns = cell_len(piece[0].rstrip())
        if used and used + columns > width:
            offsets.append(piece.start())
            used = 0
        if columns > width:
            for at, character in enumerate(piece[0]):
                if used and used + cell_len(character) > width:
                    offsets.append(piece.start() + at)
                    used = 0
                used += cell_len(character)
        else:
            used += cell_len(piece[0])
    return offsets


class CellText(Text):
    """A text for a cell of a table."""

    def wrap(self, console: Console, width: int, **given: Any) -> Lines:
        """The lines of the text in a column of that width."""
        del console, given
        lines = Lines()
        for line in self.split(allow_blank=True):
            parts = line.divide(line_breaks(line.plain, width))
            for part in parts:
                part.rstrip_end(width)
            lines.extend(parts)
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the width of the longest word to that of the longest line."""
        lines = self.plain.splitlines() or [""]
        words = [cell_len(piece.rstrip()) for line in lines for piece in _PIECE.findall(line)]
        return Measurement(max(words, default=0), max(map(cell_len, lines)))
