"""Speakers of a result listed, renamed and merged. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.core.errors import UsageError
from align.core.types import Mismatch, NameProposal, Result
from align.speakers.introductions import same_person
from align.speakers.label_conflict import conflict_in, conflict_reason
from align.speakers.renamed import remembered
from align.transcript.speaker_names import is_name, tidy_name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks.

    Attributes:
        stretches: how often he begins to speak.
        tokens: that he says.
        seconds: of them that are placed.
        first: when he is first heard, None where none of his tokens is placed.
    """

    name: str
    stretches: int
    tokens: int
    seconds: float
    first: float | None


def speakers_in(result: Result) -> tuple[Speaker, ...]:
    """Everybody who speaks, in the order of appearance."""
    tokens = result.alignment.tokens
    starts = [name for name, _ in groupby(one.speaker for one in tokens)]
    found = []
    for name in dict.fromkeys(one.speaker for one in tokens):
        if name is not None:
            own = [one for one in tokens if one.speaker == name]
            spans = [one.span for one in own if one.span]
            seconds = sum(span.duration for span in spans)
            first = min((span.start for span in spans), default=None)
            found.append(Speaker(name, starts.count(name), len(own), seconds, first))
    return tuple(found)


def renamed(result: Result, pairs: Sequence[tuple[str, str]]) -> Result:
    """The result in which each first name of a pair is the second; one after the other.

    Raises:
        UsageError: nobody is called so, the new name is none, or somebody else has it.
    """
    for old, new in pairs:
        name = tidy_name(new)
        if not is_name(name):
            raise UsageError(f'"{new}" cannot name a speaker; give a short name without punctuation')
        _check_known(result, old)
        if name != old and name in _names(result):
            raise UsageError(f'"{name}" speaks already; to make one of both, use --merge "{old}={name}"')
        result = called(result, {old: name})
    return result


def merged(result: Result, pairs: Sequence[tuple[str, str]]) -> Result:
    """The result in which what the first of each pair says is said by the second.

    Raises:
        UsageError: nobody is called so.
    """
    for old, new in pairs:
        _check_known(result, old)
        _check_known(result, new)
        result = called(result, {old: new})
    return result


def called(result: Result, names: Mapping[str, str]) -> Result:
    """The result with other names in the place of some, all at once; two that are then the same are one.

    Turns keep their labels, which are the transcript's; `speaker_names` remembers whom they name now.
    Proposals say whether they are applied now, and a label is no longer doubted where the voice is that of
    the same person.
    """

    def new(name: str | None) -> str | None:
        return None if name is None else names.get(name, name)

    tokens = tuple(replace(one, speaker=new(one.speaker)) for one in result.alignment.tokens)
    mismatches = (_still_doubted(one, names) for one in result.mismatches)
    current = {one.voice: one.name for one in result.name_proposals if one.applied}
    voices = {one.voice: current.get(one.voice, one.voice) for one in result.name_proposals}
    return replace(
        result,
        alignment=replace(result.alignment, tokens=tokens),
        phrases=tuple(replace(one, speaker=new(one.speaker)) for one in result.phrases),
        mismatches=tuple(one for one in mismatches if one is not None),
        speaker_names=remembered(result, names),
        name_proposals=tuple(
            _called(one, names[voices[one.voice]]) if voices[one.voice] in names else one
            for one in result.name_proposals
        ),
    )


def _still_doubted(one: Mismatch, names: Mapping[str, str]) -> Mismatch | None:
    """A mismatch with the new names, None where label and voice have one name now."""
    conflict = conflict_in(one)
    if conflict is None or not names.keys() & set(conflict):
        return one
    label, voice = (names.get(name, name) for name in conflict)
    if label == voice:
        return None
    # The other reasons are the evidence, which calls both by the names that they had.
    return replace(one, reasons=(conflict_reason(label, voice),))


def pairs_of(given: Sequence[str], option: str) -> tuple[tuple[str, str], ...]:
    """The pairs that an option such as `--rename "Speaker 1=Bruce"` asks for.

    Raises:
        UsageError: there is no "=" with something on both sides.
    """
    pairs = []
    for one in given:
        old, _, new = (part.strip() for part in one.rpartition("="))
        if not old or not new:
            raise UsageError(f'{option} "{one}" names no two speakers; write {option} "Speaker 1=Bruce"')
        pairs.append((old, new))
    return tuple(pairs)


def _names(result: Result) -> list[str]:
    return list(dict.fromkeys(one.speaker for one in result.alignment.tokens if one.speaker is not None))


def _check_known(result: Result, name: str) -> None:
    names = _names(result)
    if name not in names:
        told = ", ".join(names) or "nobody, since no speakers were told apart"
        raise UsageError(f'nobody is called "{name}"; there are: {told}')


def _called(proposal: NameProposal, name: str) -> NameProposal:
    """A proposal after its voice got a name: applied where it is that name, or another spelling of it."""
    if proposal.applied and same_person(proposal.name, name):
        return replace(proposal, name=name)
    return replace(proposal, applied=proposal.name == name)
