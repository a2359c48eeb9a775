from __future__ import annotations

from pathlib import Path

from align.core.types import Turn
from align.pronounce.lexicon import EMPTY, read_lexicon
from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.unbreakable import given_names


def test_speakers_and_the_words_of_a_lexicon_are_names(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("Open AI = open A I\n伊森 = Ethan\n", "utf-8")
    turns = [Turn("陈倩", "好", 1), Turn(None, "好", 2), Turn("B", "好", 3)]
    assert given_names(turns, read_lexicon(path)) == ("open ai", "伊森", "陈倩")
    assert given_names(turns, EMPTY) == ("陈倩",)


def test_a_name_is_whole_however_its_letters_are_written() -> None:
    costs = break_costs("we use Open AI here", "en", ("open ai",))
    assert costs[len("we use Open ")] == IN_WORD
