"""Tokens placed by their phones: where, how exactly, and where not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.alignment import phone_aligner as phone
from align.alignment.chunks import find_cuts
from align.alignment.greedy_decode import heard_phones
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import NOWHERE, Placement, UntranscribedSpeech, place_by_phones
from align.core.types import Span
from align.mismatch.parameters import DEFAULTS
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words


def test_every_token_lies_where_it_is_said() -> None:
    tokens = words(500)
    seen = posteriors([QUIET, *spoken(tokens), QUIET]).astype(np.float16)
    placed = place_by_phones(seen, [(token,) for token in tokens], HEAD, Penalties()).tokens
    at = 30
    for token, one in zip(tokens, placed, strict=True):
        assert one.span is not None
        assert one.span.start == pytest.approx(at / 100 - 0.005, abs=0.006)
        at += 6 * len(token)
        assert one.span.end == pytest.approx(at / 100 - 0.005, abs=0.006)


def test_a_boundary_lies_between_frames_where_the_evidence_is_even() -> None:
    seen = posteriors([("n", 10), ("I", 10)], noise=0.0)
    n, i = seen[0].argmax(), seen[-1].argmax()
    seen[9, [n, i]] = seen[9, [i, n]] * 0.25 + seen[9, [n, i]] * 0.75  # frame 9 is half way over
    placed = place_by_phones(seen.astype(np.float16), [(("n",),), (("I",),)], HEAD, Penalties()).tokens
    assert placed[0].span is not None
    assert 0.08 < placed[0].span.end < 0.095


def test_a_token_without_a_reading_has_no_place() -> None:
    tokens = words(3)
    readings = [(tokens[0],), (), (tokens[1],), (tokens[2],)]
    placed = place_by_phones(
        posteriors(spoken(tokens)).astype(np.float16), readings, HEAD, Penalties()
    ).tokens
    assert [one.span is None for one in placed] == [False, True, False, False]


def test_nothing_to_place() -> None:
    assert place_by_phones(posteriors([QUIET]).astype(np.float16), [], HEAD, Penalties()) == Placement((), ())


def test_a_token_that_is_said_fits_better_than_one_that_is_not() -> None:
    tokens, wrong = words(9), words(9, 5)
    seen = posteriors(spoken([*tokens[:4], wrong[4], *tokens[5:]])).astype(np.float16)
    placed = place_by_phones(
        seen, [(token,) for token in tokens], HEAD, Penalties(skip=1e6, untranscribed=1e6)
    ).tokens
    fits = [one.measures[0] for one in placed]
    assert min(range(9), key=fits.__getitem__) == 4


def placed(written: list[tuple[str, ...]], said: list[tuple[str, ...]]) -> Placement:
    """What the search makes of a text beside what is said between two pauses, 6 frames a phone."""
    seen = posteriors([QUIET, *spoken(said), QUIET]).astype(np.float16)
    return place_by_phones(seen, [(token,) for token in written], HEAD, Penalties())


def moment(said: list[tuple[str, ...]], count: int) -> float:
    """When the first `count` of what is said are over."""
    return (QUIET[1] + 6 * sum(map(len, said[:count]))) / 100


def test_where_the_text_is_exact_there_is_no_other_speech() -> None:
    tokens = words(300)
    assert placed(tokens, tokens).others == ()


@pytest.mark.parametrize("place", [0, 100, 157, 300])
def test_speech_that_the_text_lacks_is_found_in_front_of_its_token(place: int) -> None:
    tokens, more = words(300), words(20, 9)
    said = [*tokens[:place], *more, *tokens[place:]]
    found = placed(tokens, said)
    (one,) = found.others
    assert one.behind == place
    assert one.span.start == pytest.approx(moment(said, place), abs=0.08)
    assert one.span.end == pytest.approx(moment(said, place + len(more)), abs=0.08)
    assert all(token.span for token in found.tokens)


@pytest.mark.parametrize("filler", [("E",), ("En",), ("ah", "En")])
def test_a_filler_is_known_for_one(filler: tuple[str, ...]) -> None:
    tokens = words(40)
    seen = posteriors([*spoken(tokens[:20]), *spoken([filler], 15), *spoken(tokens[20:])]).astype(np.float16)
    found = place_by_phones(seen, [(token,) for token in tokens], HEAD, Penalties())
    (one,) = found.others
    assert (one.filler, one.behind) == (True, 20)
    assert one.span.duration == pytest.approx(0.15 * len(filler), abs=0.02)


def test_two_fillers_with_a_mark_between_them_have_a_sound_each() -> None:
    """The first goes on from the word before it, where nothing in the sound tells that word's end."""
    tokens = words(20)
    drawn, filler = ("g", "E"), ("E",)
    said = [
        *spoken([*tokens[:10], drawn, filler, filler]),
        QUIET,
        *spoken([filler], 10),
        *spoken(tokens[10:]),
    ]
    seen = posteriors(said).astype(np.float16)
    written = [(token,) for token in [*tokens[:10], drawn, filler, filler, *tokens[10:]]]
    first, second = place_by_phones(seen, written, HEAD, Penalties(), pauses={12}).tokens[11:13]
    assert first.span
    assert second.span
    assert second.span.start - first.span.end == pytest.approx(QUIET[1] / 100, abs=0.02)
    assert second.span.duration == pytest.approx(0.1, abs=0.02)


def test_of_a_token_that_is_said_twice_the_first_is_the_filler() -> None:
    tokens = words(40)
    found = placed(tokens, [*tokens[:20], tokens[20], *tokens[20:]])
    (one,) = found.others
    assert (one.filler, one.behind) == (True, 20)
    assert one.span.start == pytest.approx(moment(tokens, 20) - 0.005, abs=0.01)


def test_text_that_nobody_says_has_no_place_and_no_speech() -> None:
    tokens, more = words(300), words(20, 9)
    found = placed([*tokens[:157], *more, *tokens[157:]], tokens)
    absent = [k for k, one in enumerate(found.tokens) if one.span is None]
    assert len(absent) >= 19  # one may lie on a sound beside it
    assert set(absent) <= set(range(156, 178))
    assert found.others == ()


def test_changed_text_has_no_place_and_its_speech_lies_where_it_would() -> None:
    tokens, more, instead = words(300), words(20, 9), words(25, 12)
    found = placed([*tokens[:157], *instead, *tokens[157:]], [*tokens[:157], *more, *tokens[157:]])
    absent = {
        k for k, one in enumerate(found.tokens) if one.span is None or one.measures[0] < DEFAULTS.min_fit
    }
    assert absent <= set(range(157, 182))
    assert len(absent) >= 15
    assert all(157 <= one.behind <= 182 for one in found.others)
    owned = sum(one.span.duration for one in found.others)
    assert owned > 1.2


def test_a_token_without_a_reading_counts_in_the_place_of_other_speech() -> None:
    tokens, more = words(60), words(20, 9)
    readings = [(), *((token,) for token in tokens[:30]), (), (), *((token,) for token in tokens[30:]), ()]
    seen = posteriors(spoken([*tokens[:30], *more, *tokens[30:]])).astype(np.float16)
    (one,) = place_by_phones(seen, readings, HEAD, Penalties()).others
    assert one.behind == 33


def test_without_a_text_all_is_other_speech() -> None:
    seen = posteriors([QUIET, *spoken(words(30)), QUIET]).astype(np.float16)
    found = place_by_phones(seen, [(), ()], HEAD, Penalties())
    assert found.tokens == (NOWHERE, NOWHERE)
    (one,) = found.others
    assert one.behind == 2
    assert one.span.start == pytest.approx(0.3, abs=0.02)
    assert one.span.end == pytest.approx(len(seen) / 100 - 0.3, abs=0.02)


def test_text_and_sound_that_are_too_long_and_have_nothing_in_common_are_not_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(phone, "MOST_CELLS", 1000)
    found = placed(words(60), words(60, 9))
    assert found == Placement((NOWHERE,) * 60, (UntranscribedSpeech(Span(0, len_of(words(60, 9))), 60),))


def len_of(said: list[tuple[str, ...]]) -> float:
    """Seconds that these take, with both pauses."""
    return (2 * QUIET[1] + 6 * sum(map(len, said))) / 100


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 399), st.integers(3, 25), st.booleans()), max_size=4), st.integers(0, 9)
)
def test_a_text_in_pieces_loses_no_token_and_no_speech_at_the_cuts(
    edits: list[tuple[int, int, bool]], seed: int
) -> None:
    """However text is left out and put in: spans are in order, and no speech is reported twice."""
    tokens = words(400)
    written, said = list(tokens), list(tokens)
    for at, count, put_in in sorted(edits, reverse=True):
        (written if put_in else said)[at:at] = words(count, 20 + seed)
    found = placed(written, said)
    assert len(find_cuts([(token,) for token in written], heard_phones(posteriors(spoken(said))))) > 2
    assert len(found.tokens) == len(written)
    others = [one.span for one in found.others]
    assert others == sorted(others)
    assert all(one.end <= other.start + 1e-6 for one, other in pairwise(others))
    assert [one.behind for one in found.others] == sorted(one.behind for one in found.others)
    for one in found.others:
        before = [token.span for token in found.tokens[: one.behind] if token.span]
        behind = [token.span for token in found.tokens[one.behind :] if token.span]
        assert all(span.start < one.span.end for span in before[-1:])
        assert all(one.span.start < span.end for span in behind[:1])
