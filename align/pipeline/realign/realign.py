"""A changed text beside the alignment of the old one: only what changed is placed again.

    edit --retime--> result --bilingual.with_translations--> result

What did not change keeps its time, to the byte. The phones of a change's sound come from the stages that the
run of the old text has kept; where they are gone, those seconds alone are decoded and listened to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import PlacedPhones
from align.alignment.text_diff import Change
from align.audio.posteriors import posteriors_within
from align.audio.recognition import Window
from align.core.errors import InputError
from align.core.input_files import as_text
from align.core.types import (
    Alignment,
    HeardWord,
    Mismatch,
    MismatchKind,
    Posteriors,
    Result,
    Span,
    TimedToken,
)
from align.mismatch.candidates import Candidate
from align.mismatch.classify import classify, classify_by_phones
from align.mismatch.find import find_mismatches, untranscribed_speech
from align.mismatch.parameters import DEFAULTS
from align.pipeline.compare import heard_at, kept_posteriors
from align.pipeline.context import RunContext
from align.pipeline.cpu_fallback import where_it_fits
from align.pipeline.realign.changes import TranscriptChange
from align.pipeline.realign.mismatches import kept_mismatches, realigned_candidates, squeezed_out, touches
from align.pipeline.realign.speakers import realign_speakers
from align.pipeline.realign.tokens import Realigned, frames, realign_change, realigned_tokens
from align.pipeline.realign.translations import notes_again, with_old_lines
from align.pipeline.translation import job_of
from align.pronounce.phones import Reading
from align.pronounce.readings import readings
from align.subtitles.line_breaks import given_names
from align.subtitles.segment import segment
from align.transcript.pauses import pauses

_FITS = (0.0, 0.0, 0.0, 0.0)
"""The MEASURES of a token that keeps its time."""


def realign(edit: TranscriptChange, context: RunContext) -> Result:
    """The result for the new text, with the translations of the phrases whose text stayed.

    Raises:
        InputError: the sound of a change is needed, and the recording is not there.
    """
    old, placed = edit.old, realign_words(edit, context)
    names = given_names(placed.turns, edit.lexicon)
    shown = segment(placed.alignment, placed.turns, old.duration, old.language, context.options.cues, names)
    phrases = with_old_lines(shown, old.phrases, edit.origin)
    notes = notes_again(placed.notes, old.phrases, phrases, job_of(old, edit.glossary, context.options.cues))
    return replace(placed, phrases=phrases, notes=notes)


def realign_words(edit: TranscriptChange, context: RunContext) -> Result:
    """The result for the new text, without phrases.

    Raises:
        InputError: as above.
    """
    with context.cache.held() as cache:
        return where_it_fits(partial(_words_again, edit), replace(context, cache=cache))


def _words_again(edit: TranscriptChange, context: RunContext) -> Result:
    """The same on the device that the context names."""
    old, turns = edit.old, edit.transcript.turns
    pronunciations = readings(turns, edit.tokens, edit.lexicon) if edit.changes else ()
    realigned_changes, judged = _placed_again(edit, pronunciations, context)
    candidates = tuple(one for one in judged if not _is_settled(one, edit.said))
    timed = _timed(edit, realigned_changes, candidates)
    mismatches = _mismatches(edit, realigned_changes, candidates, timed)
    transcript_coverage, speech_coverage = _shares(old, timed, mismatches)
    return replace(
        old,
        transcript=as_text(edit.transcript.path).name,
        turns=turns,
        models=_models(old, realigned_changes, context),
        speakers_from="labels" if any(turn.speaker for turn in turns) else old.speakers_from,
        transcript_coverage=transcript_coverage,
        speech_coverage=speech_coverage,
        alignment=Alignment(timed, _unowned(edit, candidates), old.alignment.overlaps),
        mismatches=mismatches,
        phrases=(),
        glossary=edit.glossary.digest,
    )


# Placing


def _placed_again(
    edit: TranscriptChange, pronunciations: Sequence[Sequence[Reading]], context: RunContext
) -> tuple[tuple[Realigned, ...], tuple[Candidate, ...]]:
    """Every change searched for, and the candidates in it, classified."""
    searched = [one for one in edit.changes if _worth(one)]
    if not searched:
        return (), ()
    log_posteriors = _posteriors(edit, searched, context)
    head = context.models.phone_head
    with context.progress.stage("Placing what changed", 0):
        marks = pauses(edit.transcript.turns, edit.tokens)
        realigned_changes = tuple(
            realign_change(one, log_posteriors, pronunciations, head, Penalties(), marks) for one in searched
        )
    candidates = [
        candidate for realigned in realigned_changes for candidate in realigned_candidates(realigned)
    ]
    return realigned_changes, _classified(
        candidates, realigned_changes, pronunciations, log_posteriors, edit, context
    )


def _worth(change: Change) -> bool:
    """Whether there is text to place, or sound in which there may be speech."""
    return change.tokens[0] < change.tokens[1] or change.room.duration >= DEFAULTS.min_speech


def _posteriors(edit: TranscriptChange, changes: Sequence[Change], context: RunContext) -> Posteriors:
    """How likely each phone is: as the old run has kept it, or in the sound of the changes alone."""
    log_posteriors = kept_posteriors(edit.old.audio_digest, context)
    if log_posteriors is not None:
        return log_posteriors
    if edit.recording is None:
        raise InputError(
            edit.sound_path,
            "there is no such file, and what was heard in it is no longer kept; name the recording with "
            "--audio",
        )
    with context.progress.stage("Listening for phones where the text changed", 0):
        stretches = [frames(change.sound) for change in changes]
        return posteriors_within(
            edit.recording.samples, stretches, context.models.aligner, context.models.phone_head
        )


def _classified(
    candidates: Sequence[Candidate],
    realigned_changes: Sequence[Realigned],
    pronunciations: Sequence[Sequence[Reading]],
    log_posteriors: Posteriors,
    edit: TranscriptChange,
    context: RunContext,
) -> tuple[Candidate, ...]:
    """Every candidate classified; recognition decides where phones do not, if the recording is there."""
    by_phones = [
        classify_by_phones(candidate, pronunciations, log_posteriors, context.models.phone_head)
        for candidate in candidates
    ]
    placed = [PlacedPhones(span, 0, _FITS) for span in edit.kept]
    for realigned in realigned_changes:
        placed[slice(*realigned.change.tokens)] = realigned.placement.tokens
    hear = partial(_heard, edit=edit, context=context)
    return classify(by_phones, edit.tokens, placed, edit.old.duration, hear)


def _heard(
    where: tuple[Window, ...], edit: TranscriptChange, context: RunContext
) -> tuple[tuple[HeardWord, ...], ...]:
    """What Whisper hears in some places; nothing where there is no recording."""
    if edit.recording is None:
        return ((),) * len(where)
    return heard_at(where, edit.recording, edit.old.audio_digest, edit.old.language, context)


def _timed(
    edit: TranscriptChange, realigned_changes: Sequence[Realigned], candidates: Sequence[Candidate]
) -> tuple[TimedToken, ...]:
    """All tokens of the new text: the old times where they are kept, the new ones elsewhere."""
    old = edit.old.alignment.tokens
    timed = [
        TimedToken(token, None, 0.0) if k is None else replace(old[k], token=token)
        for token, k in zip(edit.tokens, edit.origin, strict=True)
    ]
    unspoken = frozenset(k for one in candidates if one.unspoken for k in range(*one.tokens)) - edit.said
    for realigned in realigned_changes:
        timed[slice(*realigned.change.tokens)] = realigned_tokens(realigned, edit.tokens, edit.kept, unspoken)
    return realign_speakers(timed, edit.transcript.turns, edit.old, edit.origin, edit.steady)


def _is_settled(candidate: Candidate, pronunciations: frozenset[int]) -> bool:
    """Whether all words that are doubted were heard by somebody."""
    first, last = candidate.tokens
    return first < last and pronunciations.issuperset(range(first, last))


# Mismatches


def _mismatches(
    edit: TranscriptChange,
    realigned_changes: Sequence[Realigned],
    candidates: Sequence[Candidate],
    timed: Sequence[TimedToken],
) -> tuple[Mismatch, ...]:
    """The old ones that no change touches, and those of the changes."""
    turns, steady = edit.transcript.turns, edit.steady
    moved: list[int | None] = [None] * len(edit.old.alignment.tokens)
    for new, before in enumerate(edit.origin):
        if before is not None and steady[new]:
            moved[before] = new
    fresh = [
        one
        for one in find_mismatches(candidates, timed, turns, ())
        if one.kind is not MismatchKind.TIMING or touches(one, steady)
    ]
    squeezed = [one for realigned in realigned_changes for one in squeezed_out(realigned, timed, turns)]
    kept = kept_mismatches(edit.old, moved, timed, turns)
    return tuple(sorted((*kept, *fresh, *squeezed), key=lambda one: (one.span, one.tokens, one.kind)))


def _unowned(edit: TranscriptChange, candidates: Sequence[Candidate]) -> tuple[Span, ...]:
    """The speech without text: that of before, but for the changes' own."""
    rooms = [change.room for change in edit.changes]
    kept = [span for span in edit.old.alignment.untranscribed if not any(map(span.overlap, rooms))]
    return tuple(sorted((*kept, *untranscribed_speech(candidates))))


def _shares(old: Result, timed: Sequence[TimedToken], mismatches: Sequence[Mismatch]) -> tuple[float, float]:
    """The share of the text that was found, and that of the speech that is covered.

    Both grow and shrink with the tokens that are placed beyond doubt, and with their seconds.
    """
    count, seconds = _beyond_doubt(old.alignment.tokens, old.mismatches)
    now, later = _beyond_doubt(timed, mismatches)
    texts = len(old.alignment.tokens) / max(1, len(timed))
    transcript_coverage = old.transcript_coverage * now / count * texts if count else old.transcript_coverage
    speech_coverage = old.speech_coverage * later / seconds if seconds else old.speech_coverage
    return round(min(1.0, transcript_coverage), 3), round(min(1.0, speech_coverage), 3)


def _beyond_doubt(timed: Sequence[TimedToken], mismatches: Sequence[Mismatch]) -> tuple[int, float]:
    """Tokens that are placed and that no mismatch doubts, and their seconds."""
    settled = (MismatchKind.SPEAKER, MismatchKind.TIMING, MismatchKind.SAME_SOUND)
    doubted = {k for one in mismatches if one.kind not in settled for k in range(*one.tokens)}
    spans = [one.span for k, one in enumerate(timed) if one.span and k not in doubted]
    return len(spans), sum(span.duration for span in spans)


def _models(
    old: Result, realigned_changes: Sequence[Realigned], context: RunContext
) -> tuple[tuple[str, str], ...]:
    """The models of the old run, and those that placed the changes."""
    used = (
        (*context.models.digests, ("phone-head", context.models.phone_head.digest))
        if realigned_changes
        else ()
    )
    return tuple((dict(old.models) | dict(used)).items())
