"""The page of mismatches as the review serves it: the same, and all that decides."""

from __future__ import annotations

from align.core.types import Result
from align.export.report_page.assets import SCRIPTS, STYLES, Assets
from align.export.report_page.page import ReportAudio, render

REVIEW = Assets(
    template="review.html.jinja",
    styles=(*STYLES, "decide.css", "lines.css"),
    scripts=(*SCRIPTS[:-1], "wave.js", "decide.js", "batch.js", "names.js", "lines.js", SCRIPTS[-1]),
    packages=("align.review", "align.export.report_page"),
    media=("'self'", "blob:"),
    connect=("'self'",),
)
"""NAME.mismatches.html with buttons, and the whole transcript."""


def review_page(result: Result, heard: bool) -> tuple[str, str]:
    """The page, and the Content-Security-Policy that it is served with.

    Args:
        heard: whether the recording is at hand.
    """
    sound = ReportAudio(None, "audio" if heard else "")
    return render(result, sound, REVIEW, {"deciding": True}), REVIEW.policy
