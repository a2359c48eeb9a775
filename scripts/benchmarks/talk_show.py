"""Talk-show sentences written for the benchmark, in no prompt, and readings of their translations.

talk_show/zh-en.tsv and en-zh.tsv have a passage a line: the speaker, the text with a bar between its cues,
and a reference translation. talk_show/readings/ has what a reader thinks of translated cues, by the guide in
docs/development/translation-guide.md: the score, the cue, its translation, and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.core.types import Phrase, Span, Turn

FOLDER = Path(__file__).parent / "talk_show"
SCORES = {3: "can stand", 2: "small edit", 1: "wrong or missing", 0: "nonsense"}
_PACE = {"zh": 4.5, "en": 15.0}
"""Characters that people say in a second, by language."""
_GAP = 0.08
"""Seconds between two cues: two frames at 25 a second."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or two that one person says.

    Attributes:
        cues: its parts, a cue each.
        reference: its translation by a person.
    """

    speaker: str
    cues: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader thinks of a translated cue; the score is one of SCORES."""

    score: int
    cue: str
    translation: str
    reason: str


def read_passages(pair: str) -> tuple[Passage, ...]:
    """The passages of a pair of languages, such as "zh-en"."""
    rows = (line.split("\t") for line in (FOLDER / f"{pair}.tsv").read_text("utf-8").splitlines())
    return tuple(Passage(speaker, tuple(text.split("|")), reference) for speaker, text, reference in rows)


def as_phrases(passages: Sequence[Passage], language: str) -> tuple[Phrase, ...]:
    """Their cues, one after the other, each as long as it takes to say it."""
    phrases: list[Phrase] = []
    start = 0.0
    for passage in passages:
        for cue in passage.cues:
            end = start + max(1.0, len(cue) / _PACE[language])
            tokens = (len(phrases), len(phrases) + 1)
            phrases.append(Phrase(Span(start, end), tokens, cue.strip(), "", passage.speaker))
            start = end + _GAP
    return tuple(phrases)


def turns_of(passages: Sequence[Passage]) -> tuple[Turn, ...]:
    """The passages as turns, which have the speakers' names."""
    return tuple(Turn(passage.speaker, "".join(passage.cues), 1) for passage in passages)


def joined(passages: Sequence[Passage], lines: Sequence[str]) -> list[str]:
    """The translation of each passage, from those of all cues."""
    rest = iter(lines)
    return [" ".join(next(rest) for _ in passage.cues) for passage in passages]


def read_readings(path: Path) -> tuple[Reading, ...]:
    """The readings of a file."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return tuple(Reading(int(score), cue, translation, reason) for score, cue, translation, reason in rows)


def readings_table() -> str:
    """How many cues of each file of readings have which score."""
    head = " | ".join(SCORES.values())
    lines = [f"| read | cues | {head} |", f"| --- {'| --: ' * (1 + len(SCORES))}|"]
    for path in sorted((FOLDER / "readings").glob("*.tsv")):
        readings = read_readings(path)
        counts = Counter(reading.score for reading in readings)
        shares = " | ".join(f"{100 * counts[score] / len(readings):.0f} %" for score in SCORES)
        lines.append(f"| {path.stem} | {len(readings)} | {shares} |")
    return "\n".join(lines)
