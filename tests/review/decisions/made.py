"""A result to decide about, with real cues, and a stand-in for placing words by their sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from align.core.types import (
    Alignment,
    Mismatch,
    MismatchKind,
    Phrase,
    Result,
    Severity,
    Span,
    TimedToken,
    Token,
    Turn,
)
from align.pipeline.context import RunContext
from align.pronounce.lexicon import EMPTY as NO_WORDS
from align.review.decisions.edited_transcript import RewordedText
from align.review.decisions.history import Event, History
from align.review.realign import Realigner
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from tests.results import sample

OPTIONS = CueOptions()


def made(characters: int = 700) -> Result:
    """The sample as the phone aligner would give it, cut into cues, each with a line of English."""
    result = replace(sample(characters), aligner="phone")
    return replace(
        result, phrases=lined(segment(result.alignment, result.turns, result.duration, "zh", OPTIONS))
    )


def lined(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    return tuple(replace(one, translation=f"Line {k}.") for k, one in enumerate(phrases))


def mismatch(
    result: Result, kind: MismatchKind, first: int, end: int, heard: str = "", *, reason: str = "Why."
) -> Mismatch:
    """One about some tokens of a result, or at a place before the token `first`."""
    tokens = result.alignment.tokens
    near = tokens[first].span, tokens[max(first, end - 1)].span
    assert near[0]
    assert near[1]
    span = Span(near[0].start, near[1].end) if first < end else Span(near[0].start - 0.02, near[0].start)
    written = "".join(one.token.text for one in tokens[first:end])
    return Mismatch(kind, span, (first, end), written, heard, Severity.LOW, 0.5, (reason,))


def wrong_word(result: Result, first: int, end: int, *alternatives: str) -> Mismatch:
    """A suspected wrong word."""
    one = mismatch(result, MismatchKind.WRONG_WORD, first, end)
    return replace(one, alternatives=alternatives, alternative_score=0.5)


def with_mismatches(result: Result, *mismatches: Mismatch) -> Result:
    return replace(result, mismatches=tuple(sorted(mismatches, key=lambda one: one.span)))


def placed(old: Result, text: RewordedText) -> Result:
    """The result for a changed text, each new word in the first half of the room between those that stay."""
    before = old.alignment.tokens
    timed: list[TimedToken] = []
    for k, (token, origin) in enumerate(zip(text.tokens, text.origin, strict=True)):
        name = text.turns[token.turn].speaker
        if origin is not None:
            timed.append(replace(before[origin], token=token))
            continue
        last = next((one.span.end for one in reversed(timed) if one.span), 0.0)
        later = (before[one].span for one in text.origin[k:] if one is not None)
        behind = next((span.start for span in later if span), old.duration)
        span = Span(last, last + max(0.0, behind - last) / 2)
        timed.append(TimedToken(token, span, 0.9, name))
    now = {k: at for at, k in enumerate(text.origin) if k is not None}
    kept = tuple(
        replace(one, tokens=(now[one.tokens[0]], now[one.tokens[0]] + one.tokens[1] - one.tokens[0]))
        for one in old.mismatches
        if all(k in now for k in range(one.tokens[0], max(one.tokens[1], one.tokens[0] + 1)))
    )
    return replace(
        old,
        turns=text.turns,
        alignment=Alignment(tuple(timed), old.alignment.untranscribed),
        mismatches=kept,
        phrases=(),
    )


def edited(result: Result, edits: dict[tuple[int, int], str], behind: float = 0.0) -> Result:
    """The result with other characters for ranges of tokens; all others keep their times and mismatches.

    Args:
        behind: seconds by which every time differs.
    """
    turns: list[Turn] = []
    kept: dict[int, int] = {}
    tokens: list[TimedToken] = []
    starts = {first: (end, text) for (first, end), text in edits.items()}
    before = result.alignment.tokens
    for number, turn in enumerate(result.turns):
        text, position = "", 0
        mine = [k for k, one in enumerate(before) if one.token.turn == number]
        skip = -1
        for k in mine:
            token = before[k].token
            text += turn.text[position : token.start] if k >= skip else ""
            position = token.end
            if k in starts:
                skip, new = max(skip, starts[k][0]), starts[k][1]
                for character in new:
                    made_up = Token(character, character, number, len(text), len(text) + 1)
                    tokens.append(TimedToken(made_up, None, 0.5, turn.speaker))
                    text += character
            if k < skip:
                continue
            kept[k] = len(tokens)
            moved = replace(token, start=len(text), end=len(text) + len(token.text))
            span = before[k].span
            span = span and Span(span.start + behind, span.end + behind)
            tokens.append(replace(before[k], token=moved, span=span))
            text += token.text
        turns.append(replace(turn, text=text + turn.text[position:]))

    def ranged(pair: tuple[int, int]) -> tuple[int, int] | None:
        first, end = pair
        if any(k not in kept for k in range(first, end)):
            return None
        begin = kept.get(first, len(tokens))
        return (
            (begin, begin + end - first) if first == end or kept[end - 1] == begin + end - 1 - first else None
        )

    return replace(
        result,
        turns=tuple(turns),
        alignment=Alignment(tuple(tokens), ()),
        mismatches=tuple(replace(one, tokens=t) for one in result.mismatches if (t := ranged(one.tokens))),
        phrases=tuple(replace(one, tokens=t) for one in result.phrases if (t := ranged(one.tokens))),
    )


def replayed(events: Iterable[Event]) -> History:
    """The history of these events."""
    return reduce(History.with_event, events, History())


@dataclass(frozen=True, slots=True)
class StandIn(Realigner):
    """Places words by `placed`, and translates nothing.

    Attributes:
        left: what it says about translations.
    """

    left: str = ""

    def place_words(self, result: Result, text: RewordedText) -> Result:
        return placed(result, text)

    def translate(self, result: Result) -> tuple[Result, str]:
        return result, self.left


def stand_in(left: str = "") -> StandIn:
    def no_models(translating: bool) -> RunContext:
        raise AssertionError("no model is needed")

    return StandIn(Path("none"), None, NO_WORDS, NO_GLOSSARY, False, no_models, left)
