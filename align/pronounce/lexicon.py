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
from align.pronounce.english_phones import plain_word, with_s
from align.pronounce.mandarin_phones import syllable_phones
from align.pronounce.phones import ARPABET, SILENCE, SPEECH, Reading, distinct, joined, spread
from align.pronounce.sound_key import HAN
from align.pronounce.token_readings import token_readings
from align.pronounce.tokens import tokenize

TokenReadings = tuple[tuple[Reading, ...], ...]
"""The readings of each token of a word."""

_HAN_WORD = re.compile(f"[{HAN}]+")
_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True)
class Lexicon:
    """Readings that replace all others.

    Attributes:
        entries: the tokens of a word, folded by `_key`, to the readings of each.
        source: the text of the file.
    """

    entries: Mapping[tuple[str, ...], TokenReadings] = field(default_factory=dict)
    source: str = ""

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """First token of an entry to the numbers of tokens of such entries, the longest first."""
        lengths: dict[str, set[int]] = {}
        for key in self.entries:
            lengths.setdefault(key[0], set()).add(len(key))
        return {first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()}

    def at(self, turns: Sequence[Turn], tokens: Sequence[Token], index: int) -> TokenReadings:
        """Readings of the tokens of the longest entry that starts at token `index`; () without one.

        An entry matches tokens of one turn with nothing but space between them.
        """
        first = _key(tokens[index].text)
        text = turns[tokens[index].turn].spoken
        for length in self._lengths.get(first, ()):
            word = tokens[index : index + length]
            entry = self.entries.get(tuple(_key(token.text) for token in word))
            if entry and word[0].turn == word[-1].turn:
                gaps = (text[left.end : right.start] for left, right in pairwise(word))
                if not any(gap.strip() for gap in gaps):
                    return entry
        owner = self.entries.get((first[:-2],)) if first.endswith("'s") else None
        return (with_s(owner[0]),) if owner else ()


EMPTY = Lexicon()


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon: UTF-8 text with a line `WORD = READING` or `WORD = READING | READING` for each word.

    A reading is phones of the inventory ("ow p ah n ey ay"), pinyin where the word is of Han characters
    ("zeng1", "yi sen"), or any other text, which is read as a transcript would be ("Ethan"). "#" starts a
    comment. docs/reference/lexicon.md has the rules.

    Raises:
        InputError: the file cannot be read, or a line of it is not an entry.
    """
    return parse_lexicon(read_source(path, "name a lexicon that exists", LONGEST_SETTINGS), path)


def parse_lexicon(data: bytes, path: Path) -> Lexicon:
    """The lexicon that these bytes hold; `path` is named in errors only.

    Raises:
        InputError: a line is not an entry.
    """
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text; save it as UTF-8") from error
    entries: dict[tuple[str, ...], TokenReadings] = {}
    for number, line in enumerate(source.splitlines(), 1):
        content = _COMMENT.sub("", line).strip()
        if not content:
            continue
        word, sign, alternatives = (part.strip() for part in content.partition("="))
        if not sign:
            raise InputError(path, f'line {number}: has no "="; write WORD = READING')
        tokens = tokenize([Turn(None, word, 1)])
        if not tokens:
            raise InputError(path, f'line {number}: has no word before "="; write WORD = READING')
        if "".join(token.text for token in tokens) != re.sub(r"\s", "", word):
            raise InputError(path, f"line {number}: {word!r} has symbols that are not spoken; leave them out")
        readings: list[list[Reading]] = [[] for _ in tokens]
        for alternative in map(str.strip, alternatives.split("|")):
            shares = _split_reading(alternative, word, len(tokens))
            if not shares:
                raise InputError(
                    path,
                    f"line {number}: {alternative!r} is not a reading of {word!r}; give phones separated by "
                    "spaces, pinyin or a word, with a sound for each character",
                )
            for token, share in zip(readings, shares, strict=True):
                token.extend(share)
        key = tuple(_key(token.text) for token in tokens)
        if key in entries:
            raise InputError(path, f"line {number}: repeats a word; put its readings on one line, with |")
        entries[key] = tuple(map(distinct, readings))
    return Lexicon(entries, source)


def _split_reading(reading: str, word: str, count: int) -> TokenReadings:
    """A reading of a word, split over its `count` tokens; () where it cannot be.

    Phones are names of the inventory, or ARPAbet in any case with stress. Single capitals are the names of
    letters, although some of them are finals.
    """
    names = tuple(reading.split())
    are_letters = all(len(name) == 1 and name.isupper() for name in names)
    if not are_letters and all(name in SPEECH for name in names):
        return _spread_over([names], count)
    arpabet = tuple(name.rstrip("012").lower() for name in names)
    if any(name[-1] in "012" for name in names) and all(name in ARPABET for name in arpabet):
        return _spread_over([arpabet], count)
    if _HAN_WORD.fullmatch(word):
        plain = reading.replace("ü", "v").replace("u:", "v")
        syllables = [syllable_phones(syllable) for syllable in plain.split()]
        if all(syllables) and len(syllables) == count:
            return tuple((syllable,) for syllable in syllables)
    return text_readings(reading, count)


def text_readings(text: str, count: int) -> TokenReadings:
    """Readings of a text, split over `count` tokens; () where it cannot be."""
    turn = Turn(None, text, 1)
    readings = token_readings([turn], tokenize([turn]))
    parts = tuple(tuple(reading for reading in part if SILENCE not in reading) for part in readings)
    if not parts or not all(parts):
        return ()
    return parts if len(parts) == count else _spread_over(joined(parts), count)


def _spread_over(readings: Sequence[Reading], count: int) -> TokenReadings:
    """Each reading split over `count` tokens; () where none has a phone for each."""
    split = [shares for reading in readings if (shares := spread(reading, count))]
    return tuple(distinct(shares) for shares in zip(*split, strict=True))


def _key(text: str) -> str:
    return plain_word(text).casefold()
