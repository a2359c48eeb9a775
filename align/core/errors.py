"""Everything that can go wrong on purpose, as one tree.

    AlignError                70  a fault of the program itself
    |-- QualityError           1  the work was done, and its result is below the gate
    |-- UsageError             2  options that do not go together
    |-- InputError             3  a recording, transcript or folder that cannot be used
    `-- ModelError             4  a model, a package or a device that is missing or broken

Each message is one sentence that names the file, the place in it, and the mend.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

_LONGEST = 600
"""Characters of a sentence that a person still reads."""


class AlignError(Exception):
    """The root: its exit code says that the program itself is at fault."""

    exit_code: ClassVar[int] = 70


class QualityError(AlignError):
    """The result was written, and it is below what was asked for."""

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
        super().__init__(f"{path}: {_shortened(problem)}")
        self.path = Path(path)


def _shortened(problem: str) -> str:
    """A problem that quotes a file, without the middle of what may be a megabyte; the mend stands last."""
    half = _LONGEST // 2
    return problem if len(problem) <= _LONGEST else f"{problem[:half]} … {problem[-half:]}"


class ModelError(AlignError):
    """A model, an optional package or a device is missing, broken or unreachable.

    Attributes:
        name: the model, package or device.
    """

    exit_code = 4

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


def outcome(broken: AlignError | None) -> dict[str, Any]:
    """The keys with which every document of the command line begins; with no error when `broken` is None."""
    if broken is None:
        return {"ok": True}
    return {"ok": False, "error": str(broken), "exit_code": broken.exit_code}
