"""Profiles: what a subtitle may be, as a TOML file that ships with align or that the user wrote.

    about = "..."          who says so
    like = "netflix-zh"    the profile that has all figures that this one does not name
    [timing]               seconds and frames, for all languages
    [zh] [en]              lines and reading speed of a language

The shipped files, align/subtitles/profiles/, explain each figure and name its source.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from align.document import Node
from align.errors import InputError, UsageError
from align.subtitles.rules import Profile, Rules

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEFAULT = "netflix-zh"

NAMES = ("netflix-zh", "netflix-en", "bilibili", "youtube")
"""The profiles that ship with align."""

_TIMING = ("shortest", "longest", "gap", "joined", "early", "late", "shot")
_TEXT = ("line", "lines", "speed", "quiet_end", "full_width")


def profile(name: str) -> Profile:
    """The profile of that name, or of the TOML file of that path.

    Raises:
        UsageError: there is neither.
        InputError: the file is no profile; names the place and the mend.
    """
    if name in NAMES:
        return shipped(name)
    path = Path(name)
    if not path.is_file() and path.suffix.lower() != ".toml":
        raise UsageError(
            f"there is no profile {name!r}; choose {', '.join(NAMES)}, or a TOML file of your own"
        )
    return read_profile(path)


@cache
def shipped(name: str) -> Profile:
    """One of NAMES."""
    path, table = Path(f"{name}.toml"), _shipped_table(name)
    return _profile(name, table if name == DEFAULT else _merged(table, path), path)


def read_profile(path: Path) -> Profile:
    """A profile that the user wrote.

    Raises:
        InputError: it cannot be read or is no profile.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            path, f"cannot be read ({error.strerror}); name a TOML file with a profile"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8; save the file as UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(path, f"is not TOML: {error}; mend it there") from error
    return _profile(path.stem, _merged(table, path), path)


def _shipped_table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("align.subtitles") / "profiles" / f"{name}.toml").read_text("utf-8"))


def _merged(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """A file's figures, and for those that it does not name the figures of the profile that it is like."""
    like = Node(path, "/like", table.get("like", DEFAULT)).choice(NAMES)
    base = _shipped_table(like)
    if like != DEFAULT:
        base = _merged(base, path)
    merged = {**base, **table}
    for part in base:
        if isinstance(base[part], dict) and isinstance(table.get(part), dict):
            merged[part] = {**base[part], **table[part]}
    return {name: value for name, value in merged.items() if name != "like"}


def _profile(name: str, table: Mapping[str, Any], path: Path) -> Profile:
    """The profile of a file's whole table."""
    whole = Node(path, "", dict(table))
    timing = _timing(whole["timing"].only(*_TIMING))
    languages = {}
    for key, node in whole.members():
        if key not in ("about", "timing"):
            languages[key] = _rules(node, timing)
    about = whole["about"].text() if "about" in table else ""
    for needed in ("zh", "en"):
        whole[needed]
    return Profile(name, " ".join(about.split()), tuple(sorted(languages.items())))


def _timing(node: Node) -> dict[str, Any]:
    """Seconds as floats, frames as whole numbers."""
    found: dict[str, Any] = {
        name: node[name].number(60) for name in ("shortest", "longest", "joined", "late", "shot")
    }
    found |= {name: node[name].whole(60) for name in ("gap", "early")}
    if not 0 < found["shortest"] < found["longest"]:
        raise node["shortest"].wrong("is not between 0 and longest; write fewer seconds")
    return found


def _rules(node: Node, timing: Mapping[str, Any]) -> Rules:
    """The rules of one language."""
    node.only(*_TEXT)
    full_width = node["full_width"].flag()
    wide = 2 if full_width else 1
    speed = node["speed"].number(200)
    if speed < 1:
        raise node["speed"].wrong("is slower than anybody reads; write characters a second")
    return Rules(
        columns=wide * node["line"].whole(200, 4),
        lines=node["lines"].whole(4, 1),
        speed=wide * speed,
        quiet_end=node["quiet_end"].text(),
        full_width=full_width,
        **timing,
    )
