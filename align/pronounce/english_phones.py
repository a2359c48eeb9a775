"""English words as phones: the dictionary, letters one by one, and parts of words put together.

Mandarin speech has English of its own kind: abbreviations, names of products, words run together. A word is
cut where its capitals and digits say so; a part that the dictionary lacks is spelled out as letters, as
sounds, or both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from align.pronounce.cmu_dictionary import dictionary_readings
from align.pronounce.combine_readings import distinct, joined
from align.pronounce.g2p import spelled_readings
from align.pronounce.letter_names import letter_readings
from align.pronounce.phones import Reading
from align.pronounce.pinyin_words import romanised_readings

_REDUCED = {
    "and": "ah n", "of": "ah", "or": "er", "are": "er", "can": "k ah n", "have": "ah v", "has": "ah z",
    "him": "ih m", "her": "er", "them": "ah m", "you": "y ah", "your": "y er", "that": "dh ah t",
    "at": "ah t", "as": "ah z", "than": "dh ah n", "an": "ah n", "but": "b ah t", "from": "f r ah m",
    "us": "ah s", "just": "jh ah s", "going": "g ah n", "some": "s ah m", "must": "m ah s",
    "okay": "k ey", "because": "k ah z",
}  # fmt: skip
"""How quick speech says them; the dictionary has the full form."""

_FOLDED = str.maketrans(
    {"’": "'", "‐": "-", "‑": "-", "＆": "&", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"}
    | {"ð": "th", "þ": "th", "ı": "i", "Ø": "O", "Æ": "Ae", "Œ": "Oe", "Ł": "L", "Đ": "D"}
)
_CHUNK = re.compile(r"\d+(?:[.．]\d+)*|[A-Za-z']+|&")
_CASES = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|'")
_TAILS = ("ai", "gpt", "api")
"""Abbreviations that people write in small letters, also at the end of a name."""
_VOICELESS = ("p", "t", "k", "f", "th")
_HISSING = ("s", "z", "sh", "zh", "ch", "jh")
_SPELLED_OUT = 5
"""Letters; a longer word in capitals is a word rather than an abbreviation."""
_ABBREVIATED = 8
"""Small letters that may be an abbreviation, such as aigc, where the dictionary lacks the word."""
_PLACE = 7
"""Letters of a name in the dictionary that is offered in Mandarin too, such as Beijing."""
_LEAST_PART = 4
"""Letters of each half of a compound; shorter words are found in everything."""


def plain_word(word: str) -> str:
    """`word` with plain apostrophes and hyphens, and without accents."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).translate(_FOLDED))
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))


def chunks(word: str) -> list[str]:
    """Stretches of letters, numbers and "&" of a plain word, in order; hyphens fall away."""
    return _CHUNK.findall(word)


@lru_cache(maxsize=16_384)
def letters_readings(chunk: str) -> tuple[Reading, ...]:
    """Readings of a stretch of letters and apostrophes, the likeliest first; () where it holds no letter."""
    if chunk == "&":
        return (("ah", "n", "d"), ("ah", "n"))
    bare = chunk.strip("'")
    if not bare:
        return ()
    if len(bare) == 1:
        return _one_letter(bare)
    if bare.isupper() and "'" not in bare:
        return _capitals(bare)
    known = _known(bare.lower())
    if known:
        inside = _unknown(bare)[:1] if re.search("[a-z][A-Z]", bare) else ()
        place = romanised_readings(bare.lower()) if bare[0].isupper() and len(bare) >= _PLACE else ()
        return distinct([*known, *inside, *place])
    owner = re.fullmatch(r"(.+)'[sS]", bare)
    if owner:
        return with_s(letters_readings(owner[1]))
    return _unknown(bare)


def _one_letter(letter: str) -> tuple[Reading, ...]:
    names = letter_readings(letter.lower())
    return distinct([("ah",), *names] if letter == "a" else [*names, ("ah",)] if letter == "A" else names)


def _known(word: str) -> tuple[Reading, ...]:
    if word in _TAILS:
        return distinct([*letter_readings(word), *dictionary_readings(word)])
    reduced = _REDUCED.get(word)
    found = dictionary_readings(word)
    return distinct([*found, *([tuple(reduced.split(" "))] if reduced else [])])


def _capitals(word: str) -> tuple[Reading, ...]:
    """GPU, CEO and NASA: letter by letter first, as a word second; the other way round in long words."""
    lower = word.lower()
    as_letters = letter_readings(lower) if len(word) <= 2 * _SPELLED_OUT else ()
    as_word = _known(lower) or (spelled_readings(lower)[:1] if len(word) > 3 else ())
    long = len(word) > _SPELLED_OUT
    return distinct([*as_word, *as_letters] if long else [*as_letters, *as_word])


def with_s(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The plural or the genitive."""
    return tuple((*reading, *_s_after(reading[-1])) for reading in readings)


def _s_after(phone: str) -> Reading:
    if phone in _HISSING:
        return ("ah", "z")
    return ("s",) if phone in _VOICELESS else ("z",)


def _unknown(word: str) -> tuple[Reading, ...]:
    parts = _CASES.findall(word.replace("'", ""))
    if len(parts) > 1:
        return joined([_part(part) for part in parts])
    return _part(word.replace("'", ""))


def _part(part: str) -> tuple[Reading, ...]:
    """A stretch without a change of case: "GPUs", "Open", "hyperscaler"."""
    if re.fullmatch("[A-Z]{2,}s", part):
        return with_s(_capitals(part[:-1]))
    if part.isupper():
        return letters_readings(part)
    lower = part.lower()
    known = _known(lower)
    if known:
        return known
    short = len(lower) <= _SPELLED_OUT and (len(lower) <= 3 or not re.search("[aeiouy]", lower))
    names = letter_readings(lower) if len(lower) <= _ABBREVIATED else ()
    sounds = (*_compound(lower), *romanised_readings(lower), *spelled_readings(lower))
    first = short and not (part[0].isupper() and sounds)
    return distinct([*names, *sounds] if first else [*sounds, *names])


def _compound(word: str) -> tuple[Reading, ...]:
    """Two words of the dictionary run together, "livestream", at the evenest cut; "openai"."""
    for tail in _TAILS:
        head = _known(word.removesuffix(tail)) if word.endswith(tail) else ()
        if head:
            return joined([head[:1], letter_readings(tail)])
    cuts = range(_LEAST_PART, len(word) - _LEAST_PART + 1)
    for cut in sorted(cuts, key=lambda cut: abs(2 * cut - len(word))):
        halves = _known(word[:cut])[:1], _known(word[cut:])[:1]
        if all(halves):
            return joined(halves)
    return ()
