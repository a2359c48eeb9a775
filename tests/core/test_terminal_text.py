"""Cells of tables in narrow terminals."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from align.core.terminal_text import CellText, line_breaks


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *line_breaks(text, width), len(text)])]


def test_a_latin_word_beside_chinese_stays_whole() -> None:
    assert lines("很高兴和Bruce是一起", 12) == ["很高兴和", "Bruce是一起"]


def test_only_a_word_longer_than_the_column_is_cut() -> None:
    assert lines("a " + "b" * 9, 5) == ["a ", "bbbbb", "bbbb"]


@given(st.text(st.sampled_from("ab 你好，。é")), st.integers(2, 12))
def test_no_line_is_wider_than_its_column_and_nothing_is_lost(text: str, width: int) -> None:
    parts = lines(text, width)
    assert "".join(parts) == text
    assert all(cell_len(part.rstrip()) <= width for part in parts)


def test_a_column_of_chinese_leaves_room_for_the_others() -> None:
    table = Table()
    table.add_row(CellText("大家好" * 20), CellText("some more words to read here"))
    console = Console(width=60)
    with console.capture() as capture:
        console.print(table)
    assert "some more words to read" in capture.get()
