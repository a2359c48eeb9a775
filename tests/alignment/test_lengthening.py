"""Short speech behind a word: the rest of its last vowel, or something else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.lengthening import DEFAULTS, with_lengthened_ends
from align.alignment.placement import PlacedPhones, UntranscribedSpeech
from align.core.types import Span
from align.pronounce.phones import SILENCE, Reading
from tests.alignment.phones import SPEECH, posteriors, spoken

FRAMES = 10
"""Of each phone of the words and of a tail; 0.1 s."""

NEXT = ("H", "Ou")


def _placed(start: float, end: float) -> PlacedPhones:
    return PlacedPhones(Span(start, end), 0, (0.0, 0.0, 0.0, 0.0))


def end_of(word: Reading, *tail: str, pause: int = 0) -> float:
    """Seconds by which a word is longer where this follows it, before the next word."""
    own = [*spoken([word], FRAMES), (SILENCE, pause)]
    said = [*own, *((phone, FRAMES) for phone in tail), *spoken([NEXT], FRAMES)]
    end = len(word) * FRAMES / 100
    start = end + pause / 100
    speech = UntranscribedSpeech(Span(start, start + len(tail) * FRAMES / 100), 1)
    placed = [_placed(0.0, end), _placed(speech.span.end, speech.span.end + 0.2)]
    tokens, rest = with_lengthened_ends(placed, [speech], [(word,), (NEXT,)], posteriors(said))
    span = tokens[0].span
    assert span is not None
    assert bool(rest) == (span.end == end)
    assert tokens[1] == placed[1]
    return round(span.end - end, 3)


@pytest.mark.parametrize(
    ("word", "tail"),
    [
        (("Sh", "Uo"), "E"),
        (("n", "Eng"), "Ing"),
        (("n", "A"), "An"),
        (("k", "An"), "Ai"),
        (("sh", "uh", "r"), "er"),
    ],
)
def test_the_rest_of_a_drawn_out_sound_is_the_end_of_its_word(word: Reading, tail: str) -> None:
    assert end_of(word, tail) == 0.1


@pytest.mark.parametrize(("word", "tail"), [(("s", "Iz"), "A"), (("Q", "V"), "E"), (("Sh", "Uo"), "En")])
def test_a_sound_of_its_own_is_not(word: Reading, tail: str) -> None:
    assert end_of(word, tail) == 0


def test_neither_is_what_comes_after_a_pause_or_lasts_long() -> None:
    assert end_of(("Sh", "Uo"), "E", pause=8) == 0
    assert end_of(("Sh", "Uo"), "E", "E") == 0


@given(st.lists(st.sampled_from(SPEECH), min_size=1, max_size=3), st.sampled_from(SPEECH))
def test_no_word_gets_shorter_and_no_speech_is_lost(word: list[str], tail: str) -> None:
    assert end_of(tuple(word), tail) >= 0


def test_nothing_before_the_first_word_belongs_to_one() -> None:
    speech = UntranscribedSpeech(Span(0.0, 0.1), 0)
    placed = [_placed(0.1, 0.3)]
    sound = posteriors([("E", 10), *spoken([NEXT], FRAMES)]).astype(np.float16)
    assert with_lengthened_ends(placed, [speech], [(NEXT,)], sound, DEFAULTS) == (tuple(placed), (speech,))
