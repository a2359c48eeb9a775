"""Write the plots of a result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from align.core.errors import UsageError
from align.core.types import Result
from align.core.written_files import Destination, safe_name
from align.export.plots import reading_speed, speakers, timeline
from align.export.plots.style import FORMS, families_for, load_matplotlib, render
from align.subtitles.options import CueOptions

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ENDINGS = ("timeline", "speakers", "reading-speed")


def write_pictures(
    result: Result, into: Destination, forms: Sequence[str], options: CueOptions
) -> tuple[tuple[Path, ...], str]:
    """Write each plot in each format; return their paths and the characters that no installed font has.

    Raises:
        ModelError: matplotlib is not installed.
        InputError: a file would be overwritten, or the folder is not writable.
    """
    load_matplotlib()
    plots = pictures(result, options)
    families, missing = families_for(description for description, _ in plots)
    contents = [
        content for description, draw in plots for content in render(draw, forms, families, description)
    ]
    return into.put(dict(zip(names_of(result, forms), contents, strict=True))), missing


def names_of(result: Result, forms: Sequence[str]) -> tuple[str, ...]:
    """The names of the files that `write_pictures` writes."""
    return tuple(f"{safe_name(result.name)}.{ending}.{form}" for ending in _ENDINGS for form in forms)


def pictures(result: Result, options: CueOptions) -> tuple[tuple[str, Callable[[], Figure]], ...]:
    """All plots, in the order of _ENDINGS: a description for screen readers, and what draws each."""
    speeds = reading_speed.reading_speeds(result, options)
    speed_plot = partial(reading_speed.reading_speed, result, speeds, options)
    return (
        (timeline.description(result), partial(timeline.timeline, result)),
        (speakers.description(result), partial(speakers.speakers, result)),
        (reading_speed.description(result, speeds), speed_plot),
    )


def forms_named(words: str) -> tuple[str, ...]:
    """The formats in a list separated by commas.

    Raises:
        UsageError: a format is unknown, or the list is empty.
    """
    wanted = [word.strip().lower() for word in words.split(",") if word.strip()]
    for word in wanted or [""]:
        if word not in FORMS:
            raise UsageError(f'unknown plot format "{word}"; choose from {", ".join(FORMS)}')
    return tuple(form for form in FORMS if form in wanted)
