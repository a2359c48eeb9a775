"""The whole job on one page, top to bottom.

    recording, transcript --gather--> inputs --run--> result --align.export--> files

`gather` reads and checks the user's files before any model is downloaded. `run` does the work, stage by
stage; it writes nothing but the cache. Where to look:

    reading and cleaning       align.transcript    cleaning/apply_rules.py; cleaning/fillers.py drops 呃
    times, and disagreements   compare.py          align.alignment for the times, align.mismatch for the rest
    speakers                   speakers.py         align.speakers
    kinds and severities       align.mismatch      find.py: severity_of
    suspected wrong words      proofread.py        align.proofread, align.mismatch.wrong_words
    subtitles                  align.subtitles     segment.py breaks the text into cues
    second language            translation.py      align.translate
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from align.audio.decode import check_recording, read_audio
from align.core.arguments import AnyPath, fitted
from align.core.device import usable_device
from align.core.input_files import as_text, check_file
from align.core.progress import Progress
from align.core.types import Alignment, Result, Token, Transcript, Turn, down_to_millisecond
from align.mismatch.coverage import transcript_matches
from align.mismatch.find import find_mismatches, untranscribed_speech
from align.pipeline.compare import compare_by_attention, compare_by_phones, speech_of
from align.pipeline.context import Inputs, RunContext, with_cpu_fallback
from align.pipeline.languages import check_spoken, second_language, transcript_language, usable_aligner
from align.pipeline.options import AUTO, OFF, PHONE, RunOptions
from align.pipeline.proofread import with_suspected_words
from align.pipeline.speakers import chosen_diarizer, label_speakers
from align.pipeline.translation import can_translate, job_for, translate
from align.pronounce.lexicon import EMPTY, read_lexicon
from align.pronounce.tokens import tokenize
from align.speakers.participants import NOBODY, Participants, read_participants
from align.subtitles.clock import timestamp
from align.subtitles.line_breaks import given_names
from align.subtitles.segment import segment
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.cleaning.glossary import EMPTY as NO_GLOSSARY
from align.transcript.cleaning.glossary import read_glossary
from align.transcript.read import read_transcript
from align.translate.factory import check_pair
from align.translate.notes import notes_on
from align.translate.options import FILE, TranslationOptions


def gather(audio: AnyPath, transcript: AnyPath, options: RunOptions, progress: Progress) -> Inputs:
    """Read a recording and its transcript.

    Raises:
        InputError: one of them cannot be used.
        ModelError: there is no model for the language, or the chosen GPU cannot be used.
        UsageError: the translator cannot write the chosen language, or an argument is of the wrong type.
    """
    audio_path, transcript_path = fitted("audio", audio, Path), fitted("transcript", transcript, Path)
    options, progress = fitted("options", options, RunOptions), fitted("progress", progress, Progress)
    lexicon = read_lexicon(options.lexicon) if options.lexicon else EMPTY
    glossary = read_glossary(options.glossary) if options.glossary else NO_GLOSSARY
    cleaning = Cleaning(options.clean, options.script, glossary)
    participants = read_participants(options.participants) if options.participants else NOBODY
    diarizer = chosen_diarizer(options)
    if options.translation.given:
        check_file(options.translation.given, "name an existing translation")
    text, tokens, language, second = read_text(transcript_path, cleaning, options)
    if text.participants and not options.participants and options.speakers != OFF:
        participants = Participants(dict.fromkeys(text.participants, ()))
    check_pair(options.translation, second)
    check_recording(audio_path)
    usable_device(options.device)
    with progress.stage("Reading the audio", 0):
        recording = read_audio(audio_path, options.audio_choice)
    return Inputs(recording, text, tokens, language, second, lexicon, cleaning, diarizer, participants)


def read_text(
    path: Path, cleaning: Cleaning, options: RunOptions
) -> tuple[Transcript, tuple[Token, ...], str, str | None]:
    """A transcript, its tokens, its language, and the language to translate into.

    Raises:
        InputError: it cannot be used.
        ModelError: there is no model for the language.
        UsageError: the second language is unknown.
    """
    spoken = options.reading.language or (None if options.language == AUTO else options.language)
    text = read_transcript(path, cleaning, replace(options.reading, language=spoken))
    tokens = tokenize(text.turns)
    language = transcript_language(options.language, tokens)
    check_spoken(language)
    second = second_language(options.second_language, language)
    if text.translation and options.second_language == AUTO:
        second = _language_of(text.translation)
    supplied = text.translation and options.translation == TranslationOptions()
    if second and not supplied and not can_translate(options):
        second = None
    return text, tokens, language, second


def with_supplied_translation(options: RunOptions, inputs: Inputs) -> RunOptions:
    """The options of a run that takes its second language from the transcript, where that has it.

    A backend that the user chose is kept.
    """
    supplied = inputs.transcript.translation
    if not supplied or options.translation != TranslationOptions():
        return options
    if inputs.second_language != _language_of(supplied):
        return options
    return replace(options, translation=TranslationOptions(FILE, given=inputs.transcript.path))


def _language_of(texts: Sequence[str]) -> str:
    """The language of texts, judged by their script."""
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
        ModelError: a model fails.
        UsageError: an argument is of the wrong type, or ALIGN_CACHE_LIMIT is not a size.
    """
    inputs, context = fitted("inputs", inputs, Inputs), fitted("context", context, RunContext)
    return with_cpu_fallback(partial(_run, inputs), context)


def _run(inputs: Inputs, context: RunContext) -> Result:
    """The whole job on the device that the context names."""
    turns, options, models = inputs.transcript.turns, context.options, context.models.digests
    aligner = usable_aligner(options.aligner, inputs.language)
    if aligner == PHONE:
        compared = compare_by_phones(inputs, context)
        models += (("phone-head", context.models.phone_head.digest),)
    else:
        compared = compare_by_attention(inputs, context)

    speakers = label_speakers(compared.timed, inputs, context)
    mismatches = find_mismatches(compared.candidates, speakers.timed, turns, speakers.conflicts)
    alignment = Alignment(speakers.timed, untranscribed_speech(compared.candidates), speakers.overlaps)

    result = replace(
        outline(inputs),
        aligner=aligner,
        models=models + speakers.models,
        speakers_from=speakers.source,
        transcript_coverage=compared.transcript_coverage,
        speech_coverage=compared.speech_coverage,
        alignment=alignment,
        mismatches=mismatches,
        notes=(*_notes(aligner, inputs, options), *speakers.notes),
        name_proposals=speakers.names,
    )
    if not transcript_matches(compared.transcript_coverage, compared.speech_coverage):
        return result

    result = replace(result, mismatches=with_suspected_words(result, inputs, context))
    names = given_names(turns, inputs.lexicon)
    phrases = segment(alignment, turns, result.duration, inputs.language, options.cues, names)
    return _translated(replace(result, phrases=phrases), inputs, context)


def _translated(result: Result, inputs: Inputs, context: RunContext) -> Result:
    """The result with its phrases translated, if a second language is wanted."""
    source, target = inputs.language, inputs.second_language
    if target is None or context.models.kept_translator is None:
        return result
    job = job_for(result.turns, inputs.cleaning.glossary, source, target, context.options.cues)
    speech = partial(speech_of, inputs, context)
    phrases = translate(result.phrases, job, context, inputs.recording, speech)
    return replace(result, phrases=phrases, notes=(*result.notes, *notes_on(phrases, job)))


def _notes(aligner: str, inputs: Inputs, options: RunOptions) -> tuple[str, ...]:
    """What the user should know of the recording and of the languages."""
    notes: list[str] = []
    recording, name = inputs.recording, as_text(inputs.recording.path).name
    notes += recording.notes
    if recording.lost >= 1:
        notes.append(f"The last {recording.lost:.0f} s of {name} could not be decoded.")
    missing = sum(hole.duration for hole in recording.holes)
    if missing >= 1:
        notes.append(
            f"Of {name}, {missing:.0f} s are missing or damaged and count as silence; places: "
            f"{len(recording.holes)}, the first at {timestamp(recording.holes[0].start, '.')}."
        )
    if aligner != options.aligner:
        notes.append(
            f"The phone aligner knows Mandarin and English; the text is in {inputs.language!r} and was "
            "placed by attention, which is less exact."
        )
    if inputs.second_language is None and (
        wanted := second_language(options.second_language, inputs.language)
    ):
        notes.append(
            f"Nothing was translated into {wanted!r}, because the extra translate is not installed; "
            "`align doctor` says how to install it."
        )
    elif options.second_language is not None and inputs.second_language is None:
        notes.append(f"There is no second language: the transcript is in {inputs.language!r} itself.")
    return tuple(notes)
