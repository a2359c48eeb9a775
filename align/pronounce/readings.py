"""All readings of each token of a transcript, as phones: the user's, then those of the languages."""

from __future__ import annotations

from collections.abc import Sequence

from align.core.types import Token, Turn
from align.pronounce.lexicon import EMPTY, Lexicon, TokenReadings, text_readings
from align.pronounce.phones import distinct
from align.pronounce.token_readings import token_readings


def readings(turns: Sequence[Turn], tokens: Sequence[Token], lexicon: Lexicon = EMPTY) -> TokenReadings:
    """Readings of each token, the likeliest first: at most phones.MOST, each of at least one phone.

    A token of a script that is neither Han nor Latin has none; the aligner places it between its neighbours.
    Tokens that a glossary corrected also have the readings of the original text, and the audio decides. The
    lexicon's readings replace all others.
    """
    combined = list(token_readings(turns, tokens))
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
