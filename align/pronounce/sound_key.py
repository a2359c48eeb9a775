"""What the pieces of a text sound like, so that two spellings of one sound compare equal.

    Han character       its pinyin in context, without the tone: 银行 is "yin", "hang"
    number              how Mandarin says it, its syllables separated by spaces: 101 is "yi bai ling yi"
    Latin word          its letters in lower case without accents and marks: "Don't" is "dont"
    any other letters   the letters themselves, case folded

A number thus equals the same number in Han characters once the sounds of both are split at the
spaces: 100 is "yi bai", and so is 一百.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Inside of a regular expression's [...]: Han characters of every plane, with 〇 and 々."""

_RUN = re.compile(f"[{HAN}]+")
_CHUNK = 400
"""Han characters given to pypinyin at once: its time grows with the square of this."""
_REPEATS = "々〻"
_BARE_NASALS = {"n": "en", "ng": "en"}
"""What pypinyin says for 嗯, whose spelling by a recogniser is 嗯 or 恩."""


def han_sounds(text: str) -> dict[int, str]:
    """Offset of each Han character in `text` to its pinyin without tone, read in context.

    A character that pypinyin does not know sounds as itself.
    """
    sounds: dict[int, str] = {}
    for start, run in _runs(text):
        for offset, sound in enumerate(_pinyin(run), start):
            repeated = text[offset] in _REPEATS
            sounds[offset] = sounds.get(offset - 1, sound) if repeated else sound
    return sounds


def _runs(text: str) -> Iterator[tuple[int, str]]:
    for match in _RUN.finditer(text):
        for start in range(match.start(), match.end(), _CHUNK):
            yield start, text[start : min(start + _CHUNK, match.end())]


def _pinyin(run: str) -> list[str]:
    """One sound a character; Traditional forms are read through their Simplified ones.

    pypinyin's phrases, which tell 银行 from 行走, are written in Simplified characters.
    """
    from pypinyin import lazy_pinyin

    plain = "".join(_one(unicodedata.normalize("NFKC", char), char) for char in run)
    simplified = simplified_form(plain)
    sounds = lazy_pinyin(simplified if len(simplified) == len(run) else plain, errors=_characters)
    return [_BARE_NASALS.get(sound, sound) for sound in sounds]


def _characters(unknown: str) -> Any:
    """One sound a character for what pypinyin does not know; it takes a list, which its types do not say."""
    return list(unknown)


def _one(normal: str, char: str) -> str:
    return normal if len(normal) == 1 else char


def simplified_form(text: str) -> str:
    """`text` with its Traditional characters as Simplified ones."""
    return str(_traditional_to_simplified().convert(text))


@cache
def _traditional_to_simplified() -> OpenCC:
    """Loaded once a process, in 15 ms: a text has thousands of runs."""
    from opencc import OpenCC

    return OpenCC("t2s")


def word_sound(word: str) -> str:
    """Letters and digits of `word` in lower case, without accents, apostrophes, hyphens and the like."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    kept = "".join(char for char in plain if char.isalnum() or _carries_sound(char))
    return unicodedata.normalize("NFC", kept) or word


def _carries_sound(mark: str) -> bool:
    """Whether it is a vowel sign or the like (Devanagari, Thai); an accent on a Latin letter is not."""
    return unicodedata.category(mark).startswith("M") and not "\u0300" <= mark <= "\u036f"


_SYLLABLE = re.compile(
    r"(?P<initial>zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)"
    r"(?P<final>(?:[iuv]?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong)|ia[on]|i|u|v|iu|ui|un|vn|in|ing|er|ue|ve))"
)
_FOLDED_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}


@lru_cache(maxsize=65_536)
def fuzzy_key(sound: str) -> str:
    """`sound` with what speakers and recognizers of Mandarin confuse folded, so that equality matches it.

    In each pinyin syllable zh, ch, sh become z, c, s; an initial n becomes l; a final ang, eng, ing, ong
    loses its g. Anything that is not a pinyin syllable stays as it is.
    """
    folded: list[str] = []
    for syllable in sound.split(" "):
        match = _SYLLABLE.fullmatch(syllable)
        if match:
            initial, final = match["initial"], match["final"]
            syllable = _FOLDED_INITIALS.get(initial, initial) + final.removesuffix("g")
        folded.append(syllable)
    return " ".join(folded)
