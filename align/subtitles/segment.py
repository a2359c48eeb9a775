"""Break the spoken text into phrases, one per cue: the search for the best places to break."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from align.core.types import Alignment, Phrase, Span, Turn
from align.subtitles.break_model import CLAUSE_END, CLOSING
from align.subtitles.line_breaks import CLAUSE, IN_WORD, SENTENCE, TORN, break_costs
from align.subtitles.options import CueOptions
from align.subtitles.parameters import DEFAULTS
from align.subtitles.rules import Rules
from align.subtitles.timing import Grid, first_frames, grid_for, on_screen
from align.subtitles.units import Unit, text_of, units_of


def segment(
    alignment: Alignment,
    turns: Sequence[Turn],
    duration: float,
    language: str,
    options: CueOptions,
    names: Sequence[str] = (),
) -> tuple[Phrase, ...]:
    """The phrases to show, with their times on screen to the millisecond.

    A phrase is part of one turn by one speaker, without unspoken tokens. Phrases end at sentence ends first,
    then at pauses, commas and words that begin a clause; never inside a word, number, name or Latin phrase
    unless that alone is too long for a cue. They fill at most
    `options.lines_for(language)` lines and can be read in time.
    Dynamic programming finds the breaks of the whole recording that break the fewest rules and read best.

    Args:
        duration: of the recording, in seconds; no phrase stays beyond it.
        language: of the transcript.
        names: texts that are never broken.

    Raises:
        ValueError: there are more phrases than frames in the recording.
    """
    phrases = segment_units(units_of(alignment, turns), duration, language, options, names)
    return tuple(replace(phrase, span=options.fps.written(phrase.span)) for phrase in phrases)


def segment_units(
    units: Sequence[Unit],
    duration: float,
    language: str,
    options: CueOptions,
    names: Sequence[str] = (),
    extra_costs: Sequence[float] = (),
) -> tuple[Phrase, ...]:
    """The same for units that need not be tokens, with the exact times of frames.

    Args:
        extra_costs: an additional cost of breaking before each unit, and after the last.

    Raises:
        ValueError: there are more phrases than frames in the recording.
    """
    rules = options.rules(language)
    grid = grid_for(duration, options.fps, rules, options.shots)
    runs = len({unit.run for unit in units})
    if runs > grid.frames:
        raise ValueError(f"{runs} cues do not fit into {grid.frames} frames")
    if not units:
        return ()
    tables = cost_tables(units, language, rules, grid, names, extra_costs)
    phrases = []
    for first, last in _best_ranges(tables, options.lines_for(language)):
        shown = units[first:last]
        speech = Span(shown[0].span.start, max(unit.span.end for unit in shown))
        tokens = (shown[0].token, shown[-1].token + 1)
        phrases.append(Phrase(speech, tokens, text_of(shown).strip(), "", shown[0].speaker))
    times = on_screen(
        [phrase.span for phrase in phrases], [rules.reading(phrase.text) for phrase in phrases], grid
    )
    return tuple(replace(phrase, span=span) for phrase, span in zip(phrases, times, strict=True))


@dataclass(frozen=True, slots=True)
class CostTables:
    """Widths, break costs and frames of units, so that the cost of a cue is a few lookups.

    Boundary k is before unit k.

    Attributes:
        widths: columns before each boundary.
        hidden_widths: columns at the end of each unit that are not shown when it ends a cue.
        unbreakable: columns of the unbreakable stretch that each unit is a part of.
        breaks: cost of a cue boundary at each boundary.
        inner: costs of the boundaries inside a cue, summed up before each unit.
        starts: the first frame of a cue that starts with each unit; at the end, the frame after the recording
            and a gap.
        ends: the frame by which each unit has been spoken.
        rate: frames per second.
        boundaries: where a cue may end, sorted: at the ends of runs and between words.
        sentences: whether a sentence begins at each boundary; one does at the ends of runs.
        sentence_after: for each boundary the next at which one begins.
        clauses: whether a clause begins at each boundary, by the mark before it; a sentence does too.
        clause_after, clause_before: for each boundary the next and the last at which one begins.
    """

    units: tuple[Unit, ...]
    rules: Rules
    grid: Grid
    widths: tuple[int, ...]
    hidden_widths: tuple[int, ...]
    unbreakable: tuple[int, ...]
    breaks: tuple[float, ...]
    inner: tuple[float, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    rate: float
    boundaries: tuple[int, ...]
    sentences: tuple[bool, ...]
    sentence_after: tuple[int, ...]
    clauses: tuple[bool, ...]
    clause_after: tuple[int, ...]
    clause_before: tuple[int, ...]

    def columns(self, first: int, last: int) -> int:
        """Columns of the cue of units `first` to `last` (half open), as for the costs."""
        return self.widths[last] - self.widths[first] - self.hidden_widths[last - 1]

    def text_cost(self, first: int, last: int, lines: int) -> float:
        """The cost of a cue that should fill `lines` lines, whenever it is shown."""
        wanted, columns = self.rules.columns * min(lines, self.rules.lines), self.columns(first, last)
        length = DEFAULTS.full_cue * (columns / wanted) ** 2
        length += DEFAULTS.orphan * max(0.0, DEFAULTS.orphan_share - columns / wanted)
        if columns > wanted:
            length += DEFAULTS.overflow + DEFAULTS.overflow_column * (columns - wanted)
        inner = self.inner[last - 1] - self.inner[first]
        if self.sentence_after[first] < last:  # a part of one sentence beside another
            inner += DEFAULTS.fragment * (not self.sentences[first])
            inner += DEFAULTS.fragment * (not self.sentences[last])
        if self.clause_after[first] < last:  # a word or two of one clause beside another
            share = DEFAULTS.stub_share * self.rules.columns
            if not self.clauses[first]:
                stub = self.columns(first, self.clause_after[first])
                inner += DEFAULTS.stub * max(0.0, 1 - stub / share)
            if not self.clauses[last]:
                inner += DEFAULTS.stub * max(0.0, 1 - self.columns(self.clause_before[last], last) / share)
        return DEFAULTS.cue + length + inner + self.breaks[last]

    def time_cost(self, first: int, last: int, lead: int, next_lead: int) -> float:
        """The cost of too little or too much time, if the cue starts `lead` frames before its speech and the
        next one `next_lead` frames before its own."""
        grid, fps = self.grid, self.rate
        start = self.starts[first] - lead
        if start < 0:
            return math.inf
        available = self.starts[last] - next_lead - grid.gap - start
        reading = self.columns(first, last) / self.rules.speed * fps
        missing = max(grid.shortest, reading) - max(1, min(available, grid.longest))
        speech = self.ends[last - 1] - start
        usable = max(1, min(available, speech + grid.late))
        cost = DEFAULTS.early_cue * (lead > 0) + DEFAULTS.fast_reading * max(0.0, reading / usable - 1)
        cost += DEFAULTS.long_second * max(0, speech - grid.longest) / fps
        if missing > 1e-4:
            room = max(1, min(available, grid.longest))
            if room >= max(grid.shortest, self.columns(first, last) / self.rules.fastest * fps):
                cost += DEFAULTS.hurried_cue + DEFAULTS.hurried_second * missing / fps
            else:
                cost += DEFAULTS.broken_rule + DEFAULTS.short_second * missing / fps
        return cost


def _boundary_costs(units: Sequence[Unit], language: str, names: Sequence[str]) -> list[float]:
    """What a break before each unit costs a reader, by the text alone; nothing between two runs."""
    costs: list[float] = []
    for _, group in groupby(units, lambda unit: unit.run):
        run = list(group)
        lengths = accumulate(len(text_of([unit])) for unit in run[:-1])
        in_run = break_costs(text_of(run), language, names)
        costs += [SENTENCE, *(min(in_run[offset], DEFAULTS.no_break) for offset in lengths)]
    return costs


def cost_tables(
    units: Sequence[Unit],
    language: str,
    rules: Rules,
    grid: Grid,
    names: Sequence[str] = (),
    extra_costs: Sequence[float] = (),
) -> CostTables:
    """The tables of units.

    Args:
        names: texts that are never broken.
        extra_costs: an additional cost for each boundary, the last one included.
    """
    texts = [text_of([unit]) for unit in units]
    widths = [rules.width(text) for text in texts]
    costs = _boundary_costs(units, language, names)
    run_starts = [0, *(at for at in range(1, len(units)) if units[at].run != units[at - 1].run)]
    run_ends = {*run_starts, len(units)}
    pauses = [0.0, *(max(0.0, b.span.start - a.span.end) for a, b in pairwise(units)), 0.0]

    breaks, inner = [], []
    for boundary, (cost, pause) in enumerate(zip([*costs, 0.0], pauses, strict=True)):
        hesitation = 1 + (pause / DEFAULTS.hesitation) ** 2 if cost < IN_WORD else 1
        extra = extra_costs[boundary] if extra_costs else 0.0
        breaks.append(0.0 if boundary in run_ends else cost / hesitation + extra)
        kept = (
            DEFAULTS.inner_sentence if cost <= SENTENCE else DEFAULTS.inner_clause if cost <= CLAUSE else 0.0
        )
        inner.append(kept + DEFAULTS.inner_pause_second * max(0.0, pause - DEFAULTS.inner_pause))

    unbreakable, boundaries = _unbreakable(costs, widths, run_ends, rules.lines * rules.columns)
    sentences = [at in run_ends or costs[at] <= SENTENCE for at in range(len(units) + 1)]
    clauses = [
        is_one or units[at - 1].text.rstrip(CLOSING)[-1:] in CLAUSE_END for at, is_one in enumerate(sentences)
    ]
    return CostTables(
        units=tuple(units),
        rules=rules,
        grid=grid,
        widths=tuple(accumulate(widths, initial=0)),
        hidden_widths=tuple(
            width - rules.width(text.rstrip().rstrip(rules.quiet_end))
            for width, text in zip(widths, texts, strict=True)
        ),
        unbreakable=tuple(unbreakable),
        breaks=tuple(breaks),
        inner=tuple(accumulate(inner[1:-1], initial=0.0)),
        starts=(*_start_frames(units, run_starts, grid), grid.after_all),
        ends=tuple(accumulate((grid.fps.frame_from(unit.span.end) for unit in units), max)),
        rate=float(grid.fps.rate),
        boundaries=tuple(boundaries),
        sentences=tuple(sentences),
        sentence_after=_next_true(sentences),
        clauses=tuple(clauses),
        clause_after=_next_true(clauses),
        clause_before=tuple(len(units) - at for at in _next_true(clauses[::-1]))[::-1],
    )


def _unbreakable(
    costs: Sequence[float], widths: Sequence[int], run_ends: set[int], longest: int
) -> tuple[list[int], list[int]]:
    """The columns of the stretch that each unit is a part of and that is not broken, and where cues may end.

    Args:
        longest: columns of a cue; only what is longer is broken inside.
    """
    whole = [at for at in range(len(widths) + 1) if at in run_ends or costs[at] < IN_WORD]
    unbreakable: list[int] = []
    boundaries = [0]
    for first, last in pairwise(whole):
        width = sum(widths[first:last])
        unbreakable += [width] * (last - first)
        if width > longest:
            boundaries += [at for at in range(first + 1, last) if costs[at] < TORN]
        boundaries.append(last)
    return unbreakable, boundaries


def _next_true(flags: Sequence[bool]) -> tuple[int, ...]:
    """For each place the next with a true flag, the last place where there is none."""
    places, following = [], len(flags) - 1
    for at in reversed(range(len(flags))):
        places.append(following)
        following = at if flags[at] else following
    return tuple(places[::-1])


def _start_frames(units: Sequence[Unit], run_starts: Sequence[int], grid: Grid) -> list[int]:
    """The first frame of a cue that starts with each unit.

    Each run is certain to start a cue, so there is room for one at each.
    """
    run_frames = first_frames([units[at].span.start for at in run_starts], grid)
    starts: list[int] = []
    for (first, last), frame, latest in zip(
        pairwise([*run_starts, len(units)]), run_frames, [*run_frames[1:], grid.frames], strict=True
    ):
        starts.append(frame)
        for unit in units[first + 1 : last]:
            starts.append(min(max(grid.fps.frame_at(unit.span.start), starts[-1]), latest))
    return starts


def _best_ranges(tables: CostTables, lines: int) -> list[tuple[int, int]]:
    """The half-open ranges of units with the lowest total cost.

    A cue starts with its speech or `grid.early` frames before: a state of the search is a boundary and
    which of the two the cue after it does.
    """
    boundaries, early = tables.boundaries, tables.grid.early
    leads = (0, early) if early else (0,)
    best = [[math.inf] * len(leads) for _ in boundaries]
    back = [[(0, 0)] * len(leads) for _ in boundaries]
    best[0] = [0.0] * len(leads)
    for end in range(1, len(boundaries)):
        for begin in _possible_starts(tables, end):
            first, last = boundaries[begin], boundaries[end]
            text_cost = tables.text_cost(first, last, lines)
            for state, lead in enumerate(leads):
                before = best[begin][state] + text_cost
                if before >= max(best[end]):
                    continue  # no cost of time is below 0
                for next_state, next_lead in enumerate(leads):
                    total = before + tables.time_cost(first, last, lead, next_lead)
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


def _possible_starts(tables: CostTables, end: int) -> list[int]:
    """The boundaries where a cue that ends at boundary `end` may start: in its run, within its lines."""
    rules, last = tables.rules, tables.boundaries[end]
    starts: list[int] = []
    widest, previous = 0, last
    for begin in range(end - 1, -1, -1):
        first = tables.boundaries[begin]
        if tables.units[first].run != tables.units[last - 1].run:
            break
        widest = max(widest, *tables.unbreakable[first:previous])
        previous = first
        # what is certain to fit, wherever the lines break
        most = max(rules.columns, rules.lines * rules.columns - (rules.lines - 1) * widest)
        if starts and tables.columns(first, last) > most:
            break
        starts.append(begin)
    return starts
