"""A text as tokens that know what stands before them and when they are said, so that it can be edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from align.pronounce.tokens import tokenize_text
from scripts.benchmarks.values import Word

COMMA = "，"

_STOPS = frozenset("。？！.?!…")
_PAUSES = frozenset("，、；,;—")


@dataclass(frozen=True, slots=True)
class Unit:
    """A token.

    Attributes:
        lead: what is written between the token before and this one.
        text: as written.
        sound: what it is compared by.
        start: None where it is not known when it is said.
        end: None where `start` is.
    """

    lead: str
    text: str
    sound: str
    start: float | None = None
    end: float | None = None


def read(text: str, truth: Sequence[Word] | None = None) -> tuple[tuple[Unit, ...], str]:
    """The units of a text of several lines, and what is written after the last.

    Args:
        text: to take apart.
        truth: when each of its tokens is said; None where nobody says it.
    """
    units: list[Unit] = []
    done = begin = 0
    for line in text.splitlines(keepends=True):
        for piece in tokenize_text(line):
            word = truth[len(units)] if truth is not None else Word(piece.text, None, None)
            if word.text != piece.text:
                raise ValueError(f"the text has {piece.text!r} where the truth has {word.text!r}")
            lead = text[done : begin + piece.start]
            units.append(Unit(lead, piece.text, piece.sound, word.start, word.end))
            done = begin + piece.end
        begin += len(line)
    return tuple(units), text[done:]


def write(units: Iterable[Unit], tail: str) -> str:
    """The text; where two words would grow together there is a space between them."""
    return "".join(_spaced(units)) + tail


def _spaced(units: Iterable[Unit]) -> Iterator[str]:
    before = ""
    for unit in units:
        yield unit.lead + " " * _grown_together(before, unit) + unit.text
        before = unit.text


def _grown_together(before: str, unit: Unit) -> bool:
    """Whether a token and the one before it would be read as one, as "20" and "19" would."""
    if not before or _stands_alone(before[-1]) or _stands_alone(unit.text[0]):
        return False
    return [one.text for one in tokenize_text(before + unit.lead + unit.text)] != [before, unit.text]


def _stands_alone(letter: str) -> bool:
    """Whether a letter is a token by itself, as Han characters are."""
    return "\u3400" <= letter <= "\u9fff"


def words(units: Iterable[Unit]) -> str:
    """The tokens with what stands between them, but not before the first."""
    return write(units, "").lstrip("".join(_STOPS | _PAUSES) + " \n")


def strongest(leads: Sequence[str]) -> str:
    """Which of several leads stays when the tokens between them go: the last of the strongest."""
    return max(reversed(leads), key=_strength)


def _strength(lead: str) -> int:
    marks = set(lead)
    return 4 * ("\n" in marks) + 2 * bool(marks & _STOPS) + bool(marks & _PAUSES)
