"""The speakers of tokens after a change of the text. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Result, Span, TimedToken, Turn
from align.speakers.rename import names_in_result, names_of_turns


def realign_speakers(
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    old: Result,
    origin: Sequence[int | None],
    steady: Sequence[bool],
) -> tuple[TimedToken, ...]:
    """The tokens with their speakers: as before, unless the label was changed; a new token takes its label's.

    Renamed speakers have their new names, whether the text has those or the old ones. Without labels a new
    token takes the speaker of the old token that is nearest in time.

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
            span = token.span or next((one.span for one in reversed(labelled) if one.span), Span(0, 0))
            name = _nearest_speaker(starts, span.start)
        labelled.append(replace(token, speaker=name))
    return tuple(labelled)


def _nearest_speaker(starts: Sequence[tuple[float, str]], time: float) -> str | None:
    k = bisect_left(starts, (time, ""))
    beside = starts[max(0, k - 1) : k + 1]
    return min(beside, key=lambda pair: abs(pair[0] - time), default=(0.0, ""))[1] or None
