"""The pictures that a result becomes, as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import UsageError
from align.export import safe_name
from align.files import write_whole
from align.plot.library import load_matplotlib
from align.plot.look import FORMS
from align.subtitles.rules import CueOptions
from align.values import Result

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
    result: Result, folder: Path, forms: Sequence[str], options: CueOptions
) -> tuple[tuple[Path, ...], str]:
    """Write each picture in each form; their paths, and the characters that no font here can draw.

    Raises:
        ModelError: matplotlib is not installed.
        InputError: the folder cannot be written.
    """
    load_matplotlib()
    from align.plot.fonts import families_for
    from align.plot.look import render

    wanted = pictures(result, options)
    families, lacking = families_for(one.told for one in wanted)
    paths = []
    for one in wanted:
        for form, content in zip(forms, render(one.draw, forms, families, one.told), strict=True):
            path = folder / f"{safe_name(result.name)}.{one.ending}.{form}"
            write_whole(path, content)
            paths.append(path)
    return tuple(paths), lacking


def pictures(result: Result, options: CueOptions) -> tuple[Picture, ...]:
    """All there are; none is drawn yet."""
    from align.plot import reading, speakers, timeline

    found = reading.readings(result, options)
    return (
        Picture("timeline", timeline.told(result), lambda: timeline.timeline(result)),
        Picture("speakers", speakers.told(result), lambda: speakers.speakers(result)),
        Picture(
            "reading-speed",
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
