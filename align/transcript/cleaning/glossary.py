"""The user's names and terms: how they are written, garbled and translated.

    [[term]]
    text = "Ethan"                  # the correct spelling
    garbled = ["伊than", "伊森"]     # what the transcript may have instead
    english = "Ethan"               # for the translator; chinese = "…" the other way
    alike = 85                      # also replace what sounds at least so similar (50 to 100)

docs/guides/cleaning.md has the rules.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from align.core.errors import InputError
from align.core.toml import parse_toml, read_toml
from align.pronounce.sound_key import HAN
from align.transcript.text_edits import Replacement, Rule

_FIELDS = ("text", "garbled", "english", "chinese", "alike")
_LOWEST, _HIGHEST = 50, 100
_HAN_ONLY = re.compile(f"[{HAN}]+")
_WORDS = re.compile("[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A name or a term.

    Attributes:
        text: the correct spelling.
        garbled: other spellings in transcripts.
        english, chinese: its translation, "" for any.
        alike: similarity from which something that sounds similar is replaced, 50 to 100; None: never.
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
        """All spellings, case folded, with the correct one."""
        return {
            spelling.casefold(): term.text for term in self.terms for spelling in (*term.garbled, term.text)
        }

    @cached_property
    def words(self) -> frozenset[str]:
        """The Latin words of all terms, in lower case."""
        return frozenset(word.lower() for term in self.terms for word in _WORDS.findall(term.text))

    def translations(self, target: str) -> tuple[tuple[str, str], ...]:
        """Pairs (as written, as translated), longest first."""
        pairs = []
        for term in self.terms:
            translation = term.english if target == "en" else term.chinese if target == "zh" else ""
            if translation and translation != term.text:
                pairs.append((term.text, translation))
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def rule(self) -> Rule:
        """The rule that corrects each spelling of a term that is a word of its own."""
        longest_first = sorted(self.written, key=lambda spelling: (-len(spelling), spelling))
        pattern = re.compile("|".join(map(term_pattern, longest_first)) or r"(?!)", re.IGNORECASE)

        def rule(text: str) -> Iterator[Replacement]:
            for match in pattern.finditer(text):
                if not _inside_word(text, match.start(), match.end()):
                    yield match.start(), match.end(), self.written.get(match[0].casefold(), match[0])

        return rule


EMPTY = Glossary()


def term_pattern(written: str) -> str:
    """The pattern of one spelling; Latin letters and digits at its ends must be the ends of a word."""
    before = r"(?<![A-Za-z0-9])" if is_latin(written[0]) else ""
    after = r"(?![A-Za-z0-9])" if is_latin(written[-1]) else ""
    return f"{before}{re.escape(written)}{after}"


def is_latin(character: str) -> bool:
    """Whether a character is an ASCII letter or digit."""
    return character.isascii() and character.isalnum()


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether Han characters are part of a longer word, as 一心 is of 一心一意."""
    import rjieba

    if not _HAN_ONLY.fullmatch(text[start:end]):
        return False
    first, last = max(0, start - 8), end + 8
    position = first
    for word in rjieba.cut(text[first:last], False):
        word_end = position + len(word)
        if position <= start and end <= word_end and (position, word_end) != (start, end):
            return True
        position = word_end
    return False


def read_glossary(path: Path) -> Glossary:
    """Read a glossary, a TOML file of [[term]] tables.

    Raises:
        InputError: it cannot be read, is not TOML, or a term is invalid.
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
            raise InputError(path, f"{name!r} does not belong in a glossary; write [[term]] tables")
    tables = data.get("term", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError(path, "has no list of terms; write [[term]] above each")
    terms = tuple(_term(table, path, number) for number, table in enumerate(tables, 1))
    # Each spelling has one owner, and a term's own text is its longest spelling, so no term changes again.
    owners: dict[str, str] = {}
    for term in terms:
        for spelling in (*term.garbled, term.text):
            owner = owners.setdefault(spelling.casefold(), term.text)
            if owner != term.text:
                raise InputError(path, f"{spelling!r} stands for {owner} and for {term.text}; remove one")
    source = content.decode("utf-8-sig")
    return Glossary(terms, hashlib.sha256(source.encode()).hexdigest(), source)


def _term(table: dict[str, Any], path: Path, number: int) -> Term:
    def wrong(problem: str) -> InputError:
        return InputError(path, f"term {number} {problem}")

    for name in table:
        if name not in _FIELDS:
            raise wrong(f"has the unknown field {name!r}; use {', '.join(_FIELDS)}")
    text = table.get("text")
    if not isinstance(text, str) or not _is_text(text):
        raise wrong('has no text; write text = "…", the correct spelling')
    garbled = table.get("garbled", [])
    if not isinstance(garbled, list) or not all(map(_is_text, garbled)):
        raise wrong(f'({text}): garbled is not a list of texts; write garbled = ["…", "…"]')
    for name in ("english", "chinese"):
        if name in table and not _is_text(table[name]):
            raise wrong(f'({text}): {name} is not a text; write {name} = "…"')
    alike = table.get("alike")
    if alike is not None and (
        isinstance(alike, bool) or not isinstance(alike, int) or not _LOWEST <= alike <= _HIGHEST
    ):
        raise wrong(f"({text}): alike is {alike!r}; write a number from {_LOWEST} to {_HIGHEST}")
    return Term(text, tuple(garbled), table.get("english", ""), table.get("chinese", ""), alike)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value == " ".join(value.split())
