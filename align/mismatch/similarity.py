"""How similar written and recognized words are, by their sounds and by their spelling."""

from __future__ import annotations

from collections.abc import Sequence

from align.audio.recognition import follows_space
from align.core.types import HeardWord, Token
from align.mismatch.parameters import DEFAULTS
from align.pronounce.sound_key import simplified_form

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
"""Han digits to Arabic ones, for numbers that are read digit by digit."""

Words = Sequence[Token] | Sequence[HeardWord]


def sound_similarity(written: Words, heard: Words) -> float:
    """How alike two texts sound, 0 to 100; 101 equals both 一百零一 and 一零一."""
    from rapidfuzz.fuzz import ratio

    if same_spelling(written, heard):
        return 100.0
    return ratio(*("".join(word.sound for word in words).replace(" ", "") for words in (written, heard)))


def same_sound_threshold(written: Words) -> float:
    """The similarity from which a text counts as said as written; higher for long texts."""
    letters = sum(len(word.sound) for word in written)
    return max(DEFAULTS.same_sound, 100 - 100 * DEFAULTS.same_sound_letters / max(1, letters))


def same_spelling(written: Words, heard: Words) -> bool:
    """Whether both are spelled alike, apart from case, Traditional forms and the script of digits."""
    first, second = (
        simplified_form(join_words(words).replace(" ", "")).translate(_DIGITS).casefold()
        for words in (written, heard)
    )
    return first == second


def join_words(words: Words) -> str:
    """Words as one text: a space between two words or numbers, none beside Han or kana."""
    text = ""
    for word in words:
        gap = " " if text and follows_space(text[-1]) and follows_space(word.text[0]) else ""
        text += gap + word.text
    return text
