"""Verdicts where a text was set beside the recognition of all speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.alignment.text_comparison import Block, BlockKind
from align.core.types import HeardWord, Span, TimedToken, Token
from align.mismatch.candidates import Candidate
from align.mismatch.classify import Cause, Classification
from align.mismatch.similarity import SAME_SOUND, alike, only_small_words, same_letters

UNREAD = 1.5
"""Seconds of speech without a recognised word or a placed token that are worth a look."""


def classify_blocks(
    blocks: Sequence[Block],
    timed: Sequence[TimedToken],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
) -> tuple[Classification, ...]:
    """All disagreements of text and recognition, and the speech that neither can read."""
    tokens = [one.token for one in timed]
    found = [one for block in blocks for one in _of_block(block, tokens, heard)]
    return (*found, *_unread_speech(timed, heard, speech))


def _of_block(block: Block, tokens: Sequence[Token], heard: Sequence[HeardWord]) -> Iterator[Classification]:
    words = tuple(heard[slice(*block.heard)])
    if block.kind is BlockKind.MISSING:
        place, count = block.written[0], len(words)
        beside = tokens[max(0, place - count - 1) : place + count + 1]
        kind = Cause.FILLER if only_small_words(words, beside) else Cause.MISSING
        yield Classification(_doubt(block, words), kind, words, 0.0)
    elif block.kind is BlockKind.UNSPOKEN:
        moment = heard[block.heard[0] - 1].span.end if block.heard[0] else 0.0
        yield Classification(Candidate(block.written, Span(moment, moment), 0.0), Cause.UNSPOKEN, (), 0.0)
    elif block.kind is BlockKind.DIFFERENT:
        written = tokens[slice(*block.written)]
        likeness = alike(written, words)
        if likeness < SAME_SOUND:
            yield Classification(_doubt(block, words), Cause.DIFFERENT, words, likeness)


def homophones(
    blocks: Sequence[Block], tokens: Sequence[Token], heard: Sequence[HeardWord]
) -> Iterator[Classification]:
    """Passages that sound as they are written and that the recogniser writes otherwise."""
    for block in blocks:
        if block.kind not in (BlockKind.SAME, BlockKind.DIFFERENT):
            continue
        pairs = _paired(block)
        for written, words in pairs:
            own, said = tokens[slice(*written)], tuple(heard[slice(*words)])
            if not same_letters(own, said) and alike(own, said) >= SAME_SOUND:
                span = Span(said[0].span.start, max(word.span.end for word in said))
                yield Classification(Candidate(written, span, 0.0), Cause.SAME_SOUND, said, 100.0)


def _paired(block: Block) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Token by token where both have as many, else the block as a whole."""
    if block.kind is BlockKind.SAME:
        pairs = zip(range(*block.written), range(*block.heard), strict=True)
        return [((k, k + 1), (j, j + 1)) for k, j in pairs]
    return [(block.written, block.heard)]


def _doubt(block: Block, words: Sequence[HeardWord]) -> Candidate:
    """From the first to the last word that a block heard."""
    span = Span(words[0].span.start, max(word.span.end for word in words))
    return Candidate(block.written, span, span.duration)


def _unread_speech(
    timed: Sequence[TimedToken], heard: Sequence[HeardWord], speech: Sequence[Span]
) -> Iterator[Classification]:
    """Speech in which the recogniser read nothing and the text has nothing."""
    placed = [(k, one.span.start) for k, one in enumerate(timed) if one.span]
    for span in _unread(timed, heard, speech):
        behind = next((k for k, start in placed if start >= span.start), len(timed))
        yield Classification(Candidate((behind, behind), span, span.duration), Cause.MISSING, (), 0.0)


def _unread(
    timed: Sequence[TimedToken], heard: Sequence[HeardWord], speech: Sequence[Span]
) -> Iterator[Span]:
    """Long stretches of speech with neither a placed token nor a recognised word."""
    taken = sorted([*(one.span for one in timed if one.span), *(word.span for word in heard)])
    k, reach = 0, 0.0
    for stretch in speech:
        at = max(stretch.start, min(reach, stretch.end))
        while k < len(taken) and taken[k].start < stretch.end:
            if taken[k].start - at >= UNREAD:
                yield Span(at, taken[k].start)
            at = reach = max(at, taken[k].end)
            k += 1
        if stretch.end - at >= UNREAD:
            yield Span(at, stretch.end)
