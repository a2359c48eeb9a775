"""The whole job on one page, top to bottom.

    recording, transcript --gather--> inputs --run--> result --align.export--> files

`gather` reads and checks what the user gave, before any model is pulled. `run` hears the phones, places
every token by them, listens again where text and sound disagree, names speakers, lists the mismatches, cuts
phrases and translates them. Neither writes anything but the cache of finished stages.
"""

from __future__ import annotations

from pathlib import Path

from align.audio import read_audio
from align.bench import Bench, Inputs
from align.bilingual import job_for, translate
from align.clean.glossary import EMPTY as NO_GLOSSARY
from align.clean.glossary import read_glossary
from align.clean.rules import Cleaning
from align.comparison import by_attention, by_phones, speech_of
from align.errors import ModelError
from align.languages import check_spoken, second_language, transcript_language, usable_aligner
from align.mismatch.belonging import belongs
from align.mismatch.find import find_mismatches, unowned_speech
from align.options import AUTO, OFF, PHONE, RunOptions
from align.progress import Progress
from align.pronounce.lexicon import EMPTY, read_lexicon
from align.registry import find
from align.speakers.attach import LabelConflict, from_labels, from_voices, label_conflicts
from align.speakers.diarize import diarize
from align.subtitles.names import given_names
from align.subtitles.segment import segment
from align.transcript.read import read_transcript
from align.transcript.tokens import tokenize
from align.translate.choice import check_pair
from align.translate.notes import notes_on
from align.values import (
    Alignment,
    Phrase,
    Recording,
    Result,
    SpeakerTurn,
    TimedToken,
)

NO_VOICES = "The transcript names no speakers and their voices were not told apart"


def gather(audio: Path, transcript: Path, options: RunOptions, progress: Progress) -> Inputs:
    """Read a recording and its transcript.

    Raises:
        InputError: one of them cannot be used.
        ModelError: there is no model for the language.
        UsageError: the translator cannot write the language that was chosen.
    """
    lexicon = read_lexicon(options.lexicon) if options.lexicon else EMPTY
    glossary = read_glossary(options.glossary) if options.glossary else NO_GLOSSARY
    cleaning = Cleaning(options.clean, options.script, glossary)
    text = read_transcript(transcript, cleaning)
    tokens = tokenize(text.turns)
    language = transcript_language(options.language, tokens)
    check_spoken(language)
    second = second_language(options.second_language, language)
    check_pair(options.translation, second)
    with progress.stage("Reading the audio", 0):
        recording = read_audio(audio)
    return Inputs(recording, text, tokens, language, second, lexicon, cleaning)


def run(inputs: Inputs, bench: Bench) -> Result:
    """Do the whole job; a stage that an earlier run has finished is not computed again.

    Raises:
        ModelError: a model cannot do what is asked of it.
    """
    recording, turns = inputs.recording, inputs.transcript.turns
    aligner = usable_aligner(bench.options.aligner, inputs.language)
    compared = by_phones(inputs, bench) if aligner == PHONE else by_attention(inputs, bench)
    timed, found, covered = compared.timed, compared.found, compared.covered
    timed, speakers_from, notes = _with_speakers(timed, inputs, bench)
    conflicts = _label_conflicts(timed, inputs, bench) if speakers_from == "labels" else ()
    mismatches = find_mismatches(compared.verdicts, timed, turns, conflicts)
    alignment = Alignment(timed, unowned_speech(compared.verdicts))
    phrases: tuple[Phrase, ...] = ()
    if belongs(found, covered):
        names = given_names(turns, inputs.lexicon)
        phrases = segment(alignment, turns, recording.duration, inputs.language, bench.options.cues, names)
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
        clean=inputs.cleaning.level,
        script=inputs.cleaning.script,
        glossary=inputs.cleaning.glossary.digest,
    )


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

    speech = speech_of(inputs, bench)

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
    """The phrases with their second language, and notes on what was hard."""
    turns, source, target = inputs.transcript.turns, inputs.language, inputs.second_language
    if target is None or bench.shelf.kept_translator is None:
        return phrases, ()
    job = job_for(turns, inputs.cleaning.glossary, source, target, bench.options.cues)
    done = translate(phrases, job, bench, inputs.recording, lambda: speech_of(inputs, bench))
    return done, notes_on(done, job)


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
    return (f"There is no second language: the transcript is in {inputs.language!r} itself.",)
