"""Every way to say each token of a transcript, as phones: the user's readings, then the languages' own."""

from __future__ import annotations

from collections.abc import Sequence

from align.pronounce.lexicon import EMPTY, Lexicon
from align.pronounce.phones import Reading
from align.pronounce.spoken import token_readings
from align.values import Token, Turn


def readings(
    turns: Sequence[Turn], tokens: Sequence[Token], lexicon: Lexicon = EMPTY
) -> tuple[tuple[Reading, ...], ...]:
    """Readings of each token, the likeliest first: at most combine.MOST, each of at least one phone.

    A token of a script that is neither Han nor Latin has none; the aligner places it between its neighbours.
    What the lexicon has stands in the place of every other reading.
    """
    found = list(token_readings(turns, tokens))
    index = 0
    while lexicon.entries and index < len(tokens):
        own = lexicon.at(turns, tokens, index)
        found[index : index + len(own)] = own
        index += max(1, len(own))
    return tuple(found)
