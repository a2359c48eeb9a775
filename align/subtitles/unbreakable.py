"""Names and terms from the user, inside which no cue is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.core.types import Turn
from align.pronounce.lexicon import Lexicon
from align.pronounce.sound_key import HAN

_HAN = re.compile(f"[{HAN}]")


def given_names(turns: Sequence[Turn], lexicon: Lexicon) -> tuple[str, ...]:
    """The speakers' names and the lexicon's words, each of two characters or more."""
    names = {turn.speaker for turn in turns if turn.speaker}
    for first, *others in lexicon.entries:
        word = first
        for token in others:
            word += token if _HAN.match(word[-1]) or _HAN.match(token) else f" {token}"
        names.add(word)
    return tuple(sorted(name for name in names if len(name) > 1))
