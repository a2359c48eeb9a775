"""Labels compared with voiceprints, and the reason of a wrong-speaker mismatch, written and read back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.core.types import Mismatch, MismatchKind, Severity, Span
from align.mismatch.find import find_mismatches
from align.speakers.label_check import (
    LabelConflict,
    conflict_in,
    conflict_reason,
    conflicts_by_voiceprint,
    labelled_stretches,
)
from align.speakers.parameters import DEFAULTS
from align.speakers.voiceprint import SIZE, WINDOW
from tests.results import sample
from tests.speakers.made import spoken

LINE = "今天我们就来聊一聊人工智能这件事情的未来"
"""Five seconds."""


def talk(labels: str) -> tuple[str, ...]:
    return tuple(f"{label}：{LINE}。" for label in labels)


def prints(voices: str) -> NDArray[np.float32]:
    """The windows of a stretch for each letter: a cosine of about 0.7 for one letter, 0.3 for two."""
    chance = np.random.default_rng(7)
    room, people = chance.normal(size=SIZE), {one: chance.normal(size=SIZE) for one in "ABC"}
    rows = [
        0.55 * room + 0.63 * people[voice] + 0.55 * chance.normal(size=SIZE)
        for voice in voices
        for _ in range(DEFAULTS.stretch_windows)
    ]
    table = np.array(rows)
    unit: NDArray[np.float32] = (table / np.linalg.norm(table, axis=1, keepdims=True)).astype(np.float32)
    return unit


def conflicts(labels: str, voices: str) -> list[tuple[int, str, str]]:
    tokens, _ = spoken(*talk(labels))
    conflicting = conflicts_by_voiceprint(labelled_stretches(tokens), prints(voices))
    return [(tokens[one.tokens[0]].token.turn, one.label, one.voice) for one in conflicting]


def test_right_labels_have_no_conflicts() -> None:
    assert conflicts("ABCABCABC", "ABCABCABC") == []


def test_one_swapped_label_is_a_conflict_with_the_right_voice_and_its_similarity() -> None:
    assert conflicts("ABCABBABC", "ABCABCABC") == [(5, "B", "C")]
    tokens, _ = spoken(*talk("ABCABBABC"))
    (one,) = conflicts_by_voiceprint(labelled_stretches(tokens), prints("ABCABCABC"))
    assert one.evidence.startswith("Its similarity to C elsewhere is 0.")
    assert 0.6 < one.score <= 1
    assert one.tokens == (5 * 20, 6 * 20)


def test_two_labels_swapped_with_each_other_are_both_conflicts() -> None:
    assert conflicts("ABABBAABAB", "ABABABABAB") == [(4, "B", "A"), (5, "A", "B")]


def test_a_label_that_occurs_once_is_no_conflict() -> None:
    assert conflicts("ABABC", "ABABA") == []


def test_a_single_label_has_no_stretches() -> None:
    assert labelled_stretches(spoken(*talk("AAA"))[0]) == ()
    assert conflicts_by_voiceprint((), prints("A")) == ()


def test_a_turn_with_little_speech_has_no_stretch() -> None:
    tokens, _ = spoken(*talk("AB"), "A：好的。")
    assert [stretch.label for stretch in labelled_stretches(tokens)] == ["A", "B"]


def test_a_long_turn_is_cut_into_stretches() -> None:
    tokens, _ = spoken("A：" + LINE * 9 + "。", "B：" + LINE)
    stretches = [stretch for stretch in labelled_stretches(tokens) if stretch.label == "A"]
    assert len(stretches) == 2
    assert all(stretch.span.duration <= DEFAULTS.max_stretch_duration + 1 for stretch in stretches)
    paused = tuple(
        replace(one, span=replace(one.span, start=one.span.start + 0.1 * (k % 20 == 0)))
        for k, one in enumerate(tokens)
        if one.span
    )
    assert labelled_stretches(paused)
    assert DEFAULTS.stretch_duration < DEFAULTS.max_stretch_duration


def test_half_of_a_long_turn_in_another_voice_is_a_conflict() -> None:
    tokens, _ = spoken(*talk("ABAB"), "A：" + LINE * 9 + "。")
    stretches = labelled_stretches(tokens)
    assert len(stretches) == 6
    (one,) = conflicts_by_voiceprint(stretches, prints("ABABAB"))
    assert (one.label, one.voice) == ("A", "B")
    assert one.tokens == stretches[-1].tokens


@pytest.mark.parametrize("labels", ["ABC", "AB"])
def test_windows_lie_inside_their_stretch(labels: str) -> None:
    for stretch in labelled_stretches(spoken(*talk(labels))[0]):
        assert len(stretch.windows) == DEFAULTS.stretch_windows
        for window in stretch.windows:
            assert window.duration == pytest.approx(WINDOW)
            assert stretch.span.start <= window.start
            assert window.end <= stretch.span.end + 1e-6


def about(kind: MismatchKind, *reasons: str) -> Mismatch:
    return Mismatch(kind, Span(0, 1), (0, 1), "", "", Severity.MEDIUM, 0.9, reasons)


def test_label_and_voice_are_read_from_a_mismatch() -> None:
    result = sample()
    conflict = LabelConflict(
        (0, 5), Span(0, 5), "陈倩", "Ethan; or so", 0.9, "Nine tenths are in that voice."
    )
    (found,) = find_mismatches((), result.alignment.tokens, result.turns, [conflict])
    assert conflict_in(found) == ("陈倩", "Ethan; or so")


@given(st.text(st.characters(exclude_characters=";")), st.text(st.characters(exclude_characters=";")))
def test_both_names_are_read_back_as_written(label: str, voice: str) -> None:
    assert conflict_in(about(MismatchKind.SPEAKER, conflict_reason(label, voice), "more")) == (label, voice)


@pytest.mark.parametrize(
    "other",
    [
        about(MismatchKind.SPEAKER),
        about(MismatchKind.SPEAKER, "Two people speak here."),
        about(MismatchKind.DIFFERENT, conflict_reason("Rob", "Bruce")),
    ],
)
def test_other_mismatches_have_no_label_conflict(other: Mismatch) -> None:
    assert conflict_in(other) is None
