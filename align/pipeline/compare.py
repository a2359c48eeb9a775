"""The text beside the sound: where each token lies, and where the two disagree.

By phones, for Mandarin and English: the whole text is placed by what it sounds like, and only where that
leaves doubt is anything recognised. By attention, for any language: all speech is recognised, the text is set
beside that, and Whisper's attention places it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.alignment.attention_aligner import Placed, place_by_attention, spoken_pieces
from align.alignment.attention_cleanup import tidy
from align.alignment.confidence import scores
from align.alignment.finish import timed_tokens
from align.alignment.greedy_decode import heard_phones
from align.alignment.lattice import Prices
from align.alignment.phone_aligner import Placement, place_by_phones
from align.alignment.text_comparison import compare
from align.audio.decode import find_speech
from align.audio.encoder import frames_of
from align.audio.posteriors import posterior_blocks
from align.audio.recognition import Place, RecognitionOptions, recognise, recognise_places
from align.core.types import HeardWord, Posteriors, Recording, Span, TimedToken
from align.mismatch.candidates import Doubt, find_doubts
from align.mismatch.classify import Verdict, told_by_phones, verdicts_on
from align.mismatch.coverage import belongs, share_covered, share_found, share_owned, share_placed
from align.mismatch.from_recognition import homophones, verdicts_of
from align.mismatch.moved_text import with_moved
from align.pipeline.context import Bench, Inputs
from align.pipeline.loaded_models import Shelf
from align.pipeline.options import ALL
from align.pronounce.phones import PHONES, Reading
from align.pronounce.readings import readings
from align.transcript.pauses import pauses

DEVICES = ("cpu", "cuda")
"""What a run may have computed with."""
_POSTERIORS = "posteriors"
"""The name of their stage."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The text beside the sound.

    Attributes:
        verdicts: on every place at which they disagree.
        found: share of the text (0 to 1) that the audio owns.
        covered: share of the speech (0 to 1) that the text owns.
    """

    timed: tuple[TimedToken, ...]
    verdicts: tuple[Verdict, ...]
    found: float
    covered: float


def by_phones(inputs: Inputs, bench: Bench) -> Comparison:
    """Every token placed by what the text sounds like; only what is in doubt is recognised."""
    shelf, tokens = bench.shelf, inputs.tokens
    said = readings(inputs.transcript.turns, tokens, inputs.lexicon)
    seen = _posteriors(inputs.recording, bench)
    marks = pauses(inputs.transcript.turns, tokens)
    key = (inputs.recording.digest, said, sorted(marks), _ears(shelf, shelf.device), Prices())

    def compute() -> Placement:
        with bench.progress.stage("Placing the text", 0):
            return place_by_phones(seen, said, shelf.phone_head, Prices(), marks)

    placement = bench.stages.recall("placement", key, Placement, compute)
    doubts = find_doubts(placement)
    found, covered = share_placed(placement, doubts), share_owned(placement, doubts)
    verdicts: tuple[Verdict, ...] = ()
    if belongs(found, covered):
        verdicts = _verdicts(doubts, placement, said, seen, inputs, bench)
    else:
        speech_of(inputs, bench)  # where nobody speaks, the recording is at fault and not its text
    absent = {k for one in verdicts if one.absent for k in range(*one.doubt.tokens)}
    spoken = [k for k in range(len(tokens)) if k not in absent]
    placed = [placement.tokens[k] for k in spoken]
    sure = scores(placed, shelf.phone_head.calibration)
    timed = timed_tokens(tokens, spoken, placed, sure, inputs.recording.duration)
    return Comparison(timed, verdicts, found, covered)


def _posteriors(recording: Recording, bench: Bench) -> Posteriors:
    """How likely each phone is at each moment of the recording."""
    shelf, samples = bench.shelf, recording.samples

    def compute() -> Iterator[NDArray[np.float16]]:
        with bench.progress.stage("Listening for phones", recording.duration) as advance:
            yield from posterior_blocks(
                samples, shelf.aligner, shelf.phone_head, advance, shelf.threads, bench.progress.say
            )

    key, shape = (recording.digest, _ears(shelf, shelf.device)), (frames_of(samples), len(PHONES))
    return bench.stages.recall_rows(_POSTERIORS, key, shape, compute)


def kept_posteriors(digest: str, bench: Bench) -> Posteriors | None:
    """The posteriors of a recording that an earlier run has kept, whatever device it ran on, or None."""
    for device in dict.fromkeys((bench.shelf.device, *DEVICES)):
        seen = bench.stages.kept_rows(_POSTERIORS, (digest, _ears(bench.shelf, device)))
        if seen is not None:
            return seen
    return None


def _ears(shelf: Shelf, device: str) -> tuple[str, str, str]:
    """What the posteriors depend on beside the recording."""
    return shelf.kept_aligner.digest, shelf.phone_head.digest, device


def _verdicts(
    doubts: tuple[Doubt, ...],
    placement: Placement,
    said: tuple[tuple[Reading, ...], ...],
    seen: Posteriors,
    inputs: Inputs,
    bench: Bench,
) -> tuple[Verdict, ...]:
    """What each doubt is; where the phones do not tell it, by listening to the place."""
    told = {doubt: told_by_phones(doubt, said, seen, bench.shelf.phone_head) for doubt in doubts}
    recording = inputs.recording

    def hear(where: tuple[Place, ...]) -> tuple[tuple[HeardWord, ...], ...]:
        return heard_at(where, recording, recording.digest, inputs.language, bench)

    verdicts = verdicts_on(told, inputs.tokens, placement.tokens, recording.duration, hear)
    moved = with_moved(verdicts, said, heard_phones(seen))
    if bench.options.recognise != ALL:
        return moved
    every = _recognised(inputs, bench)
    blocks = compare(inputs.tokens, every, speech_of(inputs, bench))
    doubtful = {k for doubt in doubts for k in range(*doubt.tokens)}
    more = homophones(blocks, inputs.tokens, every)
    return (*moved, *(one for one in more if doubtful.isdisjoint(range(*one.doubt.tokens))))


def heard_at(
    where: tuple[Place, ...], recording: Recording, digest: str, language: str, bench: Bench
) -> tuple[tuple[HeardWord, ...], ...]:
    """What Whisper hears in some places.

    Args:
        digest: of the whole recording, of which `recording` may be able to read some parts only.
    """
    if not where:
        return ()
    shelf, options = bench.shelf, RecognitionOptions(language=language)
    key = (digest, where, shelf.kept_recogniser.digest, shelf.device, options)

    def compute() -> tuple[tuple[HeardWord, ...], ...]:
        with bench.progress.stage("Listening where text and sound disagree", len(where)) as advance:
            return recognise_places(recording, where, shelf.recogniser, options, advance)

    return bench.stages.recall("places", key, tuple[tuple[HeardWord, ...], ...], compute)


def by_attention(inputs: Inputs, bench: Bench) -> Comparison:
    """Every token with its time by Whisper's attention, after all speech is recognised."""
    shelf, recording = bench.shelf, inputs.recording
    heard, speech = _recognised(inputs, bench), speech_of(inputs, bench)
    blocks = compare(inputs.tokens, heard, speech)
    pieces = spoken_pieces(blocks, inputs.tokens, heard, inputs.transcript.turns)
    key = (recording.digest, speech, pieces, inputs.language, shelf.kept_aligner.digest, shelf.device)

    def compute() -> tuple[Placed, ...]:
        with bench.progress.stage("Placing the text", recording.duration) as advance:
            return place_by_attention(recording, speech, pieces, shelf.aligner, inputs.language, advance)

    placed = bench.stages.recall("placed", key, tuple[Placed, ...], compute)
    timed = tidy(inputs.tokens, placed, blocks, heard, speech)
    verdicts = verdicts_of(blocks, timed, heard, speech)
    return Comparison(timed, verdicts, share_found(blocks), share_covered(blocks, heard))


def _recognised(inputs: Inputs, bench: Bench) -> tuple[HeardWord, ...]:
    """What Whisper hears in all speech."""
    shelf, options = bench.shelf, RecognitionOptions(language=inputs.language)
    speech = speech_of(inputs, bench)
    key = (inputs.recording.digest, speech, shelf.kept_recogniser.digest, shelf.device, options)

    def compute() -> tuple[HeardWord, ...]:
        with bench.progress.stage("Recognising speech", inputs.recording.duration) as advance:
            return recognise(inputs.recording, speech, shelf.recogniser, options, advance)

    return bench.stages.recall("heard", key, tuple[HeardWord, ...], compute)


def speech_of(inputs: Inputs, bench: Bench) -> tuple[Span, ...]:
    """Where somebody speaks.

    Raises:
        InputError: nobody does.
    """

    def compute() -> tuple[Span, ...]:
        return find_speech(inputs.recording)

    return bench.stages.recall("speech", inputs.recording.digest, tuple[Span, ...], compute)
