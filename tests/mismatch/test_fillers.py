"""Speech between two tokens: fillers, repeats, and other words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from align.core.types import Span
from align.mismatch.fillers import FILLER_PHONES, only_fillers_by_phones, only_fillers_by_words
from align.mismatch.parameters import DEFAULTS
from align.pronounce.phones import PHONES, Reading
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words
from tests.alignment.spoken import heard, written

FRAMES = 8
"""Of each phone."""

TOKENS = words(12, 3)
PLACE = 6
OTHERS = [word for word in words(40, 8) if word not in TOKENS]


def is_filler(*said: Reading | int, seed: int = 0) -> bool:
    """Whether what is said (readings, and pauses in frames) in the middle of TOKENS is only fillers."""
    inside: list[tuple[str, int]] = []
    for one in said:
        inside += [(QUIET[0], one)] if isinstance(one, int) else spoken([one], FRAMES)
    before, behind = spoken(TOKENS[:PLACE], FRAMES), spoken(TOKENS[PLACE:], FRAMES)
    seen = posteriors([*before, *inside, *behind], seed)
    first, length = (sum(frames for _, frames in some) for some in (before, inside))
    span = Span(first / 100, (first + length) / 100)
    return only_fillers_by_phones(span, beside(), seen.astype(np.float16), HEAD)


def beside() -> Sequence[Sequence[Reading]]:
    return [(token,) for token in TOKENS[PLACE - 4 : PLACE + 4]]


@pytest.mark.parametrize("filler", FILLER_PHONES)
def test_every_listed_filler_is_recognized(filler: Reading) -> None:
    assert is_filler(filler)


@pytest.mark.parametrize("filler", [("En",), ("n", "A", "g", "E"), ("J", "Iou", "Sh", "Ir"), ("ah", "m")])
def test_a_filler_with_pauses_around_it_and_several_in_a_row_are_fillers(filler: Reading) -> None:
    assert is_filler(20, filler, 30)
    assert is_filler(filler, 25, ("E",), filler)


@pytest.mark.parametrize(
    "repeat", [TOKENS[PLACE - 1 : PLACE], TOKENS[PLACE : PLACE + 1], TOKENS[PLACE - 2 : PLACE],
               TOKENS[PLACE : PLACE + 3], TOKENS[PLACE - 3 : PLACE]],
)  # fmt: skip
def test_repeated_neighbours_are_fillers(repeat: list[Reading]) -> None:
    assert is_filler(*repeat)
    assert is_filler(("n", "A", "g", "E"), 15, *repeat)


def test_a_longer_passage_that_is_said_again_is_no_filler() -> None:
    assert not is_filler(*TOKENS[PLACE - 4 : PLACE])


@pytest.mark.parametrize("seed", range(8))
def test_three_other_words_are_no_filler(seed: int) -> None:
    assert not is_filler(*OTHERS[3 * seed : 3 * seed + 3], seed=seed)


def test_distant_words_are_no_repeat() -> None:
    assert not is_filler(*TOKENS[:2])


def test_other_words_beside_a_filler_are_no_filler() -> None:
    assert not is_filler(("En",), *OTHERS[:3])
    assert not is_filler(*OTHERS[:3], ("n", "A", "g", "E"))


def test_a_pause_is_no_filler() -> None:
    assert not is_filler(80)


def test_long_speech_is_no_filler() -> None:
    long = Span(0.5, 0.5 + DEFAULTS.max_filler_speech + 0.01)
    seen = posteriors([("E", 400)]).astype(np.float16)
    assert not only_fillers_by_phones(long, beside(), seen, HEAD)
    assert only_fillers_by_phones(Span(0.5, 0.5 + DEFAULTS.max_filler_speech), beside(), seen, HEAD)


def test_speech_too_short_for_a_phone_is_no_filler() -> None:
    seen = posteriors([("E", 100)]).astype(np.float16)
    assert not only_fillers_by_phones(Span(0.5, 0.53), beside(), seen, HEAD)
    assert not only_fillers_by_phones(Span(0.5, 0.5), beside(), seen, HEAD)


def test_neighbours_without_a_reading_are_skipped() -> None:
    seen = posteriors(spoken([("n", "A", "g", "E")], FRAMES)).astype(np.float16)
    whole = Span(0, len(seen) / 100)
    assert only_fillers_by_phones(whole, [(), (TOKENS[0],), ()], seen, HEAD)
    assert only_fillers_by_phones(whole, [], seen, HEAD)


def test_fillers_are_known_phones_and_listed_once() -> None:
    assert {phone for filler in FILLER_PHONES for phone in filler} <= set(PHONES)
    assert len(set(FILLER_PHONES)) == len(FILLER_PHONES)


@pytest.mark.parametrize(
    ("said", "small"),
    [("嗯", True), ("那个", True), ("首先请", True), ("嗯首先", True), ("OK so", True), ("天气", False),
     ("嗯天", False), ("", True)],
)  # fmt: skip
def test_fillers_and_repeats_of_the_neighbours_are_recognized(said: str, small: bool) -> None:
    assert only_fillers_by_words(heard(said), written("首先请两位")[0]) is small
