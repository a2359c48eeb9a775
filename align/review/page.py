"""The page of a review: the page of mismatches with buttons, the whole transcript, and previews. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from align.core.types import Phrase, Result
from align.export.report_page.assets import SCRIPTS, STYLES, Assets
from align.export.report_page.page import ReportAudio, render
from align.mismatch.find import text_of
from align.review.decisions.decision import Decision, Judged, Labelled, ReviewedResult, Reworded
from align.review.decisions.edited_transcript import with_closing_marks

REVIEW = Assets(
    template="review.html.jinja",
    styles=(*STYLES, "decide.css", "lines.css"),
    scripts=(*SCRIPTS[:-1], "wave.js", "decide.js", "batch.js", "names.js", "lines.js", SCRIPTS[-1]),
    packages=("align.review", "align.export.report_page"),
    media=("'self'", "blob:"),
    connect=("'self'",),
)

LONGEST = 600
"""Characters of a line that are shown; more is no speech, and would block the page."""
_CONTEXT = 12
"""Tokens on either side of a change in a preview."""


def review_page(result: Result, has_audio: bool) -> tuple[str, str]:
    """The page, and the Content-Security-Policy that it is served with."""
    audio = ReportAudio(None, "audio" if has_audio else "")
    return render(result, audio, REVIEW, {"deciding": True}), REVIEW.policy


def transcript_lines(result: Result) -> list[dict[str, Any]]:
    """The whole transcript: a line for each cue, and for each stretch of a turn without one, in text order.

    Each has its `tokens`, `turn`, `speaker`, `text` with punctuation, and the `words` in it as [first
    character, last character + 1, start, end] (both times null for a word without any); a cue has its `start`
    and `end` in seconds and its `translation`.
    """
    lines: list[dict[str, Any]] = []
    position = 0

    def add_until(end: int) -> None:
        turns = groupby(range(position, end), key=lambda k: result.alignment.tokens[k].token.turn)
        for _, group in turns:
            tokens = list(group)
            lines.append(_line(result, (tokens[0], tokens[-1] + 1), None))

    for phrase in result.phrases:
        if phrase.tokens[0] < position:
            continue  # cues that were edited by hand may share words; the first has them
        add_until(phrase.tokens[0])
        lines.append(_line(result, phrase.tokens, phrase))
        position = phrase.tokens[1]
    add_until(len(result.alignment.tokens))
    return lines


def _line(result: Result, tokens: tuple[int, int], phrase: Phrase | None) -> dict[str, Any]:
    timed = result.alignment.tokens[slice(*tokens)]
    turn = timed[0].token.turn if timed else 0
    text = with_closing_marks(result.alignment.tokens, tokens, result.turns)
    words = []
    shift = timed[0].token.start if timed else 0
    for word in timed:
        if word.token.turn != turn or word.token.end - shift > LONGEST:
            break
        start, end = (word.span.start, word.span.end) if word.span else (None, None)
        words.append([word.token.start - shift, word.token.end - shift, start, end])
    return {
        "tokens": list(tokens),
        "turn": turn,
        "speaker": (timed[0].speaker or result.turns[turn].speaker) if timed else None,
        "text": text if len(text) <= LONGEST else text[:LONGEST] + "…",
        "whole": len(text) <= LONGEST,
        "words": words,
        "start": phrase.span.start if phrase else None,
        "end": phrase.span.end if phrase else None,
        "translation": phrase.translation if phrase else "",
    }


def previews(result: Result, decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """Each place that decisions would change: its text and context, the new text, and when it is heard."""
    entries = ReviewedResult(result).entries
    places: list[dict[str, Any]] = []
    for decision in decisions:
        if isinstance(decision, Reworded):
            places += [_preview(result, edit.tokens, edit.text) for edit in decision.edits]
        elif isinstance(decision, Judged):
            mismatch = entries[decision.mismatch].mismatch
            places.append(_preview(result, mismatch.tokens, mismatch.written))
        elif isinstance(decision, Labelled):
            places.append({**_preview(result, decision.tokens, ""), "speaker": decision.speaker})
    return places


def _preview(result: Result, tokens: tuple[int, int], text: str) -> dict[str, Any]:
    timed, (first, end) = result.alignment.tokens, tokens
    near = timed[first : end + 1] or timed[-1:]
    return {
        "first": first,
        "start": next((word.span.start for word in near if word.span), None),
        "before": text_of(timed, (max(0, first - _CONTEXT), first), result.turns),
        "written": text_of(timed, tokens, result.turns),
        "text": text,
        "after": text_of(timed, (end, end + _CONTEXT), result.turns),
    }
