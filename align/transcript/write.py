"""A transcript as text, such that reading it gives the same turns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.pronounce.sound_key import HAN
from align.transcript.read import speakers_and_texts

_HAN = re.compile(f"[{HAN}]")


def written(turns: Sequence[tuple[str | None, str]]) -> str:
    """Turns, each a speaker or None and a text on one line, as paragraphs with labels."""
    plain = _labelled(turns, "")
    if speakers_and_texts(plain) == list(turns):
        return plain
    return _labelled(turns, ">> ")  # labels that are seen without evidence from the rest of the file


def _labelled(turns: Sequence[tuple[str | None, str]], before: str) -> str:
    return "\n".join(
        f"{before}{_label(speaker)}{text}\n" if speaker else f"{before}{text}\n" for speaker, text in turns
    )


def _label(speaker: str | None) -> str:
    return f"{speaker}：" if speaker and _HAN.search(speaker) else f"{speaker}: "
