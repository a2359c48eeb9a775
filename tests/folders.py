"""What a command has left in a folder."""

from __future__ import annotations

from pathlib import Path

from align.core.written_files import LIST


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, without the list of those that align wrote."""
    found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(LIST))
    return {path.name: path.read_bytes() for path in found}
