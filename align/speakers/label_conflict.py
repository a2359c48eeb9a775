"""The sentence that tells of a label which the voice contradicts, and what it says. Pure."""

from __future__ import annotations

import re

from align.core.types import Mismatch, MismatchKind

_TOLD = re.compile(r"The label says (.*); the voice is that of (.*)\.", re.DOTALL)


def conflict_reason(label: str, voice: str) -> str:
    """The first reason of a mismatch between a label and the voice that is heard."""
    return f"The label says {label}; the voice is that of {voice}."


def conflict_in(mismatch: Mismatch) -> tuple[str, str] | None:
    """Whom the label names and whose voice it is, None where the mismatch is about something else."""
    if mismatch.kind is not MismatchKind.SPEAKER or not mismatch.reasons:
        return None
    found = _TOLD.fullmatch(mismatch.reasons[0])
    return (found[1], found[2]) if found else None
