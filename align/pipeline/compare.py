"""Compares text and audio: where each token is spoken, and where the two disagree.

By phones, for Mandarin and English: the whole text is aligned by its pronunciations, and recognition runs
only where that is uncertain. By attention, for any language: all speech is recognised, the text is compared
with it, and Whisper's attention gives its times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.alignment.attention_aligner import AttentionTime, place_by_attention, spoken_pieces, tidy
from align.alignment.chunks import heard_phones
from align.alignment.confidence import scores
from align.alignment.lattice import Penalties
from align.alignment.lengthening import DEFAULTS as LENGTHENING_PARAMETERS
from align.alignment.parameters import DEFAULTS as ALIGNMENT_PARAMETERS
from align.alignment.phone_aligner import place_by_phones, timed_tokens
from align.alignment.placement import Placement
from align.alignment.text_comparison import compare
from align.alignment.untranscribed import FILLER_PHONES, WORD_PHONES
from align.audio.decode import find_speech
from align.audio.encoder import frames_of
from align.audio.posteriors import posterior_blocks
from align.audio.recognition import RecognitionOptions, Window, recognise, recognise_places
from align.audio.wordings import Wordings, score_wordings
from align.core.types import HeardWord, MismatchKind, Posteriors, Recording, Span, TimedToken
from align.mismatch.candidates import Candidate, all_in_doubt, find_candidates
from align.mismatch.classify import classify, classify_by_phones
from align.mismatch.coverage import (
    coverage_of_blocks,
    coverage_of_placement,
    is_too_short,
    only_recognized,
    transcript_matches,
)
from align.mismatch.from_recognition import classify_blocks, find_homophones
from align.mismatch.moved_text import mark_moved_text
from align.mismatch.wordings import weigh_wordings
from align.pipeline.context import Inputs, RunContext
from align.pipeline.loaded_models import Models
from align.pipeline.options import ALL
from align.pronounce.phones import PHONES, Reading
from align.pronounce.readings import readings
from align.transcript.text_breaks import TextBreaks, text_breaks

DEVICES = ("cpu", "cuda")
"""The kinds of device that a run may have computed with."""
_POSTERIORS = "posteriors"
"""The name of their stage in the cache."""


@dataclass(frozen=True, slots=True)
class TextAudioComparison:
    """Where each token is spoken, and where text and audio disagree.

    Attributes:
        candidates: every place at which they may disagree, with its kind.
        transcript_coverage: share of the text (0 to 1) that is spoken in the audio.
        speech_coverage: share of the speech (0 to 1) that is in the text.
    """

    timed: tuple[TimedToken, ...]
    candidates: tuple[Candidate, ...]
    transcript_coverage: float
    speech_coverage: float


def compare_by_phones(inputs: Inputs, context: RunContext) -> TextAudioComparison:
    """Every token timed by its pronunciation; only uncertain places are recognised."""
    models, tokens, recording = context.models, inputs.tokens, inputs.recording
    pronunciations = readings(inputs.transcript.turns, tokens, inputs.lexicon)
    log_posteriors = _posteriors(recording, context)
    breaks = text_breaks(inputs.transcript.turns, tokens)
    key = (
        recording.digest,
        pronunciations,
        sorted(breaks.marks),
        sorted(breaks.inside_words),
        _model_digests(models, models.device),
        (Penalties(), ALIGNMENT_PARAMETERS, LENGTHENING_PARAMETERS, FILLER_PHONES, WORD_PHONES),
    )

    def compute() -> Placement:
        with context.progress.stage("Placing the text", 0):
            return place_by_phones(log_posteriors, pronunciations, models.phone_head, Penalties(), breaks)

    placement = context.cache.get_or_compute("placement", key, Placement, compute)
    candidates = find_candidates(placement)
    coverage = coverage_of_placement(placement, candidates)

    def listened_to(places: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        return _classified(places, placement, pronunciations, breaks, log_posteriors, inputs, context)

    text = tuple(replace(each, kind=MismatchKind.UNSPOKEN) for each in candidates if each.count)
    confirmed: tuple[Candidate, ...] = ()
    if transcript_matches(*coverage) and is_too_short(placement, candidates, pronunciations):
        candidates = tuple(candidate for candidate in candidates if not candidate.count)
        text = confirmed = only_recognized(listened_to(all_in_doubt(placement)), tokens)
        coverage = coverage_of_placement(placement, [each for each in text if each.unspoken])
    if transcript_matches(*coverage):
        classified = (*confirmed, *listened_to(candidates))
    else:
        speech_of(inputs, context)  # if nobody speaks, the error is about the recording, not its text
        classified = text
    unspoken = {k for candidate in classified if candidate.unspoken for k in range(*candidate.tokens)}
    spoken = [k for k in range(len(tokens)) if k not in unspoken]
    placed = [placement.tokens[k] for k in spoken]
    confidences = scores(placed, models.phone_head.calibration)
    timed = timed_tokens(tokens, spoken, placed, confidences, recording.duration)
    return TextAudioComparison(timed, classified, *coverage)


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
    """The cached posteriors of a recording, from any device, or None."""
    for device in dict.fromkeys((context.models.device, *DEVICES)):
        key = (digest, _model_digests(context.models, device))
        log_posteriors = context.cache.stored_array(_POSTERIORS, key)
        if log_posteriors is not None:
            return log_posteriors
    return None


def _model_digests(models: Models, device: str) -> tuple[str, str, str]:
    """What the posteriors depend on, apart from the recording."""
    return models.kept_aligner.digest, models.phone_head.digest, device


def _classified(
    candidates: tuple[Candidate, ...],
    placement: Placement,
    pronunciations: tuple[tuple[Reading, ...], ...],
    breaks: TextBreaks,
    log_posteriors: Posteriors,
    inputs: Inputs,
    context: RunContext,
) -> tuple[Candidate, ...]:
    """The candidates with their kinds: from the phones, or else by recognising the place."""
    recording, tokens, head = inputs.recording, inputs.tokens, context.models.phone_head
    by_phones = [classify_by_phones(candidate) for candidate in candidates]

    def hear(windows: tuple[Window, ...]) -> tuple[tuple[HeardWord, ...], ...]:
        return heard_at(windows, recording, recording.digest, inputs.language, context)

    classified = classify(by_phones, tokens, placement.tokens, recording.duration, hear)
    classified = weigh_wordings(
        classified,
        inputs.transcript.turns,
        tokens,
        pronunciations,
        placement.tokens,
        log_posteriors,
        head,
        lambda questions: scored_at(questions, recording, recording.digest, inputs.language, context),
    )
    classified = mark_moved_text(classified, pronunciations, heard_phones(log_posteriors), breaks.marks)
    if context.options.recognize != ALL:
        return classified
    words = _recognised(inputs, context)
    blocks = compare(tokens, words, speech_of(inputs, context))
    uncertain = {k for candidate in candidates for k in range(*candidate.tokens)}
    homophones = find_homophones(blocks, tokens, words)
    return (*classified, *(same for same in homophones if uncertain.isdisjoint(range(*same.tokens))))


def heard_at(
    windows: tuple[Window, ...], recording: Recording, digest: str, language: str, context: RunContext
) -> tuple[tuple[HeardWord, ...], ...]:
    """The words that Whisper hears in each window.

    Args:
        digest: of the whole recording; `recording` may be able to read some parts of it only.
    """
    if not windows:
        return ()
    models, options = context.models, RecognitionOptions(language=language)
    key = (digest, windows, models.kept_recogniser.digest, models.device, options)

    def compute() -> tuple[tuple[HeardWord, ...], ...]:
        with context.progress.stage("Listening where text and sound disagree", len(windows)) as advance:
            return recognise_places(recording, windows, models.recogniser, options, advance)

    return context.cache.get_or_compute("places", key, tuple[tuple[HeardWord, ...], ...], compute)


def scored_at(
    questions: tuple[Wordings, ...], recording: Recording, digest: str, language: str, context: RunContext
) -> tuple[tuple[float, ...], ...]:
    """How likely Whisper's decoder finds each text of each question; arguments as in `heard_at`."""
    if not questions:
        return ()
    models = context.models
    key = (digest, questions, models.kept_recogniser.digest, models.device, language)

    def compute() -> tuple[tuple[float, ...], ...]:
        with context.progress.stage("Comparing wordings", len(questions)) as advance:
            return score_wordings(recording, questions, models.recogniser, language, advance)

    return context.cache.get_or_compute("wordings", key, tuple[tuple[float, ...], ...], compute)


def compare_by_attention(inputs: Inputs, context: RunContext) -> TextAudioComparison:
    """Every token timed by Whisper's attention, after all speech is recognised."""
    models, recording, tokens = context.models, inputs.recording, inputs.tokens
    words, speech = _recognised(inputs, context), speech_of(inputs, context)
    blocks = compare(tokens, words, speech)
    pieces = spoken_pieces(blocks, tokens, words, inputs.transcript.turns)
    key = (recording.digest, speech, pieces, inputs.language, models.kept_aligner.digest, models.device)

    def compute() -> tuple[AttentionTime, ...]:
        with context.progress.stage("Placing the text", recording.duration) as advance:
            return place_by_attention(recording, speech, pieces, models.aligner, inputs.language, advance)

    placed = context.cache.get_or_compute("placed", key, tuple[AttentionTime, ...], compute)
    timed = tidy(tokens, placed, blocks, words, speech)
    candidates = classify_blocks(blocks, timed, words, speech)
    return TextAudioComparison(timed, candidates, *coverage_of_blocks(blocks, words))


def _recognised(inputs: Inputs, context: RunContext) -> tuple[HeardWord, ...]:
    """The words that Whisper hears in all speech."""
    models, recording, speech = context.models, inputs.recording, speech_of(inputs, context)
    options = RecognitionOptions(language=inputs.language)
    key = (recording.digest, speech, models.kept_recogniser.digest, models.device, options)

    def compute() -> tuple[HeardWord, ...]:
        with context.progress.stage("Recognising speech", recording.duration) as advance:
            return recognise(recording, speech, models.recogniser, options, advance)

    return context.cache.get_or_compute("heard", key, tuple[HeardWord, ...], compute)


def speech_of(inputs: Inputs, context: RunContext) -> tuple[Span, ...]:
    """Where there is speech in the recording.

    Raises:
        InputError: there is none.
    """
    return context.cache.get_or_compute(
        "speech", inputs.recording.digest, tuple[Span, ...], lambda: find_speech(inputs.recording)
    )
