"""Break the spoken text into phrases, one per cue: the search for the best places to break."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Alignment, Phrase, Span, Turn
from align.subtitles.cost_tables import CostTables, cost_tables
from align.subtitles.options import CueOptions
from align.subtitles.parameters import DEFAULTS, SubtitleParameters
from align.subtitles.rules import Rules
from align.subtitles.timing import Grid, grid_for, on_screen
from align.subtitles.units import UnitRun, runs_of, text_of


def segment(
    alignment: Alignment,
    turns: Sequence[Turn],
    duration: float,
    language: str,
    options: CueOptions,
    names: Sequence[str] = (),
    *,
    parameters: SubtitleParameters = DEFAULTS,
) -> tuple[Phrase, ...]:
    """The phrases to show, with their times on screen to the millisecond.

    A phrase is part of one turn by one speaker, without unspoken tokens. Phrases end at sentence ends first,
    then at pauses, commas and words that begin a clause; never inside a word, number, name or Latin phrase
    unless that alone is too long for a cue. They should fill `options.lines` lines and be readable in time.
    Dynamic programming finds the breaks of the whole recording that break the fewest rules and read best.

    Args:
        duration: of the recording, in seconds; no phrase stays beyond it.
        language: of the transcript.
        names: texts that are never broken.

    Raises:
        ValueError: there are more phrases than frames in the recording.
    """
    runs = runs_of(alignment, turns)
    phrases = segment_units(runs, duration, language, options, names, parameters=parameters)
    return tuple(replace(phrase, span=options.fps.written(phrase.span)) for phrase in phrases)


def segment_units(
    runs: Sequence[UnitRun],
    duration: float,
    language: str,
    options: CueOptions,
    names: Sequence[str] = (),
    extra_costs: Sequence[float] = (),
    *,
    parameters: SubtitleParameters = DEFAULTS,
) -> tuple[Phrase, ...]:
    """The same for units that need not be tokens, with the exact times of frames.

    Args:
        extra_costs: an additional cost of breaking before each unit, and after the last.

    Raises:
        ValueError: there are more phrases than frames in the recording.
    """
    rules = options.rules(language)
    grid = grid_for(duration, options.fps, rules, options.shots)
    if len(runs) > grid.frames:
        raise ValueError(f"{len(runs)} cues do not fit into {grid.frames} frames")
    if not runs:
        return ()
    tables = cost_tables(runs, language, rules, grid, names, extra_costs, parameters=parameters)
    phrases = []
    for first, last in _best_ranges(tables, rules, grid, options.lines, parameters):
        units = tables.units[first:last]
        speech = Span(units[0].span.start, max(unit.span.end for unit in units))
        tokens = (units[0].token, units[-1].token + 1)
        phrases.append(Phrase(speech, tokens, text_of(units).strip(), "", runs[tables.run[first]].speaker))
    reading_times = [rules.reading(phrase.text) for phrase in phrases]
    times = on_screen([phrase.span for phrase in phrases], reading_times, grid, parameters=parameters)
    return tuple(replace(phrase, span=span) for phrase, span in zip(phrases, times, strict=True))


def _best_ranges(
    tables: CostTables, rules: Rules, grid: Grid, lines: int, parameters: SubtitleParameters
) -> list[tuple[int, int]]:
    """The half-open ranges of units with the lowest total cost.

    A cue starts with its speech or `grid.early` frames before: a state of the search is a boundary and
    which of the two the cue after it does.
    """
    boundaries = tables.boundaries
    leads = (0, grid.early) if grid.early else (0,)
    best = [[math.inf] * len(leads) for _ in boundaries]
    back = [[(0, 0)] * len(leads) for _ in boundaries]
    best[0] = [0.0] * len(leads)
    for end in range(1, len(boundaries)):
        for begin in _possible_starts(tables, rules, end):
            first, last = boundaries[begin], boundaries[end]
            columns = tables.widths[last] - tables.widths[first] - tables.hidden_widths[last - 1]
            text_cost = _text_cost(tables, first, last, columns, rules, lines, parameters)
            for state, lead in enumerate(leads):
                for next_state, next_lead in enumerate(leads):
                    total = best[begin][state] + text_cost
                    total += _time_cost(
                        tables, first, last, lead, next_lead, columns / rules.speed, grid, parameters
                    )
                    if total < best[end][next_state]:
                        best[end][next_state] = total
                        back[end][next_state] = (begin, state)
    ranges = []
    end, state = len(boundaries) - 1, best[-1].index(min(best[-1]))
    while end > 0:
        begin, state = back[end][state]
        ranges.append((boundaries[begin], boundaries[end]))
        end = begin
    return ranges[::-1]


def _possible_starts(tables: CostTables, rules: Rules, end: int) -> list[int]:
    """The boundaries where a cue that ends at boundary `end` may start: in its run, within its lines."""
    last = tables.boundaries[end]
    starts: list[int] = []
    widest, previous = 0, last
    for begin in range(end - 1, -1, -1):
        first = tables.boundaries[begin]
        if tables.run[first] != tables.run[last - 1]:
            break
        widest = max(widest, *tables.unbreakable[first:previous])
        previous = first
        columns = tables.widths[last] - tables.widths[first] - tables.hidden_widths[last - 1]
        # what is certain to fit, wherever the lines break
        most = max(rules.columns, rules.lines * rules.columns - (rules.lines - 1) * widest)
        if starts and columns > most:
            break
        starts.append(begin)
    return starts


def _text_cost(
    tables: CostTables,
    first: int,
    last: int,
    columns: int,
    rules: Rules,
    lines: int,
    parameters: SubtitleParameters,
) -> float:
    """The cost of the cue of units `first` to `last` (half open), whenever it is shown."""
    wanted = rules.columns * min(lines, rules.lines)
    length = parameters.full_cue * (columns / wanted) ** 2
    length += parameters.orphan * max(0.0, parameters.orphan_share - columns / wanted)
    if columns > wanted:
        length += parameters.overflow + parameters.overflow_column * (columns - wanted)
    inner = tables.inner[last - 1] - tables.inner[first]
    return parameters.cue + length + inner + tables.breaks[last]


def _time_cost(
    tables: CostTables,
    first: int,
    last: int,
    lead: int,
    next_lead: int,
    reading_time: float,
    grid: Grid,
    parameters: SubtitleParameters,
) -> float:
    """The cost of too little or too much time for a cue that starts `lead` frames early, as does the next."""
    fps = float(grid.fps.rate)
    start = tables.starts[first] - lead
    if start < 0:
        return math.inf
    available = tables.starts[last] - next_lead - grid.gap - start
    reading = reading_time * fps
    missing = max(grid.shortest, reading) - max(1, min(available, grid.longest))
    speech = tables.ends[last - 1] - start
    usable = max(1, min(available, speech + grid.late))
    cost = parameters.early_cue * (lead > 0) + parameters.fast_reading * max(0.0, reading / usable - 1)
    cost += parameters.long_second * max(0, speech - grid.longest) / fps
    if missing > 1e-4:
        cost += parameters.broken_rule + parameters.short_second * missing / fps
    return cost
