"""The decisions that a request comes to. Pure.

request, result, decisions that hold --decide--> new decisions, or a sentence why not
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

import msgspec

from align.core.types import MismatchKind, Result
from align.mismatch.entries import Entry
from align.mismatch.find import text_of
from align.review.decisions.accept_heard import taken
from align.review.decisions.cues import allowed, with_cues
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    Renamed,
    ReviewedResult,
    Reworded,
    Rewording,
    Translated,
    Withdrawn,
    in_effect,
    settled_by,
)
from align.review.decisions.find_all import places_of
from align.review.decisions.request import (
    Batch,
    EditText,
    Everywhere,
    Judge,
    Label,
    MoveCue,
    Rename,
    Request,
    Reword,
    Take,
    Translate,
    Withdraw,
)
from align.review.decisions.text_edits import insertion, overlaps
from align.speakers.label_check import conflict_in
from align.subtitles.frames import FrameRate
from align.subtitles.layout import plain

LONGEST = 5000
"""Characters of a text that a reviewer may write; more is no mistake in a transcript."""


class RefusedError(ValueError):
    """What was asked for cannot be done; the message is a sentence for the reviewer."""


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """What decisions are made from.

    Attributes:
        held: the decisions that hold and have a place.
        revision: of the event that the decisions will be; their ids have it.
        fps: of the video.
        lost: ids of those that have no place; they can be taken back.
    """

    looked: ReviewedResult
    held: tuple[Decision, ...]
    revision: int
    fps: FrameRate
    lost: frozenset[str] = frozenset()
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def result(self) -> Result:
        """What is looked at."""
        return self.looked.result

    def new_id(self) -> str:
        """An id for the next decision."""
        return f"d{self.revision}-{next(self._numbers)}"

    def entry(self, mismatch: str) -> Entry:
        """The mismatch of that id."""
        found = self.looked.entries.get(mismatch)
        if found is None:
            raise RefusedError("There is no such place any more; load the page again.")
        return found

    def name_of(self, speaker: str) -> str:
        """What a speaker of the result is called by the decisions that hold."""
        names = {one.old: one.new for one in self.held if isinstance(one, Renamed)}
        return names.get(speaker, speaker)


def decide(request: Request, desk: DecisionContext) -> tuple[str, tuple[Decision, ...]]:
    """A few words about a request, and its decisions, each with the hash of the text that it is for.

    Raises:
        RefusedError: it cannot be done.
    """
    about, made = _ANSWERS[type(request)](request, desk)
    decisions = tuple(_marked(one, desk) for one in made)
    if not decisions:
        raise RefusedError("There is nothing to decide: no place is like that.")
    _check_apart(decisions, desk)
    return about, decisions


def _marked(one: Decision, desk: DecisionContext) -> Decision:
    touches = desk.looked.touches(one)
    if touches is None:
        raise RefusedError("There is no such place any more; load the page again.")
    return msgspec.structs.replace(one, touches=touches)


def _check_apart(decisions: Sequence[Decision], desk: DecisionContext) -> None:
    """Refuse words for a place that has other new words already."""
    held = in_effect((*desk.held, *decisions))
    edits = sorted(
        (edit for one in held if isinstance(one, Reworded) for edit in one.edits),
        key=lambda edit: edit.tokens,
    )
    widest = edits[0] if edits else None
    for edit in edits[1:]:
        assert widest is not None
        if overlaps(widest, edit):
            raise RefusedError(
                "A part of this text has other words already; take that decision back first, or change it."
            )
        widest = max(widest, edit, key=lambda each: each.end)


# At a mismatch


def _judge(request: Judge, desk: DecisionContext) -> tuple[str, list[Decision]]:
    desk.entry(request.mismatch)
    about = "keep written" if request.choice == "keep" else "fine as it is"
    return about, [Judged(desk.new_id(), "", request.mismatch, request.choice)]


def _take(request: Take, desk: DecisionContext) -> tuple[str, list[Decision]]:
    return "take heard", [taking(desk.entry(request.mismatch), desk)]


def taking(entry: Entry, desk: DecisionContext) -> Decision:
    """The decision that what was heard at a mismatch is right.

    Raises:
        RefusedError: there is nothing that was heard.
    """
    mismatch, settles = entry.mismatch, (entry.id,)
    kind, tokens, timed = mismatch.kind, mismatch.tokens, desk.result.alignment.tokens
    if kind is MismatchKind.SPEAKER:
        conflict = conflict_in(mismatch)
        if conflict is None:
            raise RefusedError("It is not known whose voice this is; choose who speaks.")
        return Labelled(desk.new_id(), "", tokens, conflict[1], settles)
    if kind is MismatchKind.TIMING:
        raise RefusedError(
            "Nothing else was heard here; it is about the time. Mark it as fine, or move its cue."
        )
    if kind is MismatchKind.MOVED:
        moment = mismatch.span.start
        place = next((k for k, one in enumerate(timed) if one.span and one.span.start >= moment), len(timed))
        put = insertion(timed, place, text_of(timed, tokens, desk.result.turns), moment)
        return Reworded(desk.new_id(), "", "take", (Rewording(*tokens, ""), put), settles)
    heard = plain(mismatch.heard)
    if not heard and kind is not MismatchKind.UNSPOKEN:
        raise RefusedError("No word was recognised here; listen, and write what is said (3).")
    edit = _instead(entry, taken(text_of(timed, tokens, desk.result.turns), heard), desk)
    return Reworded(desk.new_id(), "", "take", (edit,), settles)


def _instead(entry: Entry, text: str, desk: DecisionContext) -> Rewording:
    """Text in the place of what is written at a mismatch, or put in where nothing is."""
    first, end = entry.mismatch.tokens
    if first < end:
        return Rewording(first, end, text)
    span = entry.mismatch.span
    return insertion(desk.result.alignment.tokens, first, text, (span.start + span.end) / 2)


def _edit(request: EditText, desk: DecisionContext) -> tuple[str, list[Decision]]:
    entry, text = desk.entry(request.mismatch), _text(request.text)
    if not text and entry.mismatch.tokens[0] == entry.mismatch.tokens[1]:
        raise RefusedError("Nothing is written here, and nothing would be put in; mark it as fine (4).")
    return "edit", [Reworded(desk.new_id(), "", "edit", (_instead(entry, text, desk),), (entry.id,))]


def _batch(request: Batch, desk: DecisionContext) -> tuple[str, list[Decision]]:
    settled = {each for one in desk.held for each in settled_by(one)}
    made: list[Decision] = []
    for entry in desk.looked.entries.values():
        wanted = request.speaker is None or desk.name_of(entry.speaker or "") == request.speaker
        if entry.mismatch.kind is not request.mismatch or entry.id in settled or not wanted:
            continue
        if request.choice == "take":
            try:
                made.append(taking(entry, desk))
            except RefusedError:
                continue  # it has nothing to take, and stays open
        else:
            made.append(Judged(desk.new_id(), "", entry.id, request.choice))
    words = {"keep": "keep written", "take": "take heard", "fine": "fine as it is"}[request.choice]
    whose = f" of {request.speaker}" if request.speaker else ""
    return f"{words}: all of “{request.mismatch.value}”{whose}", made


# In the text


def _reword(request: Reword, desk: DecisionContext) -> tuple[str, list[Decision]]:
    """The text that a reviewer has seen holds the words of earlier decisions, which this one replaces."""
    first, end = _range(request.tokens, desk)
    if first == end:
        raise RefusedError("Choose the words that are to be others.")
    return "edit text", _replacing(Rewording(first, end, _text(request.text), marks=True), desk)


def _replacing(edit: Rewording, desk: DecisionContext) -> list[Decision]:
    """An edit, without the earlier ones inside of it; it settles what they did, and every mismatch in it."""
    inside = [
        one
        for one in desk.held
        if isinstance(one, Reworded)
        and all(edit.first <= each.first and each.end <= edit.end for each in one.edits)
        and any(each.first < edit.end and edit.first < max(each.end, each.first + 1) for each in one.edits)
    ]
    settles = {each for one in inside for each in one.settles}
    for entry in desk.looked.entries.values():
        first, end = entry.mismatch.tokens
        if edit.first <= first < end <= edit.end and entry.mismatch.kind is not MismatchKind.SPEAKER:
            settles.add(entry.id)
    made: list[Decision] = []
    if inside:
        made.append(Withdrawn(desk.new_id(), "", tuple(one.id for one in inside)))
    made.append(Reworded(desk.new_id(), "", "edit", (edit,), tuple(sorted(settles))))
    return made


def _everywhere(request: Everywhere, desk: DecisionContext) -> tuple[str, list[Decision]]:
    text = _text(request.text)
    if not text:
        raise RefusedError("Write what should stand there.")
    changed = [edit for one in desk.held if isinstance(one, Reworded) for edit in one.edits]
    made: list[Decision] = []
    for first, end in places_of(plain(request.find), desk.result):
        edit = Rewording(first, end, text)
        if first in request.but or any(overlaps(edit, each) for each in changed):
            continue
        made += _replacing(edit, desk)
    return f"“{plain(request.find)}” → “{text}” everywhere", made


# Speakers


def _label(request: Label, desk: DecisionContext) -> tuple[str, list[Decision]]:
    tokens, speaker = _range(request.tokens, desk), _name(request.speaker)
    if request.mismatch is not None:
        desk.entry(request.mismatch)
    own = next((name for name in desk.looked.speakers if desk.name_of(name) == speaker), speaker)
    settles = () if request.mismatch is None else (request.mismatch,)
    return f"{speaker} says this", [Labelled(desk.new_id(), "", tokens, own, settles)]


def _rename(request: Rename, desk: DecisionContext) -> tuple[str, list[Decision]]:
    old, new = request.old, _name(request.new)
    made: list[Decision] = [
        Renamed(desk.new_id(), "", name, new) for name in desk.looked.speakers if desk.name_of(name) == old
    ]
    made += [
        msgspec.structs.replace(one, id=desk.new_id(), speaker=new)
        for one in desk.held
        if isinstance(one, Labelled) and one.speaker == old and old not in desk.looked.speakers
    ]
    if not made:
        raise RefusedError(f"Nobody is called {old!r}.")
    merged = new in {desk.name_of(name) for name in desk.looked.speakers}
    return f"{old} is {new}" if merged else f"{old} is called {new}", made


# Cues


def _move_cue(request: MoveCue, desk: DecisionContext) -> tuple[str, list[Decision]]:
    _phrase(request.tokens, desk)
    moved = [one for one in desk.held if isinstance(one, CueMoved)]
    try:
        to = allowed(with_cues(desk.result, moved), request.tokens, request.edge, request.to, desk.fps)
    except (ValueError, OverflowError) as error:
        raise RefusedError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    return f"move {request.edge} of cue", [CueMoved(desk.new_id(), "", request.tokens, request.edge, to)]


def _translate(request: Translate, desk: DecisionContext) -> tuple[str, list[Decision]]:
    _phrase(request.tokens, desk)
    if desk.result.second_language is None:
        raise RefusedError("These subtitles have no second language.")
    return "edit translation", [Translated(desk.new_id(), "", request.tokens, _text(request.text))]


def _phrase(tokens: tuple[int, int], desk: DecisionContext) -> None:
    if tokens not in desk.looked.phrases:
        raise RefusedError("There is no such cue any more; load the page again.")


def _withdraw(request: Withdraw, desk: DecisionContext) -> tuple[str, list[Decision]]:
    known = {one.id for one in desk.held} | desk.lost
    if not request.of or not known.issuperset(request.of):
        raise RefusedError("That was taken back already.")
    return "take back", [Withdrawn(desk.new_id(), "", request.of)]


# Words


def _range(tokens: tuple[int, int], desk: DecisionContext) -> tuple[int, int]:
    first, end = tokens
    if not 0 <= first <= end <= len(desk.result.alignment.tokens):
        raise RefusedError("There is no such place any more; load the page again.")
    return first, end


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise RefusedError(f"This has {len(text)} characters; write at most {LONGEST}.")
    return plain(text)


def _name(text: str) -> str:
    name = plain(text)
    if not name or len(name) > 60:
        raise RefusedError("Write a name of 1 to 60 characters.")
    return name


_Answer: TypeAlias = Callable[..., tuple[str, list[Decision]]]
_ANSWERS: dict[type, _Answer] = {
    Judge: _judge,
    Take: _take,
    EditText: _edit,
    Reword: _reword,
    Label: _label,
    Rename: _rename,
    MoveCue: _move_cue,
    Translate: _translate,
    Withdraw: _withdraw,
    Batch: _batch,
    Everywhere: _everywhere,
}
