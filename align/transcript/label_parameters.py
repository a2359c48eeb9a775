"""Shares by which labels are chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelParameters:
    """Shares that decide; tuned on some 200 public transcripts.

    Attributes:
        recurring: share of a form's labels whose name comes again, above which the form counts (0.5 to 0.8).
        labelled: share of the lines with labels above which names are trusted (0.2 to 0.5).
        some: the same for names of which one person's alone comes again (0.1 to 0.3).
        mostly: the same for a name that comes once (0.4 to 0.8).
        all: the same for whatever stands before a colon once (0.85 to 0.95).
        separated: share of the lines for labels without a colon, such as "Name - text" (0.2 to 0.5).
        headers: labels on lines of their own from which a colon below them marks no speaker (3 to 6).
    """

    recurring: float = 0.6
    labelled: float = 1 / 3
    some: float = 0.2
    mostly: float = 0.5
    all: float = 0.9
    separated: float = 1 / 3
    headers: int = 3


DEFAULTS = LabelParameters()
