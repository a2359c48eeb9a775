"""The whole job on one page, top to bottom.

    recording, transcript --gather--> inputs --run--> result --align.export--> files

`gather` reads and checks the user's files before any model is pulled. `run` computes phone posteriors, aligns
every token with them, runs recognition where text and audio may disagree, labels speakers, lists the
mismatches, cuts subtitles and translates them. Neither writes anything but the cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from align.audio.decode import read_audio
from align.core.arguments import AnyPath, fitted
from align.core.input_files import as_text, check_file
from align.core.progress import Progress
from align.core.types import Alignment, Phrase, Recording, Result, Turn, down_to_millisecond
from align.mismatch.coverage import transcript_matches
from align.mismatch.find import find_mismatches, untranscribed_speech
from align.pipeline.compare import compare_by_attention, compare_by_phones, speech_of
from align.pipeline.context import Inputs, RunContext
from align.pipeline.cpu_fallback import where_it_fits
from align.pipeline.languages import check_spoken, second_language, transcript_language, usable_aligner
from align.pipeline.options import AUTO, OFF, PHONE, RunOptions
from align.pipeline.speakers import chosen_diarizer, label_speakers
from align.pipeline.translation import job_for, translate
from align.pronounce.lexicon import EMPTY, read_lexicon
from align.pronounce.tokens import tokenize
from align.speakers.participants import NOBODY, Participants, read_participants
from align.subtitles.clock import timestamp
from align.subtitles.segment import segment
from align.subtitles.unbreakable import given_names
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from align.transcript.cleaning.glossary import read_glossary
from align.transcript.cleaning.rules import Cleaning
from align.transcript.read import read_transcript
from align.translate.factory import check_pair
from align.translate.notes import notes_on
from align.translate.options import FILE, TranslationOptions


def gather(audio: AnyPath, transcript: AnyPath, options: RunOptions, progress: Progress) -> Inputs:
    """Read a recording and its transcript.

    Raises:
        InputError: one of them cannot be used.
        ModelError: there is no model for the language.
        UsageError: the translator cannot write the chosen language, or an argument is of the wrong type.
    """
    heard, written = fitted("audio", audio, Path), fitted("transcript", transcript, Path)
    options, progress = fitted("options", options, RunOptions), fitted("progress", progress, Progress)
    lexicon = read_lexicon(options.lexicon) if options.lexicon else EMPTY
    glossary = read_glossary(options.glossary) if options.glossary else NO_GLOSSARY
    cleaning = Cleaning(options.clean, options.script, glossary)
    participants = read_participants(options.participants) if options.participants else NOBODY
    diarizer = chosen_diarizer(options)
    if options.translation.given:
        check_file(options.translation.given, "name the translation that there is")
    spoken = options.reading.language or (None if options.language == AUTO else options.language)
    text = read_transcript(written, cleaning, replace(options.reading, language=spoken))
    if text.participants and not options.participants and options.speakers != OFF:
        participants = Participants(dict.fromkeys(text.participants, ()))
    tokens = tokenize(text.turns)
    language = transcript_language(options.language, tokens)
    check_spoken(language)
    second = second_language(options.second_language, language)
    if text.translation and options.second_language == AUTO:
        second = language_of(text.translation)
    check_pair(options.translation, second)
    with progress.stage("Reading the audio", 0):
        recording = read_audio(heard)
    return Inputs(recording, text, tokens, language, second, lexicon, cleaning, diarizer, participants)


def with_supplied_translation(options: RunOptions, inputs: Inputs) -> RunOptions:
    """The options of a run whose second language the transcript itself has, unless the user chose a backend."""
    supplied = inputs.transcript.translation
    if not supplied or options.translation != TranslationOptions():
        return options
    if inputs.second_language != language_of(supplied):
        return options
    return replace(options, translation=TranslationOptions(FILE, given=inputs.transcript.path))


def language_of(texts: Sequence[str]) -> str:
    """The language of texts, told by their script."""
    return transcript_language(AUTO, tokenize([Turn(None, text, 1) for text in texts]))


def outline(inputs: Inputs) -> Result:
    """The result as far as it is known before the work: its name and languages, and no word placed."""
    recording = inputs.recording
    return Result(
        name=as_text(recording.path).stem,
        audio=as_text(recording.path).name,
        audio_digest=recording.digest,
        duration=down_to_millisecond(recording.duration),
        transcript=as_text(inputs.transcript.path).name,
        turns=inputs.transcript.turns,
        language=inputs.language,
        second_language=inputs.second_language,
        aligner="",
        models=(),
        speakers_from="",
        transcript_coverage=0.0,
        speech_coverage=0.0,
        alignment=Alignment((), ()),
        mismatches=(),
        phrases=(),
        notes=(),
        clean=inputs.cleaning.level,
        script=inputs.cleaning.script,
        glossary=inputs.cleaning.glossary.digest,
    )


def run(inputs: Inputs, context: RunContext) -> Result:
    """Do the whole job; a stage that an earlier run has finished is not computed again.

    Raises:
        ModelError: a model cannot do what is asked of it.
        UsageError: an argument is of the wrong type, or ALIGN_CACHE_LIMIT holds no size.
    """
    inputs, context = fitted("inputs", inputs, Inputs), fitted("context", context, RunContext)
    with context.cache.held() as cache:
        return where_it_fits(partial(_run, inputs), replace(context, cache=cache))


def _run(inputs: Inputs, context: RunContext) -> Result:
    """The whole job on the device that the context names."""
    recording, turns = inputs.recording, inputs.transcript.turns
    duration = down_to_millisecond(recording.duration)
    aligner = usable_aligner(context.options.aligner, inputs.language)
    compared = (
        compare_by_phones(inputs, context) if aligner == PHONE else compare_by_attention(inputs, context)
    )
    speaking = label_speakers(compared.timed, inputs, context)
    timed, notes = speaking.timed, speaking.notes
    mismatches = find_mismatches(compared.candidates, timed, turns, speaking.conflicts)
    alignment = Alignment(timed, untranscribed_speech(compared.candidates), speaking.overlaps)
    phrases: tuple[Phrase, ...] = ()
    if transcript_matches(compared.transcript_coverage, compared.speech_coverage):
        names = given_names(turns, inputs.lexicon)
        phrases = segment(alignment, turns, duration, inputs.language, context.options.cues, names)
        phrases, translation_notes = _translated(phrases, inputs, context)
        notes += translation_notes
    return replace(
        outline(inputs),
        aligner=aligner,
        models=_models(aligner, context) + speaking.models,
        speakers_from=speaking.source,
        transcript_coverage=compared.transcript_coverage,
        speech_coverage=compared.speech_coverage,
        alignment=alignment,
        mismatches=mismatches,
        phrases=phrases,
        notes=(
            *_notes_on_audio(recording),
            *_notes_on_aligner(aligner, inputs, context.options),
            *_notes_on_languages(inputs, context.options),
            *notes,
        ),
        name_proposals=speaking.names,
    )


def _models(aligner: str, context: RunContext) -> tuple[tuple[str, str], ...]:
    """Name and digest of each model that took part, but for those that listened to voices."""
    loaded, models = context.models, context.models.digests
    if aligner == PHONE:
        models += (("phone-head", loaded.phone_head.digest),)
    return models


def _translated(
    phrases: tuple[Phrase, ...], inputs: Inputs, context: RunContext
) -> tuple[tuple[Phrase, ...], tuple[str, ...]]:
    """The phrases with their second language, and notes on what was hard."""
    turns, source, target = inputs.transcript.turns, inputs.language, inputs.second_language
    if target is None or context.models.kept_translator is None:
        return phrases, ()
    job = job_for(turns, inputs.cleaning.glossary, source, target, context.options.cues)
    done = translate(phrases, job, context, inputs.recording, lambda: speech_of(inputs, context))
    return done, notes_on(done, job)


def _notes_on_audio(recording: Recording) -> tuple[str, ...]:
    """What the user should know of the recording itself."""
    notes, name = [], as_text(recording.path).name
    if recording.lost >= 1:
        notes.append(f"The last {recording.lost:.0f} s of {name} could not be decoded.")
    missing = sum(hole.duration for hole in recording.holes)
    if missing >= 1:
        notes.append(
            f"Of {name}, {missing:.0f} s are missing or damaged and count as silence; places: "
            f"{len(recording.holes)}, the first at {timestamp(recording.holes[0].start, '.')}."
        )
    return tuple(notes)


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
