"""The whole job on one page, top to bottom.

    recording, transcript --gather--> inputs --run--> result --align.export--> files

`gather` reads and checks what the user gave, before any model is pulled. `run` hears the phones, places
every token by them, listens again where text and sound disagree, names speakers, lists the mismatches, cuts
phrases and translates them. Neither writes anything but the cache of finished stages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.acoustic.posteriors import posteriors_of
from align.audio import find_speech, read_audio
from align.errors import ModelError
from align.languages import check_spoken, second_language, transcript_language, usable_aligner
from align.mismatch.belonging import belongs, share_covered, share_found, share_owned, share_placed
from align.mismatch.doubt import Doubt, find_doubts
from align.mismatch.find import find_mismatches, unowned_speech
from align.mismatch.moved import with_moved
from align.mismatch.recognised import homophones, verdicts_of
from align.mismatch.verdict import Verdict, judge, places, told_by_phones
from align.options import ALL, AUTO, OFF, PHONE, RunOptions
from align.progress import Progress
from align.pronounce.lexicon import EMPTY, Lexicon, read_lexicon
from align.pronounce.phones import Reading
from align.pronounce.readings import readings
from align.recognition import Place, RecognitionOptions, recognise, recognise_places
from align.registry import find
from align.shelf import Shelf
from align.speakers.attach import LabelConflict, from_labels, from_voices, label_conflicts
from align.speakers.diarize import diarize
from align.stages import Stages
from align.subtitles.segment import segment
from align.timing.attention import Placed, place_by_attention, spoken_pieces
from align.timing.blocks import compare
from align.timing.fill import timed_tokens
from align.timing.greedy import heard_phones
from align.timing.lattice import Prices
from align.timing.phone import Placement, place_by_phones
from align.timing.score import scores
from align.timing.tidy import tidy
from align.transcript.read import read_transcript
from align.transcript.tokens import tokenize
from align.translate.batches import Batch
from align.translate.names import glossary
from align.translate.phrases import translate_batch, translate_phrases, untranslated
from align.values import (
    Alignment,
    HeardWord,
    Phrase,
    Recording,
    Result,
    Span,
    SpeakerTurn,
    TimedToken,
    Token,
    Transcript,
)

NO_VOICES = "The transcript names no speakers and their voices were not told apart"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user gave, read and checked.

    Attributes:
        language, second_language: of the transcript, and of the translation (None: none).
        lexicon: how the user wants words to be pronounced.
    """

    recording: Recording
    transcript: Transcript
    tokens: tuple[Token, ...]
    language: str
    second_language: str | None
    lexicon: Lexicon


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


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run works with."""

    shelf: Shelf
    stages: Stages
    options: RunOptions
    progress: Progress


def gather(audio: Path, transcript: Path, options: RunOptions, progress: Progress) -> Inputs:
    """Read a recording and its transcript.

    Raises:
        InputError: one of them cannot be used.
        ModelError: there is no model for the language.
        UsageError: the translator does not know the languages that were chosen.
    """
    lexicon = read_lexicon(options.lexicon) if options.lexicon else EMPTY
    text = read_transcript(transcript)
    tokens = tokenize(text.turns)
    language = transcript_language(options.language, tokens)
    check_spoken(language)
    second = second_language(options.second_language, language)
    with progress.stage("Reading the audio", 0):
        recording = read_audio(audio)
    return Inputs(recording, text, tokens, language, second, lexicon)


def run(inputs: Inputs, bench: Bench) -> Result:
    """Do the whole job; a stage that an earlier run has finished is not computed again.

    Raises:
        ModelError: a model cannot do what is asked of it.
    """
    recording, turns = inputs.recording, inputs.transcript.turns
    aligner = usable_aligner(bench.options.aligner, inputs.language)
    compared = _by_phones(inputs, bench) if aligner == PHONE else _by_attention(inputs, bench)
    timed, found, covered = compared.timed, compared.found, compared.covered
    timed, speakers_from, notes = _with_speakers(timed, inputs, bench)
    conflicts = _label_conflicts(timed, inputs, bench) if speakers_from == "labels" else ()
    mismatches = find_mismatches(compared.verdicts, timed, turns, conflicts)
    alignment = Alignment(timed, unowned_speech(compared.verdicts))
    phrases: tuple[Phrase, ...] = ()
    if belongs(found, covered):
        phrases = segment(alignment, turns, recording.duration, inputs.language, bench.options.cues)
        phrases, untold = _translated(phrases, inputs, bench)
        notes += untold
    return Result(
        name=recording.path.stem,
        audio=recording.path.name,
        audio_digest=recording.digest,
        duration=recording.duration,
        transcript=inputs.transcript.path.name,
        turns=turns,
        language=inputs.language,
        second_language=inputs.second_language,
        aligner=aligner,
        models=_models(aligner, speakers_from, bench),
        speakers_from=speakers_from,
        found=found,
        covered=covered,
        alignment=alignment,
        mismatches=mismatches,
        phrases=phrases,
        notes=(
            *_notes_on_audio(recording),
            *_notes_on_aligner(aligner, inputs, bench.options),
            *_notes_on_languages(inputs, bench.options),
            *notes,
        ),
    )


def _speech(inputs: Inputs, bench: Bench) -> tuple[Span, ...]:
    """Where somebody speaks.

    Raises:
        InputError: nobody does.
    """

    def compute() -> tuple[Span, ...]:
        return find_speech(inputs.recording)

    return bench.stages.recall("speech", inputs.recording.digest, tuple[Span, ...], compute)


def _recognised(inputs: Inputs, bench: Bench) -> tuple[HeardWord, ...]:
    """What Whisper hears in all speech."""
    shelf, options = bench.shelf, RecognitionOptions(language=inputs.language)
    speech = _speech(inputs, bench)
    key = (inputs.recording.digest, speech, shelf.kept_recogniser.digest, shelf.device, options)

    def compute() -> tuple[HeardWord, ...]:
        with bench.progress.stage("Recognising speech", inputs.recording.duration) as advance:
            return recognise(inputs.recording, speech, shelf.recogniser, options, advance)

    return bench.stages.recall("heard", key, tuple[HeardWord, ...], compute)


def _by_phones(inputs: Inputs, bench: Bench) -> Comparison:
    """Every token placed by what the text sounds like; only what is in doubt is recognised."""
    shelf, tokens = bench.shelf, inputs.tokens
    said = readings(inputs.transcript.turns, tokens, inputs.lexicon)
    seen = _posteriors(inputs.recording, bench)
    key = (inputs.recording.digest, said, _ears(shelf), Prices())

    def compute() -> Placement:
        with bench.progress.stage("Placing the text", 0):
            return place_by_phones(seen, said, shelf.phone_head, Prices())

    placement = bench.stages.recall("phones", key, Placement, compute)
    doubts = find_doubts(placement)
    found, covered = share_placed(placement, doubts), share_owned(placement, doubts)
    verdicts: tuple[Verdict, ...] = ()
    if belongs(found, covered):
        verdicts = _verdicts(doubts, placement, said, seen, inputs, bench)
    absent = {k for one in verdicts if one.absent for k in range(*one.doubt.tokens)}
    spoken = [k for k in range(len(tokens)) if k not in absent]
    placed = [placement.tokens[k] for k in spoken]
    timed = timed_tokens(tokens, spoken, placed, scores(placed, shelf.phone_head.calibration))
    return Comparison(timed, verdicts, found, covered)


def _posteriors(recording: Recording, bench: Bench) -> NDArray[np.float16]:
    """How likely each phone is at each moment of the recording."""
    shelf = bench.shelf

    def compute() -> NDArray[np.float16]:
        with bench.progress.stage("Listening for phones", recording.duration) as advance:
            return posteriors_of(recording.samples, shelf.aligner, shelf.phone_head, advance)

    return bench.stages.recall_array("posteriors", (recording.digest, _ears(shelf)), compute)


def _ears(shelf: Shelf) -> tuple[str, str, str]:
    """What the posteriors depend on beside the recording."""
    return shelf.kept_aligner.digest, shelf.phone_head.digest, shelf.device


def _verdicts(
    doubts: tuple[Doubt, ...],
    placement: Placement,
    said: tuple[tuple[Reading, ...], ...],
    seen: NDArray[np.float16],
    inputs: Inputs,
    bench: Bench,
) -> tuple[Verdict, ...]:
    """What each doubt is; where the phones do not tell it, by listening to the place."""
    told = {doubt: told_by_phones(doubt, said, seen, bench.shelf.phone_head) for doubt in doubts}
    asked = [doubt for doubt, verdict in told.items() if verdict is None]
    where = places(asked, inputs.tokens, placement.tokens, inputs.recording.duration)
    heard = dict(zip(asked, _heard_at(where, inputs, bench), strict=True))
    verdicts = [
        verdict
        for doubt, known in told.items()
        for verdict in ((known,) if known else judge(doubt, inputs.tokens, heard[doubt]))
    ]
    moved = with_moved(verdicts, said, heard_phones(seen))
    if bench.options.recognise != ALL:
        return moved
    every = _recognised(inputs, bench)
    blocks = compare(inputs.tokens, every, _speech(inputs, bench))
    doubtful = {k for doubt in doubts for k in range(*doubt.tokens)}
    more = homophones(blocks, inputs.tokens, every)
    return (*moved, *(one for one in more if doubtful.isdisjoint(range(*one.doubt.tokens))))


def _heard_at(where: tuple[Place, ...], inputs: Inputs, bench: Bench) -> tuple[tuple[HeardWord, ...], ...]:
    """What Whisper hears in some places."""
    shelf, options = bench.shelf, RecognitionOptions(language=inputs.language)
    key = (inputs.recording.digest, where, shelf.kept_recogniser.digest, shelf.device, options)

    def compute() -> tuple[tuple[HeardWord, ...], ...]:
        if not where:
            return ()
        with bench.progress.stage("Listening where text and sound disagree", len(where)) as advance:
            return recognise_places(inputs.recording, where, shelf.recogniser, options, advance)

    return bench.stages.recall("places", key, tuple[tuple[HeardWord, ...], ...], compute)


def _by_attention(inputs: Inputs, bench: Bench) -> Comparison:
    """Every token with its time by Whisper's attention, after all speech is recognised."""
    shelf, recording = bench.shelf, inputs.recording
    heard, speech = _recognised(inputs, bench), _speech(inputs, bench)
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


def _with_speakers(
    timed: tuple[TimedToken, ...], inputs: Inputs, bench: Bench
) -> tuple[tuple[TimedToken, ...], str, tuple[str, ...]]:
    """Tokens with speakers, where those come from, and notes: labels first, then voices, then nobody."""
    turns, wanted = inputs.transcript.turns, bench.options.speakers
    if any(turn.speaker for turn in turns):
        return from_labels(timed, turns), "labels", ()
    if wanted == OFF:
        return timed, "none", ()
    count = None if wanted == AUTO else int(wanted)
    try:
        return from_voices(timed, turns, _voices(inputs, count, bench)), "voices", ()
    except ModelError as error:
        if count is not None:
            raise
        return timed, "none", (f"{NO_VOICES}: {error}.",)


def _label_conflicts(
    timed: tuple[TimedToken, ...], inputs: Inputs, bench: Bench
) -> tuple[LabelConflict, ...]:
    """Labels that the voices contradict; looked for where the user says how many speak."""
    wanted = bench.options.speakers
    if not isinstance(wanted, int):
        return ()
    return label_conflicts(timed, _voices(inputs, wanted, bench))


def _voices(inputs: Inputs, count: int | None, bench: Bench) -> tuple[SpeakerTurn, ...]:
    """Which voice speaks when."""

    speech = _speech(inputs, bench)

    def compute() -> tuple[SpeakerTurn, ...]:
        with bench.progress.stage("Telling voices apart", 0):
            return diarize(inputs.recording, count, speech)

    key = (inputs.recording.digest, speech, count)
    return bench.stages.recall("voices", key, tuple[SpeakerTurn, ...], compute)


def _models(aligner: str, speakers_from: str, bench: Bench) -> tuple[tuple[str, str], ...]:
    """Name and digest of each model that took part."""
    shelf, models = bench.shelf, bench.shelf.digests
    if aligner == PHONE:
        models += (("phone-head", shelf.phone_head.digest),)
    compared = speakers_from == "labels" and isinstance(bench.options.speakers, int)
    if compared or speakers_from == "voices":
        models += (("speakers", find("speakers").digest),)
    return models


def _translated(
    phrases: tuple[Phrase, ...], inputs: Inputs, bench: Bench
) -> tuple[tuple[Phrase, ...], tuple[str, ...]]:
    """The phrases with their second language, a batch at a time, and notes on what was hard."""
    kept, source, target = bench.shelf.kept_translator, inputs.language, inputs.second_language
    if target is None or kept is None:
        return phrases, ()
    names = glossary(turn.speaker for turn in inputs.transcript.turns)

    def translated(batch: Batch) -> tuple[str, ...]:
        def compute() -> tuple[str, ...]:
            return translate_batch(batch, bench.shelf.translator, source, target, names)

        key = (batch, source, target, names, kept.digest)
        return bench.stages.recall("translated", key, tuple[str, ...], compute)

    with bench.progress.stage("Translating", len(phrases)) as advance:
        done = translate_phrases(phrases, translated, advance)
    return done, untranslated(done, target)


def _notes_on_audio(recording: Recording) -> tuple[str, ...]:
    """What the user should know of the recording itself."""
    if recording.lost < 1:
        return ()
    return (f"The last {recording.lost:.0f} s of {recording.path.name} could not be decoded.",)


def _notes_on_aligner(aligner: str, inputs: Inputs, options: RunOptions) -> tuple[str, ...]:
    """Why the aligner is not the one that was asked for."""
    if aligner == options.aligner:
        return ()
    return (
        f"The phone aligner knows Mandarin and English; the text is in {inputs.language!r} and was placed "
        "by attention, which is less exact.",
    )


def _notes_on_languages(inputs: Inputs, options: RunOptions) -> tuple[str, ...]:
    """Why there is no second language, where the user did not leave it out."""
    if options.second_language is None or inputs.second_language is not None:
        return ()
    if options.second_language == AUTO:
        return (f"There is no second language: the translator does not know {inputs.language!r}.",)
    return (f"There is no second language: the transcript is in {inputs.language!r} itself.",)
