"""Profiles: what a subtitle may be, as a TOML file that ships with align or that the user wrote.

    about = "..."          who says so
    like = "netflix-zh"    the profile that has all figures that this one does not name
    [timing]               seconds and frames, for all languages
    [zh] [en]              lines, reading speed and look of a language; another one, such as [ja], has from
                           [zh] (no spaces between words) or [en] what it does not name itself

The shipped files, align/subtitles/profiles/, explain each figure and name its source.
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
    """The profile of that name, or of the TOML file of that path.

    Raises:
        UsageError: there is neither.
        InputError: the file is no profile; names the place and the mend.
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
    return profile_from(name, table if name == DEFAULT else _merged(table, path), path)


def read_profile(path: Path) -> Profile:
    """A profile that the user wrote.

    Raises:
        InputError: it cannot be read or is no profile.
    """
    _, table = read_toml(path, "name a TOML file with a profile")
    return profile_from(path.stem, _merged(table, path), path)


def _shipped_table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("align.subtitles") / "profiles" / f"{name}.toml").read_text("utf-8"))


def _merged(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """A file's figures, and for those that it does not name the figures of the profile that it is like."""
    like = Node(path, "/like", table.get("like", DEFAULT)).choice(NAMES)
    base = _shipped_table(like)
    if like != DEFAULT:
        base = _merged(base, path)
    for code in table.keys() - base.keys() - {"like"}:
        base = {**base, code: base["en" if is_spaced(code) else "zh"]}
    return {name: value for name, value in _over(base, table).items() if name != "like"}


def _over(base: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """All that both have, and what stands in `table` where both have it."""
    both = {name for name in table if isinstance(base.get(name), dict) and isinstance(table[name], dict)}
    return {**base, **table, **{name: _over(base[name], table[name]) for name in both}}


def profile_from(name: str, table: Mapping[str, Any], path: Path, pointer: str = "") -> Profile:
    """The profile of a whole table.

    Args:
        path, pointer: the file and the table's place in it, for errors.

    Raises:
        InputError: it is no profile.
    """
    whole = Node(path, pointer, dict(table))
    timing = _timing(whole["timing"].only(*_TIMING))
    languages = {}
    for key, node in whole.members():
        if key not in ("about", "timing"):
            languages[key] = _rules(node, timing)
    about = whole["about"].text() if "about" in table else ""
    for needed in ("zh", "en"):
        whole[needed]
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
        style=_style(node["style"].only(*_STYLE)),
        **timing,
    )


def _style(node: Node) -> Style:
    """The look of one language."""
    font = node["font"].text()
    if not font.strip() or "," in font:
        raise node["font"].wrong("is no name of one font; write one, without a comma")
    colours = {name: node[name].text() for name in ("colour", "outline")}
    for name, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            raise node[name].wrong('is no colour; write one such as "#ffffff"')
    return Style(font, node["size"].whole(400, 8), node["below"].whole(400, 8), **colours)
