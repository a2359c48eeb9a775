"""How similar written and recognized words are, by their sounds and by their spelling."""

from __future__ import annotations

from collections.abc import Sequence

from align.audio.recognition import follows_space
from align.core.types import HeardWord, Token
from align.mismatch.parameters import DEFAULTS
from align.pronounce.sound_key import simplified_form

_NEGATIONS = frozenset(
    ("不", "没", "未", "无", "no", "not", "never", "none", "nobody", "nothing", "nor", "without", "cannot")
)
_HAN_NUMBERS = frozenset("〇零一二两三四五六七八九十百千万亿")

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
"""Han digits to Arabic ones, for numbers that are read digit by digit."""

Words = Sequence[Token] | Sequence[HeardWord]


def sound_similarity(written: Words, heard: Words) -> float:
    """How alike two texts sound, 0 to 100; 101 equals both 一百零一 and 一零一."""
    from rapidfuzz.fuzz import ratio

    if same_spelling(written, heard):
        return 100.0
    return ratio(*("".join(word.sound for word in words).replace(" ", "") for words in (written, heard)))


def said_inside(written: Words, heard: Words) -> bool:
    """Whether a text sounds nearly like a part of what was heard."""
    from rapidfuzz.fuzz import partial_ratio

    own, whole = ("".join(word.sound for word in words).replace(" ", "") for words in (written, heard))
    return len(own) <= len(whole) and partial_ratio(own, whole) >= DEFAULTS.same_sound


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


def changes_meaning(written: Words, heard: Words) -> bool:
    """Whether one side has a negation or a number that the other has not."""
    return _negations_and_numbers(written) != _negations_and_numbers(heard)


def _negations_and_numbers(words: Words) -> tuple[str, ...]:
    """In order, digits as Arabic ones."""
    found: list[str] = []
    for word in words:
        text = simplified_form(word.text).casefold()
        if text.endswith(("n't", "n’t")) or text in _NEGATIONS:
            found.append("not" if text.isascii() or "’" in text else text)
        elif any(letter.isdigit() for letter in text) or _HAN_NUMBERS.issuperset(text):
            found.append(text.translate(_DIGITS))
        else:
            found += [letter for letter in text if letter in _NEGATIONS]
    return tuple(sorted(found))
