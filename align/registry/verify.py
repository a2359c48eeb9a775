"""Whether the files on the disk are the published ones, by their SHA-256 and nothing less."""

from __future__ import annotations

import hashlib
from pathlib import Path

from align.core.errors import ModelError
from align.registry.locations import HubLocation
from align.registry.manifest import ModelFile, RegisteredModel

BLOCK = 1 << 20
"""Bytes that are read at a time."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    block = memoryview(bytearray(BLOCK))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(block):
            digest.update(block[:count])
    return digest.hexdigest()


def fault(file: ModelFile, path: Path) -> str | None:
    """What is wrong with the file at `path`, as half a sentence; None when it is the published one.

    Neither its date nor its size is proof: a file of the right size is read whole.
    """
    try:
        size = path.stat().st_size
        if size != file.size:
            return f"is damaged: it has {size:,} bytes and the published file has {file.size:,}"
        found = sha256_of(path)
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if found != file.sha256:
        return f"is damaged: its SHA-256 is {found} and the published file's is {file.sha256}"
    return None


def verify_files(model: RegisteredModel, home: HubLocation) -> None:
    """Read every file of the model.

    Raises:
        ModelError: names the first file that is missing or not the published one, and the mend.
    """
    for file in model.files:
        problem = fault(file, home.folder / file.path)
        if problem is not None:
            raise ModelError(str(home.folder / file.path), f"{problem}; {home.mend}")
