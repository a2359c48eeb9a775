"""The transcript beside what was heard, as blocks: the same, different, unheard, unspoken, missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from align.alignment.anchors import MatchingRun, find_anchors
from align.core.types import HeardWord, Span, Token
from align.pronounce.confusions import fuzzy_key

MOST_DIFFERENT = 40
"""Tokens that a passage between two anchors may have and still be what was heard there, said otherwise.

Where nothing was heard there is no such limit: Whisper leaves out whole sentences."""

SLOWEST, FASTEST = 1.0, 0.07
"""Seconds a syllable of Mandarin, or a word of another language.

Slower or faster than this, the text of a gap cannot be the speech in it."""

ALWAYS_SPOKEN = 2
"""A gap of so few tokens amid recognised text is taken as spoken and overheard by the recogniser."""


class BlockKind(Enum):
    """What became of a stretch of text, of speech, or of both."""

    SAME = "same"
    DIFFERENT = "different"
    UNHEARD = "unheard"
    """Written, not recognised, and there is room for it in the audio."""
    UNSPOKEN = "unspoken"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Block:
    """A half-open range of written tokens beside a half-open range of heard words."""

    kind: BlockKind
    written: tuple[int, int]
    heard: tuple[int, int]

    @property
    def spoken(self) -> bool:
        """Whether the block's tokens have a place in the audio."""
        return self.kind in (BlockKind.SAME, BlockKind.DIFFERENT, BlockKind.UNHEARD)


def compare(tokens: Sequence[Token], heard: Sequence[HeardWord], speech: Sequence[Span]) -> tuple[Block, ...]:
    """Set the transcript beside what was heard; the blocks cover both, in order."""
    runs = find_anchors(
        [fuzzy_key(token.sound) for token in tokens], [fuzzy_key(word.sound) for word in heard]
    )
    blocks: list[Block] = []
    at = (0, 0)
    for run in (*runs, MatchingRun(len(tokens), len(heard), 0)):
        blocks += _gap((at[0], run.written), (at[1], run.heard), tokens, heard, speech)
        if run.length:
            blocks.append(Block(BlockKind.SAME, (run.written, run.ends[0]), (run.heard, run.ends[1])))
        at = run.ends
    return tuple(blocks)


def _gap(
    written: tuple[int, int],
    words: tuple[int, int],
    tokens: Sequence[Token],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
) -> list[Block]:
    """What lies between two runs of anchors."""
    count = written[1] - written[0]
    if count and _fits(written, words, tokens, heard, speech):
        kind = BlockKind.DIFFERENT if words[0] < words[1] else BlockKind.UNHEARD
        return [Block(kind, written, words)]
    blocks: list[Block] = []
    if count:
        blocks.append(Block(BlockKind.UNSPOKEN, written, (words[0], words[0])))
    if words[0] < words[1]:
        blocks.append(Block(BlockKind.MISSING, (written[1], written[1]), words))
    return blocks


def _fits(
    written: tuple[int, int],
    words: tuple[int, int],
    tokens: Sequence[Token],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
) -> bool:
    """Whether the text of a gap may be what is said in it, judged by the time there is for it."""
    count = written[1] - written[0]
    if not heard or (count > MOST_DIFFERENT and words[0] < words[1]):
        return False
    syllables = sum(len(token.sound.split(" ")) for token in tokens[slice(*written)])
    pace = _seconds(words, heard, speech) / syllables
    at_edge = written[0] == 0 or written[1] == len(tokens)
    if count <= ALWAYS_SPOKEN and not at_edge and words[1] - words[0] <= MOST_DIFFERENT:
        return words[0] == words[1] or pace <= SLOWEST
    return FASTEST <= pace <= SLOWEST


def _seconds(words: tuple[int, int], heard: Sequence[HeardWord], speech: Sequence[Span]) -> float:
    """Seconds of speech in a gap: behind the word before it, up to the word behind it."""
    start = heard[words[0] - 1].span.end if words[0] else speech[0].start
    end = heard[words[1]].span.start if words[1] < len(heard) else speech[-1].end
    room = Span(start, max(start, end))
    return sum(room.overlap(stretch) for stretch in speech)


def spoken_tokens(blocks: Sequence[Block]) -> tuple[int, ...]:
    """The written tokens that have a place in the audio, ascending."""
    return tuple(token for block in blocks if block.spoken for token in range(*block.written))
