"""Write a file whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from align.core.errors import InputError
from align.core.input_files import hindrance
from align.core.temp_files import held_file


def write_whole(path: Path, content: str | bytes) -> None:
    """Write beside `path`, then rename, so that no reader ever sees half a file.

    Text is written as UTF-8 without BOM and with its own newlines, on every platform.

    Raises:
        InputError: the folder cannot be written or the disk is full; `path` is as it was before.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    write_by(path, lambda file: file.write(data))


def write_by(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """The same for content that `write` writes bit by bit.

    Raises:
        InputError: as above.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with held_file(path.parent) as file:
            beside = Path(file.name)
            try:
                write(file)
                file.flush()
                os.fsync(file.fileno())
                beside.chmod(0o666 & ~_umask())
                if sys.platform == "win32":
                    file.close()  # it renames no open file; elsewhere the file is held until it has its name
                beside.replace(path)
            except BaseException:
                with suppress(OSError):  # closing writes what is left, and may find no room either
                    file.close()
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise InputError(
            path,
            f"cannot be written ({hindrance(path.parent, error)}); free some room or choose another folder "
            "with -o",
        ) from error


def _umask() -> int:
    """The process's umask; the system has no way to read it but to set it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
