"""Speech without text between two words: more of them, fillers and repeats, or other words."""

from __future__ import annotations

import numpy as np
import pytest

from align.alignment.lattice import Penalties
from align.alignment.parameters import DEFAULTS
from align.alignment.placement import PlacedPhones, UntranscribedSpeech
from align.alignment.untranscribed import FILLER_PHONES, WORD_PHONES, explained
from align.core.types import Span
from align.pronounce.phones import PHONES, Reading
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words

FRAMES = 8
"""Of each phone."""

TOKENS = words(12, 3)
PLACE = 6
OTHERS = [word for word in words(40, 8) if word not in TOKENS]

Said = Reading | int | tuple[str, int]


def explained_as(
    *said: Said, seed: int = 0
) -> tuple[tuple[PlacedPhones, ...], tuple[UntranscribedSpeech, ...]]:
    """What speech in the middle of TOKENS is: readings, pauses in frames, and phones with their frames."""
    inside: list[tuple[str, int]] = []
    for one in said:
        if isinstance(one, int):
            inside.append((QUIET[0], one))
        elif isinstance(one[1] if len(one) > 1 else "", int):
            inside.append((str(one[0]), int(one[1])))
        else:
            inside += spoken([tuple(map(str, one))], FRAMES)
    phones = [*spoken(TOKENS[:PLACE], FRAMES), *inside, *spoken(TOKENS[PLACE:], FRAMES)]
    placed: list[PlacedPhones] = []
    clock = 0.0
    for k, token in enumerate(TOKENS):
        if k == PLACE:
            start, clock = clock, clock + sum(frames for _, frames in inside) / 100
            speech = UntranscribedSpeech(Span(start, clock), PLACE)
        end = clock + FRAMES * len(token) / 100
        placed.append(PlacedPhones(Span(clock, end), 0, (0.0, 0.0, 0.0, 0.0)))
        clock = end
    sound = posteriors(phones, seed).astype(np.float16)
    return explained(placed, [speech], [(token,) for token in TOKENS], sound, HEAD, Penalties())


def is_filler(*said: Said, seed: int = 0) -> bool:
    _, rest = explained_as(*said, seed=seed)
    return bool(rest) and rest[0].filler


@pytest.mark.parametrize("filler", FILLER_PHONES)
def test_every_listed_filler_is_a_filler(filler: Reading) -> None:
    assert is_filler(filler)


@pytest.mark.parametrize("filler", [("En",), ("n", "A", "g", "E"), ("J", "Iou", "Sh", "Ir"), ("ah", "m")])
def test_a_filler_with_pauses_around_it_and_several_in_a_row_are_fillers(filler: Reading) -> None:
    assert is_filler(20, filler, 30)
    assert is_filler(filler, 25, ("E",), filler)


@pytest.mark.parametrize(
    "repeat", [TOKENS[PLACE - 1 : PLACE], TOKENS[PLACE : PLACE + 1], TOKENS[PLACE - 2 : PLACE]]
)
def test_repeated_neighbours_are_fillers(repeat: list[Reading]) -> None:
    assert is_filler(*repeat)
    assert is_filler(("n", "A", "g", "E"), 15, *repeat)


@pytest.mark.parametrize("word", WORD_PHONES)
def test_a_word_that_may_be_a_filler_is_undecided_and_as_likely_as_one(word: Reading) -> None:
    _, rest = explained_as(word)
    assert all(not speech.filler and speech.filled > DEFAULTS.filler_gain for speech in rest)


@pytest.mark.parametrize("seed", range(7))
def test_a_single_other_word_is_no_filler_and_far_likelier_as_any_phones(seed: int) -> None:
    _, (speech,) = explained_as(OTHERS[seed], seed=seed)
    assert not speech.filler
    assert speech.spoken > speech.filled + DEFAULTS.filler_margin


def test_a_lengthened_word_takes_its_own_sound_before_a_pause() -> None:
    last = TOKENS[PLACE - 1][-1]
    placed, rest = explained_as((last, 25), 20)
    assert rest == ()
    span = placed[PLACE - 1].span
    assert span is not None
    before = FRAMES / 100 * sum(len(token) for token in TOKENS[:PLACE])
    assert span.end == pytest.approx(before + 0.25, abs=0.03)


def test_a_following_word_that_begins_early_takes_its_own_sound() -> None:
    first = TOKENS[PLACE][0]
    placed, rest = explained_as((first, 20))
    assert rest == ()
    span = placed[PLACE].span
    assert span is not None
    assert span.start == pytest.approx(FRAMES / 100 * sum(len(token) for token in TOKENS[:PLACE]), abs=0.03)


def test_long_speech_is_not_tested_and_no_filler() -> None:
    speech = UntranscribedSpeech(Span(0.0, DEFAULTS.longest_filler + 0.1), 0, filler=True)
    sound = posteriors([("E", 400)]).astype(np.float16)
    assert explained([], [speech], [], sound, HEAD, Penalties()) == (
        (),
        (UntranscribedSpeech(speech.span, 0, filler=False),),
    )


def test_fillers_are_known_phones_and_listed_once() -> None:
    listed = (*FILLER_PHONES, *WORD_PHONES)
    assert {phone for filler in listed for phone in filler} <= set(PHONES)
    assert len(set(listed)) == len(listed)
