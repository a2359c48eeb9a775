"""A reviewer's requests, and the decisions that follow from them, or the reason why none do. Pure."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from align.core.types import MismatchKind
from align.mismatch.entries import Entry
from align.mismatch.find import text_of
from align.review.decisions.context import (
    GONE,
    DecisionContext,
    Drafts,
    InvalidRequestError,
    cleaned,
    replace_text,
)
from align.review.decisions.cue_edges import on_frame, with_cues
from align.review.decisions.cue_requests import CueRequest, cue_drafts
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    Recued,
    Renamed,
    Reworded,
    Rewording,
    Translated,
    Withdrawn,
    edits_of,
    in_effect,
    settled_by,
)
from align.review.decisions.edited_transcript import find_text, insertion, overlaps, with_heard_words
from align.speakers.label_check import conflict_in
from align.subtitles.layout import plain

LONGEST_NAME = 60

_CHOICES = {"keep": "keep written", "take": "accept heard", "fine": "mark as fine"}


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="ask"):
    pass


class Judge(_Request, frozen=True, tag="judge"):
    """Change nothing at a mismatch."""

    mismatch: str
    choice: Literal["keep", "fine"]


class Take(_Request, frozen=True, tag="take"):
    """Accept what was heard at a mismatch."""

    mismatch: str


class Choose(_Request, frozen=True, tag="choose"):
    """Take an alternative for a suspected wrong word.

    With `everywhere` it is taken at every other undecided place that has it among its alternatives, too.
    """

    mismatch: str
    alternative: int
    everywhere: bool = False


class EditText(_Request, frozen=True, tag="edit"):
    """Replace the text at a mismatch."""

    mismatch: str
    text: str


class Reword(_Request, frozen=True, tag="reword"):
    """Replace the text of a token range, with its closing punctuation."""

    tokens: tuple[int, int]
    text: str


class Label(_Request, frozen=True, tag="label"):
    """Change the speaker of a token range."""

    tokens: tuple[int, int]
    speaker: str
    mismatch: str | None = None


class Rename(_Request, frozen=True, tag="rename"):
    """Rename a speaker, or merge it with another."""

    old: str
    new: str


class Swap(_Request, frozen=True, tag="swap"):
    """Exchange the names of two speakers."""

    one: str
    other: str


class MoveCue(_Request, frozen=True, tag="move cue"):
    """Move an edge of a cue, to a time in seconds."""

    tokens: tuple[int, int]
    edge: Literal["start", "end"]
    to: float


class Translate(_Request, frozen=True, tag="translate"):
    """Replace the translation of a cue."""

    tokens: tuple[int, int]
    text: str


class Withdraw(_Request, frozen=True, tag="withdraw"):
    """Withdraw decisions."""

    of: tuple[str, ...]


class Batch(_Request, frozen=True, tag="batch"):
    """Decide all undecided mismatches of a kind, of one speaker or of all."""

    choice: Literal["keep", "take", "fine"]
    mismatch: MismatchKind
    speaker: str | None = None


class Everywhere(_Request, frozen=True, tag="everywhere"):
    """Replace a text wherever it occurs, but for the occurrences whose first token is in `but`."""

    find: str
    text: str
    but: tuple[int, ...] = ()


Request: TypeAlias = (
    Judge | Take | Choose | EditText | Reword | Label | Rename | Swap | MoveCue | Translate | Withdraw
    | Batch | Everywhere | CueRequest
)  # fmt: skip


def decide(request: Request, context: DecisionContext) -> tuple[str, tuple[Decision, ...]]:
    """A few words about a request, and its decisions.

    Raises:
        InvalidRequestError: it cannot be fulfilled.
    """
    about, drafts = _drafts(request, context)
    if not drafts:
        raise InvalidRequestError("There is nothing to decide: no place matches.")
    decisions = []
    for number, draft in enumerate(drafts, 1):
        touches = context.reviewed.touches(draft)
        if touches is None:
            raise InvalidRequestError(GONE)
        decisions.append(replace(draft, id=f"d{context.revision}-{number}", touches=touches))
    widest: Rewording | None = None
    for edit in edits_of(in_effect((*context.decisions, *decisions))):
        if widest and overlaps(widest, edit):
            raise InvalidRequestError(
                "Part of this text has been changed already; withdraw or change that decision first."
            )
        widest = edit if widest is None or edit.end > widest.end else widest
    return about, tuple(decisions)


def _drafts(request: Request, context: DecisionContext) -> Drafts:
    if isinstance(request, Judge):
        context.entry(request.mismatch)
        return _CHOICES[request.choice], [Judged("", "", request.mismatch, request.choice)]
    if isinstance(request, Take):
        return _CHOICES["take"], [_accept_heard(context.entry(request.mismatch), context)]
    if isinstance(request, Choose):
        return _choose(request, context)
    if isinstance(request, EditText):
        entry, text = context.entry(request.mismatch), cleaned(request.text)
        if not text and entry.mismatch.tokens[0] == entry.mismatch.tokens[1]:
            raise InvalidRequestError("There is no text here to delete; enter some, or mark it as fine (4).")
        return "edit", [Reworded("", "", "edit", (_replacement(entry, text, context),), (entry.id,))]
    if isinstance(request, Reword):
        context.check_range(request.tokens)
        if request.tokens[0] == request.tokens[1]:
            raise InvalidRequestError("Select the words to change.")
        edit = Rewording(*request.tokens, cleaned(request.text), marks=True)
        return "edit text", replace_text(edit, context)
    if isinstance(request, Everywhere):
        return _replace_everywhere(request, context)
    if isinstance(request, Label):
        context.check_range(request.tokens)
        speaker = _name(request.speaker)
        settles = () if request.mismatch is None else (context.entry(request.mismatch).id,)
        originals = (name for name in context.reviewed.speakers if context.name_of(name) == speaker)
        label = Labelled("", "", request.tokens, next(originals, speaker), settles)
        return f"{speaker} says this", [label]
    if isinstance(request, Rename):
        return _rename(request, context)
    if isinstance(request, Swap):
        return _swap(request, context)
    if isinstance(request, MoveCue):
        _check_phrase(request.tokens, context)
        moved = [decision for decision in context.decisions if isinstance(decision, CueMoved)]
        current = with_cues(context.result, moved)
        try:
            to = on_frame(current, request.tokens, request.edge, request.to, context.fps)
        except (ValueError, OverflowError) as error:
            raise InvalidRequestError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        return f"move {request.edge} of cue", [CueMoved("", "", request.tokens, request.edge, to)]
    if isinstance(request, Translate):
        _check_phrase(request.tokens, context)
        if context.result.second_language is None:
            raise InvalidRequestError("These subtitles have no second language.")
        return "edit translation", [Translated("", "", request.tokens, cleaned(request.text))]
    if isinstance(request, CueRequest):
        return cue_drafts(request, context)
    if isinstance(request, Batch):
        return _batch(request, context)
    known = {decision.id for decision in context.decisions} | context.lost
    if not request.of or not known.issuperset(request.of):
        raise InvalidRequestError("This decision has been withdrawn already.")
    return "withdraw", [Withdrawn("", "", request.of)]


def _choose(request: Choose, context: DecisionContext) -> Drafts:
    entry = context.entry(request.mismatch)
    alternatives = entry.mismatch.alternatives
    if not 0 <= request.alternative < len(alternatives):
        raise InvalidRequestError("There is no such alternative here; enter what is said.")
    word, places = alternatives[request.alternative], [entry]
    if request.everywhere:
        settled = {entry.id, *(each for decision in context.decisions for each in settled_by(decision))}
        others = (one for one in context.reviewed.entries.values() if one.id not in settled)
        places += [one for one in others if word in one.mismatch.alternatives]
    drafts = [Reworded("", "", "edit", (_replacement(one, word, context),), (one.id,)) for one in places]
    return f"“{word}”{' everywhere' if request.everywhere else ''}", drafts


def _accept_heard(entry: Entry, context: DecisionContext) -> Decision:
    mismatch, settles = entry.mismatch, (entry.id,)
    kind, tokens, timed = mismatch.kind, mismatch.tokens, context.result.alignment.tokens
    if kind is MismatchKind.SPEAKER:
        conflict = conflict_in(mismatch)
        if conflict is None:
            raise InvalidRequestError("It is not known whose voice this is; choose the speaker.")
        return Labelled("", "", tokens, conflict[1], settles)
    if kind is MismatchKind.TIMING:
        raise InvalidRequestError("This is only about the timing; mark it as fine, or move its cue.")
    if kind is MismatchKind.WRONG_WORD:
        return _choose(Choose(entry.id, 0), context)[1][0]
    written = text_of(timed, tokens, context.result.turns)
    if kind is MismatchKind.MOVED:
        moment = mismatch.span.start
        place = next((k for k, one in enumerate(timed) if one.span and one.span.start >= moment), len(timed))
        edits = Rewording(*tokens, ""), insertion(timed, place, written, moment)
        return Reworded("", "", "take", edits, settles)
    heard = plain(mismatch.heard)
    if not heard and kind is not MismatchKind.UNSPOKEN:
        raise InvalidRequestError("No word was recognized here; listen, and enter what is said (3).")
    edit = _replacement(entry, with_heard_words(written, heard), context)
    return Reworded("", "", "take", (edit,), settles)


def _replacement(entry: Entry, text: str, context: DecisionContext) -> Rewording:
    """An edit that replaces what is written at a mismatch, or inserts text where nothing is."""
    first, end = entry.mismatch.tokens
    if first < end:
        return Rewording(first, end, text)
    span = entry.mismatch.span
    return insertion(context.result.alignment.tokens, first, text, (span.start + span.end) / 2)


def _replace_everywhere(request: Everywhere, context: DecisionContext) -> Drafts:
    find, text = plain(request.find), cleaned(request.text)
    if not text:
        raise InvalidRequestError("Enter the replacement.")
    changed = edits_of(context.decisions)
    drafts: list[Decision] = []
    for first, end in find_text(find, context.result):
        edit = Rewording(first, end, text)
        if first not in request.but and not any(overlaps(edit, earlier) for earlier in changed):
            drafts += replace_text(edit, context)
    return f"“{find}” → “{text}” everywhere", drafts


def _batch(request: Batch, context: DecisionContext) -> Drafts:
    resolved = {mismatch for decision in context.decisions for mismatch in settled_by(decision)}
    drafts: list[Decision] = []
    for entry in context.reviewed.entries.values():
        wanted = request.speaker is None or context.name_of(entry.speaker or "") == request.speaker
        if entry.mismatch.kind is not request.mismatch or entry.id in resolved or not wanted:
            continue
        if request.choice == "take":
            try:
                drafts.append(_accept_heard(entry, context))
            except InvalidRequestError:
                continue  # nothing to accept; it remains undecided
        else:
            drafts.append(Judged("", "", entry.id, request.choice))
    speaker = f" of {request.speaker}" if request.speaker else ""
    return f"{_CHOICES[request.choice]}: all of “{request.mismatch.value}”{speaker}", drafts


def _rename(request: Rename, context: DecisionContext) -> Drafts:
    old, new, speakers = request.old, _name(request.new), context.reviewed.speakers
    drafts: list[Decision] = [Renamed("", "", name, new) for name in speakers if context.name_of(name) == old]
    if old not in speakers:
        labels = (decision for decision in context.decisions if isinstance(decision, Labelled))
        drafts += [replace(label, speaker=new) for label in labels if label.speaker == old]
    if not drafts:
        raise InvalidRequestError(f"There is no speaker {old!r}.")
    merged = new in map(context.name_of, speakers)
    return f"merge {old} with {new}" if merged else f"rename {old} to {new}", drafts


def _swap(request: Swap, context: DecisionContext) -> Drafts:
    new = {request.one: request.other, request.other: request.one}
    current = {name: context.name_of(name) for name in context.reviewed.speakers}
    if len(new) < 2 or not new.keys() <= set(current.values()):
        raise InvalidRequestError("Choose two speakers of this recording.")
    drafts: list[Decision] = [Renamed("", "", old, new[now]) for old, now in current.items() if now in new]
    labels = (one for one in context.decisions if isinstance(one, Labelled) and one.speaker in new)
    drafts += [replace(label, speaker=new[label.speaker]) for label in labels if label.speaker not in current]
    return f"swap {request.one} and {request.other}", drafts


def _check_phrase(tokens: tuple[int, int], context: DecisionContext) -> None:
    if tokens not in context.reviewed.phrases:
        raise InvalidRequestError("This cue no longer exists; reload the page.")
    for one in context.decisions:
        if isinstance(one, Recued) and one.tokens[0] <= tokens[0] and tokens[1] <= one.tokens[1]:
            raise InvalidRequestError("This cue was edited as a whole; edit it there.")


def _name(text: str) -> str:
    name = plain(text)
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidRequestError(f"Enter a name of 1 to {LONGEST_NAME} characters.")
    return name
