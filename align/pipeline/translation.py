"""The second language of finished phrases, by whichever translator was chosen.

    phrases --translate--> phrases with a line each --notes_on--> what the user should look at

Language models are asked for a few lines at a time and what they say is remembered; a translation that is
there already is brought to the phrases; Whisper translates what it hears.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from align.audio.decode import find_speech
from align.core.errors import ModelError
from align.core.types import Phrase, Recording, Result, Span, Turn
from align.pipeline.context import RunContext
from align.pipeline.realign.translations import notes_again
from align.subtitles.options import CueOptions
from align.transcript.cleaning.glossary import Glossary
from align.translate.base import TranslationJob, Translator
from align.translate.from_file import FileTranslator
from align.translate.from_speech import SpeechPassage, SpeechTranslator, translate_speech
from align.translate.llm_translator import LLMTranslator
from align.translate.memory import Memory
from align.translate.names import name_translations
from align.translate.options import FILE, WHISPER

MEMORY = "translations.sqlite"
"""The translation memory, beside the finished stages."""


def job_for(
    turns: Sequence[Turn], terms: Glossary, source: str, target: str, options: CueOptions
) -> TranslationJob:
    """What is to be made of a transcript's phrases.

    Args:
        turns: of the transcript, whose labels name the speakers.
        terms: the user's names and terms.
    """
    rules = options.rules(target)
    return TranslationJob(
        source,
        target,
        name_translations(turns, terms, target),
        replace(rules, lines=min(rules.lines, options.max_lines)),
    )


def job_of(result: Result, terms: Glossary, options: CueOptions) -> TranslationJob | None:
    """What is to be made of a result's phrases, None where it has no second language."""
    if result.second_language is None:
        return None
    return job_for(result.turns, terms, result.language, result.second_language, options)


def translate(
    phrases: tuple[Phrase, ...],
    job: TranslationJob,
    context: RunContext,
    recording: Recording | None,
    speech: Callable[[], tuple[Span, ...]],
) -> tuple[Phrase, ...]:
    """The phrases with a line for each that had none.

    Args:
        recording: None where it is not there; Whisper needs it.
        speech: where there is speech in it, in seconds; asked only where it is needed.

    Raises:
        ModelError: the translator does not run.
        InputError: the translation that is there already cannot be read.
    """
    wanted = [k for k, phrase in enumerate(phrases) if not phrase.translation]
    translator = _translator(job, context, recording, speech)
    with context.progress.stage("Translating", len(wanted)) as advance:
        lines = translator.translate(phrases, wanted, job, advance)
    return _with_lines(phrases, wanted, lines)


def lacks_translation(result: Result) -> bool:
    """Whether a phrase has no line in the second language that the result should have."""
    return result.second_language is not None and any(not one.translation for one in result.phrases)


def with_translations(
    result: Result, context: RunContext, glossary: Glossary, recording: Recording | None
) -> Result:
    """The result with a line for each phrase that has none, translated among its neighbours.

    Args:
        glossary: the user's names and terms.
        recording: for a translator that listens.

    Raises:
        ModelError: the translator cannot be used.
    """
    kept, job = context.models.kept_translator, job_of(result, glossary, context.options.cues)
    if kept is None or job is None:
        return result
    phrases = translate(
        result.phrases, job, context, recording, lambda: find_speech(recording) if recording else ()
    )
    models = tuple((dict(result.models) | {kept.name: kept.digest}).items())
    notes = notes_again(result.notes, result.phrases, phrases, job)
    return replace(result, phrases=phrases, notes=notes, models=models)


def _with_lines(phrases: Sequence[Phrase], wanted: Sequence[int], lines: Sequence[str]) -> tuple[Phrase, ...]:
    new = dict(zip(wanted, lines, strict=True))
    return tuple(replace(one, translation=new.get(k, one.translation)) for k, one in enumerate(phrases))


def _translator(
    job: TranslationJob,
    context: RunContext,
    recording: Recording | None,
    speech: Callable[[], tuple[Span, ...]],
) -> Translator:
    """Who writes the lines."""
    chosen = context.options.translation
    if chosen.backend == FILE and chosen.given is not None:
        return FileTranslator(chosen.given, context.progress.say)
    if chosen.backend == WHISPER:
        return _heard(job, context, recording, speech)
    return LLMTranslator(context.models.translator, Memory(context.cache.folder / MEMORY))


def _heard(
    job: TranslationJob,
    context: RunContext,
    recording: Recording | None,
    speech: Callable[[], tuple[Span, ...]],
) -> SpeechTranslator:
    """Whisper, with what it made of the whole recording, which is kept like every finished stage."""
    if recording is None:
        raise ModelError("whisper", "translates what it hears; name the recording with --audio")
    whisper = context.models.kept_recogniser

    def compute() -> tuple[SpeechPassage, ...]:
        with context.progress.stage("Translating what is heard", recording.duration) as advance:
            return translate_speech(recording, speech(), context.models.recogniser, job.source, advance)

    key = (recording.digest, whisper.digest, job.source, context.models.device)
    passages = context.cache.get_or_compute("passages", key, tuple[SpeechPassage, ...], compute)
    return SpeechTranslator(passages)
