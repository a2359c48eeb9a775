"""What a decision is about, in a few words for the reviewer. Pure."""

from __future__ import annotations

from align.mismatch.entries import Entry
from align.mismatch.find import text_of
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    Renamed,
    ReviewedResult,
    Reworded,
    Translated,
)

_LONGEST = 40
"""Characters of a text that are told."""


def told(decision: Decision, looked: ReviewedResult | None) -> str:
    """A few words such as “尝试” → “常识”.

    Args:
        looked: what it was taken for, None where that is no longer kept.
    """
    if isinstance(decision, Judged):
        entry = looked and looked.entries.get(decision.mismatch)
        choice = "kept as written" if decision.choice == "keep" else "fine as it is"
        return f"{_place(entry) if entry else decision.mismatch}: {choice}"
    if isinstance(decision, Reworded):
        return ", ".join(_change(_words(one.tokens, looked), one.text) for one in decision.edits)
    if isinstance(decision, Labelled):
        return f"{decision.speaker} says {_quoted(_words(decision.tokens, looked))}"
    if isinstance(decision, Renamed):
        return f"{decision.old} is called {decision.new}"
    if isinstance(decision, CueMoved):
        cue = _quoted(_words(decision.tokens, looked))
        return f"the {decision.edge} of the cue {cue} at {decision.to:.3f} s"
    if isinstance(decision, Translated):
        return f"{_quoted(decision.text)} as the line for {_quoted(_words(decision.tokens, looked))}"
    return f"{len(decision.of)} decisions taken back"


def _place(entry: Entry) -> str:
    mismatch = entry.mismatch
    text = mismatch.written or mismatch.heard
    return f"{mismatch.kind.value} {_quoted(text) if text else 'behind ' + _quoted(entry.before[-8:])}"


def _words(tokens: tuple[int, int], looked: ReviewedResult | None) -> str | None:
    """What is written there; None where nobody knows any more."""
    if looked is None:
        return None
    return text_of(looked.result.alignment.tokens, tokens, looked.result.turns)


def _change(before: str | None, text: str) -> str:
    if not text:
        return f"{_quoted(before)} taken out"
    return f"{_quoted(text)} put in" if before == "" else f"{_quoted(before)} → {_quoted(text)}"


def _quoted(text: str | None) -> str:
    if text is None:
        return "…"
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"
