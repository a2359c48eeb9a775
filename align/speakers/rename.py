"""The speakers of a result renamed and merged, and the current names for the transcript's labels. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from align.core.errors import UsageError
from align.core.types import NameProposal, Result, Turn
from align.speakers.assign import labels_of
from align.speakers.introductions import same_person
from align.speakers.label_check import conflict_in, conflict_reason
from align.transcript.speaker_names import is_name, tidy_name

SpokenTurns = Iterable[tuple[int, "str | None"]]
"""For tokens whose speaker is known: the turn, and the current name of the speaker."""


def speakers_of(result: Result) -> list[str]:
    """Everybody who speaks, in the order of appearance."""
    tokens = result.alignment.tokens
    return list(dict.fromkeys(token.speaker for token in tokens if token.speaker is not None))


def rename_speakers(result: Result, pairs: Sequence[tuple[str, str]]) -> Result:
    """The result after each (old name, new name), one after the other.

    Raises:
        UsageError: there is no such speaker, the new name cannot name one, or is another speaker's.
    """
    for old, new in pairs:
        name = tidy_name(new)
        if not is_name(name):
            raise UsageError(f'"{new}" cannot name a speaker; give a short name without punctuation')
        _check_speaker(result, old)
        if name != old and name in speakers_of(result):
            raise UsageError(
                f'there is already a speaker "{name}"; to merge the two, use --merge "{old}={name}"'
            )
        result = with_speaker_names(result, {old: name})
    return result


def merge_speakers(result: Result, pairs: Sequence[tuple[str, str]]) -> Result:
    """The result in which the second speaker of each pair also says what the first one says.

    Raises:
        UsageError: there is no such speaker.
    """
    for old, new in pairs:
        _check_speaker(result, old)
        _check_speaker(result, new)
        result = with_speaker_names(result, {old: new})
    return result


def _check_speaker(result: Result, name: str) -> None:
    names = speakers_of(result)
    if name not in names:
        listed = f"choose from {', '.join(names)}" if names else "the result names nobody"
        raise UsageError(f'there is no speaker "{name}"; {listed}')


def parse_pairs(arguments: Sequence[str], option: str) -> tuple[tuple[str, str], ...]:
    """The pairs of an option such as `--rename "Speaker 1=Bruce"`.

    Raises:
        UsageError: there is no "=" with something on both sides.
    """
    pairs = []
    for argument in arguments:
        old, _, new = (part.strip() for part in argument.rpartition("="))
        if not old or not new:
            raise UsageError(
                f'{option} "{argument}" does not name two speakers; write {option} "Speaker 1=Bruce"'
            )
        pairs.append((old, new))
    return tuple(pairs)


def with_speaker_names(result: Result, names: Mapping[str, str]) -> Result:
    """The result with some speakers renamed, all at once; two with the same new name become one.

    Turns keep their labels, which are the transcript's; `speaker_names` records whom they name now. Proposals
    say whether they are applied now. A wrong-speaker mismatch goes where label and voice get the same name.
    """

    def new(name: str | None) -> str | None:
        return None if name is None else names.get(name, name)

    tokens = tuple(replace(token, speaker=new(token.speaker)) for token in result.alignment.tokens)
    mismatches = []
    for mismatch in result.mismatches:
        conflict = conflict_in(mismatch)
        if conflict is not None and names.keys() & set(conflict):
            label, voice = (names.get(name, name) for name in conflict)
            if label == voice:
                continue
            # the other reasons are the evidence, which has the old names of both
            mismatch = replace(mismatch, reasons=(conflict_reason(label, voice),))
        mismatches.append(mismatch)
    return replace(
        result,
        alignment=replace(result.alignment, tokens=tokens),
        phrases=tuple(replace(phrase, speaker=new(phrase.speaker)) for phrase in result.phrases),
        mismatches=tuple(mismatches),
        speaker_names=updated_speaker_names(result, names),
        name_proposals=_renamed_proposals(result.name_proposals, names),
    )


def _renamed_proposals(
    proposals: Sequence[NameProposal], names: Mapping[str, str]
) -> tuple[NameProposal, ...]:
    """The proposals: applied are those whose voice got that name, or another spelling of it."""
    current = {proposal.voice: proposal.voice for proposal in proposals}
    current |= {proposal.voice: proposal.name for proposal in proposals if proposal.applied}
    renamed = []
    for proposal in proposals:
        name = names.get(current[proposal.voice])
        if name is not None and proposal.applied and same_person(proposal.name, name):
            proposal = replace(proposal, name=name)
        elif name is not None:
            proposal = replace(proposal, applied=proposal.name == name)
        renamed.append(proposal)
    return tuple(renamed)


def names_of_turns(
    turns: Sequence[Turn], spoken: SpokenTurns, speaker_names: Mapping[str, str]
) -> list[str | None]:
    """The current name for each turn's label, by the `speaker_names` of a result.

    A label that is also somebody's new name, after two people swapped names, is read as most of its known
    tokens are: the text may be older than the swap, or have the new names already.
    """
    labels = labels_of(turns)
    votes = Counter((labels[turn], speaker) for turn, speaker in spoken)
    names = [speaker_names.get(label) if label is not None else None for label in labels]
    return [
        label if name is None or votes[label, label] > votes[label, name] else name
        for label, name in zip(labels, names, strict=True)
    ]


def names_in_result(result: Result) -> list[str | None]:
    """The current name for each label of a result's own turns."""
    spoken = ((token.token.turn, token.speaker) for token in result.alignment.tokens)
    return names_of_turns(result.turns, spoken, dict(result.speaker_names))


def updated_speaker_names(result: Result, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The `speaker_names` of a result after renaming, all at once, by `names` from current to new name."""
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
