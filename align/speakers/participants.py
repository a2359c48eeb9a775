"""The participants, from a file of the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from align.core.errors import InputError
from align.core.file_kinds import check_kind
from align.core.input_files import LONGEST_SETTINGS, read_source
from align.transcript.speaker_names import is_name, tidy_name


@dataclass(frozen=True)
class Participants:
    """The people who take part.

    Attributes:
        people: each display name with its other spellings.
        voices: the names of voices, such as "Speaker 2", and whose they are.
    """

    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Every spelling, case folded, with the display name."""
        people = {
            spelling.casefold(): name for name, others in self.people.items() for spelling in (*others, name)
        }
        return people | {name.casefold(): name for name in self.voices.values()}


NOBODY = Participants()


def read_participants(path: Path) -> Participants:
    """Read a file of names: UTF-8 text with one person per line.

        # who speaks
        陈倩
        Bruce | Bruce刘 | 布鲁斯
        Speaker 3 = 任洋

    After "|" follow other spellings in the transcript. A line with "=" names a voice, by the name that
    `align speakers` lists.

    Raises:
        InputError: the file cannot be read, or a line of it is malformed.
    """
    data = read_source(path, "name a file of names", LONGEST_SETTINGS)
    check_kind(data, path, "a text file of names")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text; save it as UTF-8") from error
    people: dict[str, tuple[str, ...]] = {}
    voices: dict[str, str] = {}
    owners: dict[str, str] = {}
    for number, whole in enumerate(lines, 1):
        line = "" if whole.lstrip().startswith("#") else whole.partition(" #")[0].strip()
        if not line:
            continue
        voice, equals, rest = line.rpartition("=")
        name, *others = (tidy_name(part) for part in rest.split("|"))
        if not is_name(name) or not all(others):
            forms = "NAME, NAME | SPELLING or Speaker 1 = NAME"
            raise InputError(path, f"line {number} is not a name: {line!r}; write {forms}")
        for spelling in (name, *others):
            owner = owners.setdefault(spelling.casefold(), name)
            if owner != name:
                raise InputError(
                    path, f"line {number}: {spelling!r} already stands for {owner}; remove one of the two"
                )
        voice = voice.strip()
        if equals and (not voice or voices.setdefault(voice, name) != name):
            raise InputError(
                path, f"line {number} names no voice, or a voice that has a name; write Speaker 1 = NAME once"
            )
        people[name] = (*people.get(name, ()), *others)
    if not people:
        raise InputError(path, "lists no names; write one name per line")
    return Participants(people, voices)
