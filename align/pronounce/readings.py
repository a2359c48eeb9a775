"""Every way to say each token of a transcript, as phones: the user's readings, then the languages' own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from align.core.types import Token, Turn, Wording
from align.pronounce.combine_readings import distinct, joined
from align.pronounce.lexicon import EMPTY, Lexicon, PerToken, spread_over
from align.pronounce.phones import Reading
from align.pronounce.token_readings import token_readings
from align.pronounce.tokens import tokenize


def readings(
    turns: Sequence[Turn], tokens: Sequence[Token], lexicon: Lexicon = EMPTY
) -> tuple[tuple[Reading, ...], ...]:
    """Readings of each token, the likeliest first: at most combine.MOST, each of at least one phone.

    A token of a script that is neither Han nor Latin has none; the aligner places it between its neighbours.
    A token that a glossary put has the readings of what the transcript had there too, and the audio decides.
    What the lexicon has stands in the place of every other reading.
    """
    found = list(token_readings(turns, tokens))
    for indexes, written in _mended(turns, tokens):
        for index, others in zip(indexes, _as_written(written, len(indexes)), strict=False):
            found[index] = distinct((*found[index], *others))
    index = 0
    while lexicon.entries and index < len(tokens):
        own = lexicon.at(turns, tokens, index)
        found[index : index + len(own)] = own
        index += max(1, len(own))
    return tuple(found)


def _mended(turns: Sequence[Turn], tokens: Sequence[Token]) -> Iterator[tuple[list[int], Wording]]:
    """The tokens that a glossary put, and what was written there."""
    for turn, group in groupby(range(len(tokens)), key=lambda index: tokens[index].turn):
        if not turns[turn].corrections:
            continue
        indexes = list(group)
        for wording in turns[turn].corrections:
            inside = [k for k in indexes if wording.start <= tokens[k].start and tokens[k].end <= wording.end]
            if inside:
                yield inside, wording


def _as_written(wording: Wording, count: int) -> PerToken:
    """How what was written is said, dealt out to `count` tokens; () where that cannot be."""
    turn = Turn(None, wording.text, 1)
    parts = token_readings([turn], tokenize([turn]))
    if not parts or not all(parts):
        return ()
    return parts if len(parts) == count else spread_over(joined(parts), count)
