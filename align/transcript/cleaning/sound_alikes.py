"""Terms that recognition wrote by their sound: 任阳 for 任洋, "Brucee" for Bruce.

Only where the glossary asks for it, and never across words of a dictionary, since those are more likely to be
what was said. Han characters are compared by their pinyin without tones, Latin words by their letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from align.pronounce.sound_key import HAN, han_sounds
from align.transcript.cleaning.glossary import Glossary, Term
from align.transcript.cleaning.parameters import DEFAULTS, CleaningParameters
from align.transcript.cleaning.split_words import is_word
from align.transcript.cleaning.stutters import SMALL_CHARACTERS
from align.transcript.text_edits import Replacement, Rule

_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_PHRASE = re.compile(r"(?<![A-Za-z0-9À-ɏ'’-])[A-Za-z]+(?: [A-Za-z]+)*(?![A-Za-z0-9À-ɏ'’-])")


def sound_alikes(glossary: Glossary, parameters: CleaningParameters = DEFAULTS) -> Rule:
    """The rule for the terms of a glossary that ask for it."""
    terms = [term for term in glossary.terms if term.alike is not None]
    han = [term for term in terms if _HAN_RUN.fullmatch(term.text) and len(term.text) > 1]
    latin = [
        term
        for term in terms
        if term.text.replace(" ", "").isascii() and len(term.text) >= parameters.min_latin_term
    ]

    def rule(text: str) -> Iterator[Replacement]:
        if han:
            yield from _han_sound_alikes(text, han)
        if latin:
            yield from _latin_sound_alikes(text, latin, parameters)

    return rule


def _most_similar(sound: str, terms: Sequence[tuple[Term, str]]) -> str | None:
    """The text of the term that sounds most like `sound`, if it sounds similar enough."""
    scored = [(ratio(sound, own), term) for term, own in terms]
    similar = [(score, term.text) for score, term in scored if score >= (term.alike or 0)]
    return max(similar)[1] if similar else None


def _han_sound_alikes(text: str, terms: Sequence[Term]) -> Iterator[Replacement]:
    sounds = han_sounds(text)
    own = [(term, " ".join(han_sounds(term.text).values())) for term in terms]
    known = {term.text for term in terms}
    end = 0
    for start, count in _single_characters(text):
        for length in sorted({len(term.text) for term in terms}, reverse=True):
            window = text[start : start + length]
            if start < end or length > count or window in known or SMALL_CHARACTERS & set(window):
                continue
            sound = " ".join(sounds[place] for place in range(start, start + length))
            if term := _most_similar(sound, [pair for pair in own if len(pair[0].text) == length]):
                end = start + length
                yield start, end, term


def _single_characters(text: str) -> Iterator[tuple[int, int]]:
    """Each Han character that is not part of a longer word, and how many such follow in a row."""
    import rjieba

    for run in _HAN_RUN.finditer(text):
        single: list[int] = []
        position = run.start()
        for word in (*rjieba.cut(run[0], False), ""):
            if len(word) == 1:
                single.append(position)
            else:
                yield from ((place, len(single) - index) for index, place in enumerate(single))
                single = []
            position += len(word)


def _latin_sound_alikes(
    text: str, terms: Sequence[Term], parameters: CleaningParameters
) -> Iterator[Replacement]:
    own = [(term, term.text.replace(" ", "").lower()) for term in terms]
    known = {term.text.lower() for term in terms}
    max_parts = max(len(term.text.split()) for term in terms) + parameters.extra_term_parts
    for phrase in _LATIN_PHRASE.finditer(text):
        words = list(re.finditer("[A-Za-z]+", phrase[0]))
        first = 0
        while first < len(words):
            used = 1
            for count in range(min(max_parts, len(words) - first), 0, -1):
                part = words[first : first + count]
                written = phrase[0][part[0].start() : part[-1].end()]
                if written.lower() in known or all(is_word(word[0]) for word in part):
                    continue
                if term := _most_similar(written.replace(" ", "").lower(), own):
                    yield phrase.start() + part[0].start(), phrase.start() + part[-1].end(), term
                    used = count
                    break
            first += used
