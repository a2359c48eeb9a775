"""Where people end subtitles: the chance of a break between two words, learned from subtitles cut by people.

A logistic model over the words beside the break, the mark there, and how far the marks around it are.
`scripts/train_breaks` learns the weights and writes them beside this module, with their sources.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from align.subtitles.rules import is_spaced

WEIGHTS = "break_weights.json"
_NEAR = 4
"""Words from which on the distance to a mark no longer matters (3 to 6)."""
_SENTENCE_END = frozenset("。！？!?…")
CLAUSE_END = frozenset("，；：,;:—–")
"""Marks at the end of a clause."""
CLOSING = "\"'”’」』》〉）】〕〗)]}"
_HAN_NUMBER = re.compile("第?[〇零一二三四五六七八九十百千万亿两几0-9.]+[个多几]*")
_ENDINGS = ("ing", "ed", "ly", "s")
"""Endings of English words that stand for their part of speech."""


class WordBreak(NamedTuple):
    """A place between two words.

    Attributes:
        position: characters before it; a space belongs to the word before it.
        left, right: the words, without marks and in lower case.
        mark: "." at the end of a sentence, "," at that of a clause, "、", " " where only a space is in text
            without spaces, "" otherwise.
        features: names of what the model knows about it.
    """

    position: int
    left: str
    right: str
    mark: str
    features: tuple[str, ...]


class BreakChance(NamedTuple):
    """A place between two words, as in WordBreak.

    Attributes:
        in_name: whether both are capitalised English words.
        after_number: whether the left one is a number.
        log_odds: logarithm of the odds that people break there.
    """

    position: int
    left: str
    right: str
    mark: str
    in_name: bool
    after_number: bool
    log_odds: float


def word_breaks(text: str, language: str) -> Iterator[WordBreak]:
    """The places between the words of `text`, in order."""
    words = _spaced_words(text) if is_spaced(language) else _unspaced_words(text)
    marks = [word.mark for word in words[:-1]]
    before, after = _distances(marks), _distances(marks[::-1])[::-1]
    for left, right, since, until in zip(words, words[1:], before, after, strict=False):
        features = (*_features(left, right), f"before {since}", f"after {until}")
        yield WordBreak(right.start, left.key, right.key, left.mark, features)


def break_chances(text: str, language: str) -> Iterator[BreakChance]:
    """The places between the words of `text`, each with its chance."""
    weights = _weights()["en" if is_spaced(language) else "zh"]
    for position, left, right, mark, features in word_breaks(text, language):
        odds = weights["bias"] + sum(weights.get(name, 0.0) for name in features)
        after_number = "0|" in features or _HAN_NUMBER.fullmatch(left) is not None
        yield BreakChance(position, left, right, mark, "A|A" in features, after_number, odds)


@cache
def _weights() -> dict[str, Mapping[str, float]]:
    document = json.loads((files("align.subtitles") / WEIGHTS).read_text("utf-8"))
    return {code: document[code]["weights"] for code in ("zh", "en")}


class _Word(NamedTuple):
    """A word with the marks and the space after it.

    Attributes:
        key: without marks, in lower case.
        kind: its part of speech, or what its letters tell of it.
        mark: as in WordBreak.
    """

    start: int
    key: str
    kind: tuple[str, ...]
    mark: str


def _features(left: _Word, right: _Word) -> list[str]:
    if left.mark:
        return [left.mark, f"{left.mark} {right.key}", *(f"{left.mark} {kind}" for kind in right.kind)]
    kinds = [f"{one}|" for one in left.kind] + [f"|{one}" for one in right.kind]
    kinds += [f"{one}|{other}" for one in left.kind for other in right.kind]
    return [f"{left.key}|", f"|{right.key}", f"{left.key}|{right.key}", *kinds]


def _distances(marks: Sequence[str]) -> list[int]:
    """Words since the last mark before each place, the beginning of the text included, at most _NEAR."""
    distances, since = [], 0
    for mark in marks:
        since += 1
        distances.append(min(since, _NEAR))
        since = 0 if mark else since
    return distances


def _spaced_words(text: str) -> list[_Word]:
    import sentencex

    given = text.encode("utf-8", "replace").decode("utf-8")
    sentence_ends = {each["end_index"] for each in sentencex.get_sentence_boundaries("en", given)}
    words: list[_Word] = []
    for match in re.finditer(r"\S+\s*", text):
        bare = match[0].strip()
        end = bare.rstrip(CLOSING)[-1:]
        core = bare.strip("\"'“”‘’()[]{}.,;:!?…-–—*").replace("’", "'")
        answers = bare.lower() == "no." and text[match.end() : match.end() + 1].isalpha()  # not No. 1
        mark = "." if match.end() in sentence_ends or answers else ""
        if not mark and (end in CLAUSE_END or re.search(r"(?:^|\w)-+$|…$|\.\.+$", bare)):
            mark = ","
        if not core and words:  # a dash or a sign alone belongs to the word before it
            words[-1] = words[-1]._replace(mark=mark or words[-1].mark)
            continue
        words.append(_Word(match.start(), core.lower(), _kinds(core), mark))
    return words


def _kinds(core: str) -> tuple[str, ...]:
    """What the letters of an English word tell: a number, a capital, an ending."""
    if any(letter.isdigit() for letter in core):
        return ("0",)
    ending = next(
        (ending for ending in _ENDINGS if core.endswith(ending) and len(core) > len(ending) + 2), ""
    )
    return (
        "A" if core[:1].isupper() and core not in ("I", "I'm", "I've", "I'll", "I'd") else "a",
        f"~{ending}",
    )


def _unspaced_words(text: str) -> list[_Word]:
    import rjieba

    words: list[_Word] = []
    position, opening = 0, ""
    for word, kind in rjieba.tag(text.encode("utf-8", "replace").decode("utf-8"), True):
        if any(letter.isalnum() for letter in word) or not words:
            words.append(_Word(position - len(opening), word.lower(), (kind[:1],), ""))
            opening = ""
        elif unicodedata.category(word[0]) in ("Ps", "Pi"):
            opening += word
        else:
            mark, end = words[-1].mark, word.rstrip(CLOSING)[-1:]
            if end in _SENTENCE_END and end:
                mark = "."
            elif end and end in CLAUSE_END:
                mark = mark if mark == "." else ","
            elif end == "、" or (word.isspace() and not mark and not words[-1].key.isascii()):
                mark = mark or end or " "
            words[-1] = words[-1]._replace(mark=mark)
        position += len(word)
    return words
