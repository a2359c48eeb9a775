"""The user's own readings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.types import Turn
from align.pronounce.lexicon import EMPTY, Lexicon, read_lexicon
from align.pronounce.phones import NO_SPEECH, PHONES
from align.pronounce.tokens import tokenize


def lexicon(folder: Path, text: str) -> Lexicon:
    path = folder / "names.txt"
    path.write_text(text, encoding="utf-8")
    return read_lexicon(path)


def entry_readings(lexicon: Lexicon, text: str) -> list[list[str]]:
    """Readings of the tokens of the entry that `text` starts with."""
    turns = [Turn(None, text, 1)]
    return [[" ".join(reading) for reading in token] for token in lexicon.at(turns, tokenize(turns), 0)]


@pytest.mark.parametrize(
    ("line", "text", "readings"),
    [
        ("OpenAI = ow p ah n ey ay", "openai", [["ow p ah n ey ay"]]),
        ("OpenAI = OW1 P AH0 N EY1 AY1", "OpenAI's", [["ow p ah n ey ay z"]]),
        ("伊森 = Ethan", "伊森", [["iy"], ["th ah n"]]),
        ("曾 = 增", "曾", [["Z Eng"]]),
        ("曾 = zeng", "曾", [["Z Eng"]]),
        ("曾 = zēng", "曾", [["Z Eng"]]),
        ("吕 = lü3", "吕", [["l V"]]),
        ("陈倩 = chen qian", "陈倩", [["Ch En"], ["Q Ian"]]),
        ("陈倩 = Ch A n", "陈倩", [["Ch"], ["A n"]]),
        ("Nvidia = 英伟达 | N video", "Nvidia", [["Ing Uei d A", "eh n v ih d iy ow"]]),
        ("X = A | 乐", "x", [["ey", "ah", "l E", "Ve"]]),
        ("open AI = AI", "Open AI", [["ey"], ["ay"]]),
        ("ok = okay # as he says it", "OK", [["ow k ey", "k ey"]]),
    ],
)
def test_an_entry_has_these_readings(tmp_path: Path, line: str, text: str, readings: list[list[str]]) -> None:
    assert entry_readings(lexicon(tmp_path, line), text) == readings


def test_the_longest_entry_of_adjacent_characters_wins(tmp_path: Path) -> None:
    names = lexicon(tmp_path, "# names\n\n伊 = yi\n伊森 = Ethan\n")
    assert len(entry_readings(names, "伊森")) == 2
    assert len(entry_readings(names, "伊 森")) == 2
    assert len(entry_readings(names, "伊，森")) == 1
    assert entry_readings(names, "森") == []


def test_an_entry_does_not_reach_into_the_next_turn(tmp_path: Path) -> None:
    turns = [Turn(None, "伊", 1), Turn(None, "森", 2)]
    assert lexicon(tmp_path, "伊森 = Ethan").at(turns, tokenize(turns), 0) == ()


def test_the_empty_lexicon_has_no_readings() -> None:
    assert entry_readings(EMPTY, "伊森") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("伊森", 'names.txt: line 1: has no "="; write WORD = READING'),
        ("# x\n = y", 'line 2: has no word before "="'),
        ("伊森 = n", "line 1: 'n' is not a reading of '伊森'; give phones"),
        ("伊 = カ", "'カ' is not a reading of '伊'"),
        ("a =", "'' is not a reading of 'a'"),
        ("a = b |", "'' is not a reading of 'a'"),
        ("C* = C star", r"'C\*' has symbols that are not spoken; leave them out"),
        ("a = b\nA = c", "line 2: repeats a word; put its readings on one line"),
    ],
)
def test_a_malformed_line_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        lexicon(tmp_path, text)


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_lexicon(tmp_path / "none.txt")
    path = tmp_path / "gb.txt"
    path.write_bytes("伊森 = Ethan".encode("gb18030"))
    with pytest.raises(InputError, match="is not UTF-8 text; save it as UTF-8"):
        read_lexicon(path)


def test_the_examples_of_the_manual_are_entries(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "reference" / "lexicon.md").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    names = lexicon(tmp_path, "\n".join(lines))
    assert len(names.entries) == 5
    assert entry_readings(names, "Qwen") == [["k w eh n", "Q Ian Uen"]]


def test_the_manual_names_every_phone() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reference" / "lexicon.md").read_text("utf-8")
    section = text.partition("## Phones")[2].partition("## What")[0]
    words = set(re.findall(r"[A-Za-z]+", section.replace("**", "")))
    assert set(PHONES).difference(NO_SPEECH) <= words
