"""The speakers of a result: list, rename and merge them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.core.errors import UsageError
from align.core.types import Mismatch, NameProposal, Result
from align.speakers.introductions import same_person
from align.speakers.label_check import conflict_in, conflict_reason
from align.speakers.renamed import updated_speaker_names
from align.transcript.speaker_names import is_name, tidy_name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks.

    Attributes:
        stretches: how often this person begins to speak.
        tokens: how many this person says.
        seconds: of those that are placed.
        first: seconds of the first one, None where none is placed.
    """

    name: str
    stretches: int
    tokens: int
    seconds: float
    first: float | None


def speakers_in(result: Result) -> tuple[Speaker, ...]:
    """Everybody who speaks, in the order of appearance."""
    tokens = result.alignment.tokens
    stretches = [name for name, _ in groupby(token.speaker for token in tokens)]
    speakers = []
    for name in _names(result):
        own = [token for token in tokens if token.speaker == name]
        spans = [token.span for token in own if token.span]
        seconds = sum(span.duration for span in spans)
        first = min((span.start for span in spans), default=None)
        speakers.append(Speaker(name, stretches.count(name), len(own), seconds, first))
    return tuple(speakers)


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
        if name != old and name in _names(result):
            raise UsageError(f'"{name}" speaks already; to make one of both, use --merge "{old}={name}"')
        result = with_speaker_names(result, {old: name})
    return result


def merge_speakers(result: Result, pairs: Sequence[tuple[str, str]]) -> Result:
    """The result in which what the first speaker of each pair says is said by the second.

    Raises:
        UsageError: there is no such speaker.
    """
    for old, new in pairs:
        _check_speaker(result, old)
        _check_speaker(result, new)
        result = with_speaker_names(result, {old: new})
    return result


def with_speaker_names(result: Result, names: Mapping[str, str]) -> Result:
    """The result with some speakers renamed, all at once; two with the same new name become one.

    Turns keep their labels, which are the transcript's; `speaker_names` records whom they name now. Proposals
    say whether they are applied now; a wrong-speaker mismatch goes where label and voice have one name now.
    """

    def new(name: str | None) -> str | None:
        return None if name is None else names.get(name, name)

    tokens = tuple(replace(token, speaker=new(token.speaker)) for token in result.alignment.tokens)
    mismatches = (_renamed_mismatch(mismatch, names) for mismatch in result.mismatches)
    return replace(
        result,
        alignment=replace(result.alignment, tokens=tokens),
        phrases=tuple(replace(phrase, speaker=new(phrase.speaker)) for phrase in result.phrases),
        mismatches=tuple(mismatch for mismatch in mismatches if mismatch is not None),
        speaker_names=updated_speaker_names(result, names),
        name_proposals=_renamed_proposals(result.name_proposals, names),
    )


def _renamed_mismatch(mismatch: Mismatch, names: Mapping[str, str]) -> Mismatch | None:
    """A mismatch with the new names, None where label and voice have one name now."""
    conflict = conflict_in(mismatch)
    if conflict is None or not names.keys() & set(conflict):
        return mismatch
    label, voice = (names.get(name, name) for name in conflict)
    if label == voice:
        return None
    # the other reasons are the evidence, which has the old names of both
    return replace(mismatch, reasons=(conflict_reason(label, voice),))


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


def parse_pairs(arguments: Sequence[str], option: str) -> tuple[tuple[str, str], ...]:
    """The pairs of an option such as `--rename "Speaker 1=Bruce"`.

    Raises:
        UsageError: there is no "=" with something on both sides.
    """
    pairs = []
    for argument in arguments:
        old, _, new = (part.strip() for part in argument.rpartition("="))
        if not old or not new:
            raise UsageError(f'{option} "{argument}" names no two speakers; write {option} "Speaker 1=Bruce"')
        pairs.append((old, new))
    return tuple(pairs)


def _names(result: Result) -> list[str]:
    return list(
        dict.fromkeys(token.speaker for token in result.alignment.tokens if token.speaker is not None)
    )


def _check_speaker(result: Result, name: str) -> None:
    names = _names(result)
    if name not in names:
        listed = ", ".join(names) or "nobody, since no speakers were told apart"
        raise UsageError(f'nobody is called "{name}"; there are: {listed}')
