"""Passages that are said in another place than where they are written, found by their phones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from align.alignment.anchors import find_anchors
from align.alignment.chunks import HeardPhones
from align.audio.encoder import FRAME
from align.core.types import MismatchKind, Span
from align.mismatch.candidates import Candidate
from align.mismatch.parameters import DEFAULTS
from align.pronounce.phones import PHONE_INDEX, Reading


@dataclass(frozen=True, slots=True)
class _Passage:
    """Tokens from one mark to another, and the speech that they match best, None for none."""

    tokens: tuple[int, int]
    phones: int
    matched: int = 0
    span: Span | None = None


def mark_moved_text(
    candidates: Sequence[Candidate],
    readings: Sequence[Sequence[Reading]],
    heard: HeardPhones,
    pauses: Collection[int],
) -> tuple[Candidate, ...]:
    """The candidates, with text that is said elsewhere marked as moved, passage by passage.

    Args:
        readings: of each token of the text.
        heard: the most likely phones of the whole recording.
        pauses: tokens before which the text has a mark.
    """
    gaps = [one.span for one in candidates if one.kind in (MismatchKind.MISSING_TEXT, MismatchKind.DIFFERENT)]
    changed: list[Candidate] = []
    for candidate in candidates:
        text_only = candidate.kind is MismatchKind.UNSPOKEN
        different = candidate.kind is MismatchKind.DIFFERENT
        if candidate.count < DEFAULTS.min_moved_tokens or not (text_only or different):
            changed.append(candidate)
            continue
        elsewhere = [gap for gap in gaps if text_only or gap != candidate.span]
        passages = _joined(
            _best_place(tokens, readings, elsewhere, heard)
            for tokens in _passages(candidate.tokens, pauses, DEFAULTS.min_moved_tokens)
        )
        if all(passage.span is None for passage in passages):
            changed.append(candidate)
            continue
        start = candidate.span.start
        for passage in passages:
            if passage.span is None:
                own = replace(candidate, tokens=passage.tokens, span=Span(start, start), untranscribed=0.0)
                changed.append(replace(own, kind=MismatchKind.UNSPOKEN, heard=()))
            else:
                similarity = 100 * passage.matched / passage.phones
                place, speech = passage.span, passage.span.duration
                moved = Candidate(passage.tokens, place, speech, MismatchKind.MOVED, similarity=similarity)
                changed.append(moved)
        if different:
            end = candidate.tokens[1]
            changed.append(replace(candidate, tokens=(end, end), kind=MismatchKind.MISSING_TEXT))
    places = [one.span for one in changed if one.kind is MismatchKind.MOVED]
    return tuple(one for one in changed if not _is_explained(one, places))


def _passages(tokens: tuple[int, int], pauses: Collection[int], least: int) -> list[tuple[int, int]]:
    """A range of tokens cut at marks into passages of at least so many tokens."""
    passages: list[tuple[int, int]] = []
    begin = tokens[0]
    for end in (*sorted(k for k in pauses if tokens[0] < k < tokens[1]), tokens[1]):
        if end - begin >= least or (end == tokens[1] and not passages):
            passages.append((begin, end))
            begin = end
    passages[-1] = (passages[-1][0], tokens[1])
    return passages


def _best_place(
    tokens: tuple[int, int],
    readings: Sequence[Sequence[Reading]],
    gaps: Sequence[Span],
    heard: HeardPhones,
) -> _Passage:
    """A passage with the stretch of untranscribed speech in which most of its phones are heard."""
    ngrams = DEFAULTS.moved_ngrams
    phones = [PHONE_INDEX[phone] for known in readings[slice(*tokens)] if known for phone in known[0]]
    best = _Passage(tokens, max(1, len(phones)))
    for gap in gaps:
        inside = (heard.first * FRAME >= gap.start) & (heard.last * FRAME <= gap.end)
        runs = find_anchors(phones, heard.phones[inside].tolist(), ngrams)
        runs = tuple(run for run in runs if run.length >= ngrams[-1])
        matched = sum(run.length for run in runs)
        if matched > best.matched and matched >= DEFAULTS.moved_share * len(phones):
            first, last = heard.first[inside], heard.last[inside]
            start, end = float(first[runs[0].heard]) * FRAME, float(last[runs[-1].ends[1] - 1]) * FRAME
            best = replace(best, matched=matched, span=Span(start, end))
    return best


def _joined(passages: Iterable[_Passage]) -> list[_Passage]:
    """Neighbouring passages as one where what they match follows each other, or where they match nothing."""
    joined: list[_Passage] = []
    for passage in passages:
        last = joined[-1] if joined else None
        if last and last.span is None and passage.span is None:
            joined[-1] = replace(
                last, tokens=(last.tokens[0], passage.tokens[1]), phones=last.phones + passage.phones
            )
        elif last and last.span and passage.span and 0 <= passage.span.start - last.span.end + 1 <= 4:
            joined[-1] = _Passage(
                (last.tokens[0], passage.tokens[1]),
                last.phones + passage.phones,
                last.matched + passage.matched,
                Span(last.span.start, max(last.span.end, passage.span.end)),
            )
        else:
            joined.append(passage)
    return joined


def _is_explained(candidate: Candidate, moved: Sequence[Span]) -> bool:
    """Whether missing text is mostly text that stands elsewhere."""
    covered = sum(candidate.span.overlap(span) for span in moved)
    return candidate.kind is MismatchKind.MISSING_TEXT and covered >= candidate.span.duration / 2
