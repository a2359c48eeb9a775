"""The numbers that the plots show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.core.types import Mismatch, Result, Span, TimedToken, Track
from align.mismatch.filter import PLACES, WORST_FIRST
from align.subtitles.check import reading_speed
from align.subtitles.options import CueOptions

WIDTHS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds of one step of a curve: round numbers."""
MOST = 96
"""Maximum steps of a curve, so that each is some millimetres wide."""
BREATH = 0.5
"""Seconds of the longest pause inside one speaker's speech."""
LEAST = 10
"""The percentile of the scores that is drawn below the mean."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Equal parts of a recording; the last may extend past its end.

    Attributes:
        width: seconds of each.
        count: of them, at least 1.
    """

    width: int
    count: int

    @property
    def edges(self) -> NDArray[np.float64]:
        """Seconds of their starts, and of the end of the last; shape (count + 1,)."""
        return np.arange(self.count + 1, dtype=float) * self.width

    def of(self, seconds: Iterable[float]) -> NDArray[np.intp]:
        """The step of each time; later ones count as in the last."""
        moments = np.array(list(seconds), float)
        return np.array(np.minimum(moments // self.width, self.count - 1), np.intp)


def steps_for(duration: float) -> Steps:
    """The narrowest steps of which at most MOST cover a recording of `duration` seconds."""
    width = next((width for width in WIDTHS if duration <= width * MOST), None)
    width = width or int(-(-duration // MOST))
    return Steps(width, max(1, int(-(-duration // width))))


def confidence(tokens: Sequence[TimedToken], steps: Steps) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean score of the placed tokens in each step, and their LEAST percentile; NaN where there is none.

    Both have shape (steps.count,).
    """
    placed = [(timed.span.start, timed.score) for timed in tokens if timed.span]
    where, scores = steps.of(start for start, _ in placed), np.array([score for _, score in placed])
    mean, least = np.full(steps.count, np.nan), np.full(steps.count, np.nan)
    for step in np.unique(where):
        inside = scores[where == step]
        mean[step], least[step] = inside.mean(), np.percentile(inside, LEAST)
    return mean, least


def density(mismatches: Iterable[Mismatch], steps: Steps) -> NDArray[np.intp]:
    """How many mismatches to check start in each step, worst severity first; shape (3, steps.count)."""
    places = [mismatch for mismatch in mismatches if mismatch.kind in PLACES]
    starts = [
        steps.of(place.span.start for place in places if place.severity is level) for level in WORST_FIRST
    ]
    return np.stack([np.bincount(counted, minlength=steps.count) for counted in starts])


def speaker_stretches(result: Result) -> dict[str | None, tuple[Span, ...]]:
    """When each speaker speaks, longest first; None is for speakers without a name.

    Words of one speaker belong together when no other speaks between them and they are at most BREATH apart.
    """
    stretches: dict[str | None, list[Span]] = {}
    last: str | None = None
    for timed in result.alignment.tokens:
        if timed.span is None:
            continue
        name = timed.speaker or result.turns[timed.token.turn].speaker
        own = stretches.setdefault(name, [])
        if own and name == last and timed.span.start - own[-1].end <= BREATH:
            own[-1] = Span(own[-1].start, max(own[-1].end, timed.span.end))
        else:
            own.append(timed.span)
        last = name
    longest_first = sorted(stretches.items(), key=lambda item: -total_duration(item[1]))
    return {name: tuple(spans) for name, spans in longest_first}


def total_duration(spans: Iterable[Span]) -> float:
    """Seconds of all spans together."""
    return sum(span.duration for span in spans)


@dataclass(frozen=True, eq=False)
class CueReadingSpeed:
    """The reading speeds of the cues of a track in one language.

    Attributes:
        starts: seconds of the cue starts; shape (cues,).
        speeds: characters a second; a Han character is one, and in a language that counts those a Latin
            letter is half; shape (cues,).
        limit: maximum of the profile.
    """

    language: str
    starts: NDArray[np.float64]
    speeds: NDArray[np.float64]
    limit: float

    @property
    def over(self) -> NDArray[np.bool_]:
        """Which cues exceed the limit."""
        return self.speeds > self.limit * (1 + 1e-6)


def reading(track: Track, options: CueOptions) -> CueReadingSpeed:
    """The reading speeds of a track's first language."""
    language = track.languages[0]
    rules = options.rules(language)
    wide = 2 if rules.full_width else 1
    shown = [cue for cue in track.cues if cue.lines[0]]
    return CueReadingSpeed(
        language=language,
        starts=np.array([cue.span.start for cue in shown], float),
        speeds=np.array([reading_speed(cue, 0, rules) / wide for cue in shown], float),
        limit=rules.speed / wide,
    )
