"""Some of the mismatches, by kind, severity, speaker and time, and their order."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.errors import UsageError
from align.core.types import MismatchKind, Result, Severity
from align.mismatch.entries import entries
from align.mismatch.filter import PLACES, WORST_FIRST, MismatchFilter, check_speakers, kinds_named
from tests.results import results, sample

EVERY = entries(sample())


def chosen(**wanted: object) -> list[str]:
    return [entry.mismatch.kind.value for entry in MismatchFilter(**wanted).of(EVERY)]  # type: ignore[arg-type]


def test_by_default_all_kinds_but_fillers_come_in_order_of_time() -> None:
    assert chosen() == [
        "missing text",
        "different text",
        "unspoken text",
        "implausible timing",
        "wrong speaker",
    ]


def test_a_severity_selects_that_one_or_higher() -> None:
    assert chosen(severity=Severity.HIGH) == ["unspoken text"]
    assert chosen(severity=Severity.MEDIUM) == ["different text", "unspoken text", "wrong speaker"]


def test_worst_first_sorts_by_severity_then_score() -> None:
    assert chosen(worst_first=True) == [
        "unspoken text", "wrong speaker", "different text", "implausible timing", "missing text",
    ]  # fmt: skip


def test_a_time_range_selects_all_that_touch_it() -> None:
    assert chosen(start=13.0, end=20.0) == ["different text", "unspoken text"]
    assert chosen(start=14.38, end=19.9) == ["different text"]
    assert chosen(end=0.0) == []
    with pytest.raises(UsageError, match=r"--until is 5 s, before --from at 9 s; choose a later time"):
        MismatchFilter(start=9, end=5)


def test_a_speaker_selects_that_speakers_mismatches() -> None:
    names = {entry.speaker for entry in EVERY} - {None}
    for name in names:
        listed = MismatchFilter(speakers=(str(name),)).of(EVERY)
        assert {entry.speaker for entry in listed} == {name}
    check_speakers(("陈倩", "Bruce"), sample())
    with pytest.raises(UsageError, match='there is no speaker "\\\\u202e陈"; choose from 陈倩, Ethan'):
        check_speakers(("\u202e陈",), sample())


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("", PLACES),
        ("all", tuple(MismatchKind)),
        ("filler", (MismatchKind.FILLER,)),
        ("Unspoken text, missing_text", (MismatchKind.MISSING_TEXT, MismatchKind.UNSPOKEN)),
        ("same-sound,unspoken", (MismatchKind.UNSPOKEN, MismatchKind.SAME_SOUND)),
    ],
)
def test_kinds_go_by_their_short_and_long_names(words: str, kinds: tuple[MismatchKind, ...]) -> None:
    assert kinds_named(words) == kinds


def test_every_kind_can_be_named_as_the_files_name_it() -> None:
    for kind in MismatchKind:
        assert kinds_named(kind.value) == kinds_named(kind.name) == (kind,)


def test_an_unknown_kind_is_an_error_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match='there is no kind "typo"; choose from missing-text, unspoken, diff'):
        kinds_named("filler,typo")


@settings(deadline=None)
@given(results(), st.booleans(), st.sampled_from(Severity), st.floats(0, 60), st.floats(0, 60))
def test_a_filter_selects_whole_entries(
    result: Result, worst: bool, severity: Severity, start: float, length: float
) -> None:
    every = entries(result)
    wide = MismatchFilter(kinds=tuple(MismatchKind), worst_first=worst).of(every)
    assert Counter(entry.id for entry in wide) == Counter(entry.id for entry in every)
    narrow = MismatchFilter(severity=severity, start=start, end=start + length, worst_first=worst).of(every)
    assert [entry for entry in wide if entry in narrow] == list(narrow)
    ranks = [WORST_FIRST.index(entry.mismatch.severity) for entry in wide]
    times = [entry.mismatch.span for entry in wide]
    assert ranks == sorted(ranks) if worst else times == sorted(times)
