"""What is said, measured in columns, prices and frames, so that the price of a cue is a handful of sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from align.subtitles.line_breaks import CLAUSE, IN_WORD, SENTENCE, TORN, break_costs
from align.subtitles.rules import Rules
from align.subtitles.timing import Grid, first_frames
from align.subtitles.units import Unit, UnitRun

_INNER_SENTENCE, _INNER_CLAUSE = 4.0, 0.2
"""The price of the end of a sentence, or of a clause, inside a cue."""
_PAUSE, _PAUSE_PRICE = 0.4, 4.0
"""Seconds; a pause inside a cue costs the price for each second over this."""
_HESITATION = 0.25
"""Seconds; a pause this long halves the cost of cutting there."""
_NO_CUT = 1e4
"""The price of a cut inside a character as it is seen."""


@dataclass(frozen=True, slots=True)
class CostTables:
    """All runs behind one another. Index k is the k-th piece, or the place before it.

    Attributes:
        pieces: of all runs.
        run: index of the run of each piece.
        widths: columns before each piece, and of the whole.
        tails: columns at the end of each piece that are not shown when it is the last of its cue.
        chunks: columns of the unbreakable stretch that the piece is a part of.
        cut: the price of a cut before each piece, and after the last.
        inner: the prices of not cutting, summed up before each piece.
        starts: the frame on which a cue begins that begins with the piece; behind the last piece, the
            frame behind the recording and its gap.
        ends: the frame on which the piece has been heard.
        places: where a cue may end, in order: the ends of runs, and the places that are in no word.
    """

    pieces: tuple[Unit, ...]
    run: tuple[int, ...]
    widths: tuple[int, ...]
    tails: tuple[int, ...]
    chunks: tuple[int, ...]
    cut: tuple[float, ...]
    inner: tuple[float, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: tuple[int, ...]

    def text(self, first: int, last: int) -> str:
        """What the pieces of a half-open range say."""
        return "".join(piece.text + " " * piece.space for piece in self.pieces[first:last]).strip()


def measure(
    runs: Sequence[UnitRun],
    language: str,
    rules: Rules,
    grid: Grid,
    names: Sequence[str] = (),
    dear: Sequence[float] = (),
) -> CostTables:
    """Measure `runs`.

    Args:
        names: texts that are cut nowhere inside.
        dear: what a cut at each place costs besides, the place behind the last piece included.
    """
    pieces = tuple(piece for run in runs for piece in run.pieces)
    shown = [piece.text + " " * piece.space for piece in pieces]
    widths = [rules.width(text) for text in shown]
    costs = [cost for run in runs for cost in _costs(run, language, names)]
    forced = {0, *accumulate(len(run.pieces) for run in runs)}
    pauses = [0.0, *(max(0.0, b.span.start - a.span.end) for a, b in pairwise(pieces)), 0.0]
    return CostTables(
        pieces=pieces,
        run=tuple(number for number, run in enumerate(runs) for _ in run.pieces),
        widths=tuple(accumulate(widths, initial=0)),
        tails=tuple(
            width - rules.width(text.rstrip().rstrip(rules.quiet_end))
            for width, text in zip(widths, shown, strict=True)
        ),
        chunks=_chunks(widths, costs, forced),
        cut=tuple(
            0.0 if place in forced else _cut(cost, pause) + (dear[place] if dear else 0.0)
            for place, (cost, pause) in enumerate(zip([*costs, 0.0], pauses, strict=True))
        ),
        inner=tuple(accumulate(map(_inner, costs[1:], pauses[1:]), initial=0.0)),
        starts=(*_starts(pieces, sorted(forced), grid), grid.after_all),
        ends=tuple(accumulate((grid.fps.frame_from(piece.span.end) for piece in pieces), max)),
        places=_places(costs, widths, forced, rules),
    )


def _costs(run: UnitRun, language: str, names: Sequence[str]) -> list[float]:
    """What a cut before each piece of a run costs; nothing before its first."""
    texts = [piece.text + " " * piece.space for piece in run.pieces]
    breaks = break_costs("".join(texts), language, names)
    offsets = list(accumulate(map(len, texts)))[:-1]
    return [SENTENCE, *(min(breaks[offset], _NO_CUT) for offset in offsets)]


def _chunks(widths: Sequence[int], costs: Sequence[float], forced: set[int]) -> tuple[int, ...]:
    """For each piece the columns of the stretch around it inside which no line may break."""
    chunks: list[int] = []
    first = 0
    for last in range(1, len(widths) + 1):
        if last in forced or costs[last] < IN_WORD:
            chunks += [sum(widths[first:last])] * (last - first)
            first = last
    return tuple(chunks)


def _places(costs: Sequence[float], widths: Sequence[int], forced: set[int], rules: Rules) -> tuple[int, ...]:
    """Where a cue may end; inside a word or a phrase only where it is too long for one cue."""
    whole = [place for place in range(len(widths) + 1) if place in forced or costs[place] < IN_WORD]
    places = [0]
    for first, last in pairwise(whole):
        if sum(widths[first:last]) > rules.lines * rules.columns:
            places += [place for place in range(first + 1, last) if costs[place] < TORN]
        places.append(last)
    return tuple(places)


def _cut(cost: float, pause: float) -> float:
    """The price of a cut: a pause makes it cheap, but not inside a word."""
    return cost if cost >= IN_WORD else cost / (1 + (pause / _HESITATION) ** 2)


def _inner(cost: float, pause: float) -> float:
    """The price of not cutting."""
    held = _INNER_SENTENCE if cost <= SENTENCE else _INNER_CLAUSE if cost <= CLAUSE else 0.0
    return held + _PAUSE_PRICE * max(0.0, pause - _PAUSE)


def _starts(pieces: Sequence[Unit], forced: Sequence[int], grid: Grid) -> list[int]:
    """The frame on which a cue begins that begins with each piece.

    Cues that begin with a run are sure to come, so there is room for each of them.
    """
    sure = first_frames([pieces[place].span.start for place in forced[:-1]], grid)
    starts: list[int] = []
    for (first, last), frame, after in zip(pairwise(forced), sure, [*sure[1:], grid.frames], strict=True):
        starts.append(frame)
        for piece in pieces[first + 1 : last]:
            starts.append(min(max(grid.fps.frame_at(piece.span.start), starts[-1]), after))
    return starts
