"""How similar written and recognized words are, by their sounds and by their spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.audio.recognition import follows_space
from align.core.types import HeardWord, Token
from align.mismatch.parameters import DEFAULTS
from align.pronounce.sound_key import simplified_form

_ENGLISH_NEGATIONS = ("no", "not", "never", "none", "nobody", "nothing", "nor", "without", "cannot")
_HAN_NEGATIONS = frozenset("不没未无")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千万亿]+")

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
    return _negations(written) != _negations(heard) or _numbers(written) != _numbers(heard)


def numbers_differ(written: Words, heard: Words) -> bool:
    """Whether both sides have numbers, and not the same ones: 29 and 28 sound alike, and are not."""
    own, other = _numbers(written), _numbers(heard)
    return bool(own and other) and own != other


def _negations(words: Words) -> list[str]:
    """Chinese ones as they are, and "not" for each English one."""
    found: list[str] = []
    for word in words:
        text = simplified_form(word.text).casefold()
        if text in _ENGLISH_NEGATIONS or text.endswith(("n't", "n’t")):
            found.append("not")
        found += [letter for letter in text if letter in _HAN_NEGATIONS]
    return sorted(found)


def _numbers(words: Words) -> list[float]:
    """The values of all numbers, of 一 to 九 alone too."""
    import cn2an

    values: list[float] = []
    for digits in _NUMBER.findall(simplified_form(join_words(words))):
        try:
            values.append(float(cn2an.cn2an(digits.replace(",", ""), "smart")))
        except ValueError:  # digit by digit, as in 二零二四年
            values.append(float(int("".join(filter(str.isdigit, digits.translate(_DIGITS))) or 0)))
    return sorted(values)
