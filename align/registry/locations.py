"""Where models lie on this machine, and which hub the user has chosen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import platformdirs

from align.registry.manifest import RegisteredModel

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class ModelLocations:
    """What the environment says about models.

    Attributes:
        cache: models are pulled into CACHE/NAME.
        local: folders that may hold NAME/..., looked into before the cache, never written to.
        hub: the hub's address, None when the user wants it left alone.
    """

    cache: Path
    local: tuple[Path, ...] = ()
    hub: str | None = HUB

    @property
    def partial(self) -> Path:
        """Where that lies which has arrived in part."""
        return self.cache / ".partial"


def places_from(environment: Mapping[str, str] = os.environ) -> ModelLocations:
    """Read ALIGN_MODELS, ALIGN_MODEL_PATH and the hub's own HF_ENDPOINT and HF_HUB_OFFLINE."""
    cache = environment.get("ALIGN_MODELS")
    local = environment.get("ALIGN_MODEL_PATH", "").split(os.pathsep)
    hub_offline = environment.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
    return ModelLocations(
        cache=Path(cache) if cache else cache_folder(),
        local=tuple(Path(folder) for folder in local if folder),
        hub=None if hub_offline else environment.get("HF_ENDPOINT", HUB).rstrip("/"),
    )


def cache_folder() -> Path:
    """The user's folder for models: ALIGN_MODELS, or `models` in align's cache."""
    chosen = os.environ.get("ALIGN_MODELS")
    return Path(chosen) if chosen else platformdirs.user_cache_path("align") / "models"


@dataclass(frozen=True, slots=True)
class HubLocation:
    """The folder that a model is used from.

    Attributes:
        folder: holds the model's files, or will.
        mend: what to do when a file in it is missing or damaged, as half a sentence.
        ours: whether align may write there.
    """

    folder: Path
    mend: str
    ours: bool


def home_of(model: RegisteredModel, places: ModelLocations) -> HubLocation | None:
    """Where the model is used from, None when the package that it comes inside of is not installed."""
    if model.package is not None:
        try:
            root = Path(str(metadata.distribution(model.package.package).locate_file("")))
        except metadata.PackageNotFoundError:
            return None
        again = f"run `pip install --force-reinstall {model.package.package}=={model.package.version}`"
        return HubLocation(root, again, ours=False)
    for folder in places.local:
        if (folder / model.name).is_dir():
            mend = "put the published file there or take the folder out of ALIGN_MODEL_PATH"
            return HubLocation(folder / model.name, mend, ours=False)
    return HubLocation(places.cache / model.name, f"run `align models pull {model.name}`", ours=True)
