"""What align reports of people's recordings: with their own words, and with errors planted into these.

With the own words each report but that of a real filler is false, and each word without a place is lost. An
error of 3 to 40 tokens is found, and a report true, as in `scripts.benchmarks.found`; wrong words and short
stretches are found by a report that meets them. All false reports count, the small ones too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from align.core.types import Mismatch, MismatchKind, Span, TimedToken
from scripts.benchmarks import found, human_errors
from scripts.benchmarks import units as texts
from scripts.benchmarks.found import Count, Report
from scripts.benchmarks.human_corpus import HumanRecording
from scripts.benchmarks.perturb import Aligner, fits
from scripts.benchmarks.perturb_text import ChangedText
from scripts.benchmarks.plant import Kind, plant
from scripts.benchmarks.units import Unit
from scripts.benchmarks.values import Word

EVERY = 60
"""Tokens of a text for each planted error of 3 to 40 tokens, at least three a text."""

ROOM = 50
"""Tokens of a text that errors are planted into, so that those of most sizes find room."""

LARGE = "3 to 40 tokens"
SHORT = "3 to 5 tokens left out"
NUMBER, WORD, PAIR = "another number", "another word of like sound", "two tokens of like sound"
SORTS = (LARGE, SHORT, NUMBER, WORD, PAIR)
"""Of planted errors."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """One recording with its own words.

    Attributes:
        seconds: its length.
        tokens: those of its text that have a place; of all.
        fillers: reports of fillers that are true.
        listed: real fillers of the list that a report names.
        false: all other reports, and untrue ones of fillers, each with its time.
        units: its tokens with their places.
    """

    recording: HumanRecording
    seconds: float
    tokens: Count
    fillers: Count
    listed: Count
    false: tuple[Mismatch, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """Errors of one sort in one language.

    Attributes:
        recall: errors that were found.
        as_filler: errors that only a report of a filler names.
        precision: reports, but those of fillers, that are true.
    """

    recall: Count = field(default_factory=Count)
    as_filler: Count = field(default_factory=Count)
    precision: Count = field(default_factory=Count)

    def __add__(self, other: Planted) -> Planted:
        return Planted(
            self.recall + other.recall, self.as_filler + other.as_filler, self.precision + other.precision
        )


def verbatim(recording: HumanRecording, aligner: Aligner) -> Verbatim:
    """What align makes of a recording with its own words."""
    result = aligner.run(recording.audio, recording.text)
    timed = result.data.alignment.tokens
    counted = [one for one in result.mismatches if not _overlaps(one.span, recording.unclear)]
    fillers = [one for one in counted if one.kind is MismatchKind.FILLER]
    true = [one for one in fillers if _overlaps(one.span, recording.fillers)]
    real = [one for one in counted if one.kind is MismatchKind.MISSING_TEXT]
    named = {*true, *(one for one in real if _overlaps(one.span, recording.fillers))}
    heard = sum(_overlaps(span, [one.span for one in named]) for span in recording.fillers)
    return Verbatim(
        recording,
        result.data.duration,
        Count(sum(token.span is not None for token in timed), len(timed)),
        Count(len(true), len(fillers)),
        Count(heard, len(recording.fillers)),
        tuple(one for one in counted if one not in named),
        _units(recording.text, timed),
    )


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether half of a report, or of one of these, lies in the other."""
    return any(span.overlap(each) >= 0.5 * min(span.duration, each.duration) > 0 for each in others)


def _units(text: str, timed: Sequence[TimedToken]) -> tuple[Unit, ...]:
    """The tokens of a text with their places; one without has that of the end before it."""
    words: list[Word] = []
    for token in timed:
        before = words[-1].end if words else 0.0
        words.append(
            Word(token.token.text, token.span.start, token.span.end)
            if token.span
            else Word(token.token.text, before, before)
        )
    return texts.read(text, words)[0]


def planted(
    measured: Sequence[Verbatim], pools: Mapping[str, str], sort: str, seeds: Sequence[int], aligner: Aligner
) -> Iterator[tuple[str, Planted]]:
    """Name of the recording, and what came of its errors, for each seed and recording.

    Args:
        measured: the recordings; those of less than ROOM tokens are left out.
        pools: language to text that is said in none of them.
        sort: one of SORTS.
    """
    changes: Mapping[str, Callable[[Sequence[Unit], random.Random], ChangedText]] = {
        SHORT: human_errors.left_out,
        NUMBER: human_errors.wrong_number,
        WORD: human_errors.similar_word(pools["zh"], 1),
        PAIR: human_errors.similar_word(pools["zh"], 2),
    }
    for seed in seeds:
        for one in (each for each in measured if each.tokens.all >= ROOM):
            recording = one.recording
            if sort == LARGE:
                yield recording.name, _large(one, pools[recording.language], seed, aligner)
                continue
            changed = changes[sort](one.units, random.Random(f"{sort} {recording.name} {seed}"))
            if changed.changes:
                result = aligner.run(recording.audio, changed.text)
                yield recording.name, _judged(changed, result.mismatches, recording)


def _large(one: Verbatim, pool: str, seed: int, aligner: Aligner) -> Planted:
    """Errors of 3 to 40 tokens."""
    words = [Word(unit.text, unit.start, unit.end) for unit in one.units]
    count = max(1, round(len(words) / EVERY / 3))
    counts = dict.fromkeys((Kind.LEFT_OUT, Kind.PUT_IN, Kind.CHANGED), count)
    edited = plant(one.recording.text, words, pool, one.seconds, seed, counts)
    if not edited.planted:
        return Planted()
    result = aligner.run(one.recording.audio, edited.text)
    counted = _counted(result.mismatches, one.recording)
    reports = [Report(each.kind.value, each.span, each.tokens) for each in counted]
    errors = [each for each in edited.planted if each.kind is not Kind.FILLER]
    named = [found.is_found(each, reports) for each in errors]
    others = [each for each in reports if each.kind != found.FILLER]
    true = sum(found.is_true(each, edited.planted) for each in others)
    return Planted(Count(sum(named), len(named)), Count(), Count(true, len(others)))


def _counted(reports: Sequence[Mismatch], recording: HumanRecording) -> list[Mismatch]:
    """Reports but those of real fillers and of what nobody understands."""
    aside = (*recording.unclear, *recording.fillers)
    return [one for one in reports if not _overlaps(one.span, aside)]


def _judged(changed: ChangedText, reports: Sequence[Mismatch], recording: HumanRecording) -> Planted:
    """Small errors."""
    counted = _counted(reports, recording)
    words = [one for one in counted if one.kind is not MismatchKind.FILLER]
    fillers = [one for one in counted if one.kind is MismatchKind.FILLER]
    named = [any(fits(one, change) for one in words) for change in changed.changes]
    hidden = sum(
        not is_named and any(fits(one, change) for one in fillers)
        for is_named, change in zip(named, changed.changes, strict=True)
    )
    true = sum(any(fits(one, change) for change in changed.changes) for one in words)
    return Planted(Count(sum(named), len(named)), Count(hidden, len(named)), Count(true, len(words)))
