"""The rules of subtitles for each language, from profiles: TOML files that ship with align or are the user's.

    about = "..."          the source of the rules
    like = "netflix-zh"    the profile that has the values missing here
    [timing]               seconds and frames, for all languages
    [zh] [en]              lines, reading speed and style of a language; another one, such as [ja], takes
                           missing values from [zh] (no spaces between words) or [en]

The shipped files, align/subtitles/profiles/, explain each value and name its source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from align.core.errors import UsageError
from align.core.input_files import is_file, what_it_is
from align.core.json_document import Node
from align.core.toml import parse_toml, read_toml

DEFAULT = "netflix-zh"
NAMES = ("netflix-zh", "netflix-en", "bilibili", "youtube")
"""The profiles that ship with align."""

_TIMING = ("shortest", "longest", "gap", "joined", "early", "late", "shot")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a language in ASS.

    Attributes:
        size, below: font size in a picture 1080 lines high: alone or on top, and under another language.
        colour, outline: as in HTML, such as "#ffffff".
    """

    font: str
    size: int
    below: int
    colour: str
    outline: str


@dataclass(frozen=True, slots=True)
class VerticalLines:
    """What differs for a language in a vertical video.

    Attributes:
        columns: maximum of one line; there may be two of them.
        size, below: as in Style, in a picture 1920 lines high.
    """

    columns: int
    size: int
    below: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits for one language.

    Widths are in columns: a Han character or a full-width mark takes two, a Latin letter one, so
    "16 Chinese characters, a Latin letter counting half" is 32 columns.

    Attributes:
        columns: maximum of one line.
        lines: maximum of one cue in this language.
        speed: maximum columns per second.
        fastest: columns per second that a cue may reach where it would end in a bad place otherwise.
        shortest, longest: seconds on screen.
        gap: frames between two cues, at least.
        joined: seconds; a gap below it is closed to `gap` frames, because it flickers.
        early: frames that a cue may start before its speech.
        late: seconds that it may stay after its speech.
        shot: seconds; a cue that begins or ends so near a shot change moves to it.
        quiet_end: marks that are left out at the end of a cue.
        full_width: marks such as curly quotes, which are as wide as the fonts of the language make
            them, take two columns.
    """

    columns: int
    lines: int
    speed: float
    fastest: float
    quiet_end: str
    full_width: bool
    shortest: float
    longest: float
    gap: int
    joined: float
    early: int
    late: float
    shot: float
    style: Style
    vertical: VerticalLines

    def for_vertical(self) -> Rules:
        """The rules in a vertical video, whose lines are shorter."""
        style = replace(self.style, size=self.vertical.size, below=self.vertical.below)
        return replace(self, columns=self.vertical.columns, lines=max(2, self.lines), style=style)

    def width(self, text: str) -> int:
        """Columns that `text` takes on one line."""
        return sum(_columns(character, self.full_width) for character in text)

    def reading(self, text: str) -> float:
        """Seconds that it takes to read `text`, without its last quiet marks."""
        return self.width(text.rstrip().rstrip(self.quiet_end)) / self.speed


@lru_cache(maxsize=4096)
def _columns(character: str, full_width: bool) -> int:
    """Columns that a character takes."""
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    width = unicodedata.east_asian_width(character)
    if width == "A":
        return 2 if full_width and category[0] in "PS" else 1
    return 2 if width in "WF" else 1


def is_spaced(language: str) -> bool:
    """Whether words of `language` (a code such as "zh" or "zh-Hans") are separated by spaces."""
    return language.split("-")[0].lower() not in ("zh", "yue", "wuu", "nan", "ja")


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of a platform or publisher.

    Attributes:
        about: the source of the rules.
        languages: codes and their rules; "zh" and "en" are among them.
    """

    name: str
    about: str
    languages: tuple[tuple[str, Rules], ...]

    def rules(self, language: str) -> Rules:
        """Those of `language`, or where it has none of Chinese (a script without spaces) or English."""
        known = dict(self.languages)
        base = language.split("-")[0].lower()
        return known.get(language) or known.get(base) or known["en" if is_spaced(language) else "zh"]


def profile(name: str) -> Profile:
    """The shipped profile of that name, or the TOML file of that path.

    Raises:
        UsageError: there is neither.
        InputError: the file is not a profile.
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
    path = Path(f"{name}.toml")
    return profile_from(name, with_defaults(_shipped_table(name), path), path)


def read_profile(path: Path) -> Profile:
    """A profile that the user wrote.

    Raises:
        InputError: it cannot be read or is not a profile.
    """
    _, table = read_toml(path, "name a TOML file with a profile")
    return profile_from(path.stem, with_defaults(table, path), path)


def _shipped_table(name: str) -> dict[str, Any]:
    file = f"{name}.toml"
    return parse_toml((files("align.subtitles") / "profiles" / file).read_bytes(), Path(file))


def with_defaults(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """A file's values, with missing ones from the profile that it is like.

    Raises:
        InputError: it is like none of NAMES.
    """
    like = Node(path, "/like", table.get("like", DEFAULT)).choice(NAMES)
    base = _shipped_table(like)
    if like != DEFAULT:
        base = with_defaults(base, path)
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
        InputError: it is not a profile.
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
            "hurry": round(rules.fastest / rules.speed, 6),
            "quiet_end": rules.quiet_end,
            "full_width": rules.full_width,
            "style": asdict(rules.style),
            "vertical": {
                "line": rules.vertical.columns // wide,
                "size": rules.vertical.size,
                "below": rules.vertical.below,
            },
        }
    return table


def _parse_rules(node: Node, timing: Mapping[str, Any]) -> Rules:
    """The rules of one language."""
    node.only("line", "lines", "speed", "hurry", "quiet_end", "full_width", "style", "vertical")
    full_width = node["full_width"].flag()
    columns_each = 2 if full_width else 1
    speed = node["speed"].number(200)
    if speed < 1:
        raise node["speed"].wrong("is slower than anybody reads; write characters per second")
    hurry = node["hurry"].number(2, 1) if "hurry" in dict(node.members()) else 1.0
    look = node["style"].only("font", "size", "below", "colour", "outline")
    font = look["font"].text()
    if not font.strip() or "," in font:
        raise look["font"].wrong("is not the name of one font; write one, without a comma")
    colours = {name: look[name].text() for name in ("colour", "outline")}
    for name, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            raise look[name].wrong('is not a colour; write one such as "#ffffff"')
    vertical = node["vertical"].only("line", "size", "below")
    return Rules(
        columns=columns_each * node["line"].whole(200, 4),
        lines=node["lines"].whole(4, 1),
        speed=columns_each * speed,
        fastest=round(columns_each * speed * hurry, 6),
        quiet_end=node["quiet_end"].text(),
        full_width=full_width,
        style=Style(font, look["size"].whole(400, 8), look["below"].whole(400, 8), **colours),
        vertical=VerticalLines(
            columns_each * vertical["line"].whole(200, 4),
            vertical["size"].whole(400, 8),
            vertical["below"].whole(400, 8),
        ),
        **timing,
    )
