"""Put errors into the text of a recording, and remember where they are."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from align.core.types import Span
from scripts.benchmarks import units as texts
from scripts.benchmarks.fillers import fillers
from scripts.benchmarks.units import Unit
from scripts.benchmarks.values import Word

SHOW = 5400.0
"""Seconds of a recording that gets COUNTS errors and a block of BLOCK seconds; others get in proportion."""

BLOCK = 90.0
"""Seconds of text, about, that are missing at one place."""

LEAST, MOST = 3, 40
"""Tokens of an error."""

APART = 15
"""Tokens at least between two errors, and at both ends."""

BESIDE = 2
"""Tokens on either side of an error in which fillers stay."""

_ALIKE = 0.3
"""Share of sounds that a text put in for another may have in common with it."""


class Kind(str, Enum):
    """What was done to the text."""

    LEFT_OUT = "left out"
    """Said, and not written."""
    PUT_IN = "put in"
    """Written, and not said."""
    CHANGED = "changed"
    """Other words are written than are said."""
    BLOCK = "block"
    """As LEFT_OUT, and much longer."""
    FILLER = "filler"
    """A filler or a repeat that is said, and not written."""


COUNTS = {Kind.LEFT_OUT: 20, Kind.PUT_IN: 20, Kind.CHANGED: 30}


@dataclass(frozen=True, slots=True)
class Planted:
    """An error.

    Attributes:
        kind: what it is.
        tokens: the range of the edited text's tokens; empty where text is missing, at its place.
        span: where in the recording; of no length where nothing is said.
        written: the edited text, "" where it is missing.
        spoken: what is said, "" where nothing is.
        again: of a repeat where the same is said once more, which may as well be the one too many; None
            for all else.
    """

    kind: Kind
    tokens: tuple[int, int]
    span: Span
    written: str
    spoken: str
    again: Span | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where a report of it may be."""
        return (self.span,) if self.again is None else (self.span, self.again)


@dataclass(frozen=True, slots=True)
class Edited:
    """A text with errors.

    Attributes:
        text: of several lines.
        truth: of each of its tokens the place, None where it is not said, or where it is said twice and
            written once, so that nobody can tell which one is meant.
        planted: in the order of the recording.
    """

    text: str
    truth: tuple[Word | None, ...]
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """An error to come: the tokens that go, and those that come instead."""

    kind: Kind
    first: int
    last: int
    instead: tuple[Unit, ...] = ()


def plant(
    text: str,
    truth: Sequence[Word],
    other: str,
    seconds: float,
    seed: int,
    counts: Mapping[Kind, int] | None = None,
) -> Edited:
    """Put errors into a text, the same for the same seed.

    Args:
        text: as it is spoken.
        truth: of each of its tokens, all with times.
        other: text that is said nowhere in the recording, more than MOST tokens.
        seconds: length of the recording.
        seed: for the places.
        counts: errors of each kind, and no block; None for as many as the length calls for.
    """
    said, tail = texts.read(text, truth)
    pool, _ = texts.read(other)
    chance = random.Random(f"plant {seed}")
    errors = _errors(said, pool, seconds, chance, counts)
    near = {k for one in errors for k in range(one.first - BESIDE, one.last + BESIDE)}
    clean = [_Edit(Kind.FILLER, *at) for at in fillers(said) if near.isdisjoint(range(*at))]
    return _edited(said, tail, sorted([*errors, *clean], key=lambda one: one.first))


def _errors(
    said: Sequence[Unit],
    pool: Sequence[Unit],
    seconds: float,
    chance: random.Random,
    counts: Mapping[Kind, int] | None,
) -> list[_Edit]:
    """All errors but the fillers, as many as there is room for."""
    share = seconds / SHOW
    wanted = counts or {kind: max(1, round(count * share)) for kind, count in COUNTS.items()}
    sizes = [(kind, chance.randint(LEAST, MOST)) for kind, count in wanted.items() for _ in range(count)]
    chance.shuffle(sizes)
    if not counts:
        block = max(LEAST, round(BLOCK * share * len(said) / seconds))
        sizes.insert(chance.randrange(len(sizes) + 1), (Kind.BLOCK, block))
    lengths = [0 if kind is Kind.PUT_IN else size for kind, size in sizes]
    starts = _starts(lengths, len(said), chance)
    return [
        _Edit(kind, start, start + length, _instead(kind, said, pool, start, start + length, size, chance))
        for (kind, size), length, start in zip(sizes, lengths, starts, strict=False)
    ]


def _starts(lengths: Sequence[int], total: int, chance: random.Random) -> list[int]:
    """Places for stretches of these lengths, in this order, APART; fewer when not all find room."""
    while lengths and sum(lengths) + APART * (len(lengths) + 1) > total:
        lengths = lengths[:-1]
    room = total - sum(lengths) - APART * (len(lengths) + 1)
    moves = sorted(chance.randint(0, room) for _ in lengths)
    before = accumulate((length + APART for length in lengths), initial=APART)
    return [place + move for place, move in zip(before, moves, strict=False)]


def _instead(
    kind: Kind,
    said: Sequence[Unit],
    pool: Sequence[Unit],
    first: int,
    last: int,
    size: int,
    chance: random.Random,
) -> tuple[Unit, ...]:
    """What is written there instead: words that sound neither like these nor like those beside.

    Of a hundred tries the least alike is taken when none is unlike enough.
    """
    if kind not in (Kind.PUT_IN, Kind.CHANGED):
        return ()
    gone = [unit.sound for unit in said[first:last]]
    before, after = said[first - 1].sound, said[last].sound
    best: tuple[float, tuple[Unit, ...]] = (2.0, ())
    for _ in range(100):
        length = size if kind is Kind.PUT_IN else max(LEAST, round(size * chance.uniform(0.8, 1.25)))
        at = chance.randrange(max(1, len(pool) - length))
        found = tuple(pool[at : at + length])
        sounds = [unit.sound for unit in found]
        edges = {sounds[0]} & {after, *gone[:1]} or {sounds[-1]} & {before, *gone[-1:]}
        alike = Levenshtein.normalized_similarity(sounds, gone) + bool(edges)
        best = min(best, (alike, found), key=lambda one: one[0])
        if best[0] <= _ALIKE:
            break
    return best[1]


def _edited(said: Sequence[Unit], tail: str, edits: Sequence[_Edit]) -> Edited:
    """Carry the edits out, which are in order and touch nowhere."""
    unclear = {k for edit in edits if edit.kind is Kind.FILLER for k in _said_before(said, edit)}
    kept = [replace(unit, start=None, end=None) if k in unclear else unit for k, unit in enumerate(said)]
    out: list[Unit] = []
    planted: list[Planted] = []
    done = 0
    for edit in edits:
        out += kept[done : edit.first]
        begin, instead = len(out), _instead_with_lead(edit, said)
        out += instead
        written, spoken = texts.words(instead), texts.words(said[edit.first : edit.last])
        again = _again(edit, said)
        planted.append(Planted(edit.kind, (begin, len(out)), _span(edit, said), written, spoken, again))
        lead = _lead_after(edit, said) if out else ""
        out += [replace(unit, lead=lead) for unit in kept[edit.last : edit.last + 1]]
        done = edit.last + 1
    out += kept[done:]
    truth = tuple(Word(unit.text, unit.start, unit.end) if unit.start is not None else None for unit in out)
    return Edited(texts.write(out, tail), truth, tuple(planted))


def _said_before(said: Sequence[Unit], edit: _Edit) -> Iterator[int]:
    """Tokens right behind a filler that are also in it; either may be the one that is written."""
    gone = {unit.text for unit in said[edit.first : edit.last]}
    for k in range(edit.last, min(2 * edit.last - edit.first, len(said))):
        if said[k].text not in gone:
            return
        yield k


def _again(edit: _Edit, said: Sequence[Unit]) -> Span | None:
    """Where a repeat that goes is said once more."""
    same = [said[k] for k in _said_before(said, edit)] if edit.kind is Kind.FILLER else []
    return Span(same[0].start or 0.0, same[-1].end or 0.0) if same else None


def _span(edit: _Edit, said: Sequence[Unit]) -> Span:
    """Where the recording and the text disagree; the middle of the pause where nothing is said."""
    if edit.first < edit.last:
        return Span(said[edit.first].start or 0.0, said[edit.last - 1].end or 0.0)
    moment = ((said[edit.first - 1].end or 0.0) + (said[edit.first].start or 0.0)) / 2
    return Span(moment, moment)


def _instead_with_lead(edit: _Edit, said: Sequence[Unit]) -> tuple[Unit, ...]:
    """What is put in, with a mark before it where the text went on without one."""
    lead = said[edit.first].lead
    if edit.kind is Kind.PUT_IN and not lead.strip(" "):
        lead = texts.COMMA
    return tuple(replace(unit, lead=lead) for unit in edit.instead[:1]) + edit.instead[1:]


def _lead_after(edit: _Edit, said: Sequence[Unit]) -> str:
    """What stands before the token behind an edit."""
    if edit.kind is Kind.PUT_IN:
        lead = said[edit.last].lead
        return lead if lead.strip(" ") else texts.COMMA
    first = edit.first + (edit.kind is Kind.CHANGED)
    return texts.strongest([unit.lead for unit in said[first : edit.last + 1]] or [""])
