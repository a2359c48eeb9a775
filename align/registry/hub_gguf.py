"""Language models in GGUF files on the hub that align does not pin: the hub's own checksum is kept.

The first download asks the hub for the SHA-256 of the file and writes it beside the model; from then on the
file must have it, wherever the hub's branch goes.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from align.core.atomic_write import write_whole
from align.core.byte_sizes import shown_size
from align.core.errors import ModelError
from align.registry.huggingface import DEFAULT_TIMEOUTS, answers
from align.registry.locations import ModelLocations, locations_from
from align.registry.model_list import Hub, ModelFile, RegisteredModel, models_folder, read_tables
from align.registry.pull import Announce, Progress, pull, say_nothing

_CHOICE = re.compile(r"([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)(?::([A-Za-z0-9_.-]+))?")
"""OWNER/NAME or OWNER/NAME:QUANTIZATION."""
_QUANTIZATION = "Q4_K_M"
"""Chosen where none is named: a quarter of the full size, and hardly worse."""
_LISTING = 1 << 20
"""Bytes of a listing at most."""


@dataclass(frozen=True, slots=True)
class NamedTranslator:
    """A translation model that `--translation-model` knows by name.

    Attributes:
        hub: OWNER/NAME:QUANTIZATION.
        parameters: in billions, on which its time depends.
        gigabytes: of memory, with its context.
    """

    name: str
    hub: str
    purpose: str
    licence: str
    parameters: float
    gigabytes: float


def named_translators() -> tuple[NamedTranslator, ...]:
    """Those of models/registry.toml, the smallest first.

    Raises:
        ModelError: the file is missing or damaged.
    """
    return read_tables(models_folder() / "registry.toml", "translator", lambda row: NamedTranslator(**row))


def is_on_hub(choice: str) -> bool:
    """Whether a name looks like OWNER/NAME on the hub, and is no path."""
    return _CHOICE.fullmatch(choice) is not None and not choice.lower().endswith(".gguf")


def hub_gguf(
    choice: str,
    *,
    offline: bool = False,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
    locations: ModelLocations | None = None,
) -> Path:
    """The GGUF file of OWNER/NAME[:QUANTIZATION] on the hub, verified; downloaded if it is not here.

    Raises:
        ModelError: the hub has no such file, cannot be reached, or serves other bytes than before.
    """
    locations = locations or locations_from()
    match = _CHOICE.fullmatch(choice)
    if match is None:
        raise ModelError(choice, "is not OWNER/NAME on the hub")
    repo, quantization = match[1], match[2] or _QUANTIZATION
    name = f"{repo.replace('/', '--')}--{quantization}"
    record = locations.cache / name / "published.json"
    model = _recorded(record, name, repo)
    if model is None:
        file = _published_file(repo, quantization, offline, locations)
        model = _model(name, repo, file)
        announce(
            f"Pulling {choice}: {shown_size(file.size)} from the hub into {record.parent}; "
            "align pins no checksum for it, and keeps the hub's from now on."
        )
        write_whole(record, json.dumps(asdict(file)))
    return pull(model, progress, offline=offline, locations=locations) / model.files[0].path


def _model(name: str, repo: str, file: ModelFile) -> RegisteredModel:
    return RegisteredModel(
        name, "translation", "", f"https://huggingface.co/{repo}", (file,), (Hub(repo, "main"),)
    )


def _recorded(record: Path, name: str, repo: str) -> RegisteredModel | None:
    """The model whose checksum was kept, None on first use."""
    try:
        return _model(name, repo, ModelFile(**json.loads(record.read_bytes())))
    except (OSError, ValueError, TypeError):
        return None


def _published_file(repo: str, quantization: str, offline: bool, locations: ModelLocations) -> ModelFile:
    """The one GGUF file of a quantization that a repository lists, with the hub's SHA-256."""
    if offline or locations.hub is None or not answers(locations.hub):
        raise ModelError(
            repo, "is not on this machine and the hub cannot be reached; connect to the network first"
        )
    url = f"{locations.hub}/api/models/{repo}/tree/main"
    try:
        with urllib.request.urlopen(url, timeout=DEFAULT_TIMEOUTS.stall) as response:
            listing: list[dict[str, Any]] = json.loads(response.read(_LISTING))
        files = {
            entry["path"]: ModelFile(entry["path"], int(entry["lfs"]["size"]), str(entry["lfs"]["oid"]))
            for entry in listing
            if str(entry.get("path", "")).lower().endswith(".gguf") and "lfs" in entry
        }
    except urllib.error.HTTPError as error:
        error.close()
        raise ModelError(repo, f"is not on the hub ({error.code}); check OWNER/NAME") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, HTTPException) as error:
        raise ModelError(repo, "the hub's list of its files cannot be read; try again later") from error
    chosen = [path for path in files if quantization.lower() in path.lower() and "/" not in path]
    if len(chosen) != 1 or not re.fullmatch("[0-9a-f]{64}", files[chosen[0]].sha256):
        known = ", ".join(sorted(files)) or "none"
        raise ModelError(
            repo, f"has no single GGUF file for {quantization} (it has {known}); name OWNER/NAME:QUANTIZATION"
        )
    return files[chosen[0]]
