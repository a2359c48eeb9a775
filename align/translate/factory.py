"""From the options to the translation backend, verified before anything long begins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from align.core.cache import default_cache_folder
from align.core.errors import ModelError, UsageError
from align.core.input_files import LARGEST, as_text, is_file, read_source, sha256_of, what_it_is
from align.registry import hub_gguf, is_on_hub, named_translators
from align.registry.pull import Announce, Progress, say_nothing
from align.translate.backend import SentenceTranslator
from align.translate.ctranslate2 import CTranslate2Translator, model_folder
from align.translate.local_llm import LocalTranslator
from align.translate.memory import key_of
from align.translate.options import CTRANSLATE2, FILE, OPENAI, WHISPER, TranslationOptions


@dataclass(frozen=True, slots=True)
class VerifiedModel:
    """A model on the disk, or a substitute for one.

    Attributes:
        name: stored in the result.
        folder: or file; an empty path for a model on another machine.
        digest: of its files.
    """

    name: str
    folder: Path
    digest: str


def check_pair(options: TranslationOptions, target: str | None) -> None:
    """Make sure that a backend can translate into a language, before anything is read or pulled.

    Raises:
        UsageError: it cannot.
    """
    if options.backend == WHISPER and target not in (None, "en"):
        raise UsageError(
            f"Whisper translates only into English, not into {target!r}; choose another --translation-backend"
        )


def verify_translator(
    options: TranslationOptions,
    offline: bool,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
) -> VerifiedModel:
    """The model of a backend for which align pins none.

    Args:
        announce, progress: called before and while a model is downloaded.

    Raises:
        InputError: the existing translation cannot be read.
        ModelError: the model or the key is missing.
    """
    model = options.model or ""
    if options.backend == FILE and options.given is not None:
        content = read_source(options.given, "name the translation that there is", LARGEST)
        digest = hashlib.sha256(content).hexdigest()
        return VerifiedModel(as_text(options.given).name, options.given, digest)
    if options.backend == OPENAI:
        from align.translate.openai_api import read_key

        read_key(options.where)
        return VerifiedModel(
            f"{model} at {urlsplit(options.where).netloc}", Path(), key_of(options.where, model)
        )
    if options.backend == CTRANSLATE2:
        folder = model_folder(model, offline)
        return VerifiedModel(model, folder, sha256_of(folder / "model.bin"))
    path = Path(model)
    names = {named.name: named.hub for named in named_translators()}
    if not is_file(path) and (model in names or is_on_hub(model)):
        path = hub_gguf(names.get(model, model), offline=offline, announce=announce, progress=progress)
    elif (other := what_it_is(path)) or not is_file(path):
        raise ModelError(
            model, f"is {other or 'no file'}; name a GGUF file, OWNER/NAME on the hub, or {', '.join(names)}"
        )
    return VerifiedModel(as_text(path).stem, path, sha256_of(path))


def sentence_translator(
    options: TranslationOptions, verified: VerifiedModel, device: str, threads: int
) -> SentenceTranslator:
    """The backend that translates sentences.

    Raises:
        ModelError: it cannot be used.
    """
    if options.backend == OPENAI:
        from align.translate.openai_api import OpenAITranslator, client_for, read_key

        client = client_for(options.where, read_key(options.where))
        return OpenAITranslator(verified.name, verified.digest, options.model or "", client)
    if options.backend == CTRANSLATE2:
        return CTranslate2Translator(verified.name, verified.folder, verified.digest, device, threads)
    return LocalTranslator(verified.folder, verified.digest, threads, device, default_cache_folder())
