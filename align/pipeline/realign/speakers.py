"""Who says what after the text was changed in some places. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Result, Span, TimedToken, Turn
from align.speakers.renamed import people, people_in


def speakers_again(
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    old: Result,
    origin: Sequence[int | None],
    steady: Sequence[bool],
) -> tuple[TimedToken, ...]:
    """The tokens with their speakers: as before, unless the label was changed; a new one goes by its label.

    Whoever was renamed is called by his new name, whether the text has that or the old one.
    Without labels a new token is said by whoever says the old one that is next to it in time.

    Args:
        origin: for each token the old one that it is, None for a new one.
        steady: whether it keeps its time.
    """
    known = (
        (one.token.turn, one.speaker)
        for one, k, same in zip(timed, origin, steady, strict=True)
        if same and k is not None
    )
    names, former = people(turns, known, dict(old.speaker_names)), people_in(old)
    clock = sorted((one.span.start, one.speaker or "") for one in old.alignment.tokens if one.span)
    done: list[TimedToken] = []
    for one, k, same in zip(timed, origin, steady, strict=True):
        name = names[one.token.turn]
        if same and k is not None and name in (None, former[old.alignment.tokens[k].token.turn]):
            done.append(one)
        elif name is not None:
            done.append(replace(one, speaker=name))
        else:
            moment = one.span or next((each.span for each in reversed(done) if each.span), Span(0, 0))
            done.append(replace(one, speaker=_nearest(clock, moment.start)))
    return tuple(done)


def _nearest(clock: Sequence[tuple[float, str]], moment: float) -> str | None:
    """Who says the token whose start is nearest."""
    k = bisect_left(clock, (moment, ""))
    beside = clock[max(0, k - 1) : k + 1]
    return min(beside, key=lambda pair: abs(pair[0] - moment), default=(0.0, ""))[1] or None
