"""Latin words in Chinese text that recognition has torn or garbled, and what they may have been.

Suspicious is a run of Latin words of which a part is no word, an English function word that stands alone
between Han characters, a part written twice, or an abbreviation whose letters are those of another that the
show has many times more often. It is repaired from the words of the show and the glossary, by spelling and
by sound together with the Han characters beside it: 伊than is Ethan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from align.pronounce.english_phones import english_words
from align.pronounce.sound_key import HAN, han_sounds
from align.proofread.dictionary import dictionary_glosses
from align.proofread.parameters import DEFAULTS
from align.transcript.cleaning.split_words import is_word

_RUN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+(?: [A-Za-z]+)*(?![A-Za-z0-9])")
_HAN = re.compile(f"[{HAN}]")
_FUNCTION_WORDS_TEXT = """
    a an and are as at be been by for from had has have he her his if in into is it its me my nor of off on or
    our out she so than that the their them then there they this those to too up upon was we were what when
    where which who whom whose will with would you your
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())


@dataclass(frozen=True, slots=True)
class LatinSuspicion:
    """Characters `start` to `end` of a text that are no English.

    Attributes:
        repairs: what it may have been, the likeliest first, each with a similarity of 0 to 100.
        reason: a sentence for the reviewer.
    """

    start: int
    end: int
    repairs: tuple[tuple[str, float], ...]
    reason: str


@dataclass(frozen=True)
class LatinWords:
    """The Latin words of a show by their number, and what is known to be right.

    Attributes:
        counts: of each word as written.
        terms: of the glossary, as they are written right.
    """

    counts: Counter[str]
    terms: tuple[str, ...]

    def known(self, part: str) -> bool:
        """Whether a word can stand in Chinese speech."""
        lower = part.lower()
        if lower in self._right:
            return True
        if len(part) == 1:
            return part.isupper()
        if part.isupper():
            return self._common_form(part) is None
        if not is_word(part):
            return False
        return len(part) > DEFAULTS.max_name_letters or not part.islower() or lower in dictionary_glosses()

    @cached_property
    def _right(self) -> frozenset[str]:
        terms = {word.lower() for term in self.terms for word in re.findall("[A-Za-z]+", term)}
        return frozenset(terms) | _established(self.counts)

    def _common_form(self, abbreviation: str) -> str | None:
        """A much more frequent abbreviation of the same letters."""
        count, letters = self.counts[abbreviation], set(abbreviation)
        for other, times in self.counts.items():
            alike = other.isupper() and letters <= set(other) and other != abbreviation and len(other) > 1
            close = Levenshtein.distance(abbreviation, other) <= DEFAULTS.max_abbreviation_edits
            if alike and close and times >= DEFAULTS.min_abbreviation_share * count:
                return other
        return None

    def repairs(self, written: str, before: str) -> tuple[tuple[str, float], ...]:
        """The words of the show and the glossary most like a garbled one, with their similarity.

        Args:
            before: the Han character right before it, "" for none.
        """
        spelled = written.replace(" ", "").lower()
        if form := self._common_form(written) if written.isupper() else None:
            return ((form, 100.0),)
        spoken = "".join(han_sounds(before).values()) + spelled
        found: list[tuple[str, float]] = []
        rights = dict.fromkeys(self.terms)
        terms = {word.lower() for word in rights}
        rights |= {
            word: None
            for word in self.counts
            if self.known(word) and len(word) > len(spelled) and word.lower() not in terms
        }
        for word in rights:
            letters = word.replace(" ", "").lower()
            if letters == spelled or not letters.isascii():
                continue
            like = ratio(spelled, letters)
            if before:
                like = max(like, ratio(spoken, letters))
            if len(spelled) > 1 and (letters.endswith(spelled) or letters.startswith(spelled)):
                like = max(like, DEFAULTS.fragment_similarity)
            if like >= DEFAULTS.min_repair_similarity:
                found.append((word, min(100.0, like + DEFAULTS.term_similarity * (word.lower() in terms))))
        if len(spelled) >= DEFAULTS.min_common_letters:
            near = extract(
                spelled,
                dictionary_glosses(),
                scorer=ratio,
                limit=DEFAULTS.max_alternatives,
                score_cutoff=DEFAULTS.min_common_similarity,
            )
            own = {word.lower() for word, _ in found}
            found += [(word, like) for word, like, _ in near if word not in own and word != spelled]
        found.sort(key=lambda pair: (-pair[1], -self.counts[pair[0]], pair[0]))
        return tuple(found[: DEFAULTS.max_alternatives])


def _established(counts: Mapping[str, int]) -> frozenset[str]:
    """Words that no dictionary has and the show has often; the beginning or end of another word is none."""
    often = {
        word.lower()
        for word, count in counts.items()
        if count >= DEFAULTS.min_established and len(word) >= DEFAULTS.min_established_letters
    }
    parts = tuple(sorted(often - english_words().keys()))
    others = {word.lower() for word in counts} | english_words().keys()
    whole = [word for word in others if parts and (word.endswith(parts) or word.startswith(parts))]
    return frozenset(
        word
        for word in often
        if not any(other != word and (other.startswith(word) or other.endswith(word)) for other in whole)
    )


def latin_words(text: str, terms: Iterable[str] = ()) -> LatinWords:
    """The Latin words of a show, and of the glossary."""
    counts = Counter(re.findall("[A-Za-z]+", text))
    return LatinWords(counts, tuple(term for term in terms if re.search("[A-Za-z]", term)))


def suspicious_latin(text: str, words: LatinWords) -> Iterator[LatinSuspicion]:
    """The garbled Latin words in the lines of a text that are mostly Chinese."""
    for line in re.finditer(r"[^\n]+", text):
        if len(_HAN.findall(line[0])) < len(re.findall("[A-Za-z]+", line[0])):
            continue
        for match in _RUN.finditer(text, line.start(), line.end()):
            parts = match[0].split(" ")
            reason = _reason(parts, words)
            if reason is None:
                continue
            start, end = match.start(), match.end()
            if unknown := [k for k, part in enumerate(parts) if not words.known(part)]:
                start += sum(len(part) + 1 for part in parts[: unknown[0]])
                end -= sum(len(part) + 1 for part in parts[unknown[-1] + 1 :])
            before = text[start - 1 : start]
            repairs = words.repairs(text[start:end], before if _HAN.fullmatch(before) else "")
            yield LatinSuspicion(start, end, repairs, reason)


def _reason(parts: Sequence[str], words: LatinWords) -> str | None:
    """Why a run of words is suspicious, None where it is not."""
    unknown = next((part for part in parts if not words.known(part)), None)
    if unknown is not None:
        return f"“{unknown}” is no English word and no name that the show has elsewhere."
    if len(parts) == 1 and parts[0] in _FUNCTION_WORDS:
        return f"“{parts[0]}” stands alone in Chinese; it may be part of a name or a longer word."
    if any(one.lower() == other.lower() for one, other in pairwise(parts)):
        return "The same word is written twice in a row."
    return None
