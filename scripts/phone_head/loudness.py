"""Put the edges of speech beside a pause where the sound itself shows them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.core.types import SAMPLE_RATE
from align.pronounce.phones import PHONES, SILENCE
from scripts.phone_head.labels import Segments
from scripts.speech.timing import STEP, loudness

_ABOVE, _BELOW = 10.0, 34.0
"""Decibels above a pause's own level, and below the loud speech, from which there is speech."""

_CLEAR = 22.0
"""Decibels between speech and pause from which the edge can be seen."""

_PAUSE = 0.1
"""Seconds of a silence whose edges are looked for."""

_AROUND = 0.15
"""Seconds by which an edge is moved at most."""

_SHORTEST = 0.02
"""Seconds that a phone keeps."""

_SILENCE = PHONES.index(SILENCE)


def sharpened(segments: Segments, samples: NDArray[np.float32]) -> Segments:
    """The same phones, where they meet a pause moved to where the loudness falls or rises.

    Args:
        samples: of the utterance, at SAMPLE_RATE.
    """
    level = loudness(samples, SAMPLE_RATE)
    loud = float(np.percentile(level, 95))
    edges = segments.edges.copy()
    for k in np.flatnonzero(segments.phones == _SILENCE).tolist():
        begin, end = edges[k]
        quiet = float(np.median(level[_at(begin) : _at(end) + 1]))
        if end - begin < _PAUSE or loud - quiet < _CLEAR:
            continue
        speech = level > max(quiet + _ABOVE, loud - _BELOW)
        middle = (begin + end) / 2
        if k > 0:
            least = edges[k - 1, 0] + _SHORTEST
            heard = np.flatnonzero(
                speech[_at(max(begin - _AROUND, least)) : _at(min(begin + _AROUND, middle))]
            )
            if len(heard):
                moved = (_at(max(begin - _AROUND, least)) + int(heard[-1]) + 1) * STEP
                edges[k - 1, 1] = edges[k, 0] = max(moved, least)
        if k + 1 < len(edges):
            most = edges[k + 1, 1] - _SHORTEST
            first = _at(max(end - _AROUND, middle))
            heard = np.flatnonzero(speech[first : _at(min(end + _AROUND, most))])
            if len(heard):
                edges[k + 1, 0] = edges[k, 1] = min((first + int(heard[0])) * STEP, most)
    return Segments(edges, segments.phones)


def _at(seconds: float) -> int:
    return max(0, round(seconds / STEP))
