"""Passages that are said elsewhere: found by their phones, and told from what is only missing."""

from __future__ import annotations

import numpy as np
import pytest

from align.alignment.greedy_decode import HeardPhones, heard_phones
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import place_by_phones
from align.core.types import Span
from align.mismatch.candidates import Candidate, find_candidates
from align.mismatch.classify import Cause, Classification, silent
from align.mismatch.moved_text import LEAST, with_moved
from align.pronounce.phones import Reading
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words

FRAMES = 8
"""Of each phone."""

TOKENS = words(200, 3)
READINGS = [(token,) for token in TOKENS]


def said(tokens: list[Reading]) -> HeardPhones:
    """What is heard of some tokens, without a pause."""
    return heard_phones(posteriors(spoken(tokens, FRAMES)))


def seconds(tokens: list[Reading]) -> float:
    """How long it takes to say them."""
    return FRAMES * sum(map(len, tokens)) / 100


def unspoken(first: int, last: int) -> Classification:
    return Classification(Candidate((first, last), Span(0, 0), 0.0), Cause.UNSPOKEN, (), 0.0)


def missing(place: int, start: float, end: float) -> Classification:
    return Classification(Candidate((place, place), Span(start, end), end - start), Cause.MISSING, (), 0.0)


def test_text_that_is_said_elsewhere_is_moved_and_is_missing_there_no_more() -> None:
    heard = said([*TOKENS[20:120], *TOKENS[:20]])
    start, end = seconds(TOKENS[20:120]), seconds(TOKENS[:120])
    gap, gone = missing(120, start, end), unspoken(0, 20)
    (one,) = with_moved([gone, gap], READINGS, heard)
    assert (one.kind, one.candidate.tokens, one.unspoken) == (Cause.MOVED, (0, 20), True)
    assert one.candidate.span.start == pytest.approx(start, abs=0.1)
    assert one.candidate.span.end == pytest.approx(end, abs=0.1)
    assert one.similarity > 80


def test_a_gap_of_which_the_passage_is_a_small_part_stays_missing() -> None:
    heard = said([*TOKENS[20:180], *TOKENS[:20]])
    gap = missing(120, seconds(TOKENS[20:120]), seconds(TOKENS[:180]))
    moved, still = with_moved([unspoken(0, 20), gap], READINGS, heard)
    assert moved.kind is Cause.MOVED
    assert still == gap


def test_each_passage_finds_its_own_gap() -> None:
    heard = said([*TOKENS[100:130], *TOKENS[40:100], *TOKENS[:40]])
    first, second = seconds(TOKENS[100:130]), seconds(TOKENS[40:130])
    gaps = [missing(0, 0, first), missing(130, second, seconds(TOKENS[:130]))]
    found = with_moved([gaps[0], unspoken(0, 40), unspoken(100, 130), gaps[1]], READINGS, heard)
    assert [(one.kind, one.candidate.tokens) for one in found] == [
        (Cause.MOVED, (0, 40)), (Cause.MOVED, (100, 130))
    ]  # fmt: skip
    assert found[0].candidate.span.start > found[1].candidate.span.end


def test_text_that_nobody_says_and_other_speech_stay_what_they_are() -> None:
    heard = said([*TOKENS[20:120], *words(20, 8)])
    classifications = (unspoken(0, 20), missing(120, seconds(TOKENS[20:120]), seconds(TOKENS[:120])))
    assert with_moved(classifications, READINGS, heard) == classifications


def test_a_few_words_are_too_common_to_be_told_from_others() -> None:
    few = LEAST - 1
    heard = said([*TOKENS[few:120], *TOKENS[:few]])
    classifications = (unspoken(0, few), missing(120, seconds(TOKENS[few:120]), seconds(TOKENS[:120])))
    assert with_moved(classifications, READINGS, heard) == classifications


def test_only_text_without_speech_and_speech_without_text_go_together() -> None:
    heard = said([*TOKENS[20:120], *TOKENS[:20]])
    span = Span(seconds(TOKENS[20:120]), seconds(TOKENS[:120]))
    different = Classification(Candidate((0, 20), Span(0, 1), 1.0), Cause.DIFFERENT, (), 0.0)
    filler = Classification(Candidate((120, 120), span, span.duration), Cause.FILLER, (), 0.0)
    classifications = (different, unspoken(0, 20), filler)
    assert with_moved(classifications, READINGS, heard) == classifications
    assert with_moved((), READINGS, heard) == ()


def test_tokens_without_a_reading_do_not_keep_a_passage_from_being_found() -> None:
    readings: list[tuple[Reading, ...]] = [(), *((token,) for token in TOKENS[1:])]
    heard = said([*TOKENS[20:120], *TOKENS[1:20]])
    gap = missing(120, seconds(TOKENS[20:120]), seconds(TOKENS[1:120]))
    (one,) = with_moved([unspoken(0, 20), gap], readings, heard)
    assert one.kind is Cause.MOVED
    silent_text = [()] * 20
    assert with_moved([unspoken(0, 20), gap], silent_text, heard) == (unspoken(0, 20), gap)


def test_two_paragraphs_that_changed_places_are_found_from_the_sound_alone() -> None:
    """Placing, doubting and looking elsewhere, together: the shorter paragraph is the one that moved."""
    tokens = words(260, 5)
    said_so = [*tokens[:80], *tokens[120:220], *tokens[80:120], *tokens[220:]]
    seen = posteriors([QUIET, *spoken(said_so, FRAMES), QUIET]).astype(np.float16)
    readings = [(token,) for token in tokens]
    candidates = find_candidates(place_by_phones(seen, readings, HEAD, Penalties()))
    classifications = [
        Classification(one, Cause.UNSPOKEN if silent(one) else Cause.MISSING, (), 0.0) for one in candidates
    ]
    (one,) = with_moved(classifications, readings, heard_phones(seen))
    assert one.kind is Cause.MOVED
    assert one.candidate.tokens == (80, 120)
    start = 0.3 + FRAMES * sum(map(len, [*tokens[:80], *tokens[120:220]])) / 100
    assert one.candidate.span.start == pytest.approx(start, abs=0.15)
    assert one.candidate.span.duration == pytest.approx(seconds(tokens[80:120]), abs=0.3)
