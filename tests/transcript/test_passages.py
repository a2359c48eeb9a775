"""What reading does to a text, as edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.transcript.labels import read_speech
from align.transcript.lines import DIRECTION
from align.transcript.passages import Part, Passage
from align.transcript.plain import read_plain
from align.transcript.text_edits import apply_edits, undo_edits


@pytest.mark.parametrize(
    ("written", "said", "gone"),
    [
        ("陈倩：陈倩你好", "陈倩你好", [("陈倩：", "label")]),
        ("Bruce 00:01:02 好", "好", [("Bruce 00:01:02 ", "label")]),
        ("好[00:12]的 说", "好 的 说", [("[00:12]", "time")]),
        ("好（笑）的", "好 的", [("（笑）", "stage direction")]),
        ("今天\u3000聊", "今天 聊", [("\u3000", "space")]),
        ("好", "好", []),
    ],
)
def test_what_reading_takes_away(written: str, said: str, gone: list[tuple[str, str]]) -> None:
    (utterance,) = read_speech(read_plain(written)).utterances
    assert [(edit.before, *edit.rules) for edit in utterance.part.edits] == gone
    assert utterance.part.said == said


@given(st.text("陈倩：好 B:[0123]\u3000\t\n（笑）>", max_size=60))
def test_every_character_is_accounted_for(text: str) -> None:
    lines = read_plain(text)
    speech = read_speech(lines)
    for utterance in speech.utterances:
        part = utterance.part
        assert undo_edits(apply_edits(part.written, part.edits), part.edits) == part.written
    kept = {utterance.line.number: utterance.line.text for utterance in speech.utterances}
    left_out = [line.line for line in speech.excluded if line.line not in kept]
    assert sorted([*kept, *left_out]) == [line.number for line in lines]
    notes = [line for line in speech.excluded if line.line in kept]
    assert all(note.reason == DIRECTION and note.text in kept[note.line] for note in notes)


def test_a_note_inside_a_line_is_listed_with_its_number() -> None:
    speech = read_speech(read_plain("好\n今天（笑）聊"))
    assert [(line.line, line.text, line.reason) for line in speech.excluded] == [(2, "（笑）", DIRECTION)]


def test_a_place_is_found_in_its_line() -> None:
    passage = Passage(None, (Part(3, "好的", ()), Part(4, "我们", ())))
    assert passage.written == "好的\n我们"
    assert [passage.line_at(place) for place in (0, 1, 3, 4)] == [(3, 0), (3, 1), (4, 0), (4, 1)]
