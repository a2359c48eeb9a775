"""The lines of the review: every cue as the decisions make it, and the words that no cue shows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from align.core.types import Phrase, Result, Span, TimedToken
from align.pronounce.tokens import token_spans
from align.review.decisions.cues import EditedWords, cues_of
from align.review.decisions.decision import Decision, Labelled, NewCue, ReviewedResult, edits_of
from align.subtitles.check import check
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions

LONGEST = 600
"""Characters of a line that are shown; more is no speech, and would block the page."""


def review_lines(
    reviewed: ReviewedResult, decisions: Sequence[Decision], options: CueOptions
) -> list[dict[str, Any]]:
    """A line for each cue, and for each stretch of a turn without one, in the order of the text.

    Each has `tokens`, the range of its words in the result; `turn`, `speaker` and `text`; and the `words` in
    it as [first character, last character + 1, start, end], with null for a word without a time. A cue has
    its number as `cue`, its `start` and `end` in seconds, its `translation`, and the rules that it breaks as
    `broken`; of what no cue shows, these are null.
    """
    result = reviewed.result
    words = EditedWords(result, edits_of(decisions))
    speakers = [one.speaker or result.turns[one.token.turn].speaker for one in result.alignment.tokens]
    for decision in decisions:
        if isinstance(decision, Labelled):
            first, end = decision.tokens
            speakers[first:end] = [decision.speaker] * (end - first)
    cues = cues_of(result, decisions)
    broken = _broken(cues, result, options)
    lines: list[dict[str, Any]] = []
    position = 0

    def add(tokens: tuple[int, int], new: tuple[int, int], number: int | None) -> None:
        cue = None if number is None else cues[number]
        text = words.shown(new) if cue is None else cue.text
        known = result.alignment.tokens
        at = min(max(0, tokens[0] - (tokens[0] == tokens[1])), len(known) - 1)
        lines.append(
            {
                "tokens": list(tokens),
                "cue": number,
                "turn": known[at].token.turn if known else 0,
                "speaker": speakers[at] if known else None,
                "text": text if len(text) <= LONGEST else text[:LONGEST] + "…",
                "whole": len(text) <= LONGEST,
                "words": _word_times(text, words.text.origin[slice(*new)], known),
                "start": cue.start if cue else None,
                "end": cue.end if cue else None,
                "translation": cue.translation if cue else "",
                "broken": [] if number is None else broken.get(number, []),
            }
        )

    def add_until(end: int) -> None:
        turns = groupby(range(position, end), key=lambda k: result.alignment.tokens[k].token.turn)
        for _, group in turns:
            stretch = list(group)
            tokens = stretch[0], stretch[-1] + 1
            new = words.boundary(tokens[0]), words.boundary(tokens[1])
            if new[0] < new[1]:
                add(tokens, new, None)

    for number, (cue, new) in enumerate(zip(cues, words.ranges(cues), strict=True)):
        if cue.tokens[0] < position:
            continue  # cues that were edited in the file may share words; the first has them
        add_until(cue.tokens[0])
        add(cue.tokens, new, number)
        position = cue.tokens[1]
    add_until(len(result.alignment.tokens))
    return lines


def _word_times(
    text: str, origin: Sequence[int | None], known: Sequence[TimedToken]
) -> list[list[float | None]]:
    """Where the words of a text are, and when the old words that they are were said."""
    spans = [span for span in token_spans(text[: LONGEST + 1]) if span[1] <= LONGEST]
    times = [known[old].span if old is not None else None for old in origin]
    return [
        [*span, time.start if time else None, time.end if time else None]
        for span, time in zip(spans, times, strict=False)
    ]


def _broken(cues: Sequence[NewCue], result: Result, options: CueOptions) -> dict[int, list[str]]:
    """The names of the rules that cues break, by their numbers."""
    phrases = [Phrase(Span(cue.start, cue.end), cue.tokens, cue.text, cue.translation, None) for cue in cues]
    languages = [code for code in (result.language, result.second_language) if code]
    track = lay_out(phrases, languages, result.language, options)
    broken: dict[int, list[str]] = {}
    for violation in check(track, options, 0.001):
        names = broken.setdefault(violation.cue, [])
        if violation.rule.name.lower() not in names:
            names.append(violation.rule.name.lower())
    return broken
