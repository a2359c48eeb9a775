"""Compares text and audio: where each token is spoken, and where the two disagree.

By phones, for Mandarin and English: the whole text is aligned by its pronunciations, and recognition runs
only where that is uncertain. By attention, for any language: all speech is recognised, the text is compared
with it, and Whisper's attention times it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.alignment.attention_aligner import AttentionTime, place_by_attention, spoken_pieces, tidy
from align.alignment.chunks import heard_phones
from align.alignment.confidence import scores
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import Placement, place_by_phones, timed_tokens
from align.alignment.text_comparison import compare
from align.audio.decode import find_speech
from align.audio.encoder import frames_of
from align.audio.posteriors import posterior_blocks
from align.audio.recognition import RecognitionOptions, Window, recognise, recognise_places
from align.core.types import HeardWord, Posteriors, Recording, Span, TimedToken
from align.mismatch.candidates import Candidate, find_candidates
from align.mismatch.classify import classify, classify_by_phones
from align.mismatch.coverage import coverage_of_blocks, coverage_of_placement, transcript_matches
from align.mismatch.from_recognition import classify_blocks, find_homophones
from align.mismatch.moved_text import mark_moved_text
from align.pipeline.context import Inputs, RunContext
from align.pipeline.loaded_models import Models
from align.pipeline.options import ALL
from align.pronounce.phones import PHONES, Reading
from align.pronounce.readings import readings
from align.transcript.pauses import pauses

DEVICES = ("cpu", "cuda")
"""What a run may have computed with."""
_POSTERIORS = "posteriors"
"""The name of their stage."""


@dataclass(frozen=True, slots=True)
class TextAudioComparison:
    """The text beside the sound.

    Attributes:
        candidates: every place at which they may disagree, with its kind.
        transcript_coverage: share of the text (0 to 1) that the audio owns.
        speech_coverage: share of the speech (0 to 1) that the text owns.
    """

    timed: tuple[TimedToken, ...]
    candidates: tuple[Candidate, ...]
    transcript_coverage: float
    speech_coverage: float


def compare_by_phones(inputs: Inputs, context: RunContext) -> TextAudioComparison:
    """Every token timed by its pronunciation; only uncertain places are recognised."""
    models, tokens = context.models, inputs.tokens
    pronunciations = readings(inputs.transcript.turns, tokens, inputs.lexicon)
    log_posteriors = _posteriors(inputs.recording, context)
    marks = pauses(inputs.transcript.turns, tokens)
    key = (
        inputs.recording.digest,
        pronunciations,
        sorted(marks),
        _model_digests(models, models.device),
        Penalties(),
    )

    def compute() -> Placement:
        with context.progress.stage("Placing the text", 0):
            return place_by_phones(log_posteriors, pronunciations, models.phone_head, Penalties(), marks)

    placement = context.cache.get_or_compute("placement", key, Placement, compute)
    candidates = find_candidates(placement)
    transcript_coverage, speech_coverage = coverage_of_placement(placement, candidates)
    classified: tuple[Candidate, ...] = ()
    if transcript_matches(transcript_coverage, speech_coverage):
        classified = _classified(candidates, placement, pronunciations, log_posteriors, inputs, context)
    else:
        speech_of(inputs, context)  # where nobody speaks, the recording is at fault and not its text
    unspoken = {k for one in classified if one.unspoken for k in range(*one.tokens)}
    spoken = [k for k in range(len(tokens)) if k not in unspoken]
    placed = [placement.tokens[k] for k in spoken]
    confidences = scores(placed, models.phone_head.calibration)
    timed = timed_tokens(tokens, spoken, placed, confidences, inputs.recording.duration)
    return TextAudioComparison(timed, classified, transcript_coverage, speech_coverage)


def _posteriors(recording: Recording, context: RunContext) -> Posteriors:
    """How likely each phone is at each moment of the recording."""
    models, samples = context.models, recording.samples

    def compute() -> Iterator[NDArray[np.float16]]:
        with context.progress.stage("Listening for phones", recording.duration) as advance:
            yield from posterior_blocks(
                samples, models.aligner, models.phone_head, advance, models.threads, context.progress.say
            )

    key, shape = (recording.digest, _model_digests(models, models.device)), (frames_of(samples), len(PHONES))
    return context.cache.get_or_compute_array(_POSTERIORS, key, shape, compute)


def kept_posteriors(digest: str, context: RunContext) -> Posteriors | None:
    """The posteriors of a recording that an earlier run has kept, whatever device it ran on, or None."""
    for device in dict.fromkeys((context.models.device, *DEVICES)):
        log_posteriors = context.cache.stored_array(
            _POSTERIORS, (digest, _model_digests(context.models, device))
        )
        if log_posteriors is not None:
            return log_posteriors
    return None


def _model_digests(models: Models, device: str) -> tuple[str, str, str]:
    """What the posteriors depend on beside the recording."""
    return models.kept_aligner.digest, models.phone_head.digest, device


def _classified(
    candidates: tuple[Candidate, ...],
    placement: Placement,
    pronunciations: tuple[tuple[Reading, ...], ...],
    log_posteriors: Posteriors,
    inputs: Inputs,
    context: RunContext,
) -> tuple[Candidate, ...]:
    """The candidates with their kinds; where the phones do not decide it, by recognizing the place."""
    by_phones = [
        classify_by_phones(candidate, pronunciations, log_posteriors, context.models.phone_head)
        for candidate in candidates
    ]
    recording = inputs.recording

    def hear(where: tuple[Window, ...]) -> tuple[tuple[HeardWord, ...], ...]:
        return heard_at(where, recording, recording.digest, inputs.language, context)

    classified = classify(by_phones, inputs.tokens, placement.tokens, recording.duration, hear)
    moved = mark_moved_text(classified, pronunciations, heard_phones(log_posteriors))
    if context.options.recognize != ALL:
        return moved
    every = _recognised(inputs, context)
    blocks = compare(inputs.tokens, every, speech_of(inputs, context))
    doubtful = {k for candidate in candidates for k in range(*candidate.tokens)}
    more = find_homophones(blocks, inputs.tokens, every)
    return (*moved, *(one for one in more if doubtful.isdisjoint(range(*one.tokens))))


def heard_at(
    where: tuple[Window, ...], recording: Recording, digest: str, language: str, context: RunContext
) -> tuple[tuple[HeardWord, ...], ...]:
    """What Whisper hears in some places.

    Args:
        digest: of the whole recording, of which `recording` may be able to read some parts only.
    """
    if not where:
        return ()
    models, options = context.models, RecognitionOptions(language=language)
    key = (digest, where, models.kept_recogniser.digest, models.device, options)

    def compute() -> tuple[tuple[HeardWord, ...], ...]:
        with context.progress.stage("Listening where text and sound disagree", len(where)) as advance:
            return recognise_places(recording, where, models.recogniser, options, advance)

    return context.cache.get_or_compute("places", key, tuple[tuple[HeardWord, ...], ...], compute)


def compare_by_attention(inputs: Inputs, context: RunContext) -> TextAudioComparison:
    """Every token with its time by Whisper's attention, after all speech is recognised."""
    models, recording = context.models, inputs.recording
    heard, speech = _recognised(inputs, context), speech_of(inputs, context)
    blocks = compare(inputs.tokens, heard, speech)
    pieces = spoken_pieces(blocks, inputs.tokens, heard, inputs.transcript.turns)
    key = (recording.digest, speech, pieces, inputs.language, models.kept_aligner.digest, models.device)

    def compute() -> tuple[AttentionTime, ...]:
        with context.progress.stage("Placing the text", recording.duration) as advance:
            return place_by_attention(recording, speech, pieces, models.aligner, inputs.language, advance)

    placed = context.cache.get_or_compute("placed", key, tuple[AttentionTime, ...], compute)
    timed = tidy(inputs.tokens, placed, blocks, heard, speech)
    candidates = classify_blocks(blocks, timed, heard, speech)
    return TextAudioComparison(timed, candidates, *coverage_of_blocks(blocks, heard))


def _recognised(inputs: Inputs, context: RunContext) -> tuple[HeardWord, ...]:
    """What Whisper hears in all speech."""
    models, options = context.models, RecognitionOptions(language=inputs.language)
    speech = speech_of(inputs, context)
    key = (inputs.recording.digest, speech, models.kept_recogniser.digest, models.device, options)

    def compute() -> tuple[HeardWord, ...]:
        with context.progress.stage("Recognising speech", inputs.recording.duration) as advance:
            return recognise(inputs.recording, speech, models.recogniser, options, advance)

    return context.cache.get_or_compute("heard", key, tuple[HeardWord, ...], compute)


def speech_of(inputs: Inputs, context: RunContext) -> tuple[Span, ...]:
    """Where somebody speaks.

    Raises:
        InputError: nobody does.
    """

    def compute() -> tuple[Span, ...]:
        return find_speech(inputs.recording)

    return context.cache.get_or_compute("speech", inputs.recording.digest, tuple[Span, ...], compute)
