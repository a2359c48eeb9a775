"""Phrases after a change of the text: those that show the same stay as they are, to the frame. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.core.types import Phrase, Result, Span
from align.subtitles.options import CueOptions
from align.subtitles.segment import cut
from align.subtitles.units import Unit, UnitRun, runs

SLACK = 0.2
"""Seconds of a changed sound that may lie outside of the room between its neighbours; with more the neighbour
must make room."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase or a stretch without one, in the new text.

    Attributes:
        pieces: the half-open range of the pieces that it shows.
        phrase: what it is, None for what must be cut.
    """

    pieces: tuple[int, int]
    phrase: Phrase | None


def phrases_again(
    old: Result, new: Result, origin: Sequence[int | None], options: CueOptions, names: Sequence[str] = ()
) -> tuple[Phrase, ...]:
    """The phrases of `new`: the old ones where words, marks, times and speaker are the same, else cut anew.

    What is cut anew has the time between the phrases that stay on either side. Where its sound begins before
    that or ends behind it, the neighbour is cut anew as well. New phrases have no translation.

    Args:
        origin: for each token of `new` the old one that it is, None for a new one.
        names: texts that are cut nowhere inside.
    """
    said = runs(new.alignment, new.turns)
    seen = _shown(said)
    places = _places(_kept(old, origin, seen), len(seen))
    while (tight := _tight(places, list(seen.values()), new, options)) is not None:
        places = _joined(places, tight)
    found: list[Phrase] = []
    for k, place in enumerate(places):
        if place.phrase is not None:
            found.append(place.phrase)
            continue
        room = _room(places, k, new, options)
        found += _cut(said, place.pieces, room, new.language, options, names)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A piece as a viewer has it.

    Attributes:
        number: of the piece, counted over all runs.
        run: number of its run.
    """

    number: int
    run: int
    text: str
    span: Span
    speaker: str | None

    def like(self, other: _Shown) -> bool:
        """Whether it is the same at the same time."""
        return (self.text, self.span) == (other.text, other.span)


def _shown(said: Sequence[UnitRun]) -> dict[int, _Shown]:
    """What each token that is shown looks like, in order."""
    found: dict[int, _Shown] = {}
    for number, run in enumerate(said):
        for piece in run.pieces:
            found[piece.token] = _Shown(len(found), number, piece.text, piece.span, run.speaker)
    return found


def _kept(
    old: Result, origin: Sequence[int | None], seen: dict[int, _Shown]
) -> list[tuple[tuple[int, int], Phrase]]:
    """The old phrases that stay, each with the pieces that it shows."""
    now = {k: at for at, k in enumerate(origin) if k is not None}
    before = _shown(runs(old.alignment, old.turns))
    found: list[tuple[tuple[int, int], Phrase]] = []
    for phrase in old.phrases:
        shown = [k for k in range(*phrase.tokens) if k in before]
        there = [at for k in shown if (at := now.get(k)) in seen and at is not None]
        same = [before[k].like(seen[at]) for k, at in zip(shown, there, strict=False)]
        if not shown or len(there) < len(shown) or not all(same):
            continue
        first, last = seen[there[0]], seen[there[-1]]
        if last.run != first.run or last.number - first.number != len(there) - 1:
            continue
        speaker = phrase.speaker if before[shown[0]].speaker == first.speaker else first.speaker
        moved = replace(phrase, tokens=(there[0], there[-1] + 1), speaker=speaker)
        found.append(((first.number, last.number + 1), moved))
    return found


def _places(kept: Sequence[tuple[tuple[int, int], Phrase]], count: int) -> list[_Place]:
    """The phrases that stay, and what is between them."""
    places: list[_Place] = []
    position = 0
    for (first, end), phrase in kept:
        if first > position:
            places.append(_Place((position, first), None))
        places.append(_Place((first, end), phrase))
        position = end
    if position < count:
        places.append(_Place((position, count), None))
    return places


def _tight(
    places: Sequence[_Place], seen: Sequence[_Shown], new: Result, options: CueOptions
) -> tuple[int, int] | None:
    """A stretch with too little room, and the neighbour that must give it some; None where there is none."""
    rules = options.rules(new.language)
    for k, place in enumerate(places):
        if place.phrase is not None:
            continue
        room = _room(places, k, new, options)
        some = seen[slice(*place.pieces)]
        sound = Span(some[0].span.start, max(one.span.end for one in some))
        cues = options.fps.seconds((some[-1].run + 1 - some[0].run) * (1 + rules.gap))
        short = room.duration < max(cues, min(rules.shortest, sound.duration))
        early, late = sound.start + SLACK < room.start, sound.end - SLACK > room.end
        if k > 0 and (early or (short and not late)):
            return k, k - 1
        if k + 1 < len(places) and (late or short):
            return k, k + 1
    return None


def _joined(places: Sequence[_Place], pair: tuple[int, int]) -> list[_Place]:
    """The places with two neighbours as one that must be cut."""
    first, last = sorted(pair)
    whole = _Place((places[first].pieces[0], places[last].pieces[1]), None)
    merged = [*places[:first], whole, *places[last + 1 :]]
    done: list[_Place] = []
    for place in merged:
        if done and place.phrase is None and done[-1].phrase is None:
            done[-1] = _Place((done[-1].pieces[0], place.pieces[1]), None)
        else:
            done.append(place)
    return done


def _room(places: Sequence[_Place], k: int, new: Result, options: CueOptions) -> Span:
    """The time between the phrases on either side, with the gaps that stand there, on whole frames."""
    fps, gap = options.fps, options.rules(new.language).gap
    before = places[k - 1].phrase if k > 0 else None
    behind = places[k + 1].phrase if k + 1 < len(places) else None
    start = fps.seconds(fps.frame(before.span.end) + gap) if before else 0.0
    end = fps.seconds(max(0, fps.frame(behind.span.start) - gap)) if behind else new.duration
    return Span(min(start, end), max(start, end))


def _cut(
    said: Sequence[UnitRun],
    pieces: tuple[int, int],
    room: Span,
    language: str,
    options: CueOptions,
    names: Sequence[str],
) -> list[Phrase]:
    """Some of the pieces as phrases that are on screen inside a room."""
    some: list[UnitRun] = []
    position = 0
    for run in said:
        first, end = max(pieces[0] - position, 0), min(pieces[1] - position, len(run.pieces))
        if first < end:
            moved = tuple(_earlier(piece, room) for piece in run.pieces[first:end])
            some.append(UnitRun(run.speaker, moved))
        position += len(run.pieces)
    shots = tuple(shot - room.start for shot in options.shots if room.start <= shot <= room.end)
    phrases = cut(some, room.duration, language, replace(options, shots=shots), names)
    return [replace(one, span=_later(one.span, room, options)) for one in phrases]


def _later(span: Span, room: Span, options: CueOptions) -> Span:
    """A time in a room as one in the recording, on a frame as before."""
    return options.fps.written(Span(span.start + room.start, span.end + room.start))


def _earlier(piece: Unit, room: Span) -> Unit:
    """A piece whose time is counted from the beginning of a room, and inside it."""
    start, end = (
        min(max(edge, room.start), room.end) - room.start for edge in (piece.span.start, piece.span.end)
    )
    return replace(piece, span=Span(start, end))
