"""The Python API: the whole job in three lines.

    result = align.align("talk.mp4", "talk.txt", second_language="en")
    result.save("subtitles", formats=["srt", "vtt", "ass"])
    for word in result.words: print(word.text, word.start, word.end, word.speaker, word.confidence)

It calls the functions that the command line calls: `gather_and_hear`, `load_models`, `run`, `realign` and
`write_all`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from align.audio.seek import find_recording
from align.core.arguments import AnyPath, fitted
from align.core.cache import Cache, default_cache_folder
from align.core.errors import UsageError
from align.core.progress import Advance, Arrived, Progress, Silent
from align.core.types import Cue, Mismatch, Recording
from align.core.types import Result as ResultData
from align.export.formats.words import words_of
from align.export.stored_options import StoredOptions, stored_options, stored_options_of, with_options
from align.export.write import destination, write_all
from align.pipeline.context import RunContext
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.options import OFF, RunOptions
from align.pipeline.realign.changes import change_of, check_aligned
from align.pipeline.realign.realign import realign
from align.pipeline.run import run, with_supplied_translation
from align.pipeline.spoken_language import gather_and_hear
from align.pipeline.translation import lacks_translation, with_translations
from align.result.alignment_json import load as load_result
from align.subtitles.tracks import track_languages, track_of
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.read import parse_transcript, read_transcript

Report: TypeAlias = "Callable[[str, float], None]"
"""Called with the name of a stage and the share of it that is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Word:
    """A Han character, a Latin word or a number of the transcript.

    Attributes:
        start, end: seconds from the start of the recording; None where the word was not found in it.
        speaker: None when unknown.
        confidence: 0 (a guess) to 1 (certain) that the time is right.
    """

    text: str
    start: float | None
    end: float | None
    speaker: str | None
    confidence: float


@dataclass(frozen=True)
class Result:
    """An aligned recording.

    Attributes:
        data: everything that alignment.json holds.
        options: for writing its files.
        source: the recording, or the alignment.json that was loaded.
        recording: None if it is not available; the report page then has no sound.
        models: already loaded; pass them to the next call of `align.align`.
        reads: the user's files that it was made from, which `save` never overwrites.
    """

    data: ResultData
    options: StoredOptions
    source: Path
    recording: Recording | None = field(default=None, repr=False)
    models: Models | None = field(default=None, repr=False)
    reads: tuple[Path, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word that is shown, in the transcript's order."""
        turns = self.data.turns
        words = []
        for turn, tokens in groupby(self.data.alignment.tokens, key=lambda timed: timed.token.turn):
            for word in words_of(turns[turn].text, tuple(tokens)):
                start, end = (word.span.start, word.span.end) if word.span else (None, None)
                speaker = word.speaker or turns[turn].speaker
                words.append(Word(word.text, start, end, speaker, word.score))
        return tuple(words)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The subtitles, in both languages if there are two."""
        languages = track_languages(self.data, self.options.cues)[-1]
        return track_of(self.data, languages, self.options.cues).cues

    @property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """Where text and audio disagree, by time."""
        return self.data.mismatches

    def save(
        self, folder: AnyPath, formats: Sequence[str] = ("usual",), overwrite: bool = False
    ) -> tuple[Path, ...]:
        """Write files into a folder, each whole or not at all, and return their paths.

        Args:
            formats: words such as "srt", or names of single files such as "zh-en.srt", as `--to` takes them.
            overwrite: also replace files that align did not write, or that were edited since.

        Raises:
            UsageError: there is no such format.
            InputError: the folder cannot be written, or a file in it would be lost.
        """
        place = fitted("folder", folder, Path)
        into = destination(place, self.data.name, self.reads, updated=self.source, overwrite=overwrite)
        cues, files = self.options.cues, self.options.files
        return write_all(self.data, place, formats, cues, files, self.recording, into)

    def realign(
        self,
        text: str | os.PathLike[str],
        *,
        models: Models | None = None,
        progress: Progress | Report | None = None,
    ) -> Result:
        """The result for a changed transcript; words that did not change keep their times.

        Args:
            text: the transcript itself, or the path (a `Path`, not a string) of its file.

        Raises:
            InputError: the text has too little in common with the old one, or the recording is gone.
            ModelError: a model is missing.
        """
        check_aligned(self.data, self.source)
        cleaning = Cleaning(self.data.clean, self.data.script, self.options.glossary)
        if isinstance(text, str):
            transcript = parse_transcript(text, Path(self.data.transcript), cleaning)
        else:
            transcript = read_transcript(Path(text), cleaning)
        lexicon, glossary = self.options.lexicon, self.options.glossary
        change = change_of(self.data, transcript, self.recording, self.source, lexicon, glossary)
        options = RunOptions(
            language=self.data.language,
            second_language=self.data.second_language,
            clean=self.data.clean,
            script=self.data.script,
            speakers=OFF,
            cues=self.options.cues,
            translation=self.options.translation,
        )
        reporter = _progress(progress)
        loaded = models or self.models or _models(options, options.language, False, reporter)
        context = RunContext(loaded, Cache(default_cache_folder()), options, reporter)
        data = realign(change, context)
        if lacks_translation(data):
            if loaded.kept_translator is None:
                loaded = _models(options, options.language, True, reporter)
            context = replace(context, models=loaded)
            data = with_translations(data, context, glossary, self.recording)
        return replace(self, data=data, models=loaded)


def align(
    audio: AnyPath,
    transcript: AnyPath,
    *,
    second_language: str | None = None,
    models: Models | None = None,
    progress: Progress | Report | None = None,
    **options: Any,
) -> Result:
    """Give every word of a transcript its place in a recording, and cut subtitles from it.

    Args:
        second_language: code of a language to translate into, such as "en"; None for no translation.
        models: those of an earlier result, which are not loaded again.
        progress: called with the name of each stage and the share done, or an `align.Progress`.
        options: fields of `align.RunOptions`, such as speakers=4, glossary="show.toml" or device="cuda".

    Raises:
        UsageError: an option is unknown or of the wrong type, or options contradict each other.
        InputError: the recording or the transcript cannot be used.
        ModelError: a model or an optional package is missing.
    """
    reporter = _progress(progress)
    try:
        chosen = RunOptions(second_language=second_language, **options)
    except TypeError as error:
        raise UsageError(f"{error}; see align.RunOptions for the options") from error
    inputs = gather_and_hear(audio, transcript, chosen, reporter)
    chosen = with_supplied_translation(chosen, inputs)
    translate = inputs.second_language is not None
    if models is None or (translate and models.kept_translator is None):
        models = _models(chosen, inputs.language, translate, reporter)
    data = run(inputs, RunContext(models, Cache(default_cache_folder()), chosen, reporter))
    stored = stored_options_of(inputs, chosen)
    recording = inputs.recording
    settings = (chosen.glossary, chosen.lexicon, chosen.translation.given)
    reads = (recording.path, inputs.transcript.path, *filter(None, settings))
    return Result(with_options(data, stored), stored, recording.path, recording, models, reads)


def load(path: AnyPath) -> Result:
    """The result in an alignment.json, with its recording if that is in the same folder.

    Raises:
        InputError: the file is missing, of a newer version, or not a valid result.
    """
    place = fitted("path", path, Path)
    data = load_result(place)
    recording, _ = find_recording(data, place, None)
    reads = (recording.path,) if recording else ()
    return Result(data, stored_options(data, place), place, recording, reads=reads)


def _models(options: RunOptions, language: str, translate: bool, progress: Progress) -> Models:
    with progress.transfer() as arrived:
        return load_models(options, language, translate, progress.say, arrived)


def _progress(progress: Progress | Report | None) -> Progress:
    if progress is None:
        return Silent()
    if isinstance(progress, Progress):
        return progress
    if callable(progress):
        return _CallingProgress(progress)
    raise UsageError(f"progress is {progress!r}; give a function of a name and a share, or an align.Progress")


@dataclass(frozen=True, slots=True)
class _CallingProgress:
    """Progress that calls a function."""

    report: Report

    @contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:
        self.report(name, 0.0)
        yield lambda done: self.report(name, min(1.0, done / total) if total else 0.0)
        self.report(name, 1.0)

    @contextmanager
    def transfer(self) -> Iterator[Arrived]:
        yield lambda what, done, total: self.report(f"Fetching {what}", min(1.0, done / max(1, total)))

    def say(self, sentence: str) -> None:
        """Drop messages; those that matter are in the notes of the result."""
