"""Passages that are said elsewhere, by their phones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from align.alignment.chunks import HeardPhones, heard_phones
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import place_by_phones
from align.core.types import MismatchKind, Span
from align.mismatch.candidates import Candidate, find_candidates
from align.mismatch.moved_text import mark_moved_text
from align.mismatch.parameters import DEFAULTS
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


def unspoken(first: int, last: int) -> Candidate:
    return Candidate((first, last), Span(0, 0), 0.0, MismatchKind.UNSPOKEN, (), 0.0)


def missing(place: int, start: float, end: float) -> Candidate:
    return Candidate((place, place), Span(start, end), end - start, MismatchKind.MISSING_TEXT, (), 0.0)


def test_text_said_elsewhere_is_moved_and_no_longer_missing_there() -> None:
    heard = said([*TOKENS[20:120], *TOKENS[:20]])
    start, end = seconds(TOKENS[20:120]), seconds(TOKENS[:120])
    gap, gone = missing(120, start, end), unspoken(0, 20)
    (one,) = mark_moved_text([gone, gap], READINGS, heard, ())
    assert (one.kind, one.tokens, one.unspoken) == (MismatchKind.MOVED, (0, 20), True)
    assert one.span.start == pytest.approx(start, abs=0.1)
    assert one.span.end == pytest.approx(end, abs=0.1)
    assert one.similarity > 80


def test_a_gap_of_which_the_passage_is_a_small_part_stays_missing() -> None:
    heard = said([*TOKENS[20:180], *TOKENS[:20]])
    gap = missing(120, seconds(TOKENS[20:120]), seconds(TOKENS[:180]))
    moved, still = mark_moved_text([unspoken(0, 20), gap], READINGS, heard, ())
    assert moved.kind is MismatchKind.MOVED
    assert still == gap


def test_each_passage_is_matched_with_its_own_gap() -> None:
    heard = said([*TOKENS[100:130], *TOKENS[40:100], *TOKENS[:40]])
    first, second = seconds(TOKENS[100:130]), seconds(TOKENS[40:130])
    gaps = [missing(0, 0, first), missing(130, second, seconds(TOKENS[:130]))]
    found = mark_moved_text([gaps[0], unspoken(0, 40), unspoken(100, 130), gaps[1]], READINGS, heard, ())
    assert [(one.kind, one.tokens) for one in found] == [
        (MismatchKind.MOVED, (0, 40)), (MismatchKind.MOVED, (100, 130))
    ]  # fmt: skip
    assert found[0].span.start > found[1].span.end


def test_unspoken_text_and_unrelated_speech_stay_unchanged() -> None:
    heard = said([*TOKENS[20:120], *words(20, 8)])
    candidates = (unspoken(0, 20), missing(120, seconds(TOKENS[20:120]), seconds(TOKENS[:120])))
    assert mark_moved_text(candidates, READINGS, heard, ()) == candidates


def test_short_passages_are_not_matched() -> None:
    few = DEFAULTS.min_moved_tokens - 1
    heard = said([*TOKENS[few:120], *TOKENS[:few]])
    candidates = (unspoken(0, few), missing(120, seconds(TOKENS[few:120]), seconds(TOKENS[:120])))
    assert mark_moved_text(candidates, READINGS, heard, ()) == candidates


def test_only_unspoken_text_is_matched_with_missing_text() -> None:
    heard = said([*TOKENS[20:120], *TOKENS[:20]])
    span = Span(seconds(TOKENS[20:120]), seconds(TOKENS[:120]))
    different = Candidate((0, 20), Span(0, 1), 1.0, MismatchKind.DIFFERENT, (), 0.0)
    filler = Candidate((120, 120), span, span.duration, MismatchKind.FILLER, (), 0.0)
    candidates = (different, unspoken(0, 20), filler)
    assert mark_moved_text(candidates, READINGS, heard, ()) == candidates
    assert mark_moved_text((), READINGS, heard, ()) == ()


def test_tokens_without_a_reading_do_not_keep_a_passage_from_being_found() -> None:
    readings: list[tuple[Reading, ...]] = [(), *((token,) for token in TOKENS[1:])]
    heard = said([*TOKENS[20:120], *TOKENS[1:20]])
    gap = missing(120, seconds(TOKENS[20:120]), seconds(TOKENS[1:120]))
    (one,) = mark_moved_text([unspoken(0, 20), gap], readings, heard, ())
    assert one.kind is MismatchKind.MOVED
    silent_text = [()] * 20
    assert mark_moved_text([unspoken(0, 20), gap], silent_text, heard, ()) == (unspoken(0, 20), gap)


def test_swapped_paragraphs_are_detected_from_the_sound_alone() -> None:
    """Placement, candidates and moved text together: the shorter paragraph is the one that moved."""
    tokens = words(260, 5)
    said_so = [*tokens[:80], *tokens[120:220], *tokens[80:120], *tokens[220:]]
    seen = posteriors([QUIET, *spoken(said_so, FRAMES), QUIET]).astype(np.float16)
    readings = [(token,) for token in tokens]
    candidates = find_candidates(place_by_phones(seen, readings, HEAD, Penalties()))
    classified = [
        replace(one, kind=MismatchKind.UNSPOKEN if one.count else MismatchKind.MISSING_TEXT)
        for one in candidates
    ]
    (one,) = mark_moved_text(classified, readings, heard_phones(seen), ())
    assert one.kind is MismatchKind.MOVED
    assert one.tokens == (80, 120)
    start = 0.3 + FRAMES * sum(map(len, [*tokens[:80], *tokens[120:220]])) / 100
    assert one.span.start == pytest.approx(start, abs=0.15)
    assert one.span.duration == pytest.approx(seconds(tokens[80:120]), abs=0.3)


def test_passages_of_one_unspoken_text_are_matched_each_with_its_own_gap() -> None:
    heard = said([*TOKENS[60:120], *TOKENS[:30], *TOKENS[120:160], *TOKENS[30:60]])
    first, second = seconds(TOKENS[60:120]), seconds([*TOKENS[60:120], *TOKENS[:30], *TOKENS[120:160]])
    gaps = [missing(120, first, first + seconds(TOKENS[:30])), missing(160, second, seconds(TOKENS[:160]))]
    moved = mark_moved_text([unspoken(0, 60), *gaps], READINGS, heard, {30})
    assert [(one.kind, one.tokens) for one in moved] == [
        (MismatchKind.MOVED, (0, 30)),
        (MismatchKind.MOVED, (30, 60)),
    ]
    assert moved[0].span.start == pytest.approx(first, abs=0.1)
    assert moved[1].span.start == pytest.approx(second, abs=0.1)
