"""Profiles: the rules of subtitles, as a TOML file that ships with align or that the user wrote.

    about = "..."          the source of the rules
    like = "netflix-zh"    the profile that has the values missing here
    [timing]               seconds and frames, for all languages
    [zh] [en]              lines, reading speed and style of a language; another one, such as [ja], takes
                           missing values from [zh] (no spaces between words) or [en]

The shipped files, align/subtitles/profiles/, explain each value and name its source.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from align.core.errors import UsageError
from align.core.input_files import is_file, what_it_is
from align.core.json_document import Node
from align.core.toml import read_toml
from align.subtitles.rules import Profile, Rules, Style, is_spaced

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEFAULT = "netflix-zh"

NAMES = ("netflix-zh", "netflix-en", "bilibili", "youtube")
"""The profiles that ship with align."""

_TIMING = ("shortest", "longest", "gap", "joined", "early", "late", "shot")
_TEXT = ("line", "lines", "speed", "quiet_end", "full_width", "style")
_STYLE = ("font", "size", "below", "colour", "outline")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def profile(name: str) -> Profile:
    """The shipped profile of that name, or the TOML file of that path.

    Raises:
        UsageError: there is neither.
        InputError: the file is no profile.
    """
    if name in NAMES:
        return shipped(name)
    path = Path(name)
    if not is_file(path) and not what_it_is(path) and path.suffix.lower() != ".toml":
        raise UsageError(
            f"there is no profile {name!r}; choose {', '.join(NAMES)}, or a TOML file of your own"
        )
    return read_profile(path)


@cache
def shipped(name: str) -> Profile:
    """One of NAMES."""
    path, table = Path(f"{name}.toml"), _shipped_table(name)
    return profile_from(name, table if name == DEFAULT else _with_defaults(table, path), path)


def read_profile(path: Path) -> Profile:
    """A profile that the user wrote.

    Raises:
        InputError: it cannot be read or is no profile.
    """
    _, table = read_toml(path, "name a TOML file with a profile")
    return profile_from(path.stem, _with_defaults(table, path), path)


def _shipped_table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("align.subtitles") / "profiles" / f"{name}.toml").read_text("utf-8"))


def _with_defaults(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """A file's values, with missing ones from the profile that it is like."""
    like = Node(path, "/like", table.get("like", DEFAULT)).choice(NAMES)
    base = _shipped_table(like)
    if like != DEFAULT:
        base = _with_defaults(base, path)
    for code in table.keys() - base.keys() - {"like"}:
        base = {**base, code: base["en" if is_spaced(code) else "zh"]}
    return {name: value for name, value in _merged(base, table).items() if name != "like"}


def _merged(base: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `base`, replaced by those of `table`, table by table."""
    both = {name for name in table if isinstance(base.get(name), dict) and isinstance(table[name], dict)}
    return {**base, **table, **{name: _merged(base[name], table[name]) for name in both}}


def profile_from(name: str, table: Mapping[str, Any], path: Path, pointer: str = "") -> Profile:
    """The profile of a whole table.

    Args:
        path, pointer: the file and the table's place in it, for errors.

    Raises:
        InputError: it is no profile.
    """
    root = Node(path, pointer, dict(table))
    node = root["timing"].only(*_TIMING)
    timing: dict[str, Any] = {
        key: node[key].number(60) for key in ("shortest", "longest", "joined", "late", "shot")
    }
    timing |= {key: node[key].whole(60) for key in ("gap", "early")}
    if not 0 < timing["shortest"] < timing["longest"]:
        raise node["shortest"].wrong("is not between 0 and longest; write fewer seconds")
    languages = {
        code: _parse_rules(node, timing) for code, node in root.members() if code not in ("about", "timing")
    }
    about = root["about"].text() if "about" in table else ""
    for required in ("zh", "en"):
        root[required]
    return Profile(name, " ".join(about.split()), tuple(sorted(languages.items())))


def profile_table(profile: Profile) -> dict[str, Any]:
    """The whole table of a profile, as `profile_from` reads it: seconds, frames, and characters a line."""
    _, any_rules = profile.languages[0]
    table: dict[str, Any] = {
        "about": profile.about,
        "timing": {name: getattr(any_rules, name) for name in _TIMING},
    }
    for code, rules in profile.languages:
        wide = 2 if rules.full_width else 1
        table[code] = {
            "line": rules.columns // wide,
            "lines": rules.lines,
            "speed": rules.speed / wide,
            "quiet_end": rules.quiet_end,
            "full_width": rules.full_width,
            "style": asdict(rules.style),
        }
    return table


def _parse_rules(node: Node, timing: Mapping[str, Any]) -> Rules:
    """The rules of one language."""
    node.only(*_TEXT)
    full_width = node["full_width"].flag()
    columns_each = 2 if full_width else 1
    speed = node["speed"].number(200)
    if speed < 1:
        raise node["speed"].wrong("is slower than anybody reads; write characters per second")
    look = node["style"].only(*_STYLE)
    font = look["font"].text()
    if not font.strip() or "," in font:
        raise look["font"].wrong("is not the name of one font; write one, without a comma")
    colours = {name: look[name].text() for name in ("colour", "outline")}
    for name, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            raise look[name].wrong('is no colour; write one such as "#ffffff"')
    return Rules(
        columns=columns_each * node["line"].whole(200, 4),
        lines=node["lines"].whole(4, 1),
        speed=columns_each * speed,
        quiet_end=node["quiet_end"].text(),
        full_width=full_width,
        style=Style(font, look["size"].whole(400, 8), look["below"].whole(400, 8), **colours),
        **timing,
    )
