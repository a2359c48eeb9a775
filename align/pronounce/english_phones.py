"""English words as phones: the CMU Pronouncing Dictionary, letters one by one, and parts of words combined.

English in Mandarin speech has many abbreviations, product names and compounds. A word is split where its
capitals and digits say so; a part that the dictionary lacks is spelled out as letters, as sounds, or both.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from align.core.errors import ModelError
from align.pronounce.g2p import spelled_readings
from align.pronounce.mandarin_phones import romanised_readings
from align.pronounce.phones import Reading, distinct, joined
from align.registry.manifest import models_folder

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
_VOICELESS = ("p", "t", "k", "f", "th")
_SIBILANTS = ("s", "z", "sh", "zh", "ch", "jh")


@dataclass(frozen=True, slots=True)
class WordParameters:
    """Numbers of letters that decide how a word is read, tuned on the synthetic show; [useful ranges].

    Attributes:
        spelled_out: a longer word in capitals is a word rather than an abbreviation. [4 to 6]
        abbreviated: a word in lower case of at most so many may be an abbreviation, as aigc. [5 to 10]
        place: a name in the dictionary of so many letters is also offered in Mandarin, as Beijing. [5 to 8]
        compound_part: least letters of each half of a compound; shorter words occur in everything. [3 to 5]
    """

    spelled_out: int = 5
    abbreviated: int = 8
    place: int = 7
    compound_part: int = 4


DEFAULTS = WordParameters()


@cache
def english_words() -> Mapping[str, str]:
    """The dictionary that ships with align; loaded once per process, in 0.1 s."""
    return read_words(models_folder() / "english" / "words.txt.xz")


def read_words(path: Path) -> Mapping[str, str]:
    """Words in lower case with their readings, separated by commas.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        text = lzma.decompress(path.read_bytes()).decode("ascii")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise ModelError(str(path), "ships with align and cannot be read; install align again") from error
    return dict(line.split("\t") for line in text.split("\n"))


def dictionary_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a word in lower case, the usual one first; () where the dictionary lacks it."""
    readings = english_words().get(word)
    return (
        tuple(tuple(reading.split(" ")) for reading in readings.split(",")[:_DICTIONARY_READINGS])
        if readings
        else ()
    )


@lru_cache(maxsize=4_096)
def letter_readings(letters: str) -> tuple[Reading, ...]:
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
def letters_readings(chunk: str, parameters: WordParameters = DEFAULTS) -> tuple[Reading, ...]:
    """Readings of a stretch of letters and apostrophes, the likeliest first; () where it has no letter."""
    if chunk == "&":
        return (("ah", "n", "d"), ("ah", "n"))
    bare = chunk.strip("'")
    if not bare:
        return ()
    if len(bare) == 1:
        names = letter_readings(bare.lower())
        return distinct([("ah",), *names] if bare == "a" else [*names, ("ah",)] if bare == "A" else names)
    if bare.isupper() and "'" not in bare:
        return _capitals(bare, parameters)
    known = _known(bare.lower())
    if known:
        by_parts = _by_parts(bare, parameters)[:1] if re.search("[a-z][A-Z]", bare) else ()
        is_name = bare[0].isupper() and len(bare) >= parameters.place
        return distinct([*known, *by_parts, *(romanised_readings(bare.lower()) if is_name else ())])
    owner = re.fullmatch(r"(.+)'[sS]", bare)
    return with_s(letters_readings(owner[1], parameters)) if owner else _by_parts(bare, parameters)


def _known(word: str) -> tuple[Reading, ...]:
    """Readings of a word of the dictionary, with those of fast speech; () where it lacks the word."""
    if word in _TAILS:
        return distinct([*letter_readings(word), *dictionary_readings(word)])
    reduced = _REDUCED.get(word)
    return distinct([*dictionary_readings(word), *([tuple(reduced.split(" "))] if reduced else [])])


def _capitals(word: str, parameters: WordParameters) -> tuple[Reading, ...]:
    """GPU, CEO and NASA: letter by letter first, as a word second; the reverse for long words."""
    lower = word.lower()
    as_letters = letter_readings(lower) if len(word) <= 2 * parameters.spelled_out else ()
    as_word = _known(lower) or (spelled_readings(lower)[:1] if len(word) > 3 else ())
    return distinct(as_word + as_letters if len(word) > parameters.spelled_out else as_letters + as_word)


def with_s(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The plural or the genitive."""
    endings = dict.fromkeys(_SIBILANTS, ("ah", "z")) | dict.fromkeys(_VOICELESS, ("s",))
    return tuple((*reading, *endings.get(reading[-1], ("z",))) for reading in readings)


def _by_parts(word: str, parameters: WordParameters) -> tuple[Reading, ...]:
    """A word that the dictionary lacks, part by part: "GPUs", "OpenAI", "hyperscaler"."""
    bare = word.replace("'", "")
    parts = _CASES.findall(bare)
    return joined([_part(part, parameters) for part in parts]) if len(parts) > 1 else _part(bare, parameters)


def _part(part: str, parameters: WordParameters) -> tuple[Reading, ...]:
    """A part without a change of case."""
    if re.fullmatch("[A-Z]{2,}s", part):
        return with_s(_capitals(part[:-1], parameters))
    if part.isupper():
        return letters_readings(part, parameters)
    lower = part.lower()
    known = _known(lower)
    if known:
        return known
    names = letter_readings(lower) if len(lower) <= parameters.abbreviated else ()
    sounds = (*_compound(lower, parameters), *romanised_readings(lower), *spelled_readings(lower))
    short = len(lower) <= 3 or (len(lower) <= parameters.spelled_out and not re.search("[aeiouy]", lower))
    letters_first = short and not (part[0].isupper() and sounds)
    return distinct([*names, *sounds] if letters_first else [*sounds, *names])


def _compound(word: str, parameters: WordParameters) -> tuple[Reading, ...]:
    """Two words of the dictionary run together, as "livestream", at the most even cut; "openai"."""
    for tail in _TAILS:
        head = _known(word.removesuffix(tail)) if word.endswith(tail) else ()
        if head:
            return joined([head[:1], letter_readings(tail)])
    cuts = range(parameters.compound_part, len(word) - parameters.compound_part + 1)
    for cut in sorted(cuts, key=lambda cut: abs(2 * cut - len(word))):
        halves = _known(word[:cut])[:1], _known(word[cut:])[:1]
        if all(halves):
            return joined(halves)
    return ()
