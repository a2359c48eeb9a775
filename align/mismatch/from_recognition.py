"""Classified candidates where the text was compared with the recognition of all speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.alignment.text_comparison import Block, BlockKind
from align.core.types import HeardWord, MismatchKind, Span, TimedToken, Token
from align.mismatch.candidates import Candidate
from align.mismatch.fillers import only_fillers_by_words
from align.mismatch.parameters import DEFAULTS
from align.mismatch.similarity import numbers_differ, same_spelling, sound_similarity


def classify_blocks(
    blocks: Sequence[Block], timed: Sequence[TimedToken], heard: Sequence[HeardWord], speech: Sequence[Span]
) -> tuple[Candidate, ...]:
    """All disagreements of text and recognition, and long speech with neither a word nor a token."""
    tokens = [token.token for token in timed]
    candidates: list[Candidate] = []
    for block in blocks:
        words = tuple(heard[slice(*block.heard)])
        if block.kind is BlockKind.UNSPOKEN:
            moment = heard[block.heard[0] - 1].span.end if block.heard[0] else 0.0
            candidates.append(Candidate(block.written, Span(moment, moment), 0.0, MismatchKind.UNSPOKEN))
        elif block.kind is BlockKind.MISSING:
            span, place, reach = _span(words), block.written[0], len(words) + 1
            filler = only_fillers_by_words(words, tokens[max(0, place - reach) : place + reach])
            kind = MismatchKind.FILLER if filler else MismatchKind.MISSING_TEXT
            candidates.append(Candidate(block.written, span, span.duration, kind, words))
        elif block.kind is BlockKind.DIFFERENT:
            span, similarity = _span(words), sound_similarity(tokens[slice(*block.written)], words)
            if similarity < DEFAULTS.same_sound or numbers_differ(tokens[slice(*block.written)], words):
                candidates.append(
                    Candidate(block.written, span, span.duration, MismatchKind.DIFFERENT, words, similarity)
                )
    placed = [(k, token.span.start) for k, token in enumerate(timed) if token.span]
    for span in _unread_speech(timed, heard, speech):
        place = next((k for k, start in placed if start >= span.start), len(timed))
        candidates.append(Candidate((place, place), span, span.duration, MismatchKind.MISSING_TEXT))
    return tuple(candidates)


def find_homophones(
    blocks: Sequence[Block], tokens: Sequence[Token], heard: Sequence[HeardWord]
) -> Iterator[Candidate]:
    """Passages that sound as they are written and that the recognizer spells otherwise."""
    for block in blocks:
        if block.kind is BlockKind.SAME:  # token by token
            pairs = zip(range(*block.written), range(*block.heard), strict=True)
            ranges = [((k, k + 1), (j, j + 1)) for k, j in pairs]
        else:
            ranges = [(block.written, block.heard)] if block.kind is BlockKind.DIFFERENT else []
        for token_range, word_range in ranges:
            written, words = tokens[slice(*token_range)], tuple(heard[slice(*word_range)])
            if not same_spelling(written, words) and sound_similarity(written, words) >= DEFAULTS.same_sound:
                yield Candidate(token_range, _span(words), 0.0, MismatchKind.SAME_SOUND, words, 100.0)


def _span(words: Sequence[HeardWord]) -> Span:
    return Span(words[0].span.start, max(word.span.end for word in words))


def _unread_speech(
    timed: Sequence[TimedToken], heard: Sequence[HeardWord], speech: Sequence[Span]
) -> Iterator[Span]:
    """Long stretches of speech with neither a placed token nor a recognized word."""
    spans = sorted([*(token.span for token in timed if token.span), *(word.span for word in heard)])
    k, reach = 0, 0.0
    for stretch in speech:
        start = max(stretch.start, min(reach, stretch.end))
        while k < len(spans) and spans[k].start < stretch.end:
            if spans[k].start - start >= DEFAULTS.min_unread_alone:
                yield Span(start, spans[k].start)
            start = reach = max(start, spans[k].end)
            k += 1
        if stretch.end - start >= DEFAULTS.min_unread_alone:
            yield Span(start, stretch.end)
