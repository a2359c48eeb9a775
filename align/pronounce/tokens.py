"""Cut text into tokens: the smallest things that get a time.

A token is one Han character, one kana with its small companions, one number ("1.4", "4,000", "10%",
"3:30"), or one word of any other script with the digits, apostrophes and hyphens inside it ("don't",
"e-mail", "GPT-4o", "5G"). Punctuation, emoji and symbols are no tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from align.core.types import Token, Turn
from align.pronounce.mandarin_number import number_sound
from align.pronounce.sound_key import HAN, han_sounds, word_sound


class TextPiece(NamedTuple):
    """A token of a text that belongs to no turn: `text == whole[start:end]`."""

    start: int
    end: int
    text: str
    sound: str


def _marks() -> str:
    """Combining marks, which `re` does not count as parts of a word, as ranges of a character class."""
    blocks: Iterable[range] = (range(0x300, 0x1E00), range(0x20D0, 0x2100), range(0xA66F, 0xAC00))
    return "".join(chr(c) for block in blocks for c in block if unicodedata.category(chr(c)).startswith("M"))


_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_KANA = "\u3041-\u3096\u309f\u30a1-\u30fa\u30ff\u31f0-\u31ff\uff66-\uff9d"
_SMALL_KANA = "ぁぃぅぇぉゃゅょゎァィゥェォャュョヮー゛゜\u3099\u309a\uff70\uff9e\uff9f"
_LETTER = rf"(?:(?![{HAN}{_KANA}])[^\W\d_])"
_INSIDE = rf"(?:{_LETTER}|\d|[{_marks()}\u200c\u200d])"
_DIGITS = r"\d+(?:[.,:/：．]\d+)*"
_TOKEN = re.compile(
    rf"(?P<han>[{HAN}][{_SELECTORS}]?)"
    rf"|(?P<kana>[{_KANA}][{_SMALL_KANA}]*)"
    rf"|(?P<word>(?:{_DIGITS})?{_LETTER}{_INSIDE}*(?:(?:['’&＆‐‑-]|(?<=\d)[.．](?=\d)){_INSIDE}+)*)"
    rf"|(?P<number>{_DIGITS}[%％‰]?)"
    rf"|(?P<other>[^\W_])"
)


def tokenize_text(text: str) -> list[TextPiece]:
    """Tokens of one text, in order, none touching the same character twice."""
    han = han_sounds(text)
    return [
        TextPiece(match.start(), match.end(), match[0], _sound(match, text, han))
        for match in _TOKEN.finditer(text)
    ]


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where the tokens of a text are, which is told much faster than how they sound."""
    return [match.span() for match in _TOKEN.finditer(text)]


def has_token(text: str) -> bool:
    """Whether there is anything to say in it."""
    return _TOKEN.search(text) is not None


def _sound(match: re.Match[str], text: str, han: dict[int, str]) -> str:
    if match.lastgroup == "han":
        return han[match.start()]
    if match.lastgroup == "number":
        return number_sound(match[0], year=text[match.end() : match.end() + 2].lstrip().startswith("年"))
    return word_sound(match[0])


def tokenize(turns: Sequence[Turn]) -> tuple[Token, ...]:
    """Tokens of all turns, in order; `turns[token.turn].spoken[token.start:token.end] == token.text`."""
    return tuple(
        Token(text=piece.text, sound=piece.sound, turn=index, start=piece.start, end=piece.end)
        for index, turn in enumerate(turns)
        for piece in tokenize_text(turn.spoken)
    )
