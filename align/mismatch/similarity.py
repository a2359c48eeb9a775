"""How alike what is written and what was heard are, by their sounds and by their letters."""

from __future__ import annotations

from collections.abc import Sequence

from align.audio.recognition import follows_space
from align.core.types import HeardWord, Token
from align.pronounce.sound_key import simplified_form

CHINESE_FILLERS = ("en", "e", "a", "ha", "o", "ai", "ei", "na", "zhe", "jiu", "shi", "ge", "dui", "hao")
ENGLISH_FILLERS = ("ok", "yeah", "um", "uh", "ah", "oh", "so", "right")
FILLERS = frozenset((*CHINESE_FILLERS, *ENGLISH_FILLERS))
"""Sounds of what a cleaned text leaves out: 嗯 呃 啊 哈 哦 唉 那个 这个 就是 对 好, and English ones."""

SAME_SOUND, LIKE_SOUND = 85.0, 60.0
"""Similarity of sounds (0 to 100) from which two texts count as the same, or as nearly the same."""

LETTERS = 3
"""Letters of a sound by which long texts may differ, and still count as the same."""

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
"""Han digits to Arabic ones, for numbers that are read digit by digit."""

Words = Sequence[Token] | Sequence[HeardWord]


def alike(written: Words, heard: Words) -> float:
    """How alike text and speech sound, 0 to 100; 101 equals both 一百零一 and 一零一."""
    from rapidfuzz.fuzz import ratio

    if same_letters(written, heard):
        return 100.0
    return ratio(*("".join(one.sound for one in side).replace(" ", "") for side in (written, heard)))


def same_sound(written: Words) -> float:
    """From which likeness on a text is believed to be said as it is written."""
    letters = sum(len(one.sound) for one in written)
    return max(SAME_SOUND, 100 - 100 * LETTERS / max(1, letters))


def same_letters(written: Words, heard: Words) -> bool:
    """Whether both are spelled alike, but for the case, Traditional forms and the script of digits."""
    return _letters(written) == _letters(heard)


def _letters(words: Words) -> str:
    return simplified_form(joined(words).replace(" ", "")).translate(_DIGITS).casefold()


def only_small_words(words: Sequence[HeardWord], beside: Sequence[Token]) -> bool:
    """Whether words are fillers, and repeats of the tokens beside them."""
    sounds = {token.sound for token in beside}
    return all(word.sound in FILLERS or word.sound in sounds for word in words)


def joined(words: Words) -> str:
    """Words as one text: a space between two words or numbers, none beside Han or kana."""
    text = ""
    for word in words:
        gap = " " if text and follows_space(text[-1]) and follows_space(word.text[0]) else ""
        text += gap + word.text
    return text
