"""A mismatch in one line, for labels and markers."""

from __future__ import annotations

from align.core.types import Mismatch
from align.core.xml import legal_line


def headline(mismatch: Mismatch) -> str:
    """How the two disagree and the texts that there are, such as "different text: 这个 → 那个"."""
    shown = " → ".join(filter(None, map(legal_line, (mismatch.written, mismatch.heard))))
    return f"{mismatch.kind.value}: {shown}" if shown else mismatch.kind.value
