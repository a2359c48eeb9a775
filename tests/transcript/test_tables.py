"""Tables of times, speakers and texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.transcript.tables import read_delimited
from tests.transcript.formats import ENGLISH, read, said


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "people.csv",
            'Start,End,Speaker,Text\n0.0,2.0,Ann Lee,Good morning everyone.\n2.0,3.0,Bob,"Yes, let'
            ' us start."\n'
            "3.0,4.0,Ann Lee,Thank you all.\n",
            ENGLISH,
        ),
    ],
)
def test_tables(tmp_path: Path, name: str, content: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(read(tmp_path, name, content)) == expected


def test_a_note_above_the_header_is_no_row(tmp_path: Path) -> None:
    table = "See example.com for the video,,\nSpeaker,Start time (s),Raw transcription\nAnn,0,Good morning.\n"
    document = read(tmp_path, "a.csv", table)
    assert said(document) == [("Ann", "Good morning.")]
    assert [line.line for line in document.excluded] == [1, 2]


def test_a_row_that_repeats_its_speaker_or_is_a_note_without_one_is_no_turn(tmp_path: Path) -> None:
    rows = (
        "time,speaker,text",
        ",,(They talk of rain and sit down)",
        "1,Ann,It&#8217;s late.",
        "2,Reel,Reel",
    )
    lines = read_delimited("\n".join(rows), tmp_path / "talk.csv")
    assert [(line.text, line.excluded) for line in lines[1:]] == [
        ("(They talk of rain and sit down)", "stage direction"), ("It’s late.", ""), ("Reel", "note"),
    ]  # fmt: skip
