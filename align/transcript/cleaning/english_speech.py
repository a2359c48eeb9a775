"""Fillers and stutters of spoken English: "Um, so I- I think it's it's, uh, fine" is "So I think it's fine".

What may be meant stays: "what it is is a mess", "no, no, no", "you know you, you can", "re-read", "T-test".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.transcript.cleaning.split_words import is_word
from align.transcript.text_edits import Replacement

_WORD = r"A-Za-z0-9À-ɏ'’"
_FILLER = rf"(?<![{_WORD}-])(?:[Uu][mh]+|[Uu]hm+|[Ee]rm+|[Hh]mm+)(?![{_WORD}-])"
_DASH = r"--+|[—–]+"
_FILLERS = re.compile(
    rf"(?P<open>[\"“(]?)(?P<before>,|{_DASH})?(?P<space>\s*)(?P<filler>{_FILLER}(?:[\s,]+{_FILLER})*)"
    rf"(?P<after>,|[.?!]+|…|\s*(?:{_DASH}))?(?P<close>[\"”)]?)(?P<gap>\s*)"
)
_SENTENCE_START = re.compile(r"(?:^|[.?!…][\"”’)]*\s+|[\"“(])$")
_CLAUSE_START = re.compile(
    r"(?:I|we|you|he|she|they|it|this|that|there|what|which|who|how|why|when|if|because|and|but|so|then)\b"
    r"|(?:I|we|you|they|it|he|she|that|there|what)['’]",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(r"(?:^|[.?!…][\"”’)]*\s+|[\"“(])[A-Za-z'’]+$")
_LAST_WORD = re.compile(r"[A-Za-z'’]+$")
_LEANS_ON_TEXT = """
    a an the and but or so because if that which who when of to in on at by for from with as into about my
    your his her its our their this these those is are was were be been am has have had will would can could
    should may might must not very i you he she it we they i'm it's that's we're
    they're you're don't just really
"""
_LEANS_ON = frozenset(_LEANS_ON_TEXT.split())
"""Words after which no sentence pauses by itself, so that a comma there belongs to the filler."""

_REPEATED = re.compile(
    rf"(?<![{_WORD}-])(?P<word>I|the|a|an|to|we|you|he|she|they|of|for|and|but|or|my|our|your|their|this|in|it|if"
    r"|(?:I|we|you|they)['’](?:m|re|ve|ll|d)|(?:it|that|there|he|she|what)['’]s)"
    rf"(?:(?P<mark>\s|,\s|\s?(?:{_DASH}|-|\.\.\.|…)\s?)(?P=word))+(?![{_WORD}-])",
    re.IGNORECASE,
)
_ENDS_CLAUSE = frozenset(("you", "this", "in", "it", "if"))
"""Small words that may end one clause and begin the next: a comma between two of them is meant."""
_CUT_OFF = re.compile(
    rf"(?<![{_WORD}-])(?P<part>[A-Za-zÀ-ɏ]{{1,4}})-(?P<gap>\s?)(?=(?P<whole>(?P=part)[A-Za-zÀ-ɏ'’]*))",
    re.IGNORECASE,
)
_PREFIXES_TEXT = "re co de pre pro un in ex non bi tri sub anti mid semi auto mini mega meta para"
_PREFIXES = frozenset(_PREFIXES_TEXT.split())


def english_fillers(text: str) -> Iterator[Replacement]:
    """Remove um, uh, erm and hmm with the marks that they brought; what begins the sentence has a capital."""
    for match in _FILLERS.finditer(text):
        start, end = match.span()
        lead, before, after = match["open"], match["before"] or "", (match["after"] or "").strip()
        starts = not before and (bool(lead) or _SENTENCE_START.search(text[: match.start("filler")]))
        if starts and (after[:1] in (".", "?", "!") or end == len(text)):  # it is all that the sentence says
            quoted = bool(lead) and bool(match["close"])
            yield start if quoted else match.start("space"), end if quoted else match.end("after"), ""
        elif starts:
            yield match.start("filler"), match.end(), match["close"]
            yield from _capital(text, match.start("filler"), match.end())
        else:
            word = _LAST_WORD.search(text[max(0, start - 30) : start])
            leans = word is not None and word[0].lower() in _LEANS_ON
            pauses = _CLAUSE_START.match(text, end) or _ONE_WORD.search(text[max(0, start - 30) : start])
            kept = before or ("" if after == "," else after)
            if before and after[:1] in (".", "?", "!"):
                kept = after
            elif kept == "," and (leans or not pauses):
                kept = ""
            space = (match["space"] or match["gap"]) if end < len(text) else ""
            yield (
                start + len(lead) + (len(before) if kept == before else 0),
                end,
                (f"{'' if kept == before else kept}{match['close']}{space}"),
            )


def english_stutters(text: str) -> Iterator[Replacement]:
    """Remove all but the last copy of a small word, and the beginning of a word that was begun twice."""
    position = 0
    for match in _REPEATED.finditer(text):
        word, mark = match["word"], match["mark"]
        if mark.startswith(",") and word.lower() in _ENDS_CLAUSE:
            continue
        position = match.end() - len(word)
        yield match.start(), position, ""
        yield from _capital(text, match.start(), position)
    taken = [match.span() for match in _REPEATED.finditer(text)]
    for match in _CUT_OFF.finditer(text):
        part, whole = match["part"], match["whole"]
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        same = part.lower() == whole.lower()
        if match["gap"]:
            stutters = True
        else:
            stutters = not same and (whole.lower() in _LEANS_ON or (len(part) > 1 and not is_word(part)))
        if inside or not stutters:
            continue
        if match["gap"]:
            yield match.start(), match.end(), ""
            yield from _capital(text, match.start(), match.end())
        elif part.lower() not in _PREFIXES:  # both are one token, of which no part can be hidden
            yield (
                match.start(),
                match.end("whole"),
                whole[:1].upper() * part[0].isupper() + whole[part[0].isupper() :],
            )


def _capital(text: str, start: int, end: int) -> Iterator[Replacement]:
    """The capital that `text[end]` takes over from what is removed before it."""
    if text[start].isupper() and text[end : end + 1].islower() and not text.startswith("I ", start):
        yield end, end + 1, text[end].upper()
