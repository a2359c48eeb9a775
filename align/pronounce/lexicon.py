"""The user's own readings of words, from a file of lines `WORD = READING`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from align.core.errors import InputError
from align.core.input_files import LONGEST_SETTINGS, read_source
from align.core.types import Token, Turn
from align.pronounce.combine_readings import distinct, joined
from align.pronounce.english_phones import plain_word, with_s
from align.pronounce.mandarin_phones import syllable_phones
from align.pronounce.phones import ENGLISH, NO_SPEECH, PHONES, SHARED, Reading
from align.pronounce.sound_key import HAN
from align.pronounce.syllables import spread
from align.pronounce.token_readings import token_readings
from align.pronounce.tokens import tokenize

PerToken = tuple[tuple[Reading, ...], ...]
"""For each token of a word its readings."""

_HAN_WORD = re.compile(f"[{HAN}]+")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_ARPABET = frozenset((*SHARED, *ENGLISH))
_SOUNDS = frozenset(PHONES).difference(NO_SPEECH)
_TONED = re.compile(r"[a-zü:]+[1-5]|(?=.*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[^\W\d_]+")


@dataclass(frozen=True)
class Lexicon:
    """Readings that stand in the place of all others.

    Attributes:
        entries: the tokens of a word, as `_key` has them, to the readings of each.
        source: the text of the file.
    """

    entries: Mapping[tuple[str, ...], PerToken] = field(default_factory=dict)
    source: str = ""

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """First token of an entry to the numbers of tokens of such entries, the longest first."""
        found: dict[str, set[int]] = {}
        for key in self.entries:
            found.setdefault(key[0], set()).add(len(key))
        return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}

    def at(self, turns: Sequence[Turn], tokens: Sequence[Token], index: int) -> PerToken:
        """Readings of the tokens of the longest entry that begins with token `index`; () where none does."""
        first = _key(tokens[index].text)
        for length in self._lengths.get(first, ()):
            several = tokens[index : index + length]
            key = tuple(_key(token.text) for token in several)
            if key in self.entries and _together(turns, several):
                return self.entries[key]
        owner = self.entries.get((first[:-2],)) if first.endswith("'s") else None
        return (with_s(owner[0]),) if owner else ()


EMPTY = Lexicon()


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon: UTF-8 text with a line `WORD = READING` or `WORD = READING | READING` a word.

    A reading is phones of the inventory ("ow p ah n ey ay"), pinyin where the word is of Han characters
    ("zeng1", "yi sen"), or any other text, which is read as a transcript would be ("Ethan"). "#" begins a
    comment. docs/reference/lexicon.md has the rules.

    Raises:
        InputError: the file cannot be read, or a line of it is no entry.
    """
    return parse_lexicon(read_source(path, "name a lexicon that exists", LONGEST_SETTINGS), path)


def parse_lexicon(data: bytes, path: Path) -> Lexicon:
    """The lexicon that these bytes hold; `path` is named in errors only.

    Raises:
        InputError: a line is no entry.
    """
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, "is no UTF-8 text; save it as UTF-8") from error
    entries: dict[tuple[str, ...], PerToken] = {}
    for number, line in enumerate(source.splitlines(), 1):
        content = _COMMENT.sub("", line).strip()
        if content:
            key, readings = _entry(content, path, number)
            if key in entries:
                raise InputError(path, f"line {number}: repeats a word; put its readings on one line, with |")
            entries[key] = readings
    return Lexicon(entries, source)


def _entry(content: str, path: Path, number: int) -> tuple[tuple[str, ...], PerToken]:
    word, sign, said = (part.strip() for part in content.partition("="))
    if not sign:
        raise InputError(path, f'line {number}: has no "="; write WORD = READING')
    tokens = tokenize([Turn(None, word, 1)])
    if not tokens:
        raise InputError(path, f'line {number}: has no word before "="; write WORD = READING')
    if "".join(token.text for token in tokens) != re.sub(r"\s", "", word):
        raise InputError(path, f"line {number}: {word!r} has signs that nobody says; leave them out")
    found: list[list[Reading]] = [[] for _ in tokens]
    for alternative in said.split("|"):
        shares = _shares(alternative.strip(), word, len(tokens))
        if not shares:
            raise InputError(
                path,
                f"line {number}: {alternative.strip()!r} is no reading of {word!r}; give phones separated by "
                "spaces, pinyin or a word, with a sound for each character",
            )
        for readings, share in zip(found, shares, strict=True):
            readings.extend(share)
    return tuple(_key(token.text) for token in tokens), tuple(map(distinct, found))


def _shares(said: str, word: str, count: int) -> PerToken:
    """One way to say a word of `count` tokens, its sounds dealt out to them; () where that cannot be."""
    phones = _phones(said)
    if phones:
        return spread_over([phones], count)
    syllables = _pinyin(said) if _HAN_WORD.fullmatch(word) else ()
    if len(syllables) == count:
        return tuple((syllable,) for syllable in syllables)
    turn = Turn(None, said, 1)
    parts = token_readings([turn], tokenize([turn]))
    if not parts or not all(parts):
        return ()
    return parts if len(parts) == count else spread_over(joined(parts), count)


def spread_over(readings: Sequence[Reading], count: int) -> PerToken:
    """Each reading dealt out to `count` tokens; () where none has a phone for each."""
    dealt = [shares for reading in readings if (shares := spread(reading, count))]
    return tuple(distinct(shares) for shares in zip(*dealt, strict=True))


def _phones(said: str) -> Reading:
    """`said` as phones: names of the inventory, or ARPAbet in any case and with stress; () where it is text.

    Single capitals are the names of letters, although some of them are finals.
    """
    names = tuple(said.split())
    if all(name in _SOUNDS for name in names) and not all(
        len(name) == 1 and name.isupper() for name in names
    ):
        return names
    plain = tuple(name.rstrip("012").lower() for name in names)
    stressed = any(name[-1] in "012" for name in names)
    return plain if stressed and all(name in _ARPABET for name in plain) else ()


def _pinyin(said: str) -> tuple[Reading, ...]:
    """Each syllable of `said` as phones; () where a part of it is no pinyin in lower case."""
    from pypinyin.contrib.tone_convert import to_normal

    parts = said.replace("ü", "v").split()
    plain = [to_normal(part) if _TONED.fullmatch(part) else part.replace("u:", "v") for part in parts]
    found = [syllable_phones(part) for part in plain]
    return tuple(found) if all(found) else ()


def _together(turns: Sequence[Turn], tokens: Sequence[Token]) -> bool:
    """Whether nothing but space lies between neighbours, and all are of one turn."""
    if tokens[0].turn != tokens[-1].turn:
        return False
    text = turns[tokens[0].turn].spoken
    return all(not text[token.end : after.start].strip() for token, after in pairwise(tokens))


def _key(text: str) -> str:
    return plain_word(text).casefold()
