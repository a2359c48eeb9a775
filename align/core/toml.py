"""Read the user's TOML files: glossaries and profiles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from align.core.errors import InputError
from align.core.file_kinds import check_kind
from align.core.input_files import LONGEST_SETTINGS, read_source

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MOST_DOTS = 200
"""In a line; each may separate parts of a key, and tomllib takes time with the square of their number."""


def read_toml(path: Path, fix: str) -> tuple[bytes, dict[str, Any]]:
    """The bytes of a file, and the table in them.

    Args:
        fix: what to do when it cannot be read, such as "name a glossary that exists".

    Raises:
        InputError: it cannot be read, is not UTF-8, or is not TOML.
    """
    content = read_source(path, fix, LONGEST_SETTINGS)
    return content, parse_toml(content, path)


def parse_toml(content: bytes, path: Path) -> dict[str, Any]:
    """The table in a TOML file; `path` is for errors only.

    Raises:
        InputError: `content` is not UTF-8, or not TOML.
    """
    check_kind(content, path, "a TOML file")
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.count(b".") > _MOST_DOTS:
            raise InputError(path, f"line {number} has more than {_MOST_DOTS} dots; write it shorter")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8; save it as UTF-8") from error
    except RecursionError as error:
        raise InputError(path, "is nested too deeply; write it flat") from error
    except ValueError as error:  # also a number with thousands of digits, which Python does not read
        raise InputError(path, f"is not TOML ({error}); fix it there") from error
