"""The tokens of a changed text: their times, between those of unchanged neighbours, and their speakers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.alignment.confidence import scores
from align.alignment.lattice import Penalties
from align.alignment.parameters import DEFAULTS
from align.alignment.phone_aligner import place_by_phones, timed_tokens
from align.alignment.placement import NOWHERE, PlacedPhones, Placement
from align.alignment.text_diff import Change
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Result, Span, TimedToken, Token, Turn
from align.pronounce.phones import Reading
from align.speakers.rename import names_in_result, names_of_turns
from align.transcript.text_breaks import NO_BREAKS, TextBreaks


@dataclass(frozen=True, slots=True)
class Realigned:
    """A change whose tokens have been searched for.

    Attributes:
        placement: of the change's own tokens, counted from its first one, as the search found them;
            untranscribed speech is that in its room alone.
        placed: the same tokens inside the room, NOWHERE without a place in it.
        scores: of each token.
    """

    change: Change
    placement: Placement
    placed: tuple[PlacedPhones, ...]
    scores: tuple[float, ...]

    @property
    def squeezed(self) -> tuple[int, ...]:
        """Tokens that the search found only in the sound that an unchanged neighbour keeps."""
        pairs = enumerate(zip(self.placement.tokens, self.placed, strict=True), self.change.tokens[0])
        return tuple(k for k, (token, placed) in pairs if token.span and placed.span is None)


def frames(span: Span) -> tuple[int, int]:
    """The half-open range of frames in a span."""
    return round(span.start / FRAME), round(span.end / FRAME)


def clipped(span: Span, room: Span) -> Span:
    """The part of a span inside the room, or the nearest moment of the room."""
    return Span(min(max(span.start, room.start), room.end), min(max(span.end, room.start), room.end))


def realign_change(
    change: Change,
    posteriors: Posteriors,
    readings: Sequence[Sequence[Reading]],
    head: PhoneHead,
    penalties: Penalties,
    breaks: TextBreaks = NO_BREAKS,
) -> Realigned:
    """Search for the tokens of a change together with the unchanged ones around them.

    Args:
        posteriors: of the whole recording, shape (T, P); only those of the change's sound are read.
        readings: of each token of the text.
        breaks: where the text is likely to pause, and where not.
    """
    (begin, end), (first, last), room = change.around, change.tokens, change.room
    first_frame, last_frame = frames(change.sound)
    offset = first_frame * FRAME

    def shifted(span: Span) -> Span:
        return Span(span.start + offset, span.end + offset)

    placement = place_by_phones(
        posteriors[first_frame:last_frame], readings[begin:end], head, penalties, breaks.of(range(begin, end))
    )
    own = tuple(
        replace(token, span=shifted(token.span)) if token.span else token
        for token in placement.tokens[first - begin : last - begin]
    )
    untranscribed = tuple(
        replace(speech, span=clipped(shifted(speech.span), room), behind=speech.behind + begin - first)
        for speech in placement.others
        if first <= speech.behind + begin <= last
    )
    placed = list(own)
    for k, token in enumerate(own):
        inside = clipped(token.span, room) if token.span else None
        if token.span and inside and inside != token.span:
            enough = inside.duration >= DEFAULTS.realign_share * token.span.duration
            placed[k] = replace(token, span=inside) if enough else NOWHERE
    own_scores = scores(placement.tokens, head.calibration)[first - begin : last - begin]
    return Realigned(change, Placement(own, untranscribed), tuple(placed), tuple(own_scores))


def realigned_tokens(
    realigned: Realigned, tokens: Sequence[Token], kept: Sequence[Span | None], unspoken: frozenset[int]
) -> tuple[TimedToken, ...]:
    """The tokens of a change with their times, between their neighbours' and in order.

    Args:
        tokens: of the whole text.
        kept: their times where they keep them.
        unspoken: tokens of the change that are not said.
    """
    begin, end = realigned.change.around
    own = slice(realigned.change.tokens[0] - begin, realigned.change.tokens[1] - begin)
    placed = [PlacedPhones(span, 0, ()) for span in kept[begin:end]]
    placed[own] = realigned.placed
    all_scores = [0.0] * (end - begin)
    all_scores[own] = [
        score if token.span else 0.0 for token, score in zip(realigned.placed, realigned.scores, strict=True)
    ]
    spoken = [k for k in range(end - begin) if k + begin not in unspoken]
    timed = timed_tokens(
        tokens[begin:end],
        spoken,
        [placed[k] for k in spoken],
        [all_scores[k] for k in spoken],
        realigned.change.room.end,
    )
    return timed[own]


def realign_speakers(
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    old: Result,
    origin: Sequence[int | None],
    steady: Sequence[bool],
) -> tuple[TimedToken, ...]:
    """The tokens with their speakers: as before unless the label was changed; a new token has its label's.

    Renamed speakers have their new names, even if the text has the old ones. Without labels a new token has
    the speaker of the old token that is nearest in time.

    Args:
        origin: for each token its index in the old text, None for a new one.
        steady: whether it keeps its time.
    """
    known = (
        (token.token.turn, token.speaker)
        for token, k, keeps_time in zip(timed, origin, steady, strict=True)
        if keeps_time and k is not None
    )
    names, old_names = names_of_turns(turns, known, dict(old.speaker_names)), names_in_result(old)
    starts = sorted((token.span.start, token.speaker or "") for token in old.alignment.tokens if token.span)
    labelled: list[TimedToken] = []
    for token, k, keeps_time in zip(timed, origin, steady, strict=True):
        name = names[token.token.turn]
        if keeps_time and k is not None and name in (None, old_names[old.alignment.tokens[k].token.turn]):
            labelled.append(token)
            continue
        if name is None:
            span = token.span or next((last.span for last in reversed(labelled) if last.span), Span(0, 0))
            name = _nearest_speaker(starts, span.start)
        labelled.append(replace(token, speaker=name))
    return tuple(labelled)


def _nearest_speaker(starts: Sequence[tuple[float, str]], time: float) -> str | None:
    k = bisect_left(starts, (time, ""))
    beside = starts[max(0, k - 1) : k + 1]
    return min(beside, key=lambda pair: abs(pair[0] - time), default=(0.0, ""))[1] or None
