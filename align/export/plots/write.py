"""Write the plots of a result."""

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
        ending: what follows NAME and a dot, without the format.
        description: what it shows, for screen readers.
        draw: draws it.
    """

    ending: str
    description: str
    draw: Callable[[], Figure]


def write_pictures(
    result: Result, into: Destination, forms: Sequence[str], options: CueOptions
) -> tuple[tuple[Path, ...], str]:
    """Write each plot in each format; return their paths and the characters that no font here has.

    Raises:
        ModelError: matplotlib is not installed.
        InputError: a file would be overwritten, or the folder is not writable.
    """
    load_matplotlib()
    from align.export.plots.fonts import families_for
    from align.export.plots.style import render

    wanted = pictures(result, options)
    families, lacking = families_for(picture.description for picture in wanted)
    files = {}
    for picture in wanted:
        contents = render(picture.draw, forms, families, picture.description)
        for form, content in zip(forms, contents, strict=True):
            files[_name(result, picture.ending, form)] = content
    return into.put(files), lacking


def names_of(result: Result, forms: Sequence[str]) -> tuple[str, ...]:
    """The names of the files that `write_pictures` writes."""
    return tuple(_name(result, ending, form) for ending in _ENDINGS for form in forms)


def _name(result: Result, ending: str, form: str) -> str:
    return f"{safe_name(result.name)}.{ending}.{form}"


def pictures(result: Result, options: CueOptions) -> tuple[Picture, ...]:
    """All plots, not drawn yet."""
    from align.export.plots import reading_speed as reading
    from align.export.plots import speakers, timeline

    speeds = reading.reading_speeds(result, options)
    return (
        Picture(_ENDINGS[0], timeline.description(result), lambda: timeline.timeline(result)),
        Picture(_ENDINGS[1], speakers.description(result), lambda: speakers.speakers(result)),
        Picture(
            _ENDINGS[2],
            reading.description(result, speeds),
            lambda: reading.reading_speed(result, speeds, options),
        ),
    )


def forms_named(words: str) -> tuple[str, ...]:
    """The formats in a list separated by commas.

    Raises:
        UsageError: there is no such format, or the list is empty.
    """
    wanted = [word.strip().lower() for word in words.split(",") if word.strip()]
    for word in wanted or [""]:
        if word not in FORMS:
            raise UsageError(f'plots have no format "{word}"; choose from {", ".join(FORMS)}')
    return tuple(form for form in FORMS if form in wanted)
