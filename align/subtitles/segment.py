"""Cut what is said into phrases, one a cue, where a reader would cut it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from align.subtitles.breaks import CLAUSE, FORBIDDEN, IN_WORD, SENTENCE, break_costs
from align.subtitles.pieces import Run, runs
from align.subtitles.rules import CueOptions, Rules, rules_for
from align.subtitles.timing import Sound, on_screen
from align.values import Alignment, Phrase, Span, Turn

_CUE = 2.0
"""The price of each cue: fewer cues are calmer."""
_OVER, _OVER_COLUMN = 3.0, 1.0
"""The price of more than the wanted lines, and of each column more."""
_FULL = 2.0
"""The price of a full cue; it grows with the square of the length, so that cues are of like lengths."""
_SCRAP, _SCRAP_PRICE = 0.35, 4.0
"""A cue under this share of the wanted length is a scrap, which costs up to the price."""
_BLINK, _SHORT, _LONG, _FAST = 4.0, 30.0, 50.0, 8.0
"""The price of a cue too short, of each second too few and too many, and of reading twice as fast."""
_INNER_SENTENCE, _INNER_CLAUSE = 4.0, 0.2
"""The price of the end of a sentence, or of a clause, inside a cue."""
_PAUSE, _PAUSE_PRICE = 0.4, 4.0
"""Seconds; a pause inside a cue costs the price for each second over this."""
_HESITATION = 0.25
"""Seconds; a pause this long halves the cost of cutting there."""


@dataclass(frozen=True, slots=True)
class _Measures:
    """One run, measured, so that the price of a phrase is a handful of sums. Index k is the k-th piece.

    Attributes:
        text: of the whole run.
        offsets: where each piece begins in `text`, and the length of `text`.
        widths: columns before each piece, and of the whole.
        tails: columns at the end of each piece that are not shown when it is the last of its cue.
        chunks: columns of the unbreakable stretch that the piece is a part of.
        cut: the price of a cut after the piece.
        inner: the prices of not cutting, summed up before each piece.
    """

    text: str
    offsets: tuple[int, ...]
    widths: tuple[int, ...]
    tails: tuple[int, ...]
    chunks: tuple[int, ...]
    cut: tuple[float, ...]
    inner: tuple[float, ...]


def segment(
    alignment: Alignment, turns: Sequence[Turn], duration: float, language: str, options: CueOptions
) -> tuple[Phrase, ...]:
    """The phrases to show, with the times at which they are on screen.

    A phrase is a slice of one turn by one speaker, without the tokens that no audio owns. It is cut at
    the ends of sentences first, then at pauses, commas and words that begin a clause, never inside a
    Latin word, and inside a Han word only when nothing else fits; it should fill `options.lines` lines
    and be readable in its time.

    Args:
        duration: of the recording, in seconds; no phrase stays beyond it.
        language: of the transcript.

    Raises:
        ValueError: there are more phrases than frames in the recording.
    """
    rules = rules_for(language)
    silent = [phrase for run in runs(alignment, turns) for phrase in _phrases(run, language, rules, options)]
    sounds = [Sound(phrase.span, rules.width(phrase.text) / rules.speed) for phrase in silent]
    spans = on_screen(sounds, duration, options.frame_rate, rules)
    return tuple(
        Phrase(span, phrase.tokens, phrase.text, phrase.translation, phrase.speaker)
        for span, phrase in zip(spans, silent, strict=True)
    )


def _phrases(run: Run, language: str, rules: Rules, options: CueOptions) -> list[Phrase]:
    """One run in phrases, whose spans are those of their sound."""
    measures = _measure(run, language, rules)
    phrases = []
    for first, last in _best_cuts(run, measures, rules, options):
        sound = Span(run.pieces[first].span.start, max(piece.span.end for piece in run.pieces[first:last]))
        text = measures.text[measures.offsets[first] : measures.offsets[last]].strip()
        tokens = (run.pieces[first].token, run.pieces[last - 1].token + 1)
        phrases.append(Phrase(sound, tokens, text, "", run.speaker))
    return phrases


def _measure(run: Run, language: str, rules: Rules) -> _Measures:
    texts = [piece.text + " " * piece.space for piece in run.pieces]
    text = "".join(texts)
    offsets = tuple(accumulate(map(len, texts), initial=0))
    breaks = break_costs(text, language)
    costs = [*(min(breaks[offset], FORBIDDEN) for offset in offsets[1:-1]), SENTENCE]
    pauses = [max(0.0, after.span.start - piece.span.end) for piece, after in pairwise(run.pieces)]
    pauses.append(0.0)
    widths = [rules.width(shown) for shown in texts]
    return _Measures(
        text=text,
        offsets=offsets,
        widths=tuple(accumulate(widths, initial=0)),
        tails=tuple(
            rules.width(shown) - rules.width(shown.rstrip().rstrip(rules.quiet_end)) for shown in texts
        ),
        chunks=_chunks(widths, costs),
        cut=tuple(map(_cut, costs, pauses)),
        inner=tuple(accumulate(map(_inner, costs, pauses), initial=0.0)),
    )


def _chunks(widths: Sequence[int], costs: Sequence[float]) -> tuple[int, ...]:
    """For each piece the columns of the stretch around it inside which no line may break."""
    chunks: list[int] = []
    first = 0
    for last, cost in enumerate(costs):
        if cost < FORBIDDEN or last == len(costs) - 1:
            chunks += [sum(widths[first : last + 1])] * (last + 1 - first)
            first = last + 1
    return tuple(chunks)


def _cut(cost: float, pause: float) -> float:
    """The price of a cut: a pause makes it cheap, but not inside a word."""
    return cost if cost >= IN_WORD else cost / (1 + (pause / _HESITATION) ** 2)


def _inner(cost: float, pause: float) -> float:
    """The price of not cutting."""
    held = _INNER_SENTENCE if cost <= SENTENCE else _INNER_CLAUSE if cost <= CLAUSE else 0.0
    return held + _PAUSE_PRICE * max(0.0, pause - _PAUSE)


def _best_cuts(run: Run, measures: _Measures, rules: Rules, options: CueOptions) -> list[tuple[int, int]]:
    """The half-open ranges of pieces whose prices add up to the least, by dynamic programming."""
    count = len(run.pieces)
    best, previous = [0.0] + [math.inf] * count, [0] * (count + 1)
    for last in range(1, count + 1):
        widest = 0
        for first in range(last - 1, -1, -1):
            widest = max(widest, measures.chunks[first])
            columns = measures.widths[last] - measures.widths[first] - measures.tails[last - 1]
            if first < last - 1 and columns > _most(widest, rules):
                break
            price = best[first] + _price(run, measures, first, last, columns, rules, options)
            if price < best[last]:
                best[last], previous[last] = price, first
    return _ranges(previous)


def _most(widest: int, rules: Rules) -> int:
    """Columns that surely fit into the lines of a cue whose widest unbreakable stretch is `widest`."""
    return max(rules.columns, rules.lines * rules.columns - widest)


def _ranges(previous: Sequence[int]) -> list[tuple[int, int]]:
    """The ranges that end at the last piece, walked back from it."""
    ranges = []
    last = len(previous) - 1
    while last > 0:
        ranges.append((previous[last], last))
        last = previous[last]
    return ranges[::-1]


def _price(
    run: Run, measures: _Measures, first: int, last: int, columns: int, rules: Rules, options: CueOptions
) -> float:
    """What the phrase of the pieces `first` to `last` (half open) costs a reader."""
    wanted = rules.columns * options.lines
    length = _FULL * (columns / wanted) ** 2 + _SCRAP_PRICE * max(0.0, _SCRAP - columns / wanted)
    if columns > wanted:
        length += _OVER + _OVER_COLUMN * (columns - wanted)
    held = measures.inner[last - 1] - measures.inner[first]
    seconds = _time_price(run, first, last, columns, rules, options.frame_rate)
    return _CUE + length + held + measures.cut[last - 1] + seconds


def _time_price(run: Run, first: int, last: int, columns: int, rules: Rules, frame_rate: float) -> float:
    """The price of too little or too much time for the phrase."""
    start, end = run.pieces[first].span.start, run.pieces[last - 1].span.end
    after = run.pieces[last].span.start if last < len(run.pieces) else math.inf
    frame = 1 / frame_rate
    free = after - rules.gap * frame - start
    available = max(min(free, end + rules.late * frame - start), frame)
    price = _LONG * max(0.0, end - start - rules.longest) + _FAST * max(
        0.0, columns / available / rules.speed - 1
    )
    lack = rules.shortest + frame - free
    return price + (_BLINK + _SHORT * lack if lack > 0 else 0.0)
