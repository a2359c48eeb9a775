"""TextGrids as programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcript.formats import read, said


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "sentences.TextGrid",
            'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n3\n<exists>\n2\n'
            '"IntervalTier"\n"Ann"\n0\n3\n2\n'
            '0\n1\n"good morning"\n1\n3\n""\n"IntervalTier"\n"Bob"\n0\n3\n2\n0\n1\n""\n1\n3\n"thank you"\n',
            [("Ann", "good morning"), ("Bob", "thank you")],
        ),
    ],
)
def test_textgrids(tmp_path: Path, name: str, content: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(read(tmp_path, name, content)) == expected
