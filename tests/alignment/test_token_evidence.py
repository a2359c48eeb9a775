"""Whether a token was said: likelier with it than without it."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from align.alignment.lattice import Penalties
from align.alignment.parameters import DEFAULTS
from align.alignment.phone_aligner import place_by_phones
from align.alignment.placement import CERTAIN, PlacedPhones, Placement
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words

TOKENS = words(60, 3)
OTHERS = words(10, 8)


def placed(
    written: list[tuple[str, ...]], said: list[tuple[str, ...]], noise: float = 0.5
) -> list[PlacedPhones]:
    sound = posteriors([QUIET, *spoken(said), QUIET], noise=noise).astype(np.float16)
    return list(place_by_phones(sound, [(token,) for token in written], HEAD, Penalties()).tokens)


def test_a_token_of_a_good_fit_is_not_tested() -> None:
    assert {token.evidence for token in placed(TOKENS, TOKENS)} == {CERTAIN}


@pytest.mark.parametrize("place", [5, 30, 55])
def test_a_token_that_nobody_says_is_likelier_absent(place: int) -> None:
    tokens = placed([*TOKENS[:place], OTHERS[0], *TOKENS[place:]], TOKENS)
    assert tokens[place].evidence < -20
    assert all(token.evidence > 0 for k, token in enumerate(tokens) if abs(k - place) > 2)


@pytest.mark.parametrize("place", [5, 30, 55])
def test_a_token_that_replaces_another_has_little_evidence(place: int) -> None:
    tokens = placed([*TOKENS[:place], OTHERS[1], *TOKENS[place + 1 :]], TOKENS)
    assert tokens[place].evidence < 10


def test_a_token_that_is_said_unclearly_is_likelier_there() -> None:
    """Its sound belongs to nothing else, however poor it fits."""
    sound = posteriors([QUIET, *spoken(TOKENS), QUIET], noise=0.5)
    first = QUIET[1] + 6 * sum(map(len, TOKENS[:30]))
    last = first + 6 * len(TOKENS[30])
    sound[first:last] = 0.55 * sound[first:last] + 0.45 * np.roll(sound[first:last], 7, axis=1)
    tokens = place_by_phones(
        sound.astype(np.float16), [(token,) for token in TOKENS], HEAD, Penalties()
    ).tokens
    assert tokens[30].span is not None
    assert tokens[30].evidence > 0


def test_a_token_without_a_reading_is_not_tested() -> None:
    sound = posteriors([QUIET, *spoken(TOKENS), QUIET]).astype(np.float16)
    readings = [*((token,) for token in TOKENS[:20]), (), *((token,) for token in TOKENS[20:])]
    token = place_by_phones(sound, readings, HEAD, Penalties()).tokens[20]
    assert (token.span, token.evidence) == (None, CERTAIN)
    assert DEFAULTS.weak_fit < 0


def test_evidence_is_the_same_when_it_is_read_from_the_cache() -> None:
    tokens = placed([*TOKENS[:30], OTHERS[0], *TOKENS[30:]], TOKENS)
    placement = Placement((*tokens, PlacedPhones(None, 0, (), -CERTAIN)), ())
    assert msgspec.json.decode(msgspec.json.encode(placement), type=Placement) == placement
