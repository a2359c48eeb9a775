"""Where each token really lies in the sound, which is not where the model's durations say.

Kokoro's sound comes before its durations (figures in seeds/demo/README.md), and a space between two words
has a duration but no sound, so that the word behind it comes earlier still. In running speech this lead is
taken off; beside a pause, at the beginning and at the end, the sound itself shows where speech stops and
starts. `scripts/speech/check.py` measures what error remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scripts.speech.kokoro import FRAME, SAMPLE_RATE, Utterance
from scripts.speech.utterances import Part

LEAD = 0.075
"""Seconds by which the sound comes before the durations, in running speech, at any speed."""

SPACED_LEAD, SPACE_SHARE = 0.052, 0.8
"""Behind a space: seconds of the lead, and the share of the space's own duration that is added to it."""

STEP = 0.005
"""Seconds between two looks at the loudness."""

_WINDOW = 0.010
_QUIET = 34.0
"""Decibels below the utterance's loud speech at which there is only the model's hiss."""

_BACK = 0.35
"""Seconds before a token's corrected end in which a pause may begin; the durations give it a part of it."""

_SHORTEST = 0.06
"""Seconds that a token lasts at least; a quiet stretch that leaves less is a stop's closure, not a pause."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What counts as a pause between two tokens.

    Attributes:
        shortest: seconds of quiet.
        ahead: seconds behind the later token's corrected start within which it begins.
    """

    shortest: float
    ahead: float


_MARKED = _Kind(0.04, 0.15)
"""Where the text has a mark."""

_UNMARKED = _Kind(0.14, 0.04)
"""Where it has none: longer than a stop's closure, and not the pause behind the later token."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A spoken token's text and its seconds from the start of its utterance."""

    text: str
    start: float
    end: float


def place(part: Part, said: Utterance) -> tuple[Placed, ...]:
    """Every token of `part` with its true place; starts rise, ends rise, nothing overlaps."""
    loud = loudness(said.samples) > _floor(said.samples)
    rough = _rough(part, said.frames)
    spoken = [index for index, piece in enumerate(part.pieces) if piece.spoken]
    edges = [_first(loud, rough[spoken[0]][1])]
    for before, after in pairwise(spoken):
        kind = _MARKED if after - before > 1 else _UNMARKED
        quiet = _pause(loud, (edges[-1], rough[before][1]), rough[after], kind)
        edges += quiet or (rough[after][0], rough[after][0])
    edges.append(_last(loud, rough[spoken[-1]][0]))
    ordered = _rising(edges)
    texts = [part.pieces[index].text for index in spoken]
    return tuple(Placed(text, ordered[2 * place], ordered[2 * place + 1]) for place, text in enumerate(texts))


def loudness(samples: NDArray[np.float32], rate: int = SAMPLE_RATE) -> NDArray[np.float64]:
    """Decibels of the sound around each multiple of STEP, shape (duration / STEP,)."""
    step, window = round(STEP * rate), round(_WINDOW * rate)
    padded = np.pad(samples.astype(np.float64), window // 2)
    energy = np.concatenate([[0.0], np.cumsum(padded**2)])
    starts = np.arange(0, len(samples), step)
    return np.asarray(10 * np.log10((energy[starts + window] - energy[starts]) / window + 1e-12))


def _floor(samples: NDArray[np.float32]) -> float:
    """The loudness in decibels that parts speech from the pauses of this utterance."""
    return float(np.percentile(loudness(samples), 95)) - _QUIET


def _rough(part: Part, frames: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Each piece's start and end by the durations less the lead, in seconds."""
    bounds = np.cumsum(frames) * FRAME / SAMPLE_RATE
    places: list[tuple[float, float]] = []
    for index in range(len(part.pieces)):
        own = [at for at, owner in enumerate(part.owners) if owner == index]
        first, last = own[0], own[-1] + 1
        spaced = first > 0 and part.owners[first - 1] < 0
        lead = SPACED_LEAD + SPACE_SHARE * (bounds[first] - bounds[first - 1]) if spaced else LEAD
        places.append((float(bounds[first] - lead), float(bounds[last] - LEAD)))
    return places


def _pause(
    loud: NDArray[np.bool_], before: tuple[float, float], after: tuple[float, float], kind: _Kind
) -> tuple[float, float] | None:
    """The longest quiet stretch between two tokens, in seconds; None when they run together.

    `before` begins where its sound was found to begin, so that the silence in front of it is no candidate.
    """
    first, last = round((before[0] + _SHORTEST) / STEP), round((after[1] - _SHORTEST) / STEP)
    low = max(round((before[1] - _BACK) / STEP), first, 0)
    high = min(round((after[0] + kind.ahead) / STEP), last, len(loud))
    changes = np.flatnonzero(np.diff(np.concatenate([[True], loud[low:high], [True]]).astype(np.int8)))
    runs = changes.reshape(-1, 2)
    if not len(runs):
        return None
    start, end = runs[np.argmax(runs[:, 1] - runs[:, 0])] + low
    while start > max(first, 0) and not loud[start - 1]:
        start -= 1
    while end < min(last, len(loud)) and not loud[end]:
        end += 1
    long_enough = (end - start) * STEP >= kind.shortest
    return (float(start * STEP), float(end * STEP)) if long_enough else None


def _first(loud: NDArray[np.bool_], first_end: float) -> float:
    """When the sound begins; before the first token's end."""
    heard = np.flatnonzero(loud)
    begin = heard[0] * STEP if len(heard) else 0.0
    return float(min(begin, max(first_end - _SHORTEST, 0.0)))


def _last(loud: NDArray[np.bool_], last_start: float) -> float:
    """When the sound ends; after the last token's start."""
    heard = np.flatnonzero(loud)
    end = (heard[-1] + 1) * STEP if len(heard) else 0.0
    return float(max(end, last_start + _SHORTEST))


def _rising(edges: list[float]) -> list[float]:
    """The edges with each at or after the one before."""
    return [float(edge) for edge in np.maximum.accumulate(edges)]
