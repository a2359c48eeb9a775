"""Marks as Praat writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from scripts.benchmarks.textgrid import read_textgrid
from scripts.benchmarks.values import Word

GRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 1.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "word"
        xmin = 0
        xmax = 1.5
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.25
            text = ""
        intervals [2]:
            xmin = 0.25
            xmax = 0.8
            text = "say "
        intervals [3]:
            xmin = 0.8
            xmax = 1.5
            text = "a ""word"\""
    item [2]:
        class = "TextTier"
        name = "tone"
        xmin = 0
        xmax = 1.5
        points: size = 1
        points [1]:
            number = 0.5
            mark = "H*"
"""


def test_intervals_with_text_are_words(tmp_path: Path) -> None:
    (tmp_path / "a.TextGrid").write_text(GRID, "utf-8")
    words = (Word("say", 0.25, 0.8), Word('a "word"', 0.8, 1.5))
    assert read_textgrid(tmp_path / "a.TextGrid") == {"word": words}


@pytest.mark.parametrize("content", ["", "xmin = 0"])
def test_another_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "b.TextGrid").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"b\.TextGrid: has no interval tiers"):
        read_textgrid(tmp_path / "b.TextGrid")
