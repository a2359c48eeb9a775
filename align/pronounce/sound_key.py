"""The sounds of the parts of a text, so that two spellings of one sound compare equal.

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
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""For a regular expression's [...]: Han characters of every plane, with 〇 and 々."""

_RUN = re.compile(f"[{HAN}]{{1,400}}")
"""Han characters passed to pypinyin at once: its time grows with the square of their number."""
_REPEATS = "々〻"
_BARE_NASALS = {"n": "en", "ng": "en"}
"""What pypinyin returns for 嗯, which recognizers write 嗯 or 恩."""


def han_sounds(text: str) -> dict[int, str]:
    """Offset of each Han character in `text` to its pinyin without tone, read in context.

    Traditional characters are read through their Simplified forms, in which pypinyin's phrases are written. A
    character that pypinyin does not know sounds as itself.
    """
    from pypinyin import lazy_pinyin

    sounds: dict[int, str] = {}
    for match in _RUN.finditer(text):
        run = match[0]
        normal = (unicodedata.normalize("NFKC", char) for char in run)
        plain = "".join(new if len(new) == 1 else char for new, char in zip(normal, run, strict=True))
        simplified = simplified_form(plain)
        if len(simplified) == len(run):
            plain = simplified
        # `list` gives each unknown character a sound of its own, which the types do not allow for.
        pinyin = lazy_pinyin(plain, errors=list)  # type: ignore[arg-type]
        for offset, sound in enumerate(pinyin, match.start()):
            repeated = text[offset] in _REPEATS and offset - 1 in sounds
            sounds[offset] = sounds[offset - 1] if repeated else _BARE_NASALS.get(sound, sound)
    return sounds


def simplified_form(text: str) -> str:
    """`text` with its Traditional characters as Simplified ones."""
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    """Loaded once per process, in 15 ms."""
    from opencc import OpenCC

    return OpenCC("t2s")


def word_sound(word: str) -> str:
    """Letters and digits of `word` in lower case, without accents, apostrophes, hyphens and the like."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    # Marks have a sound in Devanagari and Thai, unlike the accents of Latin letters, U+0300 to U+036F.
    kept = (
        char
        for char in plain
        if char.isalnum() or (unicodedata.category(char)[0] == "M" and not "\u0300" <= char <= "\u036f")
    )
    return unicodedata.normalize("NFC", "".join(kept)) or word


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
