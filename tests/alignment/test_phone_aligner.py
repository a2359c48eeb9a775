"""Tokens placed by their phones: where, how exactly, and what is not placed; and the finished alignment."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.alignment.chunks import find_cuts, heard_phones
from align.alignment.lattice import Penalties
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.alignment.phone_aligner import place_by_phones, timed_tokens
from align.alignment.placement import NOWHERE, PlacedPhones, Placement
from align.core.types import Span, Token
from align.mismatch.parameters import MismatchParameters
from align.transcript.text_breaks import TextBreaks
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words

MIN_EVIDENCE = MismatchParameters().min_evidence


def test_every_token_is_placed_where_it_is_said() -> None:
    tokens = words(500)
    log_posteriors = posteriors([QUIET, *spoken(tokens), QUIET]).astype(np.float16)
    placed = place_by_phones(log_posteriors, [(token,) for token in tokens], HEAD, Penalties()).tokens
    at = 30
    for phones, token in zip(tokens, placed, strict=True):
        assert token.span is not None
        assert token.span.start == pytest.approx(at / 100 - 0.005, abs=0.006)
        at += 6 * len(phones)
        assert token.span.end == pytest.approx(at / 100 - 0.005, abs=0.006)


def test_a_boundary_lies_between_frames_where_the_emissions_are_even() -> None:
    log_posteriors = posteriors([("n", 10), ("I", 10)], noise=0.0)
    n, i = log_posteriors[0].argmax(), log_posteriors[-1].argmax()
    log_posteriors[9, [n, i]] = (
        log_posteriors[9, [i, n]] * 0.25 + log_posteriors[9, [n, i]] * 0.75
    )  # frame 9 is half way over
    placed = place_by_phones(
        log_posteriors.astype(np.float16), [(("n",),), (("I",),)], HEAD, Penalties()
    ).tokens
    assert placed[0].span is not None
    assert 0.08 < placed[0].span.end < 0.095


def test_a_token_without_a_reading_is_not_placed() -> None:
    tokens = words(3)
    readings = [(tokens[0],), (), (tokens[1],), (tokens[2],)]
    placed = place_by_phones(
        posteriors(spoken(tokens)).astype(np.float16), readings, HEAD, Penalties()
    ).tokens
    assert [token.span is None for token in placed] == [False, True, False, False]


def test_an_empty_text_has_an_empty_placement() -> None:
    assert place_by_phones(posteriors([QUIET]).astype(np.float16), [], HEAD, Penalties()) == Placement((), ())


def test_a_token_that_is_said_fits_better_than_one_that_is_not() -> None:
    tokens, wrong = words(9), words(9, 5)
    log_posteriors = posteriors(spoken([*tokens[:4], wrong[4], *tokens[5:]])).astype(np.float16)
    placed = place_by_phones(
        log_posteriors, [(token,) for token in tokens], HEAD, Penalties(skip=1e6, untranscribed=1e6)
    ).tokens
    fits = [token.measures[0] for token in placed]
    assert min(range(9), key=fits.__getitem__) == 4


def placed(
    written: list[tuple[str, ...]],
    said: list[tuple[str, ...]],
    parameters: AlignmentParameters = DEFAULTS,
) -> Placement:
    """A text placed in speech between two pauses, 6 frames a phone."""
    log_posteriors = posteriors([QUIET, *spoken(said), QUIET]).astype(np.float16)
    readings = [(token,) for token in written]
    return place_by_phones(log_posteriors, readings, HEAD, Penalties(), parameters=parameters)


def moment(said: list[tuple[str, ...]], count: int) -> float:
    """When the first `count` of what is said are over."""
    return (QUIET[1] + 6 * sum(map(len, said[:count]))) / 100


def test_an_exact_text_leaves_no_untranscribed_speech() -> None:
    tokens = words(300)
    assert placed(tokens, tokens).others == ()


@pytest.mark.parametrize("place", [0, 100, 157, 300])
def test_untranscribed_speech_is_located_before_its_token(place: int) -> None:
    tokens, more = words(300), words(20, 9)
    said = [*tokens[:place], *more, *tokens[place:]]
    placement = placed(tokens, said)
    (speech,) = placement.others
    assert speech.behind == place
    assert speech.span.start == pytest.approx(moment(said, place), abs=0.08)
    assert speech.span.end == pytest.approx(moment(said, place + len(more)), abs=0.08)
    assert all(token.span for token in placement.tokens)


@pytest.mark.parametrize("filler", [("E",), ("En",), ("ah", "En")])
def test_a_filler_is_marked_as_one(filler: tuple[str, ...]) -> None:
    tokens = words(40)
    log_posteriors = posteriors([*spoken(tokens[:20]), *spoken([filler], 15), *spoken(tokens[20:])]).astype(
        np.float16
    )
    placement = place_by_phones(log_posteriors, [(token,) for token in tokens], HEAD, Penalties())
    (speech,) = placement.others
    assert (speech.filler, speech.behind) == (True, 20)
    assert speech.span.duration == pytest.approx(0.15 * len(filler), abs=0.02)


def test_two_fillers_with_a_pause_between_them_have_a_sound_each() -> None:
    """The first goes on from the word before it, where nothing in the sound tells that word's end."""
    tokens = words(20)
    long_vowel, filler = ("g", "E"), ("E",)
    said = [
        *spoken([*tokens[:10], long_vowel, filler, filler]),
        QUIET,
        *spoken([filler], 10),
        *spoken(tokens[10:]),
    ]
    log_posteriors = posteriors(said).astype(np.float16)
    written = [(token,) for token in [*tokens[:10], long_vowel, filler, filler, *tokens[10:]]]
    first, second = place_by_phones(
        log_posteriors, written, HEAD, Penalties(), TextBreaks(frozenset({12}))
    ).tokens[11:13]
    assert first.span
    assert second.span
    assert second.span.start - first.span.end == pytest.approx(QUIET[1] / 100, abs=0.02)
    assert second.span.duration == pytest.approx(0.1, abs=0.02)


def test_the_first_of_a_repeated_token_is_the_filler() -> None:
    tokens = words(40)
    placement = placed(tokens, [*tokens[:20], tokens[20], *tokens[20:]])
    (speech,) = placement.others
    assert (speech.filler, speech.behind) == (True, 20)
    assert speech.span.start == pytest.approx(moment(tokens, 20) - 0.005, abs=0.01)


def test_unspoken_text_is_not_placed() -> None:
    tokens, more = words(300), words(20, 9)
    placement = placed([*tokens[:157], *more, *tokens[157:]], tokens)
    unplaced = [k for k, token in enumerate(placement.tokens) if token.span is None]
    assert len(unplaced) >= 19  # one may lie on a sound beside it
    assert set(unplaced) <= set(range(156, 178))
    assert placement.others == ()


def test_replaced_text_is_not_placed_and_its_speech_is_untranscribed() -> None:
    tokens, more, instead = words(300), words(20, 9), words(25, 12)
    placement = placed([*tokens[:157], *instead, *tokens[157:]], [*tokens[:157], *more, *tokens[157:]])
    unplaced = {
        k for k, token in enumerate(placement.tokens) if token.span is None or token.evidence < MIN_EVIDENCE
    }
    assert unplaced <= set(range(157, 182))
    assert len(unplaced) >= 15
    assert all(157 <= speech.behind <= 182 for speech in placement.others)
    assert sum(speech.span.duration for speech in placement.others) > 1.2


def test_tokens_without_a_reading_count_in_the_index_of_untranscribed_speech() -> None:
    tokens, more = words(60), words(20, 9)
    readings = [(), *((token,) for token in tokens[:30]), (), (), *((token,) for token in tokens[30:]), ()]
    log_posteriors = posteriors(spoken([*tokens[:30], *more, *tokens[30:]])).astype(np.float16)
    (speech,) = place_by_phones(log_posteriors, readings, HEAD, Penalties()).others
    assert speech.behind == 33


def test_without_readings_all_speech_is_untranscribed() -> None:
    log_posteriors = posteriors([QUIET, *spoken(words(30)), QUIET]).astype(np.float16)
    placement = place_by_phones(log_posteriors, [(), ()], HEAD, Penalties())
    assert placement.tokens == (NOWHERE, NOWHERE)
    (speech,) = placement.others
    assert speech.behind == 2
    assert speech.span.start == pytest.approx(0.3, abs=0.02)
    assert speech.span.end == pytest.approx(len(log_posteriors) / 100 - 0.3, abs=0.02)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 399), st.integers(3, 25), st.booleans()), max_size=4), st.integers(0, 9)
)
def test_chunks_lose_no_token_and_no_speech_at_the_cuts(
    edits: list[tuple[int, int, bool]], seed: int
) -> None:
    """However text is left out and put in: spans are in order, and no speech is reported twice."""
    tokens = words(400)
    written, said = list(tokens), list(tokens)
    for at, count, put_in in sorted(edits, reverse=True):
        (written if put_in else said)[at:at] = words(count, 20 + seed)
    placement = placed(written, said)
    assert len(find_cuts([(token,) for token in written], heard_phones(posteriors(spoken(said))))) > 2
    assert len(placement.tokens) == len(written)
    spans = [speech.span for speech in placement.others]
    assert spans == sorted(spans)
    assert all(left.end <= right.start + 1e-6 for left, right in pairwise(spans))
    positions = [speech.behind for speech in placement.others]
    assert positions == sorted(positions)
    for speech in placement.others:
        before = [token.span for token in placement.tokens[: speech.behind] if token.span]
        after = [token.span for token in placement.tokens[speech.behind :] if token.span]
        assert all(span.start < speech.span.end for span in before[-1:])
        assert all(speech.span.start < span.end for span in after[:1])


TOKENS = [Token(char, char, 0, k, k + 1) for k, char in enumerate("甲乙丙丁戊己庚辛壬癸")]

END = 120.0
"""Seconds of the recording."""


def at(start: float, end: float) -> PlacedPhones:
    return PlacedPhones(Span(start, end), 0, ())


def test_skipped_tokens_share_the_time_between_their_neighbours() -> None:
    placed = [at(1.0, 1.2), NOWHERE, NOWHERE, at(1.4, 1.6)]
    timed = timed_tokens(TOKENS[:4], range(4), placed, [0.9, 0.0, 0.0, 0.9], END)
    spans = [token.span for token in timed]
    edges = [edge for span in spans if span for edge in (span.start, span.end)]
    assert edges == pytest.approx([1.0, 1.2, 1.2, 1.3, 1.3, 1.4, 1.4, 1.6])
    assert [token.score for token in timed] == [0.9, 0.0, 0.0, 0.9]


def test_skipped_tokens_at_the_edges_are_short() -> None:
    placed = [NOWHERE, at(5.0, 5.2), NOWHERE]
    first, _, last = (token.span for token in timed_tokens(TOKENS[:3], range(3), placed, [0, 1, 0], END))
    assert first is not None
    assert last is not None
    assert first.start == pytest.approx(5.0 - DEFAULTS.longest_guess)
    assert last.end == pytest.approx(5.2 + DEFAULTS.longest_guess)


def test_nothing_lies_beyond_the_end_of_the_recording() -> None:
    timed = timed_tokens(TOKENS[:3], range(3), [at(5.0, 5.2), NOWHERE, NOWHERE], [1, 0, 0], 5.4)
    ends = [token.span.end for token in timed if token.span]
    assert ends == pytest.approx([5.2, 5.3, 5.4])


def test_unspoken_tokens_have_no_time() -> None:
    timed = timed_tokens(TOKENS[:3], [0, 2], [at(1.0, 1.2), at(1.2, 1.4)], [0.9, 0.8], END)
    assert [token.span for token in timed] == [Span(1.0, 1.2), None, Span(1.2, 1.4)]


@given(st.lists(st.tuples(st.floats(0, 99), st.floats(0, 1)), max_size=10), st.sets(st.integers(0, 9)))
def test_spans_increase_and_never_overlap(rough: list[tuple[float, float]], lost: set[int]) -> None:
    placed = [NOWHERE if k in lost else at(start, start + length) for k, (start, length) in enumerate(rough)]
    timed = timed_tokens(TOKENS[: len(rough)], range(len(rough)), placed, [0.5] * len(rough), END)
    spans = [token.span for token in timed]
    assert all(span is not None for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(span for span in spans if span))
    assert all(span == span.in_milliseconds() for span in spans if span)
