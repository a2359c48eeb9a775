"""The reason of a wrong-speaker mismatch, written and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Mismatch, MismatchKind, Severity, Span
from align.mismatch.find import find_mismatches
from align.speakers.label_conflict import LabelConflict, conflict_in, conflict_reason
from tests.results import sample


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
