"""Names and terms that the user gave, which no cue cuts inside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.core.types import Turn
from align.pronounce.lexicon import Lexicon
from align.pronounce.sound_key import HAN

_HAN = re.compile(f"[{HAN}]")


def given_names(turns: Sequence[Turn], lexicon: Lexicon) -> tuple[str, ...]:
    """The speakers' names and the lexicon's words, each of two characters or more."""
    speakers = {turn.speaker for turn in turns if turn.speaker}
    words = {_written(key) for key in lexicon.entries}
    return tuple(sorted(name for name in speakers | words if len(name) > 1))


def _written(tokens: Sequence[str]) -> str:
    """A word's tokens as they are written one after the other: Han characters without spaces."""
    text = tokens[0]
    for token in tokens[1:]:
        text += token if _HAN.match(text[-1]) or _HAN.match(token) else f" {token}"
    return text
