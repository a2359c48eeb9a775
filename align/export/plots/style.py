"""How all pictures look, and how they become files: light, few lines, the same bytes for the same input.

Colours have a contrast of 3 to 1 or more to the white ground, text has 4.5 to 1 (WCAG 2.2). What differs
in colour differs in lightness too, and is named beside it.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from align.core.terminal import one_line
from align.core.types import Severity
from align.core.xml import legal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMS = ("png", "svg")
WIDTH = 10.0
"""Inches; with DOTS that is 1440 pixels."""
DOTS = 144
"""Pixels an inch of a PNG."""
GROUND, INK, QUIET, RULE = "#ffffff", "#1f2933", "#52606d", "#dde2e8"
"""The ground, text, text that stands back, and the lines of the grid, which carry no meaning."""
BLUE, SLATE, GREY = "#1f5f99", "#4a6078", "#7b8794"
"""Measured values, speech, and speech that nobody's text owns."""
SEVERITIES = {Severity.HIGH: "#5e0b12", Severity.MEDIUM: "#ad3f10", Severity.LOW: "#cc8420"}
"""One warm row from dark to light, so that it is told in grey and by eyes that see few colours."""
LONGEST_NAME, LONGEST_TITLE = 24, 60
"""Characters of a speaker's name and of a recording's that are written; a longer one is cut."""


def name_shown(name: str | None) -> str:
    """A speaker's name as it is written; one that is not known is said so."""
    return _cut(name or "", LONGEST_NAME) or "not named"


def title_shown(name: str) -> str:
    """The name of a recording, or of a profile, as it is written."""
    return _cut(name, LONGEST_TITLE)


def _cut(text: str, longest: int) -> str:
    """A text on one line, without what commands a program and what XML forbids."""
    shown = legal(one_line(text))
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def clock(seconds: float) -> str:
    """M:SS, or H:MM:SS from an hour on; whole seconds, rounded down."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def render(
    make: Callable[[], Figure], forms: Sequence[str], families: Sequence[str], title: str
) -> list[bytes]:
    """What `make` draws, once for each form, looking as this module says whatever a matplotlibrc wants.

    Args:
        families: of fonts, from `align.export.plots.fonts.families_for`.
        title: what a screen reader says of the picture; SVG alone can hold it.
    """
    import matplotlib as mpl

    with mpl.rc_context(), warnings.catch_warnings(), _silent("matplotlib.font_manager"):
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)  # the fonts module tells
        mpl.rcdefaults()
        mpl.rcParams.update(_look(families))
        figure = make()
        _settle(figure)
        return [_saved(figure, form, title) for form in forms]


def titled(figure: Figure, title: str, about: str, room: float = 0.62) -> None:
    """Write a heading and a line below it in the upper `room` inches, and lay the axes out below."""
    height = float(figure.get_figheight())
    figure.text(0.2 / WIDTH, 1 - 0.17 / height, title, size=13, weight="bold", va="top")
    figure.text(0.2 / WIDTH, 1 - 0.42 / height, about, size=9, color=QUIET, va="top")
    figure.set_layout_engine("constrained", rect=(0.01, 0, 0.98, 1 - room / height), h_pad=0.09, w_pad=0.06)


def headed(axes: Axes, heading: str, about: str = "") -> None:
    """Say above a panel, at its left edge, what it shows, and at its right one what belongs to that."""
    axes.set_title(heading, loc="left", size=9.5, weight="bold", pad=7)
    axes.set_title(about, loc="right", size=8.5, color=QUIET, pad=7)


def in_time(axes: Axes, seconds: float) -> None:
    """Make the x axis that of a recording, with times as players show them."""
    step = next((one for one in _TICKS if seconds <= one * _MOST_TICKS), seconds / _MOST_TICKS)
    ticks = [step * number for number in range(int(seconds // step) + 1)]
    axes.set_xlim(0, max(seconds, 1e-3))
    axes.set_xticks(ticks, [clock(tick) for tick in ticks])


_TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200)
_MOST_TICKS = 10


@contextmanager
def _silent(name: str) -> Iterator[None]:
    """Keep a logger from saying that a font has no bold, of which nobody has to know."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _look(families: Sequence[str]) -> dict[Any, Any]:
    return {
        "font.family": list(families),
        "font.size": 9,
        "text.color": INK,
        "text.parse_math": False,  # a $ in a name is a $
        "axes.unicode_minus": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": QUIET,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": RULE,
        "grid.linewidth": 0.7,
        "xtick.color": GREY,
        "xtick.labelcolor": QUIET,
        "ytick.color": GROUND,
        "ytick.labelcolor": QUIET,
        "ytick.major.size": 0,
        "xtick.major.size": 3,
        "legend.frameon": False,
        "hatch.linewidth": 0.8,
        "figure.facecolor": GROUND,
        "savefig.facecolor": GROUND,
        "svg.fonttype": "none",  # text that can be read out, searched, and drawn with the reader's fonts
        "svg.hashsalt": "align",
    }


def _settle(figure: Figure) -> None:
    """Lay the axes out once and for all, on whole ten-thousandths of the picture.

    What the solver of the layout finds differs in the last bits from run to run, and these reach the file.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        left, bottom, width, height = (round(float(edge), 4) for edge in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))


def _saved(figure: Figure, form: str, title: str) -> bytes:
    """The bytes of a file; no date and no version of a program is in them."""
    memory = io.BytesIO()
    if form == "svg":
        metadata = {"Date": None, "Creator": None, "Title": title}
        figure.savefig(memory, format="svg", metadata=metadata)
        return memory.getvalue()
    figure.savefig(memory, format="png", dpi=DOTS, metadata={"Software": None})
    return memory.getvalue()
