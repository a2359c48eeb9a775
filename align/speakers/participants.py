"""Who takes part, as the user says it in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from align.core.errors import InputError
from align.core.input_files import LONGEST_SETTINGS, read_source
from align.transcript.speaker_names import is_name, tidy_name


@dataclass(frozen=True)
class Participants:
    """Who takes part.

    Attributes:
        people: each name as it is to be shown, with its other spellings.
        voices: what a voice is called, such as "Speaker 2", to whose it is.
    """

    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """Every spelling, case folded, to the name that is shown."""
        people = {one.casefold(): name for name, others in self.people.items() for one in (*others, name)}
        return people | {name.casefold(): name for name in self.voices.values()}


NOBODY = Participants()


def read_participants(path: Path) -> Participants:
    """Read a file of names: UTF-8 text with a person a line.

        # who speaks
        陈倩
        Bruce | Bruce刘 | 布鲁斯
        Speaker 3 = 任洋

    What follows a name behind "|" is how else the transcript may write it. A line with "=" says whose a voice
    is, by the name that `align speakers` lists.

    Raises:
        InputError: the file cannot be read, or a line of it makes no sense.
    """
    try:
        lines = read_source(path, "name a file of names", LONGEST_SETTINGS).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(path, "is no UTF-8 text; save it as UTF-8") from error
    people: dict[str, tuple[str, ...]] = {}
    voices: dict[str, str] = {}
    owners: dict[str, str] = {}
    for number, line in _entries(lines):
        voice, equals, rest = line.rpartition("=")
        name, *others = (tidy_name(part) for part in rest.split("|"))
        if not is_name(name) or not all(others):
            raise InputError(
                path, f"line {number} is no name: {line!r}; write NAME, NAME | SPELLING or Speaker 1 = NAME"
            )
        for one in (name, *others):
            if owners.setdefault(one.casefold(), name) != name:
                raise InputError(
                    path, f"line {number}: {one!r} already stands for {owners[one.casefold()]}; leave one out"
                )
        voice = voice.strip()
        if equals and (not voice or voices.setdefault(voice, name) != name):
            raise InputError(
                path, f"line {number} names no voice, or one a second time; write Speaker 1 = NAME once"
            )
        people[name] = (*people.get(name, ()), *others)
    if not people:
        raise InputError(path, "names nobody; write a name a line")
    return Participants(people, voices)


def _entries(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    for number, line in enumerate(lines, 1):
        said = "" if line.lstrip().startswith("#") else line.partition(" #")[0].strip()
        if said:
            yield number, said
