"""Which name is shown for each label of the transcript, once people were renamed or merged. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from align.core.types import Result, Turn

Shown = Iterable[tuple[int, "str | None"]]
"""Tokens whose speaker is known: the turn of each, and who says it by the name that is shown."""


def people(turns: Sequence[Turn], shown: Shown, speaker_names: Mapping[str, str]) -> list[str | None]:
    """Whom each turn's label names, as he is called now; an unlabelled turn goes on with the one before.

    A label that is somebody's new name as well, after two people changed names, is read as most of its tokens
    that are known have it: the text may be older than the change, or have the new names already.

    Args:
        speaker_names: as a result has them.
    """
    labels: list[str | None] = []
    for turn in turns:
        labels.append(turn.speaker or (labels[-1] if labels else None))
    votes = Counter((labels[turn], speaker) for turn, speaker in shown)

    def person(label: str | None) -> str | None:
        now = speaker_names.get(label) if label is not None else None
        return label if now is None or votes[label, label] > votes[label, now] else now

    return [person(label) for label in labels]


def people_in(result: Result) -> list[str | None]:
    """The same for a result's own turns."""
    shown = ((one.token.turn, one.speaker) for one in result.alignment.tokens)
    return people(result.turns, shown, dict(result.speaker_names))


def remembered(result: Result, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The `speaker_names` of a result after some people get other names, all at once.

    Args:
        names: from the name that is shown to the new one.
    """
    labels = {turn.speaker: now for turn, now in zip(result.turns, people_in(result), strict=True)}
    known = {label: labels.get(label) or now for label, now in result.speaker_names}
    speakers = {one.speaker for one in result.alignment.tokens}
    first_names = [*names, *(new for new in names.values() if new in speakers)]
    for name in first_names:  # what the run called him, unless he is called so by an earlier change
        if name in labels or name not in known.values():
            known.setdefault(name, name)
    after = {label: names.get(now, now) for label, now in known.items()}
    shared = Counter(after.values())
    return tuple((label, now) for label, now in after.items() if label != now or shared[now] > 1)
