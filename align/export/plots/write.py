"""The pictures that a result becomes, as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align.core.errors import UsageError
from align.core.types import Result
from align.core.written_files import Destination, safe_name
from align.export.plots.library import load_matplotlib
from align.export.plots.style import FORMS
from align.subtitles.options import CueOptions

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ENDINGS = ("timeline", "speakers", "reading-speed")
"""Of the pictures, without their forms."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a result.

    Attributes:
        ending: what follows NAME and a dot, without the form.
        told: what it shows in words.
        draw: makes it.
    """

    ending: str
    told: str
    draw: Callable[[], Figure]


def write_pictures(
    result: Result, into: Destination, forms: Sequence[str], options: CueOptions
) -> tuple[tuple[Path, ...], str]:
    """Write each picture in each form; their paths, and the characters that no font here can draw.

    Raises:
        ModelError: matplotlib is not installed.
        InputError: a file that is there would be lost, or the folder cannot be written.
    """
    load_matplotlib()
    from align.export.plots.fonts import families_for
    from align.export.plots.style import render

    wanted = pictures(result, options)
    families, lacking = families_for(one.told for one in wanted)
    files = {}
    for one in wanted:
        for form, content in zip(forms, render(one.draw, forms, families, one.told), strict=True):
            files[_name(result, one.ending, form)] = content
    return into.put(files), lacking


def names_of(result: Result, forms: Sequence[str]) -> tuple[str, ...]:
    """The names of the files that `write_pictures` writes."""
    return tuple(_name(result, ending, form) for ending in _ENDINGS for form in forms)


def _name(result: Result, ending: str, form: str) -> str:
    return f"{safe_name(result.name)}.{ending}.{form}"


def pictures(result: Result, options: CueOptions) -> tuple[Picture, ...]:
    """All there are; none is drawn yet."""
    from align.export.plots import reading_speed as reading
    from align.export.plots import speakers, timeline

    found = reading.readings(result, options)
    return (
        Picture(_ENDINGS[0], timeline.told(result), lambda: timeline.timeline(result)),
        Picture(_ENDINGS[1], speakers.told(result), lambda: speakers.speakers(result)),
        Picture(
            _ENDINGS[2],
            reading.told(result, found),
            lambda: reading.reading_speed(result, found, options),
        ),
    )


def forms_named(words: str) -> tuple[str, ...]:
    """The forms that some words name, apart by commas.

    Raises:
        UsageError: there is no such form, or none is named.
    """
    wanted = [word.strip().lower() for word in words.split(",") if word.strip()]
    for word in wanted or [""]:
        if word not in FORMS:
            raise UsageError(f'pictures have no form "{word}"; choose from {", ".join(FORMS)}')
    return tuple(form for form in FORMS if form in wanted)
