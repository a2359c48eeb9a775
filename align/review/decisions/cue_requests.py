"""A reviewer's requests about cues: edit, split, merge, delete and insert. Pure.

Each names a cue by its number among those that the reviewer sees. What is decided is all of the cues over the
words concerned, so that a later request about the same words replaces it as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from align.pronounce.tokens import has_token, token_spans
from align.review.decisions.context import (
    DecisionContext,
    Drafts,
    InvalidRequestError,
    cleaned,
    replace_text,
)
from align.review.decisions.cues import EditedWords, cues_of
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    NewCue,
    Recued,
    Rewording,
    Translated,
    Withdrawn,
    edits_of,
)
from align.subtitles.layout import joined


class _CueRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="ask"):
    cue: int


class EditCue(_CueRequest, frozen=True, tag="edit cue"):
    """Change the text with its line breaks, the translation and the edges, in seconds."""

    text: str
    translation: str
    start: float
    end: float


class SplitCue(_CueRequest, frozen=True, tag="split cue"):
    """Split a cue before the word nearest to a character of its text or to a time in seconds."""

    at: int | None = None
    time: float | None = None


class MergeCue(_CueRequest, frozen=True, tag="merge cue"):
    """Merge a cue with the next."""


class DeleteCue(_CueRequest, frozen=True, tag="delete cue"):
    """Delete a cue and its words."""


class InsertCue(_CueRequest, frozen=True, tag="insert cue"):
    """Insert a cue with new words after another."""

    text: str
    translation: str
    start: float
    end: float


CueRequest: TypeAlias = EditCue | SplitCue | MergeCue | DeleteCue | InsertCue


def cue_drafts(request: CueRequest, context: DecisionContext) -> Drafts:
    """A few words about a request, and its decisions.

    Raises:
        InvalidRequestError: it cannot be fulfilled.
    """
    cues = cues_of(context.result, context.decisions)
    number = request.cue
    if not 0 <= number < len(cues):
        raise InvalidRequestError("This cue no longer exists; reload the page.")
    cue = cues[number]
    if isinstance(request, EditCue):
        text = _lines(request.text)
        if not has_token(text):
            raise InvalidRequestError("A cue needs words; delete it instead.")
        start, end = _on_frames(request, cues, (number - 1, number + 1), context)
        new = NewCue(cue.tokens, start, end, text, _lines(request.translation))
        return "edit cue", _decisions(cues, (number, number + 1), [new], context)
    if isinstance(request, SplitCue):
        return "split cue", _decisions(cues, (number, number + 1), _halves(cue, request, context), context)
    if isinstance(request, MergeCue):
        if number + 1 == len(cues):
            raise InvalidRequestError("There is no next cue to merge this one with.")
        following = cues[number + 1]
        tokens = context.result.alignment.tokens
        pair = [tokens[one.tokens[0] - (one.tokens[0] == one.tokens[1])] for one in (cue, following)]
        if pair[0].token.turn != pair[1].token.turn or pair[0].speaker != pair[1].speaker:
            raise InvalidRequestError("The next cue is by another speaker; two speakers share no cue.")
        both = NewCue(
            (cue.tokens[0], following.tokens[1]),
            cue.start,
            following.end,
            _together(cue.text, following.text),
            _together(cue.translation, following.translation),
        )
        return "merge cues", _decisions(cues, (number, number + 2), [both], context)
    if isinstance(request, DeleteCue):
        return "delete cue", _decisions(cues, (number, number + 1), [], context)
    text = _lines(request.text)
    if not has_token(text):
        raise InvalidRequestError("Enter the words of the new cue.")
    start, end = _on_frames(request, cues, (number, number + 1), context)
    place = cue.tokens[1]
    new = NewCue((place, place), start, end, text, _lines(request.translation))
    return "insert cue", _decisions(cues, (number, number + 1), [cue, new], context)


def _decisions(
    cues: Sequence[NewCue], replaced: tuple[int, int], new: Sequence[NewCue], context: DecisionContext
) -> list[Decision]:
    """What makes `new` of a range of cues: an edit of their words where those differ, and the cues."""
    low, high = replaced
    while low > 0 and cues[low].tokens[0] == cues[low].tokens[1]:  # its words are edits
        low, new = low - 1, [cues[low - 1], *new]
    first, end = cues[low].tokens[0], max(cue.tokens[1] for cue in cues[low:high])
    drafts: list[Decision] = []
    if _words(cues[low:high]) != _words(new):
        text = joined([line for cue in new for line in cue.text.split("\n")])
        drafts += replace_text(Rewording(first, end, text, marks=True), context)
        around = cues[max(0, low - 1) : low], cues[high : high + 1]  # marks beside the words may go with them
        low, new, high = low - len(around[0]), [*around[0], *new, *around[1]], high + len(around[1])
        first, end = min(first, cues[low].tokens[0]), max(end, cues[high - 1].tokens[1])
    inside = [
        decision for decision in context.decisions if isinstance(decision, (Recued, CueMoved, Translated))
    ]
    taken: list[str] = []
    while True:  # until the range has all of each decision that it shares a word with
        sharing = [one for one in inside if one.tokens[0] < end and first < one.tokens[1]]
        ranges = [(first, end), *(one.tokens for one in sharing)]
        whole = min(begin for begin, _ in ranges), max(stop for _, stop in ranges)
        if whole == (first, end):
            taken = [one.id for one in sharing]
            break
        first, end = whole
    before = [cue for cue in cues[:low] if first <= cue.tokens[0] and cue.tokens != (first, first)]
    behind = [cue for cue in cues[high:] if cue.tokens[1] <= end]
    if taken:
        drafts.append(Withdrawn("", "", tuple(taken)))
    return [*drafts, Recued("", "", (first, end), (*before, *new, *behind))]


def _words(cues: Sequence[NewCue]) -> list[str]:
    """What the cues say, without line breaks."""
    return list(filter(None, [joined([line for cue in cues for line in cue.text.split("\n")])]))


def _on_frames(
    request: EditCue | InsertCue,
    cues: Sequence[NewCue],
    neighbours: tuple[int, int],
    context: DecisionContext,
) -> tuple[float, float]:
    """Both edges on frames, between the neighbours with these numbers, which need not exist."""
    fps, (above, below) = context.fps, neighbours
    lowest = fps.frame(cues[above].end) if above >= 0 else 0
    highest = fps.frame(cues[below].start if below < len(cues) else context.result.duration)
    try:
        frames = fps.frame(request.start), fps.frame(request.end)
    except (ValueError, OverflowError) as error:
        raise InvalidRequestError("This is no time.") from error
    if not lowest <= frames[0] < frames[1] <= highest:
        raise InvalidRequestError(
            f"This cue can be from {fps.seconds(lowest):.3f} to {fps.seconds(highest):.3f} s; otherwise it "
            "would overlap its neighbour or be too short."
        )
    return round(fps.seconds(frames[0]), 3), round(fps.seconds(frames[1]), 3)


def _halves(cue: NewCue, request: SplitCue, context: DecisionContext) -> list[NewCue]:
    """The two parts of a cue."""
    tokens, fps = context.result.alignment.tokens, context.fps
    first, end = cue.tokens
    words = EditedWords(context.result, edits_of(context.decisions))
    begin = words.boundary(first)
    spans = token_spans(cue.text)

    def distance(at: int) -> float:
        """How far the old word `at` is from the place where the cue is to be split."""
        if request.time is not None:
            span = tokens[at].span
            return abs(span.start - request.time) if span else float("inf")
        wanted = len(token_spans(cue.text[: request.at or 0]))
        return abs(words.boundary(at) - begin - wanted)

    places = [at for at in range(first + 1, end) if 0 < words.boundary(at) - begin < len(spans)]
    if not places:
        raise InvalidRequestError("This cue has no two words of the transcript between which to split it.")
    place = min(places, key=distance)
    at = spans[words.boundary(place) - begin][0]
    span = tokens[place].span
    moment = request.time if request.time is not None else span.start if span else None
    if moment is None or not cue.start < moment < cue.end:
        moment = cue.start + (cue.end - cue.start) * at / len(cue.text)
    low, high = fps.frame(cue.start), fps.frame(cue.end)
    if high - low < 2:
        raise InvalidRequestError("This cue is too short to be split.")
    second = min(max(fps.frame(moment), low + 1), high - 1)
    last = max(low + 1, second - context.gap)
    upper, lower = _parted(cue.translation, at / len(cue.text))
    return [
        NewCue((first, place), cue.start, round(fps.seconds(last), 3), cue.text[:at].strip(), upper),
        NewCue((place, end), round(fps.seconds(second), 3), cue.end, cue.text[at:].strip(), lower),
    ]


def _parted(text: str, share: float) -> tuple[str, str]:
    """A text in two parts, at its line break or else at the blank nearest to a share of it."""
    places = [k for k, character in enumerate(text) if character == "\n"]
    places = places or [k for k, character in enumerate(text) if character == " "]
    if not places:
        return text, ""
    at = min(places, key=lambda k: abs(k - share * len(text)))
    return text[:at].strip(), text[at:].strip()


def _together(upper: str, lower: str) -> str:
    """Two texts as one, with the line breaks that were in them."""
    if not upper or not lower:
        return upper or lower
    *lines, last = upper.split("\n")
    first, *rest = lower.split("\n")
    return "\n".join([*lines, joined((last, first)), *rest])


def _lines(text: str) -> str:
    """What a reviewer entered, with its line breaks."""
    return "\n".join(filter(None, map(cleaned, text.splitlines())))
