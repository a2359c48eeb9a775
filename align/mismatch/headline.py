"""A mismatch in one line, for labels and markers."""

from __future__ import annotations

from align.values import Mismatch


def headline(mismatch: Mismatch) -> str:
    """How the two disagree and the texts that there are, such as "different text: 这个 → 那个"."""
    texts = (" ".join(text.split()) for text in (mismatch.written, mismatch.heard))
    shown = " → ".join(filter(None, texts))
    return f"{mismatch.kind.value}: {shown}" if shown else mismatch.kind.value
