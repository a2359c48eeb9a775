"""Whether speech consists of fillers and repeated words, which a cleaned text leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from align.core.types import HeardWord, Token

_MANDARIN_SOUNDS = "en e a ha o ai ei na zhe jiu shi ge dui hao"
_ENGLISH_SOUNDS = "ok yeah um uh ah oh so right"
FILLER_SOUNDS = frozenset(f"{_MANDARIN_SOUNDS} {_ENGLISH_SOUNDS}".split())
"""Sounds of 嗯 呃 啊 哈 哦 唉 那个 这个 就是 对 好, and English fillers."""


def only_fillers_by_words(words: Sequence[HeardWord], beside: Sequence[Token]) -> bool:
    """Whether all words are fillers, or repeat the tokens beside them."""
    sounds = FILLER_SOUNDS | {token.sound for token in beside}
    return all(word.sound in sounds for word in words)
