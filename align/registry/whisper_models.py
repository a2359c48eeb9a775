"""The Whisper model for recognition: one that align pins, the user's folder, or any on the hub."""

from __future__ import annotations

from pathlib import Path

from align.core.errors import ModelError
from align.core.input_files import is_file, is_folder
from align.registry.huggingface import answers
from align.registry.locations import ModelLocations, locations_from
from align.registry.model_list import load_registry
from align.registry.pull import Announce, Progress, ensure, say_nothing

_REQUIRED = ("model.bin", "config.json", "tokenizer.json")
"""Files that CTranslate2 and faster-whisper read; the vocabulary has two possible names."""


def whisper_folder(
    choice: str,
    *,
    offline: bool = False,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
    locations: ModelLocations | None = None,
) -> Path:
    """The CTranslate2 folder for `--model CHOICE`.

    Args:
        choice: "base" (pinned and verified), a folder, or a size that faster-whisper knows ("large-v3").

    Raises:
        ModelError: there is no such model, a file is missing, or the model cannot be pulled.
    """
    locations = locations or locations_from()
    pinned = [model.name for model in load_registry() if model.name in (choice, f"whisper-{choice}")]
    if pinned:
        return ensure(pinned[0], offline=offline, announce=announce, progress=progress, locations=locations)
    folder = Path(choice)
    if is_folder(folder):
        lacking = [name for name in _REQUIRED if not (folder / name).is_file()]
        if not lacking and not any((folder / f"vocabulary.{end}").is_file() for end in ("txt", "json")):
            lacking = ["vocabulary.txt"]
        if lacking:
            raise ModelError(
                choice, f"lacks {lacking[0]}; name a folder with a Whisper model converted for CTranslate2"
            )
        return folder
    if is_file(folder) or len(folder.parts) > 1:
        raise ModelError(choice, "is not a folder; name the folder that has the Whisper model's model.bin")
    from faster_whisper.utils import available_models, download_model

    if choice not in available_models():
        known = ", ".join(available_models())
        raise ModelError(choice, f"is not a Whisper model; name a folder or one of {known}")
    announce(f"Whisper {choice} comes unverified from the hub: align pins no SHA-256 for it.")
    local_only = offline or locations.hub is None or not answers(locations.hub)
    try:
        return Path(
            download_model(choice, cache_dir=str(locations.cache / "unpinned"), local_files_only=local_only)
        )
    except (OSError, ValueError) as error:
        raise ModelError(
            choice,
            "is not on this machine and the hub is unavailable; connect to the network or use --model base",
        ) from error
