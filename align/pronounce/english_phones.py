"""English words as phones: the CMU Pronouncing Dictionary, letters one by one, and parts of words combined.

English in Mandarin speech has many abbreviations, product names and compounds. A word is split where its
capitals and digits say so; a part that the dictionary lacks is spelled out as letters, as sounds, or both.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from align.core.errors import ModelError
from align.pronounce.g2p import spelled_readings
from align.pronounce.mandarin_phones import romanised_readings
from align.pronounce.phones import Reading, distinct, joined
from align.registry.model_list import models_folder

_DICTIONARY_READINGS = 3
"""Most readings of a word from the dictionary, which has four of a few."""

_NAMES: dict[str, tuple[str, ...]] = {
    "a": ("ey",), "b": ("b iy",), "c": ("s iy",), "d": ("d iy",), "e": ("iy",), "f": ("eh f",),
    "g": ("jh iy",), "h": ("ey ch",), "i": ("ay",), "j": ("jh ey",), "k": ("k ey",), "l": ("eh l",),
    "m": ("eh m",), "n": ("eh n",), "o": ("ow",), "p": ("p iy",), "q": ("k y uw",), "r": ("aa r",),
    "s": ("eh s",), "t": ("t iy",), "u": ("y uw",), "v": ("v iy",),
    "w": ("d ah b ah l y uw", "d ah b y uw"), "x": ("eh k s",), "y": ("w ay",), "z": ("z iy", "z eh d"),
}  # fmt: skip

_REDUCED = {
    "and": "ah n", "of": "ah", "or": "er", "are": "er", "can": "k ah n", "have": "ah v", "has": "ah z",
    "him": "ih m", "her": "er", "them": "ah m", "you": "y ah", "your": "y er", "that": "dh ah t",
    "at": "ah t", "as": "ah z", "than": "dh ah n", "an": "ah n", "but": "b ah t", "from": "f r ah m",
    "us": "ah s", "just": "jh ah s", "going": "g ah n", "some": "s ah m", "must": "m ah s",
    "okay": "k ey", "because": "k ah z",
}  # fmt: skip
"""Reduced forms of fast speech; the dictionary has the full form."""

_FOLDED = str.maketrans(
    {"’": "'", "‐": "-", "‑": "-", "＆": "&", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"}
    | {"ð": "th", "þ": "th", "ı": "i", "Ø": "O", "Æ": "Ae", "Œ": "Oe", "Ł": "L", "Đ": "D"}
)
_CASES = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|'")
_TAILS = ("ai", "gpt", "api")
"""Abbreviations that people write in lower case, also at the end of a name."""
_ENDINGS = {
    **dict.fromkeys(("p", "t", "k", "f", "th"), ("s",)),
    **dict.fromkeys(("s", "z", "sh", "zh", "ch", "jh"), ("ah", "z")),
}
"""Last phone of a word to its plural ending; z after the others."""

# Numbers of letters that decide how a word is read, tuned on the synthetic show; useful ranges in brackets.
_SPELLED_OUT = 5
"""A longer word in capitals is a word rather than an abbreviation. [4 to 6]"""
_ABBREVIATED = 8
"""A word in lower case of at most so many may be an abbreviation, as aigc. [5 to 10]"""
_PLACE = 7
"""A name in the dictionary of at least so many is also offered in Mandarin, as Beijing. [5 to 8]"""
_COMPOUND_PART = 4
"""Least letters of each half of a compound; shorter words occur in everything. [3 to 5]"""


@cache
def english_words(path: Path | None = None) -> Mapping[str, str]:
    """Words in lower case with their readings, separated by commas; loaded once per process, in 0.1 s.

    Args:
        path: None for the dictionary that ships with align.

    Raises:
        ModelError: the file is missing or damaged.
    """
    path = path or models_folder() / "english" / "words.txt.xz"
    try:
        text = lzma.decompress(path.read_bytes()).decode("ascii")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise ModelError(str(path), "ships with align and cannot be read; install align again") from error
    return dict(line.split("\t") for line in text.split("\n"))


def dictionary_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a word in lower case, the usual one first; () where the dictionary lacks it."""
    readings = english_words().get(word, "").split(",")[:_DICTIONARY_READINGS]
    return tuple(tuple(reading.split(" ")) for reading in readings if reading)


@lru_cache(maxsize=4_096)
def spell_out(letters: str) -> tuple[Reading, ...]:
    """`letters` (a to z, in lower case) by their names, AAAI also as "triple A I"; () for anything else."""
    names = [[tuple(name.split(" ")) for name in _NAMES.get(letter, ())] for letter in letters]
    plain = joined(names)
    triple = re.match(r"(.)\1\1(?!\1)", letters)
    return distinct([*plain, *joined([[("t", "r", "ih", "p", "ah", "l")], *names[2:]])]) if triple else plain


def plain_word(word: str) -> str:
    """`word` with plain apostrophes and hyphens, and without accents."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).translate(_FOLDED))
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))


@lru_cache(maxsize=16_384)
def latin_readings(chunk: str) -> tuple[Reading, ...]:
    """Readings of a stretch of letters and apostrophes, the likeliest first; () where it has no letter."""
    if chunk == "&":
        return (("ah", "n", "d"), ("ah", "n"))
    bare = chunk.strip("'")
    if not bare:
        return ()
    if len(bare) == 1:
        names = spell_out(bare.lower())
        return distinct([("ah",), *names] if bare == "a" else [*names, ("ah",)] if bare == "A" else names)
    if bare.isupper() and "'" not in bare:
        return _capitals(bare)
    known = _known(bare.lower())
    if known:
        by_parts = _by_parts(bare)[:1] if re.search("[a-z][A-Z]", bare) else ()
        is_name = bare[0].isupper() and len(bare) >= _PLACE
        return distinct([*known, *by_parts, *(romanised_readings(bare.lower()) if is_name else ())])
    owner = re.fullmatch(r"(.+)'[sS]", bare)
    return with_s(latin_readings(owner[1])) if owner else _by_parts(bare)


def _known(word: str) -> tuple[Reading, ...]:
    """Readings of a word of the dictionary, with those of fast speech; () where it lacks the word."""
    if word in _TAILS:
        return distinct([*spell_out(word), *dictionary_readings(word)])
    reduced = _REDUCED.get(word)
    return distinct([*dictionary_readings(word), *([tuple(reduced.split(" "))] if reduced else [])])


def _capitals(word: str) -> tuple[Reading, ...]:
    """GPU, CEO and NASA: letter by letter first, as a word second; the reverse for long words."""
    lower = word.lower()
    as_letters = spell_out(lower) if len(word) <= 2 * _SPELLED_OUT else ()
    as_word = _known(lower) or (spelled_readings(lower)[:1] if len(word) > 3 else ())
    return distinct(as_word + as_letters if len(word) > _SPELLED_OUT else as_letters + as_word)


def with_s(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The plural or the genitive."""
    return tuple((*reading, *_ENDINGS.get(reading[-1], ("z",))) for reading in readings)


def _by_parts(word: str) -> tuple[Reading, ...]:
    """A word that the dictionary lacks, part by part: "GPUs", "OpenAI", "hyperscaler"."""
    bare = word.replace("'", "")
    parts = _CASES.findall(bare)
    return joined([_part(part) for part in parts]) if len(parts) > 1 else _part(bare)


def _part(part: str) -> tuple[Reading, ...]:
    """A part without a change of case."""
    if re.fullmatch("[A-Z]{2,}s", part):
        return with_s(_capitals(part[:-1]))
    if part.isupper():
        return latin_readings(part)
    lower = part.lower()
    known = _known(lower)
    if known:
        return known
    names = spell_out(lower) if len(lower) <= _ABBREVIATED else ()
    sounds = (*_compound(lower), *romanised_readings(lower), *spelled_readings(lower))
    short = len(lower) <= 3 or (len(lower) <= _SPELLED_OUT and not re.search("[aeiouy]", lower))
    letters_first = short and not (part[0].isupper() and sounds)
    return distinct([*names, *sounds] if letters_first else [*sounds, *names])


def _compound(word: str) -> tuple[Reading, ...]:
    """Two words of the dictionary run together, as "livestream", at the most even cut; "openai"."""
    for tail in _TAILS:
        head = _known(word.removesuffix(tail)) if word.endswith(tail) else ()
        if head:
            return joined([head[:1], spell_out(tail)])
    cuts = range(_COMPOUND_PART, len(word) - _COMPOUND_PART + 1)
    for cut in sorted(cuts, key=lambda cut: abs(2 * cut - len(word))):
        halves = _known(word[:cut])[:1], _known(word[cut:])[:1]
        if all(halves):
            return joined(halves)
    return ()
