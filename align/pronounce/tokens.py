"""Splits text into tokens, the smallest units that get a time.

A token is one Han character, one kana with its small companions, one number ("1.4", "4,000", "10%",
"3:30"), one word of any other script with the digits, apostrophes and hyphens inside it ("don't",
"e-mail", "GPT-4o", "5G"), or a stretch with symbols that are spoken ("$3.4", "-40°F", "2024-05-06", "C++",
"example.com"; align.pronounce.symbols). Punctuation, emoji and other symbols are not tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from align.core.types import Token, Turn
from align.pronounce.mandarin_number import number_sound
from align.pronounce.sound_key import HAN, han_sounds, word_sound
from align.pronounce.symbols import SPOKEN_SYMBOLS, spoken_forms


class TextToken(NamedTuple):
    """A token of a text without turns: its characters `start` to `end`."""

    start: int
    end: int
    text: str
    sound: str


_MARKS = "".join(
    chr(code)
    for code in (*range(0x300, 0x1E00), *range(0x20D0, 0x2100), *range(0xA66F, 0xAC00))
    if unicodedata.category(chr(code)).startswith("M")
)
"""Combining marks, which `re` does not count as parts of a word."""
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_KANA = "\u3041-\u3096\u309f\u30a1-\u30fa\u30ff\u31f0-\u31ff\uff66-\uff9d"
_SMALL_KANA = "ぁぃぅぇぉゃゅょゎァィゥェォャュョヮー゛゜\u3099\u309a\uff70\uff9e\uff9f"
_LETTER = rf"(?:(?![{HAN}{_KANA}])[^\W\d_])"
_INSIDE = rf"(?:{_LETTER}|\d|[{_MARKS}\u200c\u200d])"
_DIGITS = r"\d+(?:[.,:/：．]\d+)*"
_TOKEN = re.compile(
    rf"(?P<symbols>{SPOKEN_SYMBOLS})"
    rf"|(?P<han>[{HAN}][{_SELECTORS}]?)"
    rf"|(?P<kana>[{_KANA}][{_SMALL_KANA}]*)"
    rf"|(?P<word>(?:{_DIGITS})?{_LETTER}{_INSIDE}*(?:(?:['’&＆‐‑-]|(?<=\d)[.．](?=\d)){_INSIDE}+)*)"
    rf"|(?P<number>{_DIGITS}[%％‰]?)"
    rf"|(?P<other>[^\W_])"
)


def tokenize_text(text: str) -> list[TextToken]:
    """Tokens of one text, in order, without overlaps."""
    han = han_sounds(text)
    tokens: list[TextToken] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "symbols":
            sound = _symbols_sound(match[0], "zh" if han else "en")
        elif match.lastgroup == "han":
            sound = han[start]
        elif match.lastgroup == "number":
            sound = number_sound(match[0], year=text[end : end + 2].lstrip().startswith("年"))
        else:
            sound = word_sound(match[0])
        tokens.append(TextToken(start, end, match[0], sound))
    return tokens


def _symbols_sound(text: str, language: str) -> str:
    """The sounds of what is said for a token with symbols."""
    form = spoken_forms(text, language)[0]
    return " ".join(token.sound for token in tokenize_text(form))


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where the tokens of a text are, which is much faster to compute than their sounds."""
    return [match.span() for match in _TOKEN.finditer(text)]


def has_token(text: str) -> bool:
    """Whether the text has a token."""
    return _TOKEN.search(text) is not None


def tokenize(turns: Sequence[Turn]) -> tuple[Token, ...]:
    """Tokens of all turns, in order; `turns[token.turn].spoken[token.start:token.end] == token.text`."""
    return tuple(
        Token(text=text, sound=sound, turn=index, start=start, end=end)
        for index, turn in enumerate(turns)
        for start, end, text, sound in tokenize_text(turn.spoken)
    )
