"""Phrases after a change of the text: those that show the same stay as they are, to the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.core.types import Phrase, Result, Span
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment_units
from align.subtitles.units import Unit, units_of

SLACK = 0.2
"""Seconds of changed speech that may lie outside the time between its neighbours (0.1 to 0.5); with more, the
neighbour is segmented again. Tuned on the synthetic show."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase or a stretch without one, in the new text.

    Attributes:
        units: the half-open range of the units that it shows.
        phrase: the kept one, None for what must be segmented.
    """

    units: tuple[int, int]
    phrase: Phrase | None


def update_phrases(
    old: Result, new: Result, origin: Sequence[int | None], options: CueOptions, names: Sequence[str] = ()
) -> tuple[Phrase, ...]:
    """The phrases of `new`: the old ones where words, marks and times are the same, else segmented again.

    What is segmented again gets the time between the phrases kept on either side. Where its speech starts
    before that or ends after it, the neighbour is segmented again as well. New phrases have no translation.

    Args:
        origin: for each token of `new` the old one that it is, None for a new one.
        names: texts that are never broken.
    """
    units = units_of(new.alignment, new.turns)
    places = _places(_kept(old, origin, units), len(units))
    while (tight := _tight(places, units, new, options)) is not None:
        places = _joined(places, tight)
    phrases: list[Phrase] = []
    for k, place in enumerate(places):
        if place.phrase is not None:
            phrases.append(place.phrase)
            continue
        room = _room(places, k, new, options)
        phrases += _segment(units[slice(*place.units)], room, new.language, options, names)
    return tuple(phrases)


def _kept(
    old: Result, origin: Sequence[int | None], new_units: Sequence[Unit]
) -> list[tuple[tuple[int, int], Phrase]]:
    """The old phrases that stay, each with the units that it shows."""
    now = {k: at for at, k in enumerate(origin) if k is not None}
    numbers = {unit.token: number for number, unit in enumerate(new_units)}
    before = {unit.token: unit for unit in units_of(old.alignment, old.turns)}
    kept: list[tuple[tuple[int, int], Phrase]] = []
    for phrase in old.phrases:
        shown = [before[k] for k in range(*phrase.tokens) if k in before]
        there = [numbers[at] for unit in shown if (at := now.get(unit.token)) in numbers and at is not None]
        if not shown or len(there) < len(shown):
            continue
        first, last = new_units[there[0]], new_units[there[-1]]
        same = [
            (unit.text, unit.span) == (new_units[number].text, new_units[number].span)
            for unit, number in zip(shown, there, strict=True)
        ]
        if not all(same) or last.run != first.run or there[-1] - there[0] != len(there) - 1:
            continue
        speaker = phrase.speaker if shown[0].speaker == first.speaker else first.speaker
        moved = replace(phrase, tokens=(first.token, last.token + 1), speaker=speaker)
        kept.append(((there[0], there[-1] + 1), moved))
    return kept


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
    places: Sequence[_Place], new_units: Sequence[Unit], new: Result, options: CueOptions
) -> tuple[int, int] | None:
    """A stretch with too little room, and the neighbour that must give it some; None where there is none."""
    rules = options.rules(new.language)
    for k, place in enumerate(places):
        if place.phrase is not None:
            continue
        room = _room(places, k, new, options)
        units = new_units[slice(*place.units)]
        sound = Span(units[0].span.start, max(unit.span.end for unit in units))
        cues = options.fps.seconds((units[-1].run + 1 - units[0].run) * (1 + rules.gap))
        short = room.duration < max(cues, min(rules.shortest, sound.duration))
        early, late = sound.start + SLACK < room.start, sound.end - SLACK > room.end
        if k > 0 and (early or (short and not late)):
            return k, k - 1
        if k + 1 < len(places) and (late or short):
            return k, k + 1
    return None


def _joined(places: Sequence[_Place], pair: tuple[int, int]) -> list[_Place]:
    """The places with two neighbours as one that must be segmented."""
    first, last = sorted(pair)
    whole = _Place((places[first].units[0], places[last].units[1]), None)
    merged = [*places[:first], whole, *places[last + 1 :]]
    done: list[_Place] = []
    for place in merged:
        if done and place.phrase is None and done[-1].phrase is None:
            done[-1] = _Place((done[-1].units[0], place.units[1]), None)
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


def _segment(
    units: Sequence[Unit], room: Span, language: str, options: CueOptions, names: Sequence[str]
) -> list[Phrase]:
    """Units as phrases shown inside `room`."""
    inside = [_earlier(unit, room) for unit in units]
    shots = tuple(shot - room.start for shot in options.shots if room.start <= shot <= room.end)
    phrases = segment_units(inside, room.duration, language, replace(options, shots=shots), names)
    return [replace(phrase, span=_later(phrase.span, room, options)) for phrase in phrases]


def _later(span: Span, room: Span, options: CueOptions) -> Span:
    """A time in a room as one in the recording, on a frame as before."""
    return options.fps.written(Span(span.start + room.start, span.end + room.start))


def _earlier(unit: Unit, room: Span) -> Unit:
    """A unit whose time is counted from the beginning of a room, and inside it."""
    start, end = (
        min(max(edge, room.start), room.end) - room.start for edge in (unit.span.start, unit.span.end)
    )
    return replace(unit, span=Span(start, end))
