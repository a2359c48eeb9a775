"""Which events of ASS are spoken, and by whom."""

from __future__ import annotations

from pathlib import Path

from align.transcript.ass import read_ass
from align.transcript.lines import ON_SCREEN, Line

HEAD = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


def read(*events: tuple[str, str, str]) -> list[Line]:
    rows = (
        f"Dialogue: 0,0:00:{k:02d}.00,0:00:{k:02d}.90,{style},{name},0,0,0,,{text}"
        for k, (style, name, text) in enumerate(events)
    )
    return read_ass(HEAD + "\n".join(rows), Path("talk.ass"))


def test_signs_in_many_pieces_are_on_screen_beside_a_few_words() -> None:
    signs = [("Signs", "", "{\\pos(1,2)}festival")] * 30
    lines = read(("Main", "", "Come in."), *signs, ("Main", "", "Sit down."))
    assert [line.text for line in lines if not line.excluded] == ["Come in.", "Sit down."]
    assert {line.excluded for line in lines if line.excluded} == {ON_SCREEN}


def test_the_name_column_names_speakers_only_if_they_come_again() -> None:
    verses = [("Main", f"L_{k} x-part:Verse", f"verse {k}") for k in range(9)]
    assert {line.speaker for line in read(*verses)} == {None}
    talk = [("Main", name, f"word {k}") for k, name in enumerate(["Ann", "Bo", "Ann", "Bo"])]
    assert [line.speaker for line in read(*talk)] == ["Ann", "Bo", "Ann", "Bo"]


def test_a_note_of_the_editor_in_the_name_column_is_no_speaker() -> None:
    talk = [("Main", "check" if k == 3 else "", f"word {k}") for k in range(40)]
    assert {line.speaker for line in read(*talk)} == {None}
