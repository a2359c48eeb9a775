"""All readings of each token of a transcript, as phones: the user's, then those of the languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.core.types import Token, Turn
from align.pronounce.lexicon import EMPTY, Lexicon, TokenReadings, text_readings
from align.pronounce.mandarin_phones import pinyin_readings
from align.pronounce.phones import Reading, distinct
from align.pronounce.token_readings import token_readings

ROMANISED = 0.6
"""Share of the Latin words that must be pinyin in a text that is written in it. [0.4 to 0.8]"""


def readings(turns: Sequence[Turn], tokens: Sequence[Token], lexicon: Lexicon = EMPTY) -> TokenReadings:
    """Readings of each token, the likeliest first: at most phones.MOST, or
    token_readings.MOST_SYMBOLS of a token with symbols, each of at least one phone.

    A token of a script that is neither Han nor Latin has none; the aligner places it between its neighbours.
    Tokens that a glossary corrected also have the readings of the original text, and the audio decides. The
    lexicon's readings replace all others.
    """
    combined = list(token_readings(turns, tokens))
    for index, romanised in romanised_tokens(tokens).items():
        combined[index] = distinct((*romanised, *combined[index]))
    inside: dict[tuple[int, int], list[int]] = {}  # (turn, correction) to its tokens
    for index, token in enumerate(tokens):
        for number, wording in enumerate(turns[token.turn].corrections):
            if wording.start <= token.start and token.end <= wording.end:
                inside.setdefault((token.turn, number), []).append(index)
    for (turn, number), indices in inside.items():
        original = text_readings(turns[turn].corrections[number].text, len(indices))
        for index, others in zip(indices, original, strict=False):
            combined[index] = distinct((*combined[index], *others))
    index = 0
    while lexicon.entries and index < len(tokens):
        own = lexicon.at(turns, tokens, index)
        combined[index : index + len(own)] = own
        index += max(1, len(own))
    return tuple(combined)


def romanised_tokens(tokens: Sequence[Token]) -> dict[int, tuple[Reading, ...]]:
    """The readings in Mandarin of the Latin words of a text that is written in pinyin; none in any other.

    One word cannot tell, since "he", "long" and "women" are words of both languages: the whole text decides.
    """
    words = {
        k: token.text.lower() for k, token in enumerate(tokens) if re.fullmatch("[A-Za-zü]+", token.text)
    }
    romanised = {k: found for k, word in words.items() if (found := pinyin_readings(word))}
    return romanised if words and len(romanised) >= ROMANISED * len(words) else {}
