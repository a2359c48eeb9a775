"""Terms that recognition wrote by their sound: 任阳 for 任洋, "Brucee" for Bruce.

Looked for only where the glossary asks for it, and never across words that a dictionary has, since those are
more likely to be what was said. Han characters are compared by their pinyin without tones, Latin words by
their letters (rapidfuzz).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from align.pronounce.sound_key import HAN, han_sounds
from align.transcript.cleaning.glossary import Glossary, Term
from align.transcript.cleaning.split_words import is_word
from align.transcript.cleaning.stutters import SMALL_CHARACTERS
from align.transcript.text_edits import Found

_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_PHRASE = re.compile(r"(?<![A-Za-z0-9À-ɏ'’-])[A-Za-z]+(?: [A-Za-z]+)*(?![A-Za-z0-9À-ɏ'’-])")
_SHORTEST = 4
"""Letters of a Latin term that can be told by its letters."""
_MORE_PARTS = 2
"""Pieces that a Latin term may be torn into, beside its words."""


def alike(glossary: Glossary) -> Callable[[str], Iterator[Found]]:
    """The rule for the terms of a glossary that ask for it."""
    from rapidfuzz.fuzz import ratio

    asked = [term for term in glossary.terms if term.alike is not None]
    han = [term for term in asked if _HAN_RUN.fullmatch(term.text) and len(term.text) > 1]
    latin = [term for term in asked if term.text.replace(" ", "").isascii() and len(term.text) >= _SHORTEST]

    def likest(sound: str, terms: list[tuple[Term, str]]) -> str | None:
        scored = [(ratio(sound, own), term.text) for term, own in terms if term.alike is not None]
        wanted = {term.text: term.alike or 0 for term, _ in terms}
        good = [(score, text) for score, text in scored if score >= wanted[text]]
        return max(good)[1] if good else None

    def rule(text: str) -> Iterator[Found]:
        if han:
            yield from _alike_in_han(text, han, likest)
        if latin:
            yield from _alike_in_latin(text, latin, likest)

    return rule


_Likest = Callable[[str, "list[tuple[Term, str]]"], "str | None"]


def _alike_in_han(text: str, terms: list[Term], likest: _Likest) -> Iterator[Found]:
    sounds = han_sounds(text)
    own = [(term, " ".join(han_sounds(term.text).values())) for term in terms]
    known = {term.text for term in terms}
    end = 0
    for start, count in _loose(text):
        for length in sorted({len(term.text) for term in terms}, reverse=True):
            window = text[start : start + length]
            if start < end or length > count or window in known or SMALL_CHARACTERS & set(window):
                continue
            sound = " ".join(sounds[place] for place in range(start, start + length))
            found = likest(sound, [pair for pair in own if len(pair[0].text) == length])
            if found:
                end = start + length
                yield start, end, found


def _loose(text: str) -> Iterator[tuple[int, int]]:
    """Each Han character that is a part of no longer word, and how many such stand there in a row."""
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


def _alike_in_latin(text: str, terms: list[Term], likest: _Likest) -> Iterator[Found]:
    own = [(term, term.text.replace(" ", "").lower()) for term in terms]
    known = {term.text.lower() for term in terms}
    most = max(len(term.text.split()) for term in terms) + _MORE_PARTS
    for phrase in _LATIN_PHRASE.finditer(text):
        parts = list(re.finditer("[A-Za-z]+", phrase[0]))
        first = 0
        while first < len(parts):
            taken = 1
            for count in range(min(most, len(parts) - first), 0, -1):
                some = parts[first : first + count]
                written = phrase[0][some[0].start() : some[-1].end()]
                if written.lower() in known or all(is_word(part[0]) for part in some):
                    continue
                if found := likest(written.replace(" ", "").lower(), own):
                    yield phrase.start() + some[0].start(), phrase.start() + some[-1].end(), found
                    taken = count
                    break
            first += taken
