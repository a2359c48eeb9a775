"""The page of a review: the page of mismatches with buttons, the whole transcript, and previews. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from align.core.types import Result
from align.export.report_page.assets import SCRIPTS, STYLES, Assets
from align.export.report_page.page import ReportAudio, render
from align.mismatch.find import text_of
from align.review.decisions.decision import Decision, Judged, Labelled, ReviewedResult, Reworded
from align.subtitles.options import CueOptions
from align.subtitles.rules import Rules

REVIEW = Assets(
    template="review.html.jinja",
    styles=(*STYLES, "decide.css", "lines.css", "desk.css"),
    scripts=(
        *(*SCRIPTS[:-1], "wave.js", "decide.js", "batch.js", "names.js", "lines.js", "cue.js", "strip.js"),
        *("desk.js", SCRIPTS[-1]),
    ),
    packages=("align.review", "align.export.report_page"),
    media=("'self'", "blob:"),
    connect=("'self'",),
)

_CONTEXT = 12
"""Tokens on either side of a change in a preview."""


def review_page(result: Result, has_audio: bool, options: CueOptions) -> tuple[str, str]:
    """The page, and the Content-Security-Policy that it is served with."""
    audio = ReportAudio(None, "audio" if has_audio else "")
    codes = filter(None, (result.language, result.second_language))
    limits = {"frame": options.fps.seconds(1), "rules": [_limits(options.rules(code)) for code in codes]}
    more = {"deciding": True, "limits": json.dumps(limits)}
    return render(result, audio, REVIEW, more), REVIEW.policy


def _limits(rules: Rules) -> dict[str, float]:
    """What a cue's text is measured by while one types, in columns and seconds."""
    names = ("columns", "lines", "speed", "full_width", "shortest", "longest")
    return {name: getattr(rules, name) for name in names}


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
