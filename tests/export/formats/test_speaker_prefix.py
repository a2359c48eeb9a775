from __future__ import annotations

from align.core.types import Cue, Span, Track
from align.export.formats.speaker_prefix import labelled
from align.subtitles.options import CueOptions


def lines(*said: tuple[str | None, tuple[str, ...], tuple[str, ...]]) -> list[list[str]]:
    cues = (Cue(Span(n, n + 1), (zh, en), speaker) for n, (speaker, zh, en) in enumerate(said))
    return [shown for _, shown in labelled(Track(("zh", "en"), tuple(cues)), CueOptions())]


def test_a_name_stands_before_the_first_language_that_is_there_in_its_manner() -> None:
    assert lines(
        ("陈倩", ("大家好",), ("Hello",)), ("Ethan", (), ("Hi",)), ("Ethan", ("好",), ()), (None, ("嗯",), ())
    ) == [["陈倩：大家好", "Hello"], ["Ethan: Hi"], ["好"], ["嗯"]]


def test_lines_are_broken_anew_with_the_name() -> None:
    assert lines(("陈倩", ("剪辑又需要一个", "多星期"), ("So",))) == [["陈倩：剪辑又需要一个多星期", "So"]]
