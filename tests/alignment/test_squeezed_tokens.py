"""Squeezed tokens take back the untranscribed speech beside them."""

from __future__ import annotations

import pytest

from align.alignment.lattice import FILLER_SPEECH, NO_TOKEN, UNTRANSCRIBED, Penalties, build
from align.alignment.parameters import DEFAULTS
from align.alignment.squeezed_tokens import widen_squeezed_tokens
from tests.alignment.paths import parts_of, path_of
from tests.alignment.phones import HEAD, STAY

LATTICE = build([(("Vn",),), (("X", "Ing"),)], STAY, Penalties())
"""运行: at least 4 frames, and 8."""

Parts = list[tuple[int, int]]


def widened(parts: Parts) -> Parts:
    return parts_of(LATTICE, widen_squeezed_tokens(path_of(LATTICE, parts), LATTICE, HEAD.lengths))


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
