"""Whether align tells the text of a recording from another text, on parts of known recordings.

The posteriors of each recording are computed once; a pair costs one search. No recognition runs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import place_by_phones
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Turn
from align.mismatch.candidates import find_candidates
from align.mismatch.coverage import coverage_of_placement, transcript_matches
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize
from align.transcript.text_breaks import text_breaks
from scripts.benchmarks import units as texts
from scripts.benchmarks.found import Count
from scripts.benchmarks.units import Unit

RIGHT, HALF, SAME, OTHER = "its own text", "half of it and half of another", "other part", "other recording"
BELONGING: Mapping[str, bool] = {RIGHT: True, HALF: True, SAME: False, OTHER: False}
"""Kinds of pairs, and whether the text is of the recording."""

LENGTHS = (10.0, 20.0, 40.0)
"""Seconds of the parts that recordings are cut into."""


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a recording: its posteriors, shape (T, P), and what is said in it."""

    recording: str
    posteriors: NDArray[np.float16]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What align says of one pair."""

    kind: str
    transcript_coverage: float
    speech_coverage: float

    @property
    def right(self) -> bool:
        """Whether it says what is so."""
        return transcript_matches(self.transcript_coverage, self.speech_coverage) == BELONGING[self.kind]


def parts(
    recording: str, posteriors: NDArray[np.float16], units: Sequence[Unit], seconds: float
) -> Iterator[Part]:
    """A recording cut into parts of so many seconds; a rest shorter than half of that is left out."""
    first = 0
    for k, unit in enumerate(units):
        start, last = units[first].start or 0.0, k + 1 == len(units)
        end = unit.end or 0.0
        if end - start < seconds and not (last and end - start >= seconds / 2):
            continue
        frames = slice(max(0, round(start / FRAME) - 10), round(end / FRAME) + 10)
        yield Part(recording, posteriors[frames], tuple(units[first : k + 1]))
        first = k + 1


def pairs(cut: Sequence[Part], count: int, chance: random.Random) -> Iterator[tuple[str, Part, str]]:
    """Kinds in turn: a part of a recording, and a text of about as many words."""
    kinds = list(BELONGING)
    for number in range(count):
        kind, part = kinds[number % len(kinds)], chance.choice(cut)
        same = [each for each in cut if each.recording == part.recording and each is not part]
        apart = [each for each in cut if each.recording != part.recording]
        strangers = same if kind == SAME else apart
        own = list(part.units)
        if kind != RIGHT:
            foreign = list(chance.choice([each for each in strangers if _apart(each, part)] or apart).units)
            half = len(own) // 2
            own = [*own[:half], *foreign[: len(own) - half]] if kind == HALF else foreign[: len(own)]
        yield kind, part, texts.write(own, "。").strip()


def _apart(one: Part, other: Part) -> bool:
    """Whether two parts share no words."""
    times = [(part.units[0].start or 0.0, part.units[-1].end or 0.0) for part in (one, other)]
    return one.recording != other.recording or times[0][1] <= times[1][0] or times[1][1] <= times[0][0]


def judge(kind: str, part: Part, text: str, head: PhoneHead) -> Verdict:
    """What align says of a pair."""
    turns = [Turn(None, line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    tokens = tokenize(turns)
    breaks = text_breaks(turns, tokens)
    placement = place_by_phones(part.posteriors, readings(turns, tokens), head, Penalties(), breaks)
    return Verdict(kind, *coverage_of_placement(placement, find_candidates(placement)))


def table(verdicts: Sequence[Verdict]) -> str:
    """Wrong verdicts by kind, with the range of the larger share."""
    rows = [
        "| text | pairs | wrong verdicts | larger share, least to greatest |",
        "| --- | --: | --: | --: |",
    ]
    for kind in BELONGING:
        own = [verdict for verdict in verdicts if verdict.kind == kind]
        shares = sorted(max(verdict.transcript_coverage, verdict.speech_coverage) for verdict in own)
        wrong = Count(sum(not verdict.right for verdict in own), len(own))
        span = f"{shares[0]:.2f} to {shares[-1]:.2f}" if shares else "–"
        rows.append(f"| {kind} | {wrong.all} | {wrong.good} | {span} |")
    return "\n".join(rows)
