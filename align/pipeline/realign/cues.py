"""Phrases after a change of the text: those that show the same stay, to the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.core.types import Phrase, Result, Span
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment_units
from align.subtitles.units import UnitRun, runs_of

SLACK = 0.2
"""Seconds of changed speech that may lie outside the time between its neighbours (0.1 to 0.5); with more, the
neighbour is segmented again. Tuned on the synthetic show."""


@dataclass(frozen=True, slots=True)
class _ShownUnit:
    """A unit as the viewer sees it.

    Attributes:
        number: of the unit, counted over all runs.
        run: number of its run.
    """

    number: int
    run: int
    text: str
    span: Span
    speaker: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A half-open range of units, and the kept phrase that shows them, None to segment them again."""

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
    runs = runs_of(new.alignment, new.turns)
    units = _shown_units(runs)
    places = _places(old, origin, units)
    while (tight := _tight(places, list(units.values()), new, options)) is not None:
        places = _merged(places, *tight)
    phrases: list[Phrase] = []
    for k, place in enumerate(places):
        if place.phrase is not None:
            phrases.append(place.phrase)
        else:
            room = _room(places, k, new, options)
            phrases += _segment(runs, place.units, room, new.language, options, names)
    return tuple(phrases)


def _shown_units(runs: Sequence[UnitRun]) -> dict[int, _ShownUnit]:
    """The unit of each token that is shown, in order."""
    shown: dict[int, _ShownUnit] = {}
    for number, run in enumerate(runs):
        for unit in run.units:
            shown[unit.token] = _ShownUnit(len(shown), number, unit.text, unit.span, run.speaker)
    return shown


def _places(old: Result, origin: Sequence[int | None], new_units: dict[int, _ShownUnit]) -> list[_Place]:
    """The old phrases that stay, and what is between them."""
    new_index = {k: at for at, k in enumerate(origin) if k is not None}
    old_units = _shown_units(runs_of(old.alignment, old.turns))
    places: list[_Place] = []
    position = 0
    for phrase in old.phrases:
        before = [k for k in range(*phrase.tokens) if k in old_units]
        now = [at for k in before if (at := new_index.get(k)) is not None and at in new_units]
        if not before or len(now) < len(before):
            continue
        if any(
            (old_units[k].text, old_units[k].span) != (new_units[at].text, new_units[at].span)
            for k, at in zip(before, now, strict=True)
        ):
            continue
        first, last = new_units[now[0]], new_units[now[-1]]
        if last.run != first.run or last.number - first.number != len(now) - 1:
            continue
        if first.number > position:
            places.append(_Place((position, first.number), None))
        speaker = phrase.speaker if old_units[before[0]].speaker == first.speaker else first.speaker
        kept = replace(phrase, tokens=(now[0], now[-1] + 1), speaker=speaker)
        position = last.number + 1
        places.append(_Place((first.number, position), kept))
    if position < len(new_units):
        places.append(_Place((position, len(new_units)), None))
    return places


def _tight(
    places: Sequence[_Place], units: Sequence[_ShownUnit], new: Result, options: CueOptions
) -> tuple[int, int] | None:
    """The range of a place with too little time and the neighbour that must give it some, or None."""
    rules = options.rules(new.language)
    for k, place in enumerate(places):
        if place.phrase is not None:
            continue
        room = _room(places, k, new, options)
        inside = units[slice(*place.units)]
        sound = Span(inside[0].span.start, max(unit.span.end for unit in inside))
        cues = options.fps.seconds((inside[-1].run + 1 - inside[0].run) * (1 + rules.gap))
        short = room.duration < max(cues, min(rules.shortest, sound.duration))
        early, late = sound.start + SLACK < room.start, sound.end - SLACK > room.end
        if k > 0 and (early or (short and not late)):
            return k - 1, k + 1
        if k + 1 < len(places) and (late or short):
            return k, k + 2
    return None


def _merged(places: Sequence[_Place], first: int, end: int) -> list[_Place]:
    """The places, with a range of them and the unkept places beside it merged into one."""
    while first > 0 and places[first - 1].phrase is None:
        first -= 1
    while end < len(places) and places[end].phrase is None:
        end += 1
    whole = _Place((places[first].units[0], places[end - 1].units[1]), None)
    return [*places[:first], whole, *places[end:]]


def _room(places: Sequence[_Place], k: int, new: Result, options: CueOptions) -> Span:
    """The time between the phrases on either side of a place, less the gaps, on whole frames."""
    fps, gap = options.fps, options.rules(new.language).gap
    before = places[k - 1].phrase if k > 0 else None
    after = places[k + 1].phrase if k + 1 < len(places) else None
    start = fps.seconds(fps.frame(before.span.end) + gap) if before else 0.0
    end = fps.seconds(max(0, fps.frame(after.span.start) - gap)) if after else new.duration
    return Span(min(start, end), max(start, end))


def _segment(
    runs: Sequence[UnitRun],
    units: tuple[int, int],
    room: Span,
    language: str,
    options: CueOptions,
    names: Sequence[str],
) -> list[Phrase]:
    """A range of the units as phrases shown inside `room`, which is segmented like a recording of its own."""

    def inside(time: float) -> float:
        return min(max(time, room.start), room.end) - room.start

    own: list[UnitRun] = []
    position = 0
    for run in runs:
        first, end = max(units[0] - position, 0), min(units[1] - position, len(run.units))
        position += len(run.units)
        if first < end:
            moved = [
                replace(unit, span=Span(inside(unit.span.start), inside(unit.span.end)))
                for unit in run.units[first:end]
            ]
            own.append(UnitRun(run.speaker, tuple(moved)))
    shots = tuple(shot - room.start for shot in options.shots if room.start <= shot <= room.end)
    phrases = segment_units(own, room.duration, language, replace(options, shots=shots), names)
    spans = [Span(phrase.span.start + room.start, phrase.span.end + room.start) for phrase in phrases]
    return [
        replace(phrase, span=options.fps.written(span)) for phrase, span in zip(phrases, spans, strict=True)
    ]
