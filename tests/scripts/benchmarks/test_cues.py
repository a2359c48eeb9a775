from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.core.types import Cue, Span, Track, Turn
from align.pronounce.tokens import tokenize
from align.subtitles.check import Rule
from align.subtitles.options import CueOptions
from scripts.benchmarks import cues
from scripts.benchmarks.cues import Cutting, begins, figures, own, read_words, table, text_of, torn, write


@pytest.fixture
def words(tmp_path: Path) -> cues.Words:
    """Two turns, spoken at five tokens a second."""
    lines = ["我们今天聊人工智能，有2025年的数据。", "好的，Open AI也来。"]
    tokens, at = [], 0.0
    for turn, line in enumerate(lines):
        for token in tokenize([Turn(None, line, 1)]):
            row = {"text": token.text, "start": at, "end": at + 0.2, "speaker": "ab"[turn], "turn": turn}
            tokens.append(row)
            at += 0.2
    truth = tmp_path / "part.json"
    truth.write_text(json.dumps({"duration": at + 1, "tokens": tokens}), "utf-8")
    truth.with_suffix(".txt").write_text("\n".join(lines), "utf-8")
    return read_words([truth, truth])


def test_recordings_come_behind_one_another(words: cues.Words) -> None:
    assert [run[0].speaker for run in words.runs] == ["a", "b", "a", "b"]
    first, again = words.runs[0][0].span, words.runs[2][0].span
    assert again.start - first.start == pytest.approx(words.duration / 2)


def test_align_keeps_all_rules_and_parts_no_word(words: cues.Words) -> None:
    options = CueOptions()
    independent = [begins(list(text_of(run))) for run in words.runs]
    measured = figures(words, own(words, options), options, independent)
    assert (measured.inside, measured.one_frame, measured.words) == (measured.cues, 0, (0, 0, 0, 0))


def test_ends_inside_words_and_numbers_are_counted(words: cues.Words) -> None:
    text = text_of(words.runs[0])
    inside_word, inside_number = text.index("智能") + 1, text.index("2025") + 2
    behind_a_mark = text.index("，") + 1
    second = [begins(["我们", "今天", *text[4:]])] + [begins(list(text_of(run))) for run in words.runs[1:]]
    assert torn(words, [inside_word, inside_number, behind_a_mark], second) == (2, 0, 0, 1)


def test_what_breaks_a_rule_is_counted_once_a_cue(words: cues.Words) -> None:
    bad = Track(
        ("zh",),
        (Cue(Span(0, 1), (("一" * 17, "二" * 18),), None), Cue(Span(1.04, 9), (("好",),), None)),
    )
    measured = figures(words, Cutting("x", bad, 0.5, ()), CueOptions(), [set() for _ in words.runs])
    assert dict(measured.broken)[Rule.COLUMNS] == 1
    assert (measured.inside, measured.one_frame) == (0, 1)
    assert measured.mean == pytest.approx(4.48)


def test_the_page_has_a_row_for_each(words: cues.Words, tmp_path: Path) -> None:
    options = CueOptions()
    measured = [figures(words, own(words, options), options, [set() for _ in words.runs])]
    assert table(measured).splitlines()[3].startswith("| align | ")
    page = tmp_path / "page.md"
    write(page, words, measured, options, "scripts/benchmark cues --write")
    write(page, words, measured, options, "scripts/benchmark cues --write")
    assert page.read_text("utf-8").count("## Cues") == 1
    assert "Held against `netflix-zh` at 25 frames" in page.read_text("utf-8")
