"""Grammars (GBNF) of answers: the characters that a translation may have, and so no other language."""

from __future__ import annotations

import re

from align.translate.backend import Sentence, TranslationJob
from align.translate.checks import is_han

_ENGLISH = r"""root ::= [A-Za-z0-9$€£'"(] [A-Za-z0-9 ,.?!'"%$€£&+:;/()À-ÿ–—’“”-]*"""
"""No Han and no bracket of code."""
_ANY = r"root ::= [^ \\\n\t\x00-\x1f<>{}\[\]|`] [^\\\n\t\x00-\x1f<>{}\[\]|`]*"
_CHINESE_CHARACTERS = r"[\u3400-\u9fff，。？！、；：“”‘’《》（）—…·0-9 .%$€£+-]"
_LATIN_TERM = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9'’&.+-]*")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.?!…][\"'”’)]*)\s*[\"'“‘(]*$")


def grammar_of(sentence: Sentence, job: TranslationJob) -> str:
    """The grammar of a sentence's translation.

    Chinese may have the names and terms of the English sentence in Latin letters, and no other word of it.
    """
    if job.target.split("-")[0].lower() == "en":
        return _ENGLISH
    if not is_han(job.target):
        return _ANY
    terms = " | ".join(f'"{term}"' for term in latin_terms(sentence.text, job))
    part = f"({_CHINESE_CHARACTERS} | {terms})" if terms else _CHINESE_CHARACTERS
    return f"root ::= {part}+"


def latin_terms(text: str, job: TranslationJob) -> tuple[str, ...]:
    """The words of a text that its Chinese translation may keep: given names, capitals, letters with digits.

    The first word of a sentence has a capital anyway, and counts only if it is given or has another capital.
    """
    given = {word for _, latin in job.names for word in latin.split() if word.isascii() and word in text}
    terms = set(given)
    for match in _LATIN_TERM.finditer(text):
        word = re.sub(r"['’]s$", "", match[0]).rstrip(".'’&+-") or match[0]
        begins = _SENTENCE_BEGINS.search(text, 0, match.start()) is not None
        inner = any(character.isupper() or character.isdigit() for character in word[1:])
        if len(word) > 1 and (inner or (word[0].isupper() and not begins and not word.startswith("I'"))):
            terms.add(word)
    return tuple(sorted(terms))
