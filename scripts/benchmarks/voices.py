"""Who speaks: how many tokens, or how much speech, is given to the right person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from align.core.errors import InputError
from scripts.benchmarks.found import Count

Turns: TypeAlias = "Sequence[tuple[float, float, str]]"
"""Start and end in seconds, and who speaks."""

FRAME = 0.01
"""Seconds in which whoever speaks is compared."""


@dataclass(frozen=True, slots=True)
class Said:
    """A token and who says it."""

    text: str
    speaker: str | None


def tokens_right(found: Sequence[Said], truth: Sequence[Said]) -> Count:
    """The tokens that both texts have and that are given to the right person."""
    same = Levenshtein.opcodes([one.text.lower() for one in found], [one.text.lower() for one in truth])
    pairs = [
        (found[match.src_start + k].speaker, truth[match.dest_start + k].speaker)
        for match in same
        if match.tag == "equal"
        for k in range(match.src_end - match.src_start)
    ]
    weights = Counter((voice, person) for voice, person in pairs if voice and person)
    names = best_names(weights)
    return Count(sum(names.get(voice or "") == person for voice, person in pairs), len(pairs))


def seconds_right(found: Turns, truth: Turns) -> tuple[float, float]:
    """Seconds of speech that are given to somebody who speaks there, and seconds of speech.

    A moment in which two people speak is right when either of them is found.
    """
    heard, spoken = _frames(found), _frames(truth)
    weights: Counter[tuple[str, str]] = Counter()
    for frame, people in spoken.items():
        weights.update((voice, person) for voice in heard.get(frame, ()) for person in people)
    names = best_names(weights)
    right = sum(
        any(names.get(voice) in people for voice in heard.get(frame, ())) for frame, people in spoken.items()
    )
    return right * FRAME, len(spoken) * FRAME


def best_names(weights: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Voices to people, one to one, so that as much as can be is right."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    voices = sorted({voice for voice, _ in weights})
    people = sorted({person for _, person in weights})
    table = np.array([[weights.get((voice, person), 0) for person in people] for voice in voices])
    if not table.size:
        return {}
    rows, columns = linear_sum_assignment(-table)
    return {voices[row]: people[column] for row, column in zip(rows, columns, strict=True)}


def _frames(turns: Turns) -> dict[int, set[str]]:
    """Who speaks in each frame."""
    found: dict[int, set[str]] = {}
    for start, end, who in turns:
        for frame in range(round(start / FRAME), round(end / FRAME)):
            found.setdefault(frame, set()).add(who)
    return found


def read_segments(path: Path) -> tuple[tuple[float, float, str], ...]:
    """Turns from a table of start, end and speaker, divided by tabs, as pyAudioAnalysis has them."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}); check the clone out anew") from error
    rows = [line.split() for line in lines if line.strip()]
    return tuple((float(start), float(end), who) for start, end, who in rows)


def read_turns(path: Path) -> tuple[tuple[tuple[float, float, str], ...], float]:
    """Turns that a runner wrote, and the seconds that its threads computed."""
    document = json.loads(path.read_text("utf-8"))
    return tuple((start, end, who) for start, end, who in document["turns"]), document["busy"]


def said(rows: Iterable[Mapping[str, str | None]]) -> tuple[Said, ...]:
    """Tokens of a truth or of a NAME.alignment.json."""
    return tuple(Said(row["text"] or "", row["speaker"]) for row in rows)
