"""The cues of eight talks of our own, each graded by a person's reading (docs/development/cue-guide.md).

The talks, in seeds/talks, have no recording: words have the times of people who speak at the speed of their
kind of talk, drawn from a fixed seed. A grade belongs to a cue with its words and line breaks; a cue that
nobody has read counts as without a grade.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from align.core.types import Alignment, Span, TimedToken, Track, Turn
from align.pronounce.tokens import tokenize
from align.subtitles.check import check
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from align.subtitles.tracks import with_dialogue
from scripts.benchmarks.report import write_part

TALKS = Path(__file__).resolve().parents[2] / "seeds" / "talks"
GRADES = Path(__file__).parent / "cue_grades.json"
BEGIN = "<!-- reading: written by scripts/benchmark cues --write -->"
END = "<!-- end of reading -->"
KINDS = ("keynote", "podcast", "interview", "panel")
COUNT = 30
"""Cues of each talk that are read, evenly from its beginning to its end."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody speaks, in seconds.

    Attributes:
        letter: of an English letter or a quarter of a Han character.
        sentence, clause, turn: of the pause after each.
    """

    letter: float
    sentence: float
    clause: float
    turn: float


MANNERS = {
    "keynote": Manner(0.075, 0.55, 0.20, 0.8),
    "podcast": Manner(0.051, 0.15, 0.04, 0.1),
    "interview": Manner(0.065, 0.40, 0.14, 0.5),
    "panel": Manner(0.060, 0.30, 0.10, 0.3),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk whose words have times.

    Attributes:
        name: such as "en-keynote"; its language is before the hyphen.
    """

    name: str
    turns: tuple[Turn, ...]
    alignment: Alignment

    @property
    def language(self) -> str:
        """Its code."""
        return self.name.partition("-")[0]


def read_talk(name: str) -> Talk:
    """One of the talks, the same every time."""
    turns = []
    for number, line in enumerate((TALKS / f"{name}.txt").read_text("utf-8").splitlines(), 1):
        mark = "：" if name.startswith("zh") else ": "
        speaker, _, text = line.partition(mark)
        turns.append(Turn(speaker, text, number))
    manner, dice = MANNERS[name.partition("-")[2]], random.Random(name)
    timed: list[TimedToken] = []
    time = 0.0
    for token in tokenize(turns):
        if timed and timed[-1].token.turn != token.turn:
            time += manner.turn
        letters = sum(4 if letter > "\u3000" else 1 for letter in token.text) + (token.text[0] <= "\u3000")
        end = time + letters * manner.letter * dice.uniform(0.8, 1.2)
        timed.append(TimedToken(token, Span(time, end), 1.0, turns[token.turn].speaker))
        after = turns[token.turn].text[token.end : token.end + 1]
        pause = manner.sentence * (after in ".?!。？！") + manner.clause * (after in ",:，：、")
        time = end + (pause * dice.uniform(0.5, 1.5) if after else 0.0)
    return Talk(name, tuple(turns), Alignment(tuple(timed), ()))


def cut(talk: Talk, options: CueOptions) -> Track:
    """The cues that align makes of a talk."""
    last = talk.alignment.tokens[-1].span
    assert last is not None
    phrases = segment(talk.alignment, talk.turns, last.end + 1, talk.language, options)
    return with_dialogue(lay_out(phrases, (talk.language,), talk.language, options), options)


def sample(track: Track) -> list[int]:
    """The numbers of the cues that are read."""
    count = min(COUNT, len(track.cues))
    return [round(k * (len(track.cues) - 1) / max(1, count - 1)) for k in range(count)]


@dataclass(frozen=True, slots=True)
class Reading:
    """Of one language.

    Attributes:
        grades: how many of the cues that are read have each grade, None for none.
        cues, inside: of all talks, and those that break no rule.
        overlaps: cues on screen with the next one.
    """

    language: str
    grades: Mapping[int | None, int]
    cues: int
    inside: int
    overlaps: int

    def share(self, *grades: int) -> float:
        """Of the graded cues, those with one of these grades."""
        graded = sum(count for grade, count in self.grades.items() if grade is not None)
        return sum(self.grades.get(grade, 0) for grade in grades) / max(1, graded)


def key(track: Track, number: int) -> str:
    """What a grade belongs to: the lines of a cue."""
    return " / ".join(track.cues[number].lines[0])


def read_grades(path: Path = GRADES) -> dict[str, dict[str, int]]:
    """The grades of each talk's cues, 0 to 3."""
    grades: dict[str, dict[str, int]] = json.loads(path.read_text("utf-8"))
    return grades


def reading(language: str, options: CueOptions, grades: Mapping[str, Mapping[str, int]]) -> Reading:
    """The grades of the cues that align makes today."""
    counts: Counter[int | None] = Counter()
    cues = inside = overlaps = 0
    for kind in KINDS:
        talk = read_talk(f"{language}-{kind}")
        track = cut(talk, options)
        own = grades.get(talk.name, {})
        counts.update(own.get(key(track, number)) for number in sample(track))
        cues += len(track.cues)
        inside += len(track.cues) - len({violation.cue for violation in check(track, options)})
        overlaps += sum(cue.span.end > after.span.start for cue, after in pairwise(track.cues))
    return Reading(language, counts, cues, inside, overlaps)


def table(readings: Sequence[Reading]) -> str:
    """The readings in Markdown."""
    rows = [
        "| language | cues read | 3 leave it | 2 small change | 1 wrong break | 0 unreadable "
        "| without a grade | cues in all | inside the rules | overlaps |",
        f"| --- {'| --: ' * 9}|",
    ]
    for each in readings:
        graded = sum(each.grades.values())
        counts = [str(each.grades.get(grade, 0)) for grade in (3, 2, 1, 0, None)]
        figures = [str(graded), *counts, str(each.cues), str(each.inside), str(each.overlaps)]
        rows.append(f"| {' | '.join((each.language, *figures))} |")
    return "\n".join(rows) + "\n"


def write(page: Path, readings: Sequence[Reading], agreement: str) -> None:
    """Put the tables on a page.

    Args:
        agreement: the table of agreement with people, "" to leave that out.
    """
    body = f"\n## Reading\n\n{_ABOUT}\n{table(readings)}\n"
    if agreement:
        body += f"## Agreement with people\n\n{_AGREEMENT}\n{agreement}\n"
    write_part(page, BEGIN, END, body)


_ABOUT = """Cues of eight talks of our own, graded by [a guide](../cue-guide.md): 30 of each, evenly from
beginning to end. The grades stand in scripts/benchmarks/cue_grades.json; one reader gave them, who knew which
program made the cues.
"""
_AGREEMENT = """F1 of the ends of cues with those of people, on the quarter of the files of which nothing was
learned or chosen (scripts/breaks/corpus.py). Everybody gets the same words, with times that follow from the
people's cues and not from their gaps below a second; Chinese has no marks, as in the people's files.
"""
