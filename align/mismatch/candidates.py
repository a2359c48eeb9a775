"""Where text and audio may disagree, by the phones alone.

A candidate is a place to check; `align.mismatch.classify` sets its kind, and `align.mismatch.find` turns it
into a mismatch with a severity.
"""

from __future__ import annotations

from dataclasses import dataclass

from align.alignment.phone_aligner import Placement
from align.core.types import HeardWord, MismatchKind, Span
from align.mismatch.parameters import DEFAULTS, MismatchParameters


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place at which text and audio may disagree.

    Attributes:
        tokens: half-open range; empty for untranscribed speech, and then where its text would stand.
        span: in the audio; without sound, the moment at which the text would have come.
        untranscribed: seconds of speech in it that fit no token.
        kind: None before it is classified, and for one that turned out to be no mismatch.
        heard: the words recognized in it.
        similarity: of the sounds of text and recognition, 0 to 100.
    """

    tokens: tuple[int, int]
    span: Span
    untranscribed: float
    kind: MismatchKind | None = None
    heard: tuple[HeardWord, ...] = ()
    similarity: float = 0.0

    @property
    def count(self) -> int:
        """Tokens concerned."""
        return self.tokens[1] - self.tokens[0]

    @property
    def unspoken(self) -> bool:
        """Whether its text is not said in its place."""
        return self.kind in (MismatchKind.UNSPOKEN, MismatchKind.MOVED)


@dataclass(frozen=True, slots=True)
class _Item:
    """A token that does not fit, or a stretch of untranscribed speech; `span` None for no sound."""

    first: int
    end: int
    span: Span | None
    filler: bool = False


def find_candidates(
    placement: Placement, *, parameters: MismatchParameters = DEFAULTS
) -> tuple[Candidate, ...]:
    """All candidates, in the order of the text, none touching another."""
    tokens = placement.tokens
    items = [
        _Item(k, k + 1, token.span)
        for k, token in enumerate(tokens)
        if token.span is None or token.measures[0] < parameters.min_fit
    ]
    for other in placement.others:
        beside = tokens[max(0, other.behind - 1) : other.behind + 1]
        loose = any(
            token.span and parameters.min_fit <= token.measures[0] < parameters.min_loose_fit
            for token in beside
        )
        shortest = 0.0 if other.filler else parameters.min_speech
        if other.span.duration >= (max(shortest, parameters.min_syllable) if loose else shortest):
            items.append(_Item(other.behind, other.behind, other.span, other.filler))
    items.sort(key=lambda item: (item.first, item.end))
    groups: list[list[_Item]] = []
    for item in items:
        if groups and _same_candidate(groups[-1], item, parameters):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(_candidate(group, placement) for group in groups)


def _same_candidate(group: list[_Item], item: _Item, parameters: MismatchParameters) -> bool:
    """Whether an item belongs to the candidate of the items before it."""
    last = group[-1]
    distance = item.first - last.end
    if any(each.end > each.first for each in (*group, item)):
        return distance <= parameters.chance_tokens
    pause = parameters.max_filler_pause if last.filler and item.filler else parameters.max_pause
    return distance == 0 and bool(last.span and item.span and item.span.start - last.span.end <= pause)


def _candidate(group: list[_Item], placement: Placement) -> Candidate:
    first, end = group[0].first, group[-1].end
    spans = [item.span for item in group if item.span]
    all_spans = [*spans, *(token.span for token in placement.tokens[first:end] if token.span)]
    if not all_spans:
        before = next((token.span.end for token in reversed(placement.tokens[:first]) if token.span), 0.0)
        return Candidate((first, end), Span(before, before), 0.0)
    whole = Span(min(span.start for span in all_spans), max(span.end for span in all_spans))
    return Candidate((first, end), whole, sum(span.duration for span in spans))
