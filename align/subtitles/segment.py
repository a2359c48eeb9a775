"""Cut what is said into phrases, one a cue, where a reader would cut it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Alignment, Phrase, Span, Turn
from align.subtitles.cost_tables import CostTables, measure
from align.subtitles.options import CueOptions
from align.subtitles.rules import Rules
from align.subtitles.timing import BROKEN, CueSound, Grid, grid_for, on_screen
from align.subtitles.units import UnitRun, runs

_CUE = 2.0
"""The price of each cue: fewer cues are calmer."""
_OVER, _OVER_COLUMN = 3.0, 1.0
"""The price of more than the wanted lines, and of each column more."""
_FULL = 2.0
"""The price of a full cue; it grows with the square of the length, so that cues are of like lengths."""
_SCRAP, _SCRAP_PRICE = 0.35, 4.0
"""A cue under this share of the wanted length is an orphan, which costs up to the price."""
_SHORT, _LONG, _FAST = 30.0, 50.0, 8.0
"""The price of each second too few and too many, and of reading twice as fast as the sound lasts."""
_LEAD = 0.5
"""The price of beginning before the sound."""


def segment(
    alignment: Alignment,
    turns: Sequence[Turn],
    duration: float,
    language: str,
    options: CueOptions,
    names: Sequence[str] = (),
) -> tuple[Phrase, ...]:
    """The phrases to show, with the times at which they are on screen, to the millisecond.

    A phrase is a slice of one turn by one speaker, without the tokens that no audio owns. It is cut at
    the ends of sentences first, then at pauses, commas and words that begin a clause, never inside a
    word, a number, a name or a Latin phrase, unless that alone is too long for a cue; it should fill
    `options.lines` lines and be readable in its time. Of all ways to cut the whole recording the one is taken
    that breaks the fewest rules and reads best, by dynamic programming.

    Args:
        duration: of the recording, in seconds; no phrase stays beyond it.
        language: of the transcript.
        names: texts that are cut nowhere inside.

    Raises:
        ValueError: there are more phrases than frames in the recording.
    """
    phrases = cut(runs(alignment, turns), duration, language, options, names)
    return tuple(replace(one, span=options.fps.written(one.span)) for one in phrases)


def cut(
    said: Sequence[UnitRun],
    duration: float,
    language: str,
    options: CueOptions,
    names: Sequence[str] = (),
    dear: Sequence[float] = (),
) -> tuple[Phrase, ...]:
    """The same for pieces of which only some are tokens, with the exact times of frames.

    Args:
        dear: what a cut before each piece, and after the last, costs besides.

    Raises:
        ValueError: there are more phrases than frames in the recording.
    """
    rules = options.rules(language)
    grid = grid_for(duration, options.fps, rules, options.shots)
    if len(said) > grid.frames:
        raise ValueError(f"{len(said)} cues do not fit into {grid.frames} frames")
    if not said:
        return ()
    measures = measure(said, language, rules, grid, names, dear)
    phrases = [
        Phrase(
            _sound(measures, first, last),
            (measures.pieces[first].token, measures.pieces[last - 1].token + 1),
            measures.text(first, last),
            "",
            said[measures.run[first]].speaker,
        )
        for first, last in _best_cuts(measures, rules, grid, options.lines)
    ]
    sounds = [CueSound(phrase.span, rules.reading(phrase.text)) for phrase in phrases]
    return tuple(
        Phrase(span, phrase.tokens, phrase.text, phrase.translation, phrase.speaker)
        for span, phrase in zip(on_screen(sounds, grid), phrases, strict=True)
    )


def _sound(measures: CostTables, first: int, last: int) -> Span:
    """From the first sound of some pieces to the last."""
    pieces = measures.pieces[first:last]
    return Span(pieces[0].span.start, max(piece.span.end for piece in pieces))


def _best_cuts(measures: CostTables, rules: Rules, grid: Grid, lines: int) -> list[tuple[int, int]]:
    """The half-open ranges of pieces whose prices add up to the least.

    A cue begins with its sound or `early` frames before: the state of the search is the place of the cut
    and which of the two.
    """
    places = measures.places
    leads = (0, grid.early) if grid.early else (0,)
    best = [[math.inf] * len(leads) for _ in places]
    back = [[(0, 0)] * len(leads) for _ in places]
    best[0] = [0.0] * len(leads)
    for there in range(1, len(places)):
        for here in _beginnings(measures, rules, there):
            first, last = places[here], places[there]
            columns = measures.widths[last] - measures.widths[first] - measures.tails[last - 1]
            price = _price(measures, first, last, columns, rules, lines)
            for state, lead in enumerate(leads):
                for after, after_lead in enumerate(leads):
                    total = best[here][state] + price
                    total += _time_price(measures, first, last, lead, after_lead, columns, rules, grid)
                    if total < best[there][after]:
                        best[there][after] = total
                        back[there][after] = (here, state)
    return _ranges(places, best[-1], back)


def _beginnings(measures: CostTables, rules: Rules, there: int) -> list[int]:
    """The places from which a cue may reach to place `there`: in the same run, and within its lines."""
    places, last = measures.places, measures.places[there]
    found: list[int] = []
    widest, room = 0, last
    for here in range(there - 1, -1, -1):
        first = places[here]
        if measures.run[first] != measures.run[last - 1]:
            break
        widest = max(widest, *measures.chunks[first:room])
        room = first
        columns = measures.widths[last] - measures.widths[first] - measures.tails[last - 1]
        if found and columns > _most(widest, rules):
            break
        found.append(here)
    return found


def _most(widest: int, rules: Rules) -> int:
    """Columns that surely fit into the lines of a cue whose widest unbreakable stretch is `widest`."""
    return max(rules.columns, rules.lines * rules.columns - (rules.lines - 1) * widest)


def _ranges(
    places: Sequence[int], costs: Sequence[float], back: Sequence[Sequence[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """The ranges that end at the last place, walked back from the cheaper of its states."""
    ranges = []
    there, state = len(places) - 1, costs.index(min(costs))
    while there > 0:
        here, before = back[there][state]
        ranges.append((places[here], places[there]))
        there, state = here, before
    return ranges[::-1]


def _price(measures: CostTables, first: int, last: int, columns: int, rules: Rules, lines: int) -> float:
    """What the phrase of the pieces `first` to `last` (half open) costs a reader, whenever it is seen."""
    wanted = rules.columns * min(lines, rules.lines)
    length = _FULL * (columns / wanted) ** 2 + _SCRAP_PRICE * max(0.0, _SCRAP - columns / wanted)
    if columns > wanted:
        length += _OVER + _OVER_COLUMN * (columns - wanted)
    held = measures.inner[last - 1] - measures.inner[first]
    return _CUE + length + held + measures.cut[last]


def _time_price(
    measures: CostTables,
    first: int,
    last: int,
    lead: int,
    after_lead: int,
    columns: int,
    rules: Rules,
    grid: Grid,
) -> float:
    """The price of too little or too much time for the phrase, which begins and ends by a lead early."""
    fps = float(grid.fps.rate)
    start = measures.starts[first] - lead
    if start < 0:
        return math.inf
    free = measures.starts[last] - after_lead - grid.gap - start
    reading = columns / rules.speed * fps
    lack = max(grid.shortest, reading) - max(1, min(free, grid.longest))
    heard = measures.ends[last - 1] - start
    near = max(1, min(free, heard + grid.late))
    price = _LEAD * (lead > 0) + _FAST * max(0.0, reading / near - 1)
    price += _LONG * max(0, heard - grid.longest) / fps
    return price + (BROKEN + _SHORT * lack / fps if lack > 1e-4 else 0.0)
