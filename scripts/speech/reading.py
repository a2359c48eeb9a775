"""How a text sounds: the model's letters, and which token each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from align.core.errors import UsageError
from align.pronounce.symbols import currency_names, currency_of, spoken_forms
from align.pronounce.tokens import tokenize_text
from scripts.speech import english, mandarin, numbers

_HAN_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿〇]+")
_RUN = re.compile(r"[A-Za-z'’]+|[\d.]*\d")
_MARKS = {"，": ",", "、": ",", "：": ",", "；": ",", ",": ",", ":": ",", ";": ",", "—": ",", "…": ",",
          "。": ".", ".": ".", "！": "!", "!": "!", "？": "?", "?": "?"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A token or a punctuation mark, as it is spoken.

    Attributes:
        text: as written; for a mark the model's own sign, one of ", . ! ?".
        sound: the model's letters; for a mark the same sign.
        spoken: whether it is a token.
        spaced: whether the model wants a space before it (the beginning of a word).
    """

    text: str
    sound: str
    spoken: bool
    spaced: bool


def read(text: str) -> tuple[Piece, ...]:
    """All tokens and marks of `text`, in order; signs that nobody speaks are left out.

    Raises:
        UsageError: a token is of a script that the voices cannot speak.
    """
    han = {at: sound for run in _HAN_RUN.finditer(text) for at, sound in _han(run)}
    pieces: list[Piece] = []
    done = 0
    tokens = tokenize_text(text)
    texts = [token.text for token in tokens]
    paid: dict[int, str] = {}  # token after which the currency of an earlier one is said
    for index, token in enumerate(tokens):
        pieces += _marks(text[done : token.start])
        done = token.end
        if later := currency_of(texts[index : index + 4]):
            paid[index + later] = token.text
        if forms := spoken_forms(token.text, "zh" if han else "en", bare=later > 0):
            sound, first = _phrase(forms[0]), True
        else:
            sound, first = han.get(token.start) or (_other(token.text, text[done:]), True)
        if index in paid:
            sound += _phrase(currency_names(paid[index], "zh" if han else "en")[0])
        pieces.append(Piece(token.text, sound, True, first))
    return (*pieces, *_marks(text[done:]))


def _phrase(text: str) -> str:
    """The sound of plain words and numbers, as of one token."""
    pieces = read(text)
    return "".join(" " * (piece.spaced and place > 0) + piece.sound for place, piece in enumerate(pieces))


def _han(run: re.Match[str]) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Of each Han character its place, its sound, and whether it begins a word."""
    sounds = [(sound, not place) for word in mandarin.words(run[0]) for place, sound in enumerate(word)]
    return zip(range(run.start(), run.end()), sounds, strict=True)


def _other(token: str, following: str) -> str:
    """The sound of a number, of a Latin word, or of one with digits in it ("GPT-4o")."""
    if not re.search("[A-Za-z]", token):
        return _number(token, following)
    runs = _RUN.findall(token)
    sound = " ".join(_number(run, "") if run[-1].isdigit() else english.word(run) for run in runs)
    if not sound:
        raise UsageError(
            f"{token!r} cannot be spoken by these voices; write it in Han characters or Latin letters"
        )
    return sound


def _number(digits: str, following: str) -> str:
    """A number's sound, in Mandarin.

    Raises:
        UsageError: the token is no number either.
    """
    if not digits[0].isascii() or not digits[0].isdigit():
        raise UsageError(
            f"{digits!r} cannot be spoken by these voices; write it in Han characters or Latin letters"
        )
    said = mandarin.words(numbers.say(digits, following))
    return "".join(sound for word in said for sound in word)


def _marks(between: str) -> list[Piece]:
    """The pauses that are written between two tokens."""
    signs = [_MARKS[sign] for sign in between if sign in _MARKS]
    return [Piece(sign, sign, False, False) for sign in signs]
