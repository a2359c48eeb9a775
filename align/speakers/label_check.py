"""Labels held against the voices; a few voiceprints of each turn are enough for that.

A turn is cut into pieces, and each is compared with what the other turns of each label sound like. Where it
is clearly more like another's, the label is doubted. So it needs a fifth of the voiceprints that `diarize`
needs, and nobody has to say how many people speak.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

import numpy as np
from numpy.typing import NDArray

from align.core.types import Span, TimedToken
from align.speakers.assign import LabelConflict
from align.speakers.voiceprint import WINDOW

PIECE = 12.0
"""Seconds after which a turn is cut at the next pause, so that a missing label in a long turn is found."""

PAUSE = 0.25
"""Seconds of silence at which a turn may be cut."""

LONGEST = 25.0
"""Seconds after which it is cut without a pause."""

ENOUGH = 2.0
"""Seconds of speech that a piece must have before its label is doubted."""

WINDOWS = 3
"""Voiceprints of a piece, spread evenly over its speech."""

KNOWN = WINDOWS
"""Voiceprints that a label must have in other turns before anything is compared with it: one piece."""

CLEAR = 0.1
"""How much more alike (in cosine) a piece must be to another's voice than to its own label's. In a made show,
whose voices are one maker's, every piece is 0.13 to 0.3 more like its own voice than like the next one."""

ROUNDS = 3
"""Times that all is compared anew without the doubted pieces, which spoil what is compared with."""


@dataclass(frozen=True, slots=True)
class LabelledStretch:
    """A part of a turn, or all of it.

    Attributes:
        tokens: as a half-open range.
        turn: index of the turn.
        label: whom the transcript names.
        span: where it is spoken.
        windows: of its voiceprints.
    """

    tokens: tuple[int, int]
    turn: int
    label: str
    span: Span
    windows: tuple[Span, ...]


def pieces_of(tokens: Sequence[TimedToken]) -> tuple[LabelledStretch, ...]:
    """The labelled turns in pieces with enough speech; () where fewer than two people are named.

    Args:
        tokens: with the speakers that `from_labels` gave them.
    """
    runs = groupby(range(len(tokens)), key=lambda k: (tokens[k].token.turn, tokens[k].speaker))
    found = [piece for _, run in runs for cut in _cut([*run], tokens) if (piece := _piece(cut, tokens))]
    return tuple(found) if len({piece.label for piece in found}) > 1 else ()


def conflicts_by_print(
    pieces: Sequence[LabelledStretch], prints: NDArray[np.float32]
) -> tuple[LabelConflict, ...]:
    """The pieces that clearly sound like another labelled person, neighbours of one turn as one, in order.

    A label that names nobody elsewhere is not doubted: nothing is known of that person's voice.

    Args:
        prints: of the pieces' windows, in order, unit vectors, shape (windows, size).
    """
    if not pieces:
        return ()
    own = np.split(prints, np.cumsum([len(piece.windows) for piece in pieces])[:-1])
    doubted: dict[int, tuple[str, float, float]] = {}
    for _ in range(ROUNDS):
        voices = _Voices(
            [(p, some) for k, (p, some) in enumerate(zip(pieces, own, strict=True)) if k not in doubted]
        )
        found = {
            k: classification
            for k, (piece, some) in enumerate(zip(pieces, own, strict=True))
            if (classification := _another(piece, some, voices))
        }
        if found.keys() == doubted.keys():
            break
        doubted = found
    return tuple(_conflicts(pieces, doubted))


def _cut(run: Sequence[int], tokens: Sequence[TimedToken]) -> Iterator[list[int]]:
    """A turn's tokens in pieces of PIECE seconds or a little more, cut at pauses."""
    part: list[int] = []
    start = before = 0.0
    for k in run:
        span = tokens[k].span
        if span and part and _ends(span.start - before, before - start):
            yield part
            part = []
        if span:
            start = start if part else span.start
            before = span.end
        part.append(k)
    yield part


def _ends(pause: float, length: float) -> bool:
    """Whether a piece that is as long ends at such a pause."""
    return (length >= PIECE and pause >= PAUSE) or length >= LONGEST


def _piece(run: Sequence[int], tokens: Sequence[TimedToken]) -> LabelledStretch | None:
    """A piece with its windows, None where there is too little speech or no label."""
    placed = [span for k in run if (span := tokens[k].span)]
    lengths = [*accumulate(span.duration for span in placed)]
    label = tokens[run[0]].speaker
    if label is None or not placed or lengths[-1] < ENOUGH:
        return None
    whole = Span(placed[0].start, max(span.end for span in placed))
    middles = []
    for part in range(WINDOWS):
        at = int(np.searchsorted(lengths, lengths[-1] * (part + 0.5) / WINDOWS))
        middles.append((placed[at].start + placed[at].end) / 2)
    last = max(whole.start, whole.end - WINDOW)
    starts = [min(max(middle - WINDOW / 2, whole.start), last) for middle in middles]
    windows = tuple(Span(start, start + WINDOW) for start in starts)
    return LabelledStretch((run[0], run[-1] + 1), tokens[run[0]].token.turn, label, whole, windows)


class _Voices:
    """What each label sounds like in all turns but one."""

    def __init__(self, known: Sequence[tuple[LabelledStretch, NDArray[np.float32]]]) -> None:
        self._sums: dict[tuple[str, int | None], NDArray[np.float32]] = {}
        self._counts: dict[tuple[str, int | None], int] = {}
        for piece, prints in known:
            for key in ((piece.label, None), (piece.label, piece.turn)):
                self._sums[key] = self._sums.get(key, 0) + prints.sum(0)
                self._counts[key] = self._counts.get(key, 0) + len(prints)

    def outside(self, turn: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Each label that has KNOWN voiceprints in other turns, with their mean direction."""
        for name, whole in self._sums:
            if whole is None and self._counts[name, None] - self._counts.get((name, turn), 0) >= KNOWN:
                mean = self._sums[name, None] - self._sums.get((name, turn), np.float32(0))
                yield name, mean / max(float(np.linalg.norm(mean)), 1e-6)


def _another(
    piece: LabelledStretch, prints: NDArray[np.float32], voices: _Voices
) -> tuple[str, float, float] | None:
    """Whom a piece sounds like instead, with the likeness to that voice and to its own label's."""
    alike = {name: prints @ mean for name, mean in voices.outside(piece.turn)}
    if piece.label not in alike or len(alike) < 2:
        return None
    here = alike.pop(piece.label)
    best = max(sorted(alike), key=lambda name: float(alike[name].mean()))
    there = alike[best]
    lead = float(there.mean() - here.mean())
    clear = bool((there > here).all()) and lead >= CLEAR
    return (best, float(there.mean()), float(here.mean())) if clear else None


def _conflicts(
    pieces: Sequence[LabelledStretch], doubted: dict[int, tuple[str, float, float]]
) -> Iterator[LabelConflict]:
    """One conflict for neighbours in one turn that sound like one person."""
    runs = groupby(
        sorted(doubted), key=lambda k: (pieces[k].turn, doubted[k][0], k - sorted(doubted).index(k))
    )
    for (_, voice, _), run in runs:
        found = [*run]
        first, last = pieces[found[0]], pieces[found[-1]]
        there = sum(doubted[k][1] for k in found) / len(found)
        here = sum(doubted[k][2] for k in found) / len(found)
        evidence = f"Its likeness to {voice} elsewhere is {there:.2f}, to {first.label} elsewhere {here:.2f}."
        yield LabelConflict(
            tokens=(first.tokens[0], last.tokens[1]),
            span=Span(first.span.start, last.span.end),
            label=first.label,
            voice=voice,
            score=min(1.0, 0.5 + there - here),
            evidence=evidence,
        )
