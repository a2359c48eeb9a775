"""Realigns what changed in a text; all other words keep their times, to the byte.

The phones of a change's sound come from the cache of the old run; where they are gone, those seconds alone
are decoded and listened to. `translation.with_translations` translates the new phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from align.alignment.lattice import Penalties
from align.alignment.placement import PlacedPhones
from align.alignment.text_diff import Change
from align.audio.posteriors import posteriors_within
from align.audio.recognition import Window
from align.audio.wordings import Wordings
from align.core.errors import InputError
from align.core.input_files import as_text
from align.core.types import (
    Alignment,
    HeardWord,
    Mismatch,
    MismatchKind,
    Posteriors,
    Result,
    TimedToken,
)
from align.mismatch.candidates import Candidate
from align.mismatch.classify import classify, classify_by_phones
from align.mismatch.find import find_mismatches, untranscribed_speech
from align.mismatch.parameters import DEFAULTS
from align.mismatch.wordings import weigh_wordings
from align.pipeline.compare import heard_at, kept_posteriors, scored_at
from align.pipeline.context import RunContext, with_cpu_fallback
from align.pipeline.realign.changes import TranscriptChange
from align.pipeline.realign.mismatches import (
    PERFECT_FIT,
    kept_mismatches,
    realigned_candidates,
    squeezed_out,
    touches,
)
from align.pipeline.realign.tokens import (
    Realigned,
    frames,
    realign_change,
    realign_speakers,
    realigned_tokens,
)
from align.pipeline.translation import job_of, update_notes, with_old_lines
from align.pronounce.readings import readings
from align.subtitles.line_breaks import given_names
from align.subtitles.segment import segment
from align.transcript.text_breaks import text_breaks


def realign(edit: TranscriptChange, context: RunContext) -> Result:
    """The result for the new text, with the translations of the phrases whose text stayed.

    Raises:
        InputError: the sound of a change is needed, and the recording is not there.
    """
    old, result, options = edit.old, realign_words(edit, context), context.options.cues
    names = given_names(result.turns, edit.lexicon)
    phrases = segment(result.alignment, result.turns, old.duration, old.language, options, names)
    phrases = with_old_lines(phrases, old.phrases, edit.origin)
    notes = update_notes(result.notes, old.phrases, phrases, job_of(old, edit.glossary, options))
    return replace(result, phrases=phrases, notes=notes)


def realign_words(edit: TranscriptChange, context: RunContext) -> Result:
    """The result for the new text, without phrases.

    Raises:
        InputError: as above.
    """
    return with_cpu_fallback(partial(_realign_words, edit), context)


def _realign_words(edit: TranscriptChange, context: RunContext) -> Result:
    """The same on the device that the context names."""
    old, turns, models = edit.old, edit.transcript.turns, dict(edit.old.models)
    realigned, candidates = _search(edit, context)
    if realigned:
        models |= {**dict(context.models.digests), "phone-head": context.models.phone_head.digest}
    timed = _timed(edit, realigned, candidates)
    mismatches = _mismatches(edit, realigned, candidates, timed)
    transcript_coverage, speech_coverage = _coverage(old, timed, mismatches)
    rooms = [change.room for change in edit.changes]
    untranscribed = [span for span in old.alignment.untranscribed if not any(map(span.overlap, rooms))]
    untranscribed += untranscribed_speech(candidates)
    return replace(
        old,
        transcript=as_text(edit.transcript.path).name,
        turns=turns,
        models=tuple(models.items()),
        speakers_from="labels" if any(turn.speaker for turn in turns) else old.speakers_from,
        transcript_coverage=transcript_coverage,
        speech_coverage=speech_coverage,
        alignment=Alignment(timed, tuple(sorted(untranscribed)), old.alignment.overlaps),
        mismatches=mismatches,
        phrases=(),
        glossary=edit.glossary.digest,
    )


def _search(
    edit: TranscriptChange, context: RunContext
) -> tuple[tuple[Realigned, ...], tuple[Candidate, ...]]:
    """Every change that has text to place or sound that may be speech, and the classified candidates in it.

    Recognition decides where phones do not, if the recording is there. Text that a person has heard is no
    candidate.
    """
    changes = [
        change
        for change in edit.changes
        if change.tokens[0] < change.tokens[1] or change.room.duration >= DEFAULTS.min_speech
    ]
    if not changes:
        return (), ()
    turns, recording, head = edit.transcript.turns, edit.recording, context.models.phone_head
    pronunciations = readings(turns, edit.tokens, edit.lexicon)
    posteriors = _posteriors(edit, changes, context)
    with context.progress.stage("Placing what changed", 0):
        breaks = text_breaks(turns, edit.tokens)
        realigned = tuple(
            realign_change(change, posteriors, pronunciations, head, Penalties(), breaks)
            for change in changes
        )
    by_phones = [
        classify_by_phones(candidate) for each in realigned for candidate in realigned_candidates(each)
    ]
    placed = [PlacedPhones(span, 0, PERFECT_FIT) for span in edit.kept]
    for each in realigned:
        placed[slice(*each.change.tokens)] = each.placement.tokens

    def hear(windows: tuple[Window, ...]) -> tuple[tuple[HeardWord, ...], ...]:
        if recording is None:
            return ((),) * len(windows)
        return heard_at(windows, recording, edit.old.audio_digest, edit.old.language, context)

    def score(questions: tuple[Wordings, ...]) -> tuple[tuple[float, ...], ...]:
        assert recording is not None
        return scored_at(questions, recording, edit.old.audio_digest, edit.old.language, context)

    candidates = classify(by_phones, edit.tokens, placed, edit.old.duration, hear)
    if recording is not None:
        candidates = weigh_wordings(
            candidates, turns, edit.tokens, pronunciations, placed, posteriors, head, score
        )
    return realigned, tuple(
        candidate
        for candidate in candidates
        if not (candidate.count and edit.said.issuperset(range(*candidate.tokens)))
    )


def _posteriors(edit: TranscriptChange, changes: Sequence[Change], context: RunContext) -> Posteriors:
    """How likely each phone is: from the cache, or else in the sound of the changes alone."""
    posteriors, models = kept_posteriors(edit.old.audio_digest, context), context.models
    if posteriors is not None:
        return posteriors
    if edit.recording is None:
        raise InputError(
            edit.sound_path,
            "there is no such file, and what was heard in it is no longer cached; name the recording with "
            "--audio",
        )
    with context.progress.stage("Listening for phones where the text changed", 0):
        stretches = [frames(change.sound) for change in changes]
        return posteriors_within(edit.recording.samples, stretches, models.aligner, models.phone_head)


def _timed(
    edit: TranscriptChange, realigned: Sequence[Realigned], candidates: Sequence[Candidate]
) -> tuple[TimedToken, ...]:
    """All tokens of the new text: with the old times where they are kept, the new ones elsewhere."""
    old = edit.old.alignment.tokens
    timed = [
        TimedToken(token, None, 0.0) if k is None else replace(old[k], token=token)
        for token, k in zip(edit.tokens, edit.origin, strict=True)
    ]
    unspoken = {k for candidate in candidates if candidate.unspoken for k in range(*candidate.tokens)}
    for each in realigned:
        tokens = realigned_tokens(each, edit.tokens, edit.kept, frozenset(unspoken - edit.said))
        timed[slice(*each.change.tokens)] = tokens
    return realign_speakers(timed, edit.transcript.turns, edit.old, edit.origin, edit.steady)


def _mismatches(
    edit: TranscriptChange,
    realigned: Sequence[Realigned],
    candidates: Sequence[Candidate],
    timed: Sequence[TimedToken],
) -> tuple[Mismatch, ...]:
    """The old mismatches that no change touches, and those of the changes."""
    turns, steady = edit.transcript.turns, edit.steady
    new_index: list[int | None] = [None] * len(edit.old.alignment.tokens)
    for new, before in enumerate(edit.origin):
        if before is not None and steady[new]:
            new_index[before] = new
    mismatches = [
        *kept_mismatches(edit.old, new_index, timed, turns),
        *(
            mismatch
            for mismatch in find_mismatches(candidates, timed, turns, ())
            if mismatch.kind is not MismatchKind.TIMING or touches(mismatch, steady)
        ),
        *(mismatch for each in realigned for mismatch in squeezed_out(each, timed, turns)),
    ]
    return tuple(sorted(mismatches, key=lambda mismatch: (mismatch.span, mismatch.tokens, mismatch.kind)))


def _coverage(
    old: Result, timed: Sequence[TimedToken], mismatches: Sequence[Mismatch]
) -> tuple[float, float]:
    """The share of the text that is spoken, and of the speech that is in the text.

    They grow and shrink with the undoubted tokens and their seconds.
    """
    of_text, of_speech = old.transcript_coverage, old.speech_coverage
    count, seconds = _undoubted(old.alignment.tokens, old.mismatches)
    new_count, new_seconds = _undoubted(timed, mismatches)
    if count:
        of_text = of_text * new_count / count * (len(old.alignment.tokens) / max(1, len(timed)))
    if seconds:
        of_speech = of_speech * new_seconds / seconds
    return round(min(1.0, of_text), 3), round(min(1.0, of_speech), 3)


def _undoubted(timed: Sequence[TimedToken], mismatches: Sequence[Mismatch]) -> tuple[int, float]:
    """The number of tokens that are placed and that no mismatch doubts, and their seconds."""
    harmless = (
        *(MismatchKind.SPEAKER, MismatchKind.TIMING, MismatchKind.SAME_SOUND),
        MismatchKind.WRONG_WORD,
    )
    doubted = {k for mismatch in mismatches if mismatch.kind not in harmless for k in range(*mismatch.tokens)}
    spans = [token.span for k, token in enumerate(timed) if token.span and k not in doubted]
    return len(spans), sum(span.duration for span in spans)
