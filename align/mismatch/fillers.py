"""Whether speech consists of fillers and repeated words, which a cleaned text leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from align.core.types import HeardWord, Token
from align.pronounce.sound_key import simplified_form

_SOUNDS = "en e a ha o ai ei ok yeah um uh ah oh so right"
FILLER_SOUNDS = frozenset(_SOUNDS.split())
"""Sounds of 嗯 呃 啊 哈 哦 唉, however they are spelled, and English fillers."""

FILLER_WORDS = frozenset("那这就是个对好")
"""Parts of 那个 这个 就是 对 好. Words of their sounds are none: 究 is no 就."""


def only_fillers_by_words(words: Sequence[HeardWord], beside: Sequence[Token]) -> bool:
    """Whether all words are fillers, or repeat the tokens beside them."""
    sounds = FILLER_SOUNDS | {token.sound for token in beside}
    return all(word.sound in sounds or simplified_form(word.text) in FILLER_WORDS for word in words)
