"""The errors that align reports, as one tree.

    AlignError                70  a fault of the program itself
    |-- QualityError           1  the work was done, and its result is below the required quality
    |-- UsageError             2  options that do not go together
    |-- InputError             3  a recording, transcript or folder that cannot be used
    `-- ModelError             4  a model, a package or a device that is missing or broken

Each message is one sentence that names the file, the place in it, and the fix.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

_HALF = 300
"""Characters at each end of a problem that are shown, where it quotes what may be a megabyte of a file."""


class AlignError(Exception):
    """The root, with the exit code of a fault of the program itself."""

    exit_code: ClassVar[int] = 70


class QualityError(AlignError):
    """The result was written, but is below the required quality."""

    exit_code = 1


class UsageError(AlignError):
    """The command line or the options object asks for something that does not make sense."""

    exit_code = 2


class InputError(AlignError):
    """A file or folder that the user named cannot be used.

    Attributes:
        path: the file or folder.
    """

    exit_code = 3

    def __init__(self, path: Path | str, problem: str) -> None:
        if len(problem) > 2 * _HALF:
            problem = f"{problem[:_HALF]} … {problem[-_HALF:]}"
        super().__init__(f"{path}: {problem}")
        self.path = Path(path)


class ModelError(AlignError):
    """A model, an optional package or a device is missing, broken or unreachable.

    Attributes:
        name: the model, package or device.
    """

    exit_code = 4

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


def outcome(error: AlignError | None) -> dict[str, Any]:
    """The first keys of every JSON document that a command prints."""
    if error is None:
        return {"ok": True}
    return {"ok": False, "error": str(error), "exit_code": error.exit_code}
