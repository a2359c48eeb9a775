"""The current names for the labels of a transcript, after speakers were renamed or merged. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from align.core.types import Result, Turn

SpokenTurns = Iterable[tuple[int, "str | None"]]
"""For tokens whose speaker is known: the turn, and the current name of the speaker."""


def names_of_turns(
    turns: Sequence[Turn], spoken: SpokenTurns, speaker_names: Mapping[str, str]
) -> list[str | None]:
    """The current name for each turn's label; an unlabelled turn continues the one before.

    A label that is also somebody's new name, after two people swapped names, is read as most of its known
    tokens are: the text may be older than the swap, or have the new names already.

    Args:
        speaker_names: as a result has them.
    """
    labels: list[str | None] = []
    for turn in turns:
        labels.append(turn.speaker or (labels[-1] if labels else None))
    votes = Counter((labels[turn], speaker) for turn, speaker in spoken)

    names = [speaker_names.get(label) if label is not None else None for label in labels]
    return [
        label if name is None or votes[label, label] > votes[label, name] else name
        for label, name in zip(labels, names, strict=True)
    ]


def names_in_result(result: Result) -> list[str | None]:
    """The same for a result's own turns."""
    spoken = ((token.token.turn, token.speaker) for token in result.alignment.tokens)
    return names_of_turns(result.turns, spoken, dict(result.speaker_names))


def updated_speaker_names(result: Result, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The `speaker_names` of a result after some speakers get new names, all at once.

    Args:
        names: from current to new name.
    """
    labels = {turn.speaker: name for turn, name in zip(result.turns, names_in_result(result), strict=True)}
    known = {label: labels.get(label) or name for label, name in result.speaker_names}
    speakers = {token.speaker for token in result.alignment.tokens}
    first_names = [*names, *(new for new in names.values() if new in speakers)]
    for name in first_names:  # by the run, unless an earlier change gave it
        if name in labels or name not in known.values():
            known.setdefault(name, name)
    after = {label: names.get(name, name) for label, name in known.items()}
    shared = Counter(after.values())
    return tuple((label, name) for label, name in after.items() if label != name or shared[name] > 1)
