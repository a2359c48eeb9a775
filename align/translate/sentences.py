"""Sentences of consecutive cues: what is translated as a whole, and then split over its cues again.

phrases --group--> ranges of cues --Sentence--> text to translate
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from align.core.types import Phrase
from align.subtitles.rules import is_spaced
from align.transcript.cleaning.apply_rules import FULL, Cleaning, clean
from align.translate.backend import TranslationJob
from align.translate.names import substitute_names
from align.translate.numbers import convert_large_numbers
from align.translate.parameters import DEFAULTS
from align.translate.similarity import Words, matched_weight

SENTENCE_ENDS = tuple("。？！.?!…")
CLAUSE_ENDS = tuple("，；：、,;:—")
_SMALL_WORDS = """
    a an the and or but so because since if when while which who that this these those it its they their we
    our you your he his she her there to of in on at for from with by as about after before even also not no
"""
"""English words that have a capital only at the beginning of a sentence."""
_OPENING = re.compile(r"(?:[A-Z][\w’']*)(?:,? [\w’']+){0,2}[.!] (?=[\"“']?[A-Z0-9])")
_CLOSING = "\"'”’」』》）)]"


@dataclass(frozen=True, slots=True)
class CueRange:
    """Consecutive cues of one speaker that say one sentence, a part of a long one, or a few short ones.

    Attributes:
        start, stop: of the indices of its cues.
        begins, ends: whether a sentence begins with its first cue and ends with its last.
    """

    start: int
    stop: int
    begins: bool
    ends: bool

    def only(self, wanted: Container[int]) -> Iterator[CueRange]:
        """The stretches of it of which all cues are wanted."""
        for is_wanted, cues in groupby(range(self.start, self.stop), lambda cue: cue in wanted):
            if is_wanted:
                own = list(cues)
                start, stop = own[0], own[-1] + 1
                yield CueRange(
                    start, stop, self.begins and start == self.start, self.ends and stop == self.stop
                )


def group_into_sentences(phrases: Sequence[Phrase], language: str) -> tuple[CueRange, ...]:
    """All cues, grouped: cut where a sentence or a speaker ends, and long groups at their clauses.

    Args:
        language: of the phrases.
    """
    limit = DEFAULTS.max_sentence if not is_spaced(language) else DEFAULTS.max_spaced_sentence
    ranges: list[CueRange] = []
    start = 0
    for stop in range(1, len(phrases) + 1):
        if stop == len(phrases) or _separates(phrases[stop - 1], phrases[stop]):
            cuts = [start, *_clause_cuts(phrases, start, stop, limit), stop]
            for first, last in pairwise(cuts):
                ranges.append(CueRange(first, last, first == start, last == stop))
            start = stop
    return tuple(ranges)


def _separates(left: Phrase, right: Phrase) -> bool:
    """Whether a sentence ends between two cues."""
    silence = right.span.start - left.span.end
    ended = left.text.rstrip().rstrip(_CLOSING).endswith(SENTENCE_ENDS)
    return ended or left.speaker != right.speaker or silence > DEFAULTS.max_silence


def _clause_cuts(phrases: Sequence[Phrase], start: int, stop: int, limit: int) -> list[int]:
    """Where to cut a long sentence: into the fewest parts that keep the limit, at clauses if possible."""
    lengths = [len(phrase.text) for phrase in phrases[start:stop]]
    parts = -(-sum(lengths) // limit)
    cuts: list[int] = []
    for number in range(1, parts):
        goal, first = sum(lengths) * number / parts, (cuts[-1] if cuts else start) + 1
        places = range(first, stop - (parts - number) + 1)

        def cost(place: int, goal: float = goal) -> float:
            distance = abs(sum(lengths[: place - start]) - goal)
            return distance + (0 if phrases[place - 1].text.rstrip().endswith(CLAUSE_ENDS) else limit / 2)

        if places:
            cuts.append(min(places, key=cost))
    return cuts


def sentence_text(texts: Sequence[str], job: TranslationJob) -> str:
    """The cues of a sentence as one text without fillers, with the target's names and large numbers."""
    joiner = " " if is_spaced(job.source) else ""
    text = clean(joiner.join(text.strip() for text in texts), Cleaning(FULL)).text
    return convert_large_numbers(substitute_names(text, job.names), job.source, job.target)


def without_added_opening(text: str, source: str, words: Sequence[Words]) -> str:
    """A translation without a short first sentence that nobody said, such as "That's it." for 那 or 所以.

    A small model turns a connective into one. It stays where the source begins with a short clause of its
    own, as 好的, or has a word that it translates.

    Args:
        words: of the cues of the source.
    """
    opening = _OPENING.match(text)
    first_clause = re.split(f"[{''.join((*SENTENCE_ENDS, *CLAUSE_ENDS))}]", source, maxsplit=1)[0]
    known = any(cue.meanings for cue in words)
    if not opening or not known or len(first_clause) < DEFAULTS.min_judged_length:
        return text
    if any(matched_weight(cue, opening[0]) for cue in words):
        return text
    return text[opening.end() :]


def as_sentence(text: str, cues: CueRange, language: str) -> str:
    """A translation with the capital and the full stop that a sentence has, or without those of its parts.

    Args:
        cues: that it is of, which say whether a sentence begins and ends with it.
        language: of the translation.
    """
    if not is_spaced(language):
        return text.rstrip("。") if cues.ends else text.rstrip("。！？，") + "，"
    first = text.split(" ", 1)[0]
    if cues.begins:
        text = text[:1].upper() + text[1:]
    elif first.lower() in _SMALL_WORDS.split():
        text = text[:1].lower() + text[1:]
    if cues.ends:
        return text if text.rstrip(_CLOSING).endswith((*SENTENCE_ENDS, ",", "-")) else f"{text}."
    return f"{text.rstrip(' .,;')}," if text.endswith((".", ",", ";")) else text
