"""Labels that the voices contradict, and the sentence about them in a mismatch. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from align.core.types import Mismatch, MismatchKind, Span


@dataclass(frozen=True, slots=True)
class LabelConflict:
    """A passage whose label names one person while the voice is another's.

    Attributes:
        tokens: half-open range.
        label: whom the transcript names.
        voice: whose voice it is, by the name that the transcript gives that voice elsewhere.
        score: 0 to 1, how sure that is.
        evidence: a sentence for the user.
    """

    tokens: tuple[int, int]
    span: Span
    label: str
    voice: str
    score: float
    evidence: str


_REASON = re.compile(r"The label says (.*); the voice is that of (.*)\.", re.DOTALL)


def conflict_reason(label: str, voice: str) -> str:
    """The first reason of a wrong-speaker mismatch."""
    return f"The label says {label}; the voice is that of {voice}."


def conflict_in(mismatch: Mismatch) -> tuple[str, str] | None:
    """Whom the label names and whose voice it is, None where the mismatch is about something else."""
    if mismatch.kind is not MismatchKind.SPEAKER or not mismatch.reasons:
        return None
    match = _REASON.fullmatch(mismatch.reasons[0])
    return (match[1], match[2]) if match else None
