"""Where models are on this machine, whether their files are intact, and which hub the user chose."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import platformdirs

from align.core.errors import ModelError
from align.core.input_files import sha256_of
from align.registry.model_list import ModelFile, RegisteredModel

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class ModelLocations:
    """The environment's settings for models.

    Attributes:
        cache: models are pulled into CACHE/NAME.
        local: folders that may have NAME/..., searched before the cache, never written to.
        hub: the hub's address, None if the user forbids it.
    """

    cache: Path
    local: tuple[Path, ...] = ()
    hub: str | None = HUB

    @property
    def partial(self) -> Path:
        """The folder of incomplete downloads."""
        return self.cache / ".partial"


def locations_from(environment: Mapping[str, str] = os.environ) -> ModelLocations:
    """Read ALIGN_MODELS, ALIGN_MODEL_PATH and the hub's own HF_ENDPOINT and HF_HUB_OFFLINE."""
    local = environment.get("ALIGN_MODEL_PATH", "").split(os.pathsep)
    hub_offline = environment.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
    return ModelLocations(
        cache=cache_folder(environment),
        local=tuple(Path(folder) for folder in local if folder),
        hub=None if hub_offline else environment.get("HF_ENDPOINT", HUB).rstrip("/"),
    )


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The user's folder for models: ALIGN_MODELS, or `models` in align's cache."""
    chosen = environment.get("ALIGN_MODELS")
    return Path(chosen) if chosen else platformdirs.user_cache_path("align") / "models"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """The folder that a model is used from.

    Attributes:
        path: has the model's files, or will have them.
        fix: what to do when a file is missing or damaged, as an imperative.
        writable: whether align may write there.
    """

    path: Path
    fix: str
    writable: bool


def folder_of(model: RegisteredModel, locations: ModelLocations) -> ModelFolder | None:
    """The folder of a model, None if the package that contains it is not installed."""
    if model.package is not None:
        try:
            root = Path(str(metadata.distribution(model.package.package).locate_file("")))
        except metadata.PackageNotFoundError:
            return None
        reinstall = f"run `pip install --force-reinstall {model.package.package}=={model.package.version}`"
        return ModelFolder(root, reinstall, writable=False)
    for folder in locations.local:
        if (folder / model.name).is_dir():
            fix = "put the published file there or remove the folder from ALIGN_MODEL_PATH"
            return ModelFolder(folder / model.name, fix, writable=False)
    return ModelFolder(locations.cache / model.name, f"run `align models pull {model.name}`", writable=True)


def problem_with(file: ModelFile, path: Path) -> str | None:
    """What is wrong with the file at `path`, as half a sentence; None if it is the published one.

    Neither date nor size is proof: a file of the right size is read completely.
    """
    try:
        size = path.stat().st_size
        if size != file.size:
            return f"is damaged: it has {size:,} bytes and the published file has {file.size:,}"
        digest = sha256_of(path)
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if digest != file.sha256:
        return f"is damaged: its SHA-256 is {digest} and the published file's is {file.sha256}"
    return None


def verify_files(model: RegisteredModel, folder: ModelFolder) -> None:
    """Read every file of the model.

    Raises:
        ModelError: names the first file that is missing or not the published one, and the fix.
    """
    for file in model.files:
        problem = problem_with(file, folder.path / file.path)
        if problem is not None:
            raise ModelError(str(folder.path / file.path), f"{problem}; {folder.fix}")
