"""Verify that files on the disk are the published ones, by SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from align.core.errors import ModelError
from align.registry.locations import ModelFolder
from align.registry.manifest import ModelFile, RegisteredModel

BLOCK_SIZE = 1 << 20
"""Bytes read at a time."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    block = memoryview(bytearray(BLOCK_SIZE))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(block):
            digest.update(block[:count])
    return digest.hexdigest()


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
