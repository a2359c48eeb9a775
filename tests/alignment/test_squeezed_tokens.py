"""Speech without text beside a token that has hardly any: whose it is."""

from __future__ import annotations

import pytest

from align.alignment.lattice import FILLER_SPEECH, NO_TOKEN, UNTRANSCRIBED, Penalties, build
from align.alignment.squeezed_tokens import MOST, SHORT, with_own_sound
from tests.alignment.phones import HEAD, STAY
from tests.alignment.ways import parts_of, way

LATTICE = build([(("Vn",),), (("X", "Ing"),)], STAY, Penalties())
"""运行: at least 4 frames, and 8."""

Parts = list[tuple[int, int]]


def given_back(parts: Parts) -> Parts:
    return parts_of(LATTICE, with_own_sound(way(LATTICE, parts), LATTICE, HEAD.lengths))


@pytest.mark.parametrize("speech", [UNTRANSCRIBED, FILLER_SPEECH])
def test_a_squeezed_token_gets_the_speech_behind_it_or_before_it(speech: int) -> None:
    assert given_back([(0, 4), (speech, 16), (1, 20)]) == [(0, 20), (1, 20)]
    assert given_back([(0, 12), (speech, 16), (1, 9)]) == [(0, 12), (1, 25)]


def test_it_gets_speech_across_a_pause_and_leaves_what_it_had_to_the_pause() -> None:
    assert given_back([(0, 4), (NO_TOKEN, 9), (UNTRANSCRIBED, 16), (1, 20)]) == [
        (NO_TOKEN, 13), (0, 16), (1, 20)
    ]  # fmt: skip
    assert given_back([(0, 12), (UNTRANSCRIBED, 16), (NO_TOKEN, 9), (1, 8)]) == [
        (0, 12), (1, 16), (NO_TOKEN, 17)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        [(0, 12), (UNTRANSCRIBED, 16), (1, 20)],  # both have their sound
        [(0, 4), (1, 20), (UNTRANSCRIBED, 16)],  # another token lies between
        [(0, 4), (UNTRANSCRIBED, MOST + 1), (1, 20)],  # more than one token is said there
        [(0, 4), (1, 20)],  # nothing is without text
    ],
)
def test_all_other_speech_stays(parts: Parts) -> None:
    assert given_back(parts) == parts


def test_a_long_word_is_squeezed_before_it_is_as_short_as_it_may_be() -> None:
    """With 8 frames as the usual length of each phone."""
    lattice = build([(("p", "r", "ow", "l", "ow", "m", "aa", "n"),), (("X", "Ing"),)], STAY, Penalties())
    for frames, squeezed in ((int(SHORT * 8 * 8), True), (int(SHORT * 8 * 8) + 1, False)):
        parts = [(0, frames), (UNTRANSCRIBED, 20), (1, 20)]
        found = parts_of(lattice, with_own_sound(way(lattice, parts), lattice, HEAD.lengths))
        assert (found == [(0, frames + 20), (1, 20)]) == squeezed
