"""The second language of finished phrases, by whichever translator was chosen.

    phrases --translate--> phrases with a line each --notes_on--> what the user should look at

Language models translate a few lines at a time and their answers are remembered; an existing translation is
distributed over the phrases; Whisper translates what it hears.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from align.audio.decode import find_speech
from align.core.errors import ModelError
from align.core.types import Phrase, Recording, Result, Span, Turn
from align.pipeline.context import RunContext
from align.pipeline.options import AUTO, RunOptions
from align.subtitles.layout import joined
from align.subtitles.options import CueOptions
from align.transcript.cleaning.glossary import Glossary
from align.translate.backend import TranslationJob, Translator
from align.translate.from_file import FileTranslator
from align.translate.from_speech import SpeechPassage, SpeechTranslator, translate_speech
from align.translate.llama_cpp import load_xllamacpp
from align.translate.llm_translator import LLMTranslator
from align.translate.memory import Memory
from align.translate.names import name_translations
from align.translate.notes import notes_on
from align.translate.options import FILE, LOCAL, WHISPER, TranslationOptions

MEMORY = "translations.sqlite"
"""The translation memory, beside the finished stages."""


def can_translate(options: RunOptions) -> bool:
    """Whether the translation backend is installed; without the default one, a run does all the rest.

    Raises:
        ModelError: it is missing, and the user chose it or the second language.
    """
    if options.translation.backend != LOCAL:
        return True
    try:
        load_xllamacpp()
    except ModelError:
        if options.second_language == AUTO and options.translation == TranslationOptions():
            return False
        raise
    return True


def job_for(
    turns: Sequence[Turn], terms: Glossary, source: str, target: str, options: CueOptions
) -> TranslationJob:
    """How to translate a transcript's phrases.

    Args:
        turns: of the transcript, whose labels name the speakers.
        terms: the user's names and terms.
    """
    rules = options.rules(target)
    rules = replace(rules, lines=min(rules.lines, options.max_lines))
    return TranslationJob(source, target, name_translations(turns, terms, target), rules)


def job_of(result: Result, terms: Glossary, options: CueOptions) -> TranslationJob | None:
    """How to translate a result's phrases, None where it has no second language."""
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
        speech: gives where there is speech in it, in seconds; called only where it is needed.

    Raises:
        ModelError: the translator does not run.
        InputError: the existing translation cannot be read.
    """
    chosen = context.options.translation
    translator: Translator
    if chosen.backend == FILE and chosen.given is not None:
        translator = FileTranslator(chosen.given, context.progress.say)
    elif chosen.backend == WHISPER:
        translator = _speech_translator(job.source, context, recording, speech)
    else:
        translator = LLMTranslator(context.models.translator, Memory(context.cache.folder / MEMORY))
    wanted = [k for k, phrase in enumerate(phrases) if not phrase.translation]
    with context.progress.stage("Translating", len(wanted)) as advance:
        unbroken = [replace(phrase, text=joined(phrase.text.split("\n"))) for phrase in phrases]
        lines = translator.translate(unbroken, wanted, job, advance)
    translated = list(phrases)
    for k, line in zip(wanted, lines, strict=True):
        translated[k] = replace(phrases[k], translation=line)
    return tuple(translated)


def _speech_translator(
    language: str,
    context: RunContext,
    recording: Recording | None,
    speech: Callable[[], tuple[Span, ...]],
) -> SpeechTranslator:
    """Whisper, with its translation of the whole recording, which is cached."""
    if recording is None:
        raise ModelError("whisper", "translates from the audio; give the recording with --audio")
    whisper = context.models.kept_recogniser

    def compute() -> tuple[SpeechPassage, ...]:
        with context.progress.stage("Translating what is heard", recording.duration) as advance:
            return translate_speech(recording, speech(), context.models.recogniser, language, advance)

    key = (recording.digest, whisper.digest, language, context.models.device)
    passages = context.cache.get_or_compute("passages", key, tuple[SpeechPassage, ...], compute)
    return SpeechTranslator(passages)


# After a change of the text, and for results whose translation is not complete


def lacks_translation(result: Result) -> bool:
    """Whether a phrase has no line in the second language that the result should have."""
    return result.second_language is not None and not all(phrase.translation for phrase in result.phrases)


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
    notes = update_notes(result.notes, result.phrases, phrases, job)
    return replace(result, phrases=phrases, notes=notes, models=models)


def with_old_lines(
    phrases: Sequence[Phrase], old: Sequence[Phrase], origin: Sequence[int | None]
) -> tuple[Phrase, ...]:
    """The phrases with the old translations of the same texts, from the same place if possible, else any.

    Args:
        origin: for each token the index of the same old token, None for a new one.
    """
    anywhere = {phrase.text: phrase.translation for phrase in reversed(old)}
    here = {(phrase.tokens[0], phrase.text): phrase.translation for phrase in old}

    def line(phrase: Phrase) -> str:
        before = origin[phrase.tokens[0]]
        own = here.get((before, phrase.text), "") if before is not None else ""
        return own or anywhere.get(phrase.text, "")

    return tuple(replace(phrase, translation=line(phrase)) for phrase in phrases)


def update_notes(
    notes: Sequence[str], before: Sequence[Phrase], after: Sequence[Phrase], job: TranslationJob | None
) -> tuple[str, ...]:
    """The notes on `before`, with those about its translation replaced by those on `after`.

    Args:
        job: of the translation, None for none.
    """
    if job is None:
        return tuple(notes)
    stale = notes_on(before, job)
    return (*(note for note in notes if note not in stale), *notes_on(after, job))
