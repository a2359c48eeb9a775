"""Boundaries are moved to usual durations, long vowels shortened, and squeezed tokens widened."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.alignment.durations import rebalance, shorten_long_vowels, widen_squeezed_tokens
from align.alignment.lattice import FILLER, FILLER_SPEECH, NO_TOKEN, UNTRANSCRIBED, Lattice, Penalties, build
from align.alignment.parameters import DEFAULTS
from align.alignment.viterbi import best_path, evidence
from align.pronounce.phones import PHONES
from tests.alignment.paths import parts_of, path_of
from tests.alignment.phones import EVEN, HEAD, LENGTHS, QUIET, STAY, posteriors, spoken, words

HIS_SON = [(("ih", "z"),), (("s", "ah"),)]


def searched(
    spoken_phones: list[tuple[str, int]], readings: Sequence[Sequence[tuple[str, ...]]], noise: float = 0.5
) -> tuple[NDArray[np.int32], NDArray[np.float32], Lattice]:
    emissions = evidence(posteriors(spoken_phones, noise=noise), EVEN, Penalties())
    lattice = build(readings, STAY, Penalties())
    return best_path(emissions, lattice).states, emissions, lattice


def test_two_phones_that_sound_alike_share_their_time() -> None:
    states, emissions, lattice = searched([("ih", 8), ("z", 20), ("ah", 8)], HIS_SON)
    z, s = PHONES.index("z"), PHONES.index("s")
    emissions[:, s] = emissions[:, z]  # nothing in the sound tells them apart
    token = lattice.token[rebalance(states, emissions, lattice, LENGTHS)]
    assert abs(int((token == 0).sum()) - 18) <= 1


def test_a_clear_boundary_stays() -> None:
    states, emissions, lattice = searched([("ih", 8), ("z", 5), ("s", 15), ("ah", 8)], HIS_SON)
    assert np.array_equal(
        lattice.token[rebalance(states, emissions, lattice, LENGTHS)], lattice.token[states]
    )


def test_pauses_stay() -> None:
    readings = [(("n", "I"),), (("H", "Ao"),)]
    states, emissions, lattice = searched([("n", 6), ("I", 9), QUIET, ("H", 7), ("Ao", 9)], readings)
    token = lattice.token[rebalance(states, emissions, lattice, LENGTHS)]
    assert token.tolist() == [0] * 15 + [-1] * 30 + [1] * 16


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.floats(0.1, 4))
def test_order_and_number_of_the_phones_stay(seed: int, noise: float) -> None:
    tokens = words(6, seed)
    states, emissions, lattice = searched([QUIET, *spoken(tokens)], [(token,) for token in tokens], noise)
    moved = rebalance(states, emissions, lattice, LENGTHS)

    def phones(path: NDArray[np.int32]) -> list[tuple[int, int]]:
        pairs = list(zip(lattice.token[path].tolist(), lattice.phone[path].tolist(), strict=True))
        return [pair for k, pair in enumerate(pairs) if k == 0 or pair != pairs[k - 1]]

    assert phones(moved) == phones(states)
    assert len(moved) == len(states)


VOWELS = build(
    [(("d", "E"),), (("g", "U"),), (("s", "iy"),), (("m", "A"),), (("n", "I"),)], STAY, Penalties()
)
"""的, 股, "see", 吗 and 你; in LENGTHS phones last 8 frames in the mean, and 17 are 1.9 deviations more."""

Parts = list[tuple[int, int]]

REST: Parts = [(3, 11), (4, 11), (NO_TOKEN, 20)]
"""Two more tokens with vowels of the usual length, and the pause at the end."""

SLOW: Parts = [(3, 21), (4, 21), (NO_TOKEN, 20)]
"""The same of somebody who speaks slowly."""


def shortened(parts: Parts) -> Parts:
    return parts_of(VOWELS, shorten_long_vowels(path_of(VOWELS, parts), VOWELS, LENGTHS))


def test_the_rest_of_a_long_vowel_is_a_filler_after_its_token() -> None:
    parts = [(0, 30), (1, 11), *REST]
    assert shortened(parts) == [(0, 11), (FILLER_SPEECH, 19), (1, 11), *REST]
    states = shorten_long_vowels(path_of(VOWELS, parts), VOWELS, LENGTHS)
    assert set(VOWELS.before[states[11:30]].tolist()) == {1}
    assert set(VOWELS.column[states[11:30]].tolist()) == {FILLER}


def test_before_a_pause_a_vowel_must_be_longer_still() -> None:
    assert shortened([(0, 24), (1, 11), *REST])[1] == (FILLER_SPEECH, 13)
    assert shortened([(0, 24), (NO_TOKEN, 20), (1, 11), *REST])[1] == (NO_TOKEN, 20)
    assert shortened([(0, 40), (NO_TOKEN, 20), (1, 11), *REST])[:3] == [
        (0, 11), (FILLER_SPEECH, 29), (NO_TOKEN, 20)
    ]  # fmt: skip


def test_in_slow_speech_a_vowel_is_measured_by_the_others() -> None:
    assert shortened([(0, 30), (1, 21), *SLOW])[0] == (0, 30)
    assert shortened([(0, 60), (1, 21), *SLOW])[:2] == [(0, 21), (FILLER_SPEECH, 39)]


def test_in_uneven_speech_a_vowel_must_be_longer() -> None:
    uneven: Parts = [(3, 5), (4, 20), (NO_TOKEN, 20)]
    assert shortened([(0, 24), (1, 9), *REST])[1] == (FILLER_SPEECH, 13)
    assert shortened([(0, 24), (1, 9), *uneven])[0] == (0, 24)


@pytest.mark.parametrize(
    "parts",
    [
        [(0, 20), (1, 20), *REST],  # long, and not too long
        [(0, 20), (1, 40)],  # the end of the text
        [(0, 40), (NO_TOKEN, 20)],  # a single word, which may be slow
        [(2, 40), (0, 11), *REST],  # English vowels are as long as they are
        [(NO_TOKEN, 40)],  # no vowels at all
    ],
)
def test_other_tokens_stay_as_they_are(parts: Parts) -> None:
    assert shortened(parts) == parts


YUN_XING = build([(("Vn",),), (("X", "Ing"),)], STAY, Penalties())
"""运行: at least 4 frames, and 8."""


def widened(parts: Parts) -> Parts:
    return parts_of(YUN_XING, widen_squeezed_tokens(path_of(YUN_XING, parts), YUN_XING, HEAD.lengths))


@pytest.mark.parametrize("speech", [UNTRANSCRIBED, FILLER_SPEECH])
def test_a_squeezed_token_gets_the_speech_after_or_before_it(speech: int) -> None:
    assert widened([(0, 4), (speech, 16), (1, 20)]) == [(0, 20), (1, 20)]
    assert widened([(0, 12), (speech, 16), (1, 9)]) == [(0, 12), (1, 25)]


def test_it_gets_speech_across_a_pause_and_leaves_its_old_place_to_the_pause() -> None:
    assert widened([(0, 4), (NO_TOKEN, 9), (UNTRANSCRIBED, 16), (1, 20)]) == [
        (NO_TOKEN, 13), (0, 16), (1, 20)
    ]  # fmt: skip
    assert widened([(0, 12), (UNTRANSCRIBED, 16), (NO_TOKEN, 9), (1, 8)]) == [
        (0, 12), (1, 16), (NO_TOKEN, 17)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        [(0, 12), (UNTRANSCRIBED, 16), (1, 20)],  # neither is squeezed
        [(0, 4), (1, 20), (UNTRANSCRIBED, 16)],  # another token lies between
        [(0, 4), (UNTRANSCRIBED, DEFAULTS.squeezed_frames + 1), (1, 20)],  # more than one token is said there
        [(0, 4), (1, 20)],  # all speech has text
    ],
)
def test_other_untranscribed_speech_stays(parts: Parts) -> None:
    assert widened(parts) == parts


def test_a_long_word_is_squeezed_below_a_share_of_its_usual_duration() -> None:
    """With 8 frames as the usual length of each phone."""
    lattice = build([(("p", "r", "ow", "l", "ow", "m", "aa", "n"),), (("X", "Ing"),)], STAY, Penalties())
    limit = int(DEFAULTS.squeezed_share * 8 * 8)
    for frames, squeezed in ((limit, True), (limit + 1, False)):
        parts = [(0, frames), (UNTRANSCRIBED, 20), (1, 20)]
        result = parts_of(lattice, widen_squeezed_tokens(path_of(lattice, parts), lattice, HEAD.lengths))
        assert (result == [(0, frames + 20), (1, 20)]) == squeezed
