"""A changed stretch of text placed in the sound that its unchanged neighbours leave it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from align.alignment.confidence import scores
from align.alignment.finish import timed_tokens
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import NOWHERE, PlacedPhones, Placement, place_by_phones
from align.alignment.text_diff import Change
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Span, TimedToken, Token
from align.pronounce.phones import Reading

LEFT = 0.5
"""Share of its sound that a token must keep inside the room of its change, to be placed there at all."""


@dataclass(frozen=True, slots=True)
class Realigned:
    """What the search made of a change.

    Attributes:
        placement: of the change's own tokens, counted from its first one, as they were found; other speech
            is that in its room alone.
        placed: the same tokens inside the room; those that it has no place for are nowhere.
        scores: of each of them.
    """

    change: Change
    placement: Placement
    placed: tuple[PlacedPhones, ...]
    scores: tuple[float, ...]

    @property
    def crowded(self) -> tuple[int, ...]:
        """Tokens that were found where an unchanged neighbour keeps the sound."""
        pairs = zip(self.placement.tokens, self.placed, strict=True)
        lost = [found.span is not None and left.span is None for found, left in pairs]
        return tuple(self.change.tokens[0] + k for k, one in enumerate(lost) if one)


def frames(span: Span) -> tuple[int, int]:
    """The half-open range of frames in a stretch of sound."""
    return round(span.start / FRAME), round(span.end / FRAME)


def place_again(
    change: Change,
    posteriors: Posteriors,
    readings: Sequence[Sequence[Reading]],
    head: PhoneHead,
    prices: Penalties,
    pauses: Collection[int] = frozenset(),
) -> Realigned:
    """Search for the tokens of a change together with the unchanged ones around them.

    Args:
        posteriors: of the whole recording, shape (T, P); only those in the change's sound are looked at.
        readings: of each token of the text.
        pauses: tokens before which the text has a pause.
    """
    begin, end = change.around
    first, last = change.tokens
    start = frames(change.sound)[0]
    heard, parted = posteriors[slice(*frames(change.sound))], {k - begin for k in pauses if k > begin}
    found = place_by_phones(heard, readings[begin:end], head, prices, parted)
    own = tuple(_later(one, start * FRAME) for one in found.tokens[first - begin : last - begin])
    others = tuple(
        replace(
            one,
            span=clipped(_shifted(one.span, start * FRAME), change.room),
            behind=one.behind + begin - first,
        )
        for one in found.others
        if first <= one.behind + begin <= last
    )
    sure = scores(found.tokens, head.calibration)[first - begin : last - begin]
    return Realigned(
        change, Placement(own, others), tuple(_inside(one, change.room) for one in own), tuple(sure)
    )


def timed_again(
    again: Realigned, tokens: Sequence[Token], kept: Sequence[Span | None], absent: frozenset[int]
) -> tuple[TimedToken, ...]:
    """The tokens of a change with their times, between their neighbours' and in order.

    Args:
        tokens: of the whole text.
        kept: their times where they keep them.
        absent: those of the change that nobody says.
    """
    begin, end = again.change.around
    first, last = again.change.tokens
    placed = [PlacedPhones(kept[k], 0, ()) for k in range(begin, end)]
    placed[first - begin : last - begin] = again.placed
    sure = [0.0] * (end - begin)
    sure[first - begin : last - begin] = [
        value if one.span else 0.0 for one, value in zip(again.placed, again.scores, strict=True)
    ]
    spoken = [k for k in range(end - begin) if k + begin not in absent]
    timed = timed_tokens(
        tokens[begin:end],
        spoken,
        [placed[k] for k in spoken],
        [sure[k] for k in spoken],
        again.change.room.end,
    )
    return timed[first - begin : last - begin]


def _later(one: PlacedPhones, seconds: float) -> PlacedPhones:
    return replace(one, span=_shifted(one.span, seconds)) if one.span else one


def _shifted(span: Span, seconds: float) -> Span:
    return Span(span.start + seconds, span.end + seconds)


def clipped(span: Span, room: Span) -> Span:
    """What of a span lies in the room, or the nearest moment of it."""
    start, end = (min(max(edge, room.start), room.end) for edge in (span.start, span.end))
    return Span(start, end)


def _inside(one: PlacedPhones, room: Span) -> PlacedPhones:
    if one.span is None:
        return one
    span = clipped(one.span, room)
    if span == one.span:
        return one
    return replace(one, span=span) if span.duration >= LEFT * one.span.duration else NOWHERE
