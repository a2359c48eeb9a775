"""How well a head places words, and how sure it may be of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.alignment.confidence import WITHIN, score_features
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import place_by_phones
from align.alignment.placement import PlacedPhones
from align.audio.decode import read_audio
from align.audio.phone_head import PhoneHead
from align.audio.posteriors import posteriors_of
from align.core.types import Token, Turn
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize
from scripts.benchmarks.metrics import Figures, Judged, figures, judged
from scripts.benchmarks.place import place
from scripts.benchmarks.values import Sample, Word
from scripts.phone_head import augment
from scripts.phone_head.corpus import Readings

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_PLANTED = 0.04
"""Share of the tokens at which a change is planted into the text of a calibration."""

_ROUNDS = 400
"""Steps of the regression, after which it stands still."""


@dataclass(frozen=True, eq=False)
class Example:
    """A recording with its tokens' readings and true times."""

    samples: NDArray[np.float32]
    tokens: tuple[Token, ...]
    said: Readings
    spans: NDArray[np.float64]


def example(sample: Sample) -> Example:
    """A sample of the benchmark all of whose tokens have times."""
    tokens, said = _pronounced(sample.text)
    spans = np.array([(word.start, word.end) for word in sample.truth], dtype=np.float64)
    if len(spans) != len(tokens):
        raise ValueError(f"{sample.audio} has times for {len(spans)} tokens of {len(tokens)}")
    return Example(read_audio(sample.audio).samples[:], tokens, said, spans)


def measured(samples: Sequence[Sample], whisper: WhisperModel, head: PhoneHead, prices: Penalties) -> Figures:
    """The figures of some recordings together, whose texts are exactly what is said."""
    return figures([one for sample in samples for one in _judged(sample, whisper, head, prices)])


def _judged(sample: Sample, whisper: WhisperModel, head: PhoneHead, prices: Penalties) -> tuple[Judged, ...]:
    tokens, said = _pronounced(sample.text)
    seen = posteriors_of(read_audio(sample.audio).samples[:], whisper, head, lambda _: None)
    placed = place_by_phones(seen, said, head, prices).tokens
    words = [
        Word(token.text, one.span.start, one.span.end) if one.span else None
        for token, one in zip(tokens, placed, strict=True)
    ]
    truth = place([token.text for token in tokens], sample.truth)
    return judged(truth, words)


def _pronounced(text: str) -> tuple[tuple[Token, ...], Readings]:
    turns = tuple(Turn(None, line, k) for k, line in enumerate(text.splitlines(), 1) if line.strip())
    tokens = tokenize(turns)
    return tokens, readings(turns, tokens)


def calibrated(
    head: PhoneHead, examples: Sequence[Example], whisper: WhisperModel, prices: Penalties, seed: int
) -> PhoneHead:
    """The head with a calibration by which its scores come true on these examples.

    Each is taken as it is, in noise, and in a room, each time with the right text and with a text in which
    tokens are left out, put in and changed: what is not said has no right time.
    """
    chance = np.random.default_rng(seed)
    rows, right = [], []
    for one in examples:
        for samples in _conditions(one.samples, chance):
            seen = posteriors_of(samples, whisper, head, lambda _: None)
            for text in (_exact(one), _planted(one, random.Random(seed))):
                placed = place_by_phones(seen, [said for said, _ in text], head, prices).tokens
                known = [k for k, at in enumerate(placed) if at.span]
                rows.append(score_features(placed)[known])
                right.append(np.array([_is_right(placed[k], text[k][1]) for k in known]))
    return replace(head, calibration=_regression(np.concatenate(rows), np.concatenate(right)))


def _conditions(samples: NDArray[np.float32], chance: np.random.Generator) -> Iterator[NDArray[np.float32]]:
    """As it is, in a room, and in noise of 15, 5 and 0 dB."""
    level = float(np.sqrt(np.mean(samples**2)))
    yield samples
    yield augment.reverberant(samples, chance)
    for ratio in (15, 5, 0):
        noise = augment.noise(len(samples), chance) * np.float32(level * 10 ** (-ratio / 20))
        yield np.asarray(samples + noise, np.float32)


Text = list[tuple[tuple[tuple[str, ...], ...], NDArray[np.float64] | None]]


def _exact(one: Example) -> Text:
    return list(zip(one.said, one.spans, strict=True))


def _planted(one: Example, chance: random.Random) -> Text:
    """A text that says otherwise here and there; what is changed or put in has no time."""
    text: Text = []
    skip = 0
    for said, span in _exact(one):
        if skip:
            skip -= 1
            continue
        text.append((said, span))
        if chance.random() < _PLANTED:
            count = chance.randint(1, 8)
            others = [chance.choice(one.said) for _ in range(count)]
            kind = chance.choice(("left out", "put in", "changed"))
            text += [(other, None) for other in others] if kind != "left out" else []
            skip = count if kind != "put in" else 0
    return text


def _is_right(placed: PlacedPhones, span: NDArray[np.float64] | None) -> bool:
    if span is None or placed.span is None:
        return False
    return bool(abs(placed.span.start - span[0]) <= WITHIN and abs(placed.span.end - span[1]) <= WITHIN)


def _regression(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Logistic regression by Newton's method with a little shrinkage, shape (columns,)."""
    weights = np.zeros(rows.shape[1])
    shrink = 1e-3 * np.eye(rows.shape[1]) * len(rows)
    shrink[-1, -1] = 0.0
    for _ in range(_ROUNDS):
        sure = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (sure - right) + shrink @ weights * 1e-2
        curve = (rows * (sure * (1 - sure))[:, None]).T @ rows + shrink * 1e-2 + 1e-6 * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights.astype(np.float32)
