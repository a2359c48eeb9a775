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
    """Write a file; text as UTF-8 without BOM and with its own newlines, on every platform.

    Raises:
        InputError: as for `write_by`.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    write_by(path, lambda file: file.write(data))


def write_by(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Let `write` write beside `path`, then rename, so that no reader ever sees half a file.

    Raises:
        InputError: the folder cannot be written or the disk is full; `path` is as it was before.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with held_file(path.parent) as file:
            beside = Path(file.name)
            try:
                write(file)
                file.flush()
                os.fsync(file.fileno())
                umask = os.umask(0o022)  # it can be read only by setting it
                os.umask(umask)
                beside.chmod(0o666 & ~umask)
                if sys.platform == "win32":
                    file.close()  # Windows renames no open file; elsewhere the lock is kept until then
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
