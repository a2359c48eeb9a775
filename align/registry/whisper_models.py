"""Which Whisper model recognises: one that align pins, a folder of the user's, or any that the hub has."""

from __future__ import annotations

from pathlib import Path

from align.core.errors import ModelError
from align.core.input_files import is_file, is_folder
from align.registry.huggingface import answers
from align.registry.locations import ModelLocations, places_from
from align.registry.manifest import load_registry
from align.registry.pull import Announce, Progress, ensure
from align.registry.sources import say_nothing

NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""What CTranslate2 and faster-whisper read; the vocabulary goes by two names."""


def whisper_folder(
    choice: str,
    *,
    offline: bool = False,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
    places: ModelLocations | None = None,
) -> Path:
    """The CTranslate2 folder for `--model CHOICE`.

    Args:
        choice: "base" (pinned and verified), a folder, or a size that faster-whisper knows ("large-v3").

    Raises:
        ModelError: there is no such model, the folder lacks a file, or the model cannot be pulled.
    """
    places = places or places_from()
    pinned = [model.name for model in load_registry() if model.name in (choice, f"whisper-{choice}")]
    if pinned:
        return ensure(pinned[0], offline=offline, announce=announce, progress=progress, places=places)
    folder = Path(choice)
    if is_folder(folder):
        return _complete(folder)
    if is_file(folder) or len(folder.parts) > 1:
        raise ModelError(choice, "is not a folder; name the folder that holds the Whisper model's model.bin")
    return _from_hub(choice, places, offline or places.hub is None, announce)


def _complete(folder: Path) -> Path:
    lacking = [name for name in NEEDED if not (folder / name).is_file()]
    if not lacking and not any((folder / f"vocabulary.{end}").is_file() for end in ("txt", "json")):
        lacking = ["vocabulary.txt"]
    if lacking:
        raise ModelError(
            str(folder), f"lacks {lacking[0]}; name a folder with a Whisper model converted for CTranslate2"
        )
    return folder


def _from_hub(size: str, places: ModelLocations, offline: bool, announce: Announce) -> Path:
    """Let faster-whisper fetch one of the sizes that it knows; align pins no hashes for these."""
    from faster_whisper.utils import available_models, download_model

    if size not in available_models():
        known = ", ".join(available_models())
        raise ModelError(size, f"is no Whisper model; name a folder or one of {known}")
    announce(
        f"Whisper {size} is used as the hub has it: align pins no SHA-256 for it, so it is not verified."
    )
    local_only = offline or places.hub is None or not answers(places.hub)
    try:
        return Path(
            download_model(size, cache_dir=str(places.cache / "unpinned"), local_files_only=local_only)
        )
    except (OSError, ValueError) as error:
        raise ModelError(
            size,
            "is not on this machine and the hub is not to be had; connect to the network or use --model base",
        ) from error
