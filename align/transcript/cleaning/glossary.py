"""The user's names and terms: how they are written, what they are garbled to, and how they are translated.

    [[term]]
    text = "Ethan"                  # as it is shown
    garbled = ["伊than", "伊森"]     # what the transcript may have in its place
    english = "Ethan"               # for the translator; chinese = "…" the other way
    alike = 85                      # also what sounds alike, at least so much (50 to 100)

docs/guides/cleaning.md has the rules.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from align.core.errors import InputError
from align.core.toml import parse_toml, read_toml
from align.pronounce.sound_key import HAN
from align.transcript.text_edits import Found

_FIELDS = ("text", "garbled", "english", "chinese", "alike")
_LOWEST, _HIGHEST = 50, 100
_HAN_ONLY = re.compile(f"[{HAN}]+")
_WORDS = re.compile("[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A name or a term.

    Attributes:
        text: as it is shown.
        garbled: what stands for it in the transcript.
        english, chinese: as it is translated, "" where the translator is free.
        alike: how much alike something must sound to be taken for it, from 50 to 100; None: not at all.
    """

    text: str
    garbled: tuple[str, ...] = ()
    english: str = ""
    chinese: str = ""
    alike: int | None = None


@dataclass(frozen=True)
class Glossary:
    """Names and terms.

    Attributes:
        terms: in the order of the file.
        digest: SHA-256 of the file, None where there is none.
        source: the text of the file.
    """

    terms: tuple[Term, ...] = ()
    digest: str | None = None
    source: str = ""

    @cached_property
    def written(self) -> Mapping[str, str]:
        """What may stand in a transcript, case folded, to what is to stand there."""
        return {one.casefold(): term.text for term in self.terms for one in (*term.garbled, term.text)}

    @cached_property
    def words(self) -> frozenset[str]:
        """The Latin words of all terms, in lower case."""
        return frozenset(word.lower() for term in self.terms for word in _WORDS.findall(term.text))

    def translations(self, target: str) -> tuple[tuple[str, str], ...]:
        """Pairs (as shown, as translated) for the translator, the longest first."""
        pairs = {
            term.text: term.english if target == "en" else term.chinese if target == "zh" else ""
            for term in self.terms
        }
        told = [(text, other) for text, other in pairs.items() if other and text != other]
        return tuple(sorted(told, key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def rule(self) -> Callable[[str], Iterator[Found]]:
        """The rule that puts each term where it, or a garbling of it, stands as a word of its own."""
        longest_first = sorted(self.written, key=lambda one: (-len(one), one))
        pattern = re.compile("|".join(map(_bounded, longest_first)) or r"(?!)", re.IGNORECASE)

        def rule(text: str) -> Iterator[Found]:
            for match in pattern.finditer(text):
                if not _inside_word(text, match.start(), match.end()):
                    yield match.start(), match.end(), self.written.get(match[0].casefold(), match[0])

        return rule


EMPTY = Glossary()


def _bounded(written: str) -> str:
    """The pattern of one spelling; Latin letters and digits at its ends must be the ends of a word."""
    before = r"(?<![A-Za-z0-9])" if _latin(written[0]) else ""
    after = r"(?![A-Za-z0-9])" if _latin(written[-1]) else ""
    return f"{before}{re.escape(written)}{after}"


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch of Han characters is a part of a longer word, as 一心 is of 一心一意."""
    import rjieba

    if not _HAN_ONLY.fullmatch(text[start:end]):
        return False
    first, last = max(0, start - 8), end + 8
    position = first
    for word in rjieba.cut(text[first:last], False):
        behind = position + len(word)
        if position <= start and end <= behind and (position, behind) != (start, end):
            return True
        position = behind
    return False


def read_glossary(path: Path) -> Glossary:
    """Read a glossary, a TOML file of [[term]] tables.

    Raises:
        InputError: it cannot be read, is not TOML, or a term of it makes no sense.
    """
    content, _ = read_toml(path, "name a glossary that exists")
    return parse_glossary(content, path)


def parse_glossary(content: bytes, path: Path) -> Glossary:
    """The glossary that these bytes hold, none for no bytes; `path` is named in errors only.

    Raises:
        InputError: they are not TOML, or a term makes no sense.
    """
    if not content:
        return EMPTY
    data = parse_toml(content, path)
    for name in data:
        if name != "term":
            raise InputError(path, f"{name!r} is no part of a glossary; write [[term]] tables")
    tables = data.get("term", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError(path, "has no list of terms; write [[term]] above each")
    terms = tuple(_term(table, path, number) for number, table in enumerate(tables, 1))
    glossary = Glossary(terms, hashlib.sha256(content).hexdigest(), content.decode("utf-8-sig"))
    _check(glossary, path)
    return glossary


def _term(table: dict[str, Any], path: Path, number: int) -> Term:
    def wrong(problem: str) -> InputError:
        return InputError(path, f"term {number} {problem}")

    for name in table:
        if name not in _FIELDS:
            raise wrong(f"has the unknown field {name!r}; use {', '.join(_FIELDS)}")
    text = table.get("text")
    if not isinstance(text, str) or not _is_text(text):
        raise wrong('has no text; write text = "…", as it is to be shown')
    garbled = table.get("garbled", [])
    if not isinstance(garbled, list) or not all(map(_is_text, garbled)):
        raise wrong(f'({text}): garbled is no list of texts; write garbled = ["…", "…"]')
    for name in ("english", "chinese"):
        if name in table and not _is_text(table[name]):
            raise wrong(f'({text}): {name} is no text; write {name} = "…"')
    alike = table.get("alike")
    if alike is not None and (
        isinstance(alike, bool) or not isinstance(alike, int) or not _LOWEST <= alike <= _HIGHEST
    ):
        raise wrong(f"({text}): alike is {alike!r}; write a number from {_LOWEST} to {_HIGHEST}")
    return Term(text, tuple(garbled), table.get("english", ""), table.get("chinese", ""), alike)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value == " ".join(value.split())


def _check(glossary: Glossary, path: Path) -> None:
    """Refuse a spelling of two terms.

    A term's own text is the longest spelling where it stands, so no term is changed again.
    """
    owners: dict[str, str] = {}
    for term in glossary.terms:
        for one in (*term.garbled, term.text):
            if owners.setdefault(one.casefold(), term.text) != term.text:
                raise InputError(
                    path, f"{one!r} stands for {owners[one.casefold()]} and for {term.text}; leave one out"
                )
