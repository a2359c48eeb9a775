"""What is really spoken in the demo, beside what align made of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from align.core.types import Result

TRUTH = Path(__file__).parents[2] / "seeds" / "demo" / "truth.json"


@dataclass(frozen=True)
class SpokenToken:
    """A token as make_speech spoke it; times in seconds."""

    text: str
    start: float
    end: float
    speaker: str


def spoken_tokens() -> list[SpokenToken]:
    """All tokens of the demo, in order."""
    rows = json.loads(TRUTH.read_text("utf-8"))["tokens"]
    return [SpokenToken(row["text"], row["start"], row["end"], row["speaker"]) for row in rows]


def pairs(result: Result) -> dict[int, SpokenToken]:
    """Which spoken token each token of a result is, as far as their texts agree."""
    spoken = spoken_tokens()
    written = [one.token.text.lower() for one in result.alignment.tokens]
    matches = Levenshtein.opcodes(written, [one.text.lower() for one in spoken])
    return {
        match.src_start + k: spoken[match.dest_start + k]
        for match in matches
        if match.tag == "equal"
        for k in range(match.src_end - match.src_start)
    }


def start_errors(result: Result) -> list[float]:
    """Seconds by which each placed token starts late (early when negative)."""
    found = pairs(result)
    return [
        one.span.start - found[k].start
        for k, one in enumerate(result.alignment.tokens)
        if one.span is not None and k in found
    ]


def cue_speakers(result: Result) -> list[tuple[str | None, str]]:
    """For each cue the speaker that align names, and the one who speaks most of its tokens."""
    found = pairs(result)
    named = []
    for phrase in result.phrases:
        voices = Counter(found[k].speaker for k in range(*phrase.tokens) if k in found)
        if voices:
            named.append((phrase.speaker, voices.most_common(1)[0][0]))
    return named


def share_right(named: list[tuple[str | None, str]]) -> float:
    """Share of cues with the right speaker."""
    return sum(one == other for one, other in named) / len(named)


def share_right_by_best_names(named: list[tuple[str | None, str]]) -> float:
    """The same for voices without names, each given one person's name, to the best effect."""
    voices = sorted({one for one, _ in named if one})
    people = sorted({other for _, other in named})
    names = people + ["nobody"] * max(0, len(voices) - len(people))
    return max(
        share_right([(dict(zip(voices, order, strict=False)).get(one or ""), other) for one, other in named])
        for order in permutations(names, len(voices))
    )
