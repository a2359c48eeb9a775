"""A doubted label as a sentence, and read from it."""

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


def test_the_voice_at_a_wrong_label_is_known() -> None:
    result = sample()
    conflict = LabelConflict(
        (0, 5), Span(0, 5), "陈倩", "Ethan; or so", 0.9, "Nine tenths are in that voice."
    )
    (found,) = find_mismatches((), result.alignment.tokens, result.turns, [conflict])
    assert conflict_in(found) == ("陈倩", "Ethan; or so")


@given(st.text(st.characters(exclude_characters=";")), st.text(st.characters(exclude_characters=";")))
def test_both_names_are_read_as_they_were_told(label: str, voice: str) -> None:
    assert conflict_in(about(MismatchKind.SPEAKER, conflict_reason(label, voice), "more")) == (label, voice)


@pytest.mark.parametrize(
    "other",
    [
        about(MismatchKind.SPEAKER),
        about(MismatchKind.SPEAKER, "Two people speak here."),
        about(MismatchKind.DIFFERENT, conflict_reason("Rob", "Bruce")),
    ],
)
def test_another_mismatch_tells_of_no_label(other: Mismatch) -> None:
    assert conflict_in(other) is None
