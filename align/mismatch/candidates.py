"""Where text and sound part ways, by the phones alone: text without sound, sound without text, misfits.

A doubt is a place to listen to. What it turns out to be is told by `align.mismatch.classify`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.alignment.phone_aligner import PlacedPhones, Placement, UntranscribedSpeech
from align.core.types import Span

MISFIT = -6.0
"""Mean evidence for a token's phones over the best ones, under which it is not what is said."""

ISLAND = 2
"""Tokens that fit by chance amid others that do not."""

SHORTEST = 0.12
"""Seconds of speech without text that are told from a drawn-out word."""

BRIEF = 0.25
"""Seconds of speech without text that are no more than a syllable."""

LOOSE = -2.5
"""The same mean, under which a token is said so unlike its reading that a syllable beside it is its own."""

PAUSE, BREATH = 2.0, 0.3
"""Seconds between two stretches of speech without text that are one doubt; between two fillers."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place at which text and sound do not go together.

    Attributes:
        tokens: half-open range of those concerned; empty for speech without text, and then the place at
            which its text would stand.
        span: of the sound; without any, the moment at which the text would have come.
        untranscribed: seconds of speech in it that fit no token.
    """

    tokens: tuple[int, int]
    span: Span
    untranscribed: float

    @property
    def count(self) -> int:
        """Tokens concerned."""
        return self.tokens[1] - self.tokens[0]


@dataclass(frozen=True, slots=True)
class _Item:
    """One token that does not fit, or one stretch of speech without text; `span` None for no sound."""

    tokens: tuple[int, int]
    span: Span | None
    filler: bool = False

    @property
    def has_text(self) -> bool:
        return self.tokens[1] > self.tokens[0]


def find_candidates(placement: Placement) -> tuple[Candidate, ...]:
    """All doubts, in the order of the text, none touching another."""
    groups: list[list[_Item]] = []
    for item in _items(placement):
        if groups and _joined(groups[-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(_doubt(group, placement.tokens) for group in groups)


def _items(placement: Placement) -> Iterator[_Item]:
    """What does not go together, in the order of the text."""
    others = [one for one in placement.others if _is_apart(one, placement.tokens)]
    k = 0
    for index, token in enumerate(placement.tokens):
        while k < len(others) and others[k].behind <= index:
            yield _Item((index, index), others[k].span, others[k].filler)
            k += 1
        if token.span is None or token.measures[0] < MISFIT:
            yield _Item((index, index + 1), token.span)
    end = len(placement.tokens)
    for other in others[k:]:
        yield _Item((end, end), other.span, other.filler)


def _is_apart(other: UntranscribedSpeech, placed: Sequence[PlacedPhones]) -> bool:
    """Whether speech without text is more than the sound of a word beside it."""
    if other.span.duration < SHORTEST and not other.filler:
        return False
    beside = placed[max(0, other.behind - 1) : other.behind + 1]
    loose = any(one.span and MISFIT <= one.measures[0] < LOOSE for one in beside)
    return not loose or other.span.duration >= BRIEF


def _joined(group: Sequence[_Item], item: _Item) -> bool:
    """Whether an item belongs to the doubt before it."""
    last = group[-1]
    apart = item.tokens[0] - last.tokens[1]
    if item.has_text or any(one.has_text for one in group):
        return apart <= ISLAND
    pause = BREATH if last.filler and item.filler else PAUSE
    return apart == 0 and bool(last.span and item.span and item.span.start - last.span.end <= pause)


def _doubt(group: Sequence[_Item], placed: Sequence[PlacedPhones]) -> Candidate:
    tokens = (group[0].tokens[0], group[-1].tokens[1])
    spans = [one.span for one in group if one.span]
    inside = [one.span for one in placed[slice(*tokens)] if one.span]
    if not spans and not inside:
        before = next((one.span.end for one in reversed(placed[: tokens[0]]) if one.span), 0.0)
        return Candidate(tokens, Span(before, before), 0.0)
    every = [*spans, *inside]
    whole = Span(min(one.start for one in every), max(one.end for one in every))
    return Candidate(tokens, whole, sum(one.duration for one in spans))
