"""How many wrong words that sound right are suspected, and how many suspicions are true.

Into a text without known errors one word in sixty characters is planted: a real word of like frequency that
sounds the same, or nearly. An error is found when a suspicion overlaps it, and its repair when the first
alternative, put in its place, gives back the text. A suspicion is true when it overlaps an error.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.proofread.dictionary import build_dictionary, frequency
from align.proofread.places import find_places
from align.proofread.suspicion import Suspicion
from align.proofread.syllables import Sound
from scripts.benchmarks.found import Count

EVERY = 60
"""Characters with one error among them."""
LIKE = 2.0
"""Natural logarithm by which the frequencies of a word and its substitute differ at most."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A wrong word: characters `start` to `end` of a text, and the words that would be right."""

    start: int
    end: int
    right: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its errors."""

    name: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Errors found, suspicions that are true, and first alternatives that are right; two are added with +."""

    recall: Count
    precision: Count
    first: Count

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.recall + other.recall, self.precision + other.precision, self.first + other.first)


def planted(name: str, text: str, sound: Sound, seed: int) -> Marked:
    """A text with errors of one sound, at places and of words that the seed chooses."""
    chosen = random.Random(f"{name} {sound} {seed}")
    dictionary = build_dictionary(text)
    options = []
    for place in find_places(text, dictionary):
        written = text[place.start : place.end]
        alike = sorted(
            word
            for word, its in place.alternatives.items()
            if its is sound and abs(frequency(word) - frequency(written)) <= LIKE and frequency(word) > 0
        )
        if place.end - place.start > 1 and _is_word(written) and alike:
            options.append((place, alike))
    chosen.shuffle(options)
    taken: list[tuple[int, int, str]] = []
    for place, alike in options:
        if len(taken) == len(text) // EVERY:
            break
        if all(place.end + 10 < start or end + 10 < place.start for start, end, _ in taken):
            taken.append((place.start, place.end, chosen.choice(alike)))
    marks, changed = [], text
    for start, end, word in sorted(taken):
        marks.append(Mark(start, end, (text[start:end],), sound.name.lower()))
        changed = changed[:start] + word + changed[end:]
    return Marked(f"{name}, {sound.name.lower()} sound, seed {seed}", changed, tuple(marks))


def _is_word(text: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(text))


def read_marks(path: Path) -> Marked:
    """A text that people marked: a JSON file with `text`, and `marks` with start, end, right and kind."""
    document = json.loads(path.read_text("utf-8"))
    marks = tuple(
        Mark(row["start"], row["end"], tuple(row["right"]), row["kind"]) for row in document["marks"]
    )
    return Marked(path.stem, document["text"], marks)


def counts(marked: Marked, suspicions: Sequence[Suspicion], latin: bool, kinds: Sequence[str]) -> Counts:
    """The counts of a text.

    Args:
        latin: count the suspicions about Latin words, or else those about Chinese ones.
        kinds: of the errors that should be found; a suspicion of an error of another kind is true as well.
    """
    own = [each for each in suspicions if bool(re.search("[A-Za-z]", each.written)) == latin]
    wanted = [mark for mark in marked.marks if mark.kind in kinds]
    found = [mark for mark in wanted if any(_overlap(each, mark) for each in own)]
    true = [each for each in own if any(_overlap(each, mark) for mark in marked.marks)]
    right = [mark for mark in wanted if any(_repairs(each, mark, marked.text) for each in own)]
    return Counts(Count(len(found), len(wanted)), Count(len(true), len(own)), Count(len(right), len(wanted)))


def _overlap(suspicion: Suspicion, mark: Mark) -> bool:
    return suspicion.start < mark.end and mark.start < suspicion.end


def _repairs(suspicion: Suspicion, mark: Mark, text: str) -> bool:
    """Whether the first alternative gives what is right, whatever of the text either spans."""
    if not _overlap(suspicion, mark) or not suspicion.alternatives:
        return False
    start, end = min(suspicion.start, mark.start), max(suspicion.end, mark.end)
    repaired = text[start : suspicion.start] + suspicion.alternatives[0] + text[suspicion.end : end]
    rights = (text[start : mark.start] + right + text[mark.end : end] for right in mark.right)
    return repaired.casefold() in [right.casefold() for right in rights]
