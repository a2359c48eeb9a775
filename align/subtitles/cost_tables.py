"""Widths, break costs and frames of the spoken units, so that the cost of a cue is a few lookups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from align.subtitles.line_breaks import CLAUSE, IN_WORD, SENTENCE, TORN, break_costs
from align.subtitles.parameters import DEFAULTS, SubtitleParameters
from align.subtitles.rules import Rules
from align.subtitles.timing import Grid, first_frames
from align.subtitles.units import Unit, UnitRun, text_of


@dataclass(frozen=True, slots=True)
class CostTables:
    """The units of all runs in order; boundary k is before unit k.

    Attributes:
        run: index of the run of each unit.
        widths: columns before each boundary.
        hidden_widths: columns at the end of each unit that are not shown when it ends a cue.
        unbreakable: columns of the unbreakable stretch that each unit is a part of.
        breaks: cost of a cue boundary at each boundary.
        inner: costs of the boundaries inside a cue, summed up before each unit.
        starts: the first frame of a cue that starts with each unit; at the end, the frame after the recording
            and a gap.
        ends: the frame by which each unit has been spoken.
        boundaries: where a cue may end, sorted: at the ends of runs and between words.
    """

    units: tuple[Unit, ...]
    run: tuple[int, ...]
    widths: tuple[int, ...]
    hidden_widths: tuple[int, ...]
    unbreakable: tuple[int, ...]
    breaks: tuple[float, ...]
    inner: tuple[float, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    boundaries: tuple[int, ...]


def cost_tables(
    runs: Sequence[UnitRun],
    language: str,
    rules: Rules,
    grid: Grid,
    names: Sequence[str] = (),
    extra_costs: Sequence[float] = (),
    *,
    parameters: SubtitleParameters = DEFAULTS,
) -> CostTables:
    """The tables of `runs`.

    Args:
        names: texts that are never broken.
        extra_costs: an additional cost for each boundary, the last one included.
    """
    units = tuple(unit for run in runs for unit in run.units)
    texts = [text_of([unit]) for unit in units]
    widths = [rules.width(text) for text in texts]
    costs: list[float] = []
    for run in runs:
        lengths = accumulate(len(text_of([unit])) for unit in run.units[:-1])
        breaks = break_costs(text_of(run.units), language, names)
        costs += [SENTENCE, *(min(breaks[offset], parameters.no_break) for offset in lengths)]
    run_ends = {0, *accumulate(len(run.units) for run in runs)}
    pauses = [0.0, *(max(0.0, b.span.start - a.span.end) for a, b in pairwise(units)), 0.0]

    def break_cost(boundary: int, cost: float, pause: float) -> float:
        if boundary in run_ends:
            return 0.0
        if cost < IN_WORD:
            cost /= 1 + (pause / parameters.hesitation) ** 2
        return cost + (extra_costs[boundary] if extra_costs else 0.0)

    def inner_cost(cost: float, pause: float) -> float:
        kept = parameters.inner_clause if cost <= CLAUSE else 0.0
        if cost <= SENTENCE:
            kept = parameters.inner_sentence
        return kept + parameters.inner_pause_second * max(0.0, pause - parameters.inner_pause)

    unbreakable, boundaries = _boundaries(costs, widths, run_ends, rules)
    return CostTables(
        units=units,
        run=tuple(number for number, run in enumerate(runs) for _ in run.units),
        widths=tuple(accumulate(widths, initial=0)),
        hidden_widths=tuple(
            width - rules.width(text.rstrip().rstrip(rules.quiet_end))
            for width, text in zip(widths, texts, strict=True)
        ),
        unbreakable=tuple(unbreakable),
        breaks=tuple(
            break_cost(boundary, cost, pause)
            for boundary, (cost, pause) in enumerate(zip([*costs, 0.0], pauses, strict=True))
        ),
        inner=tuple(accumulate(map(inner_cost, costs[1:], pauses[1:]), initial=0.0)),
        starts=(*_start_frames(units, sorted(run_ends), grid), grid.after_all),
        ends=tuple(accumulate((grid.fps.frame_from(unit.span.end) for unit in units), max)),
        boundaries=tuple(boundaries),
    )


def _boundaries(
    costs: Sequence[float], widths: Sequence[int], run_ends: set[int], rules: Rules
) -> tuple[list[int], list[int]]:
    """The width of the unbreakable stretch around each unit, and where a cue may end."""
    whole = [at for at in range(len(widths) + 1) if at in run_ends or costs[at] < IN_WORD]
    unbreakable: list[int] = []
    boundaries = [0]
    for first, last in pairwise(whole):
        width = sum(widths[first:last])
        unbreakable += [width] * (last - first)
        if width > rules.lines * rules.columns:  # only what is too long for a cue is broken inside
            boundaries += [at for at in range(first + 1, last) if costs[at] < TORN]
        boundaries.append(last)
    return unbreakable, boundaries


def _start_frames(units: Sequence[Unit], run_ends: Sequence[int], grid: Grid) -> list[int]:
    """The first frame of a cue that starts with each unit.

    Each run is certain to start a cue, so there is room for one at each.
    """
    run_starts = first_frames([units[at].span.start for at in run_ends[:-1]], grid)
    starts: list[int] = []
    following = [*run_starts[1:], grid.frames]
    for (first, last), frame, latest in zip(pairwise(run_ends), run_starts, following, strict=True):
        starts.append(frame)
        for unit in units[first + 1 : last]:
            starts.append(min(max(grid.fps.frame_at(unit.span.start), starts[-1]), latest))
    return starts
