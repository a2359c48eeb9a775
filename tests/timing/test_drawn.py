"""Vowels that last too long to be one."""

from __future__ import annotations

import pytest

from align.timing.drawn import without_drawn
from align.timing.lattice import FILLER, FILLER_SPEECH, NO_TOKEN, Prices, build
from tests.timing.phones import LENGTHS, STAY
from tests.timing.ways import parts_of, way

LATTICE = build([(("d", "E"),), (("g", "U"),), (("s", "iy"),)], STAY, Prices())
"""的, 股 and "see"; in LENGTHS every phone lasts 8 frames in the mean, and 18 are two deviations more."""

Parts = list[tuple[int, int]]


def shortened(parts: Parts) -> Parts:
    return parts_of(LATTICE, without_drawn(way(LATTICE, parts), LATTICE, LENGTHS))


def test_the_rest_of_a_drawn_out_vowel_is_a_filler_behind_its_token() -> None:
    assert shortened([(0, 30), (1, 20)]) == [(0, 11), (FILLER_SPEECH, 19), (1, 20)]
    found = without_drawn(way(LATTICE, [(0, 30), (1, 20)]), LATTICE, LENGTHS)
    assert set(LATTICE.before[found[11:30]].tolist()) == {1}
    assert set(LATTICE.column[found[11:30]].tolist()) == {FILLER}


def test_before_a_pause_it_must_be_longer_still() -> None:
    assert shortened([(0, 24), (1, 20)])[1] == (FILLER_SPEECH, 13)
    assert shortened([(0, 40), (NO_TOKEN, 20), (1, 20)]) == [
        (0, 11), (FILLER_SPEECH, 29), (NO_TOKEN, 20), (1, 20)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        [(0, 20), (1, 20)],  # long, and not too long
        [(0, 24), (NO_TOKEN, 20), (1, 20)],  # people draw out what comes before a pause
        [(0, 20), (1, 40)],  # the end of the text
        [(2, 40), (0, 20)],  # English vowels are as long as they are
    ],
)
def test_other_tokens_stay_as_they_are(parts: Parts) -> None:
    assert shortened(parts) == parts
