"""Vowels that last too long are shortened."""

from __future__ import annotations

import pytest

from align.alignment.lattice import FILLER, FILLER_SPEECH, NO_TOKEN, Penalties, build
from align.alignment.long_vowels import shorten_long_vowels
from tests.alignment.paths import parts_of, path_of
from tests.alignment.phones import LENGTHS, STAY

LATTICE = build(
    [(("d", "E"),), (("g", "U"),), (("s", "iy"),), (("m", "A"),), (("n", "I"),)], STAY, Penalties()
)
"""的, 股, "see", 吗 and 你; in LENGTHS phones last 8 frames in the mean, and 17 are 1.9 deviations more."""

Parts = list[tuple[int, int]]

REST: Parts = [(3, 11), (4, 11), (NO_TOKEN, 20)]
"""Two more tokens with vowels of the usual length, and the pause at the end."""

SLOW: Parts = [(3, 21), (4, 21), (NO_TOKEN, 20)]
"""The same of somebody who speaks slowly."""


def shortened(parts: Parts) -> Parts:
    return parts_of(LATTICE, shorten_long_vowels(path_of(LATTICE, parts), LATTICE, LENGTHS))


def test_the_rest_of_a_long_vowel_is_a_filler_after_its_token() -> None:
    parts = [(0, 30), (1, 11), *REST]
    assert shortened(parts) == [(0, 11), (FILLER_SPEECH, 19), (1, 11), *REST]
    states = shorten_long_vowels(path_of(LATTICE, parts), LATTICE, LENGTHS)
    assert set(LATTICE.before[states[11:30]].tolist()) == {1}
    assert set(LATTICE.column[states[11:30]].tolist()) == {FILLER}


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
