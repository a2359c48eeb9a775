"""Compares the transcript with the recognized words, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from align.alignment.anchors import MatchingRun, find_anchors
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.core.types import HeardWord, Span, Token
from align.pronounce.sound_key import fuzzy_key


class BlockKind(Enum):
    """What became of a stretch of text, of speech, or of both."""

    SAME = "same"
    DIFFERENT = "different"
    UNHEARD = "unheard"
    """Written, not recognized, and there is room for it in the audio."""
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


def compare(
    tokens: Sequence[Token],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[Block, ...]:
    """Blocks that cover the transcript and what was recognized, in order."""

    def may_be_spoken(written: tuple[int, int], words: tuple[int, int]) -> bool:
        """Whether the text of a gap between anchors may be the speech in it, judged by the time available."""
        count = written[1] - written[0]
        if not heard or (count > parameters.most_replaced and words[0] < words[1]):
            return False
        start = heard[words[0] - 1].span.end if words[0] else speech[0].start
        end = heard[words[1]].span.start if words[1] < len(heard) else speech[-1].end
        room = Span(start, max(start, end))
        syllables = sum(len(token.sound.split(" ")) for token in tokens[slice(*written)])
        pace = sum(room.overlap(stretch) for stretch in speech) / syllables
        at_edge = written[0] == 0 or written[1] == len(tokens)
        few = count <= parameters.always_spoken and words[1] - words[0] <= parameters.most_replaced
        if few and not at_edge:
            return words[0] == words[1] or pace <= parameters.slowest
        return parameters.fastest <= pace <= parameters.slowest

    runs = find_anchors(
        [fuzzy_key(token.sound) for token in tokens],
        [fuzzy_key(word.sound) for word in heard],
        parameters.gram_sizes,
        parameters,
    )
    blocks: list[Block] = []
    at = (0, 0)
    for run in (*runs, MatchingRun(len(tokens), len(heard), 0)):
        written, words = (at[0], run.written), (at[1], run.heard)
        has_words = words[0] < words[1]
        if written[0] < written[1] and may_be_spoken(written, words):
            blocks.append(Block(BlockKind.DIFFERENT if has_words else BlockKind.UNHEARD, written, words))
        else:
            if written[0] < written[1]:
                blocks.append(Block(BlockKind.UNSPOKEN, written, (words[0], words[0])))
            if has_words:
                blocks.append(Block(BlockKind.MISSING, (written[1], written[1]), words))
        if run.length:
            blocks.append(Block(BlockKind.SAME, (run.written, run.ends[0]), (run.heard, run.ends[1])))
        at = run.ends
    return tuple(blocks)
