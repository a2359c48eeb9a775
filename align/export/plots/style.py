"""The style of all plots, and how they become files: the same bytes for the same input.

Colours have a contrast of at least 3 to 1 to the white background, text 4.5 to 1 (WCAG 2.2). What differs in
colour differs in lightness too, and has a label.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
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
"""Pixels per inch of a PNG."""
GROUND, INK, QUIET, RULE = "#ffffff", "#1f2933", "#52606d", "#dde2e8"
"""Background, text, secondary text, and grid lines."""
BLUE, SLATE, GREY = "#1f5f99", "#4a6078", "#7b8794"
"""Measured values, speech, and untranscribed speech."""
SEVERITIES = {Severity.HIGH: "#5e0b12", Severity.MEDIUM: "#ad3f10", Severity.LOW: "#cc8420"}
"""Warm colours from dark to light, distinct in grey and for colour-blind readers."""
LONGEST_NAME, LONGEST_TITLE = 24, 60
"""Characters of a speaker's and of a recording's name; longer ones are shortened."""
_TICK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200)
"""Seconds between ticks on the time axis."""
_MAX_TICKS = 10
_STYLE: Mapping[Any, Any] = {
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


def display_name(name: str | None) -> str:
    """A speaker's name as it is written."""
    return _shortened(name or "", LONGEST_NAME) or "not named"


def display_title(name: str) -> str:
    """The name of a recording or profile as it is written."""
    return _shortened(name, LONGEST_TITLE)


def _shortened(text: str, longest: int) -> str:
    """A text on one line, without control characters and what XML forbids."""
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
    """The figure of `make` in each form, in this style whatever a matplotlibrc says.

    Args:
        families: of fonts, from `align.export.plots.fonts.families_for`.
        title: alternative text for screen readers, in SVG only.
    """
    import matplotlib as mpl

    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    logger.setLevel(logging.ERROR)  # nobody needs to know that a font has no bold
    try:
        with mpl.rc_context(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)  # the caller reports them
            mpl.rcdefaults()
            mpl.rcParams.update({**_STYLE, "font.family": list(families)})
            figure = make()
            _fix_layout(figure)
            return [_saved(figure, form, title) for form in forms]
    finally:
        logger.setLevel(level)


def figure_title(figure: Figure, title: str, about: str, room: float = 0.62) -> None:
    """Write a title and a line below it in the upper `room` inches, and lay out the axes below."""
    height = float(figure.get_figheight())
    figure.text(0.2 / WIDTH, 1 - 0.17 / height, title, size=13, weight="bold", va="top")
    figure.text(0.2 / WIDTH, 1 - 0.42 / height, about, size=9, color=QUIET, va="top")
    figure.set_layout_engine("constrained", rect=(0.01, 0, 0.98, 1 - room / height), h_pad=0.09, w_pad=0.06)


def panel_title(axes: Axes, heading: str, about: str = "") -> None:
    """Title a panel on the left, with details on the right."""
    axes.set_title(heading, loc="left", size=9.5, weight="bold", pad=7)
    axes.set_title(about, loc="right", size=8.5, color=QUIET, pad=7)


def time_axis(axes: Axes, seconds: float) -> None:
    """Make the x axis a time axis for a recording of `seconds`."""
    step = next((step for step in _TICK_STEPS if seconds <= step * _MAX_TICKS), seconds / _MAX_TICKS)
    ticks = [step * number for number in range(int(seconds // step) + 1)]
    axes.set_xlim(0, max(seconds, 1e-3))
    axes.set_xticks(ticks, [clock(tick) for tick in ticks])


def _fix_layout(figure: Figure) -> None:
    """Lay the axes out once, on ten-thousandths of the figure: the layout solver's last bits vary by run."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        left, bottom, width, height = (round(float(edge), 4) for edge in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))


def _saved(figure: Figure, form: str, title: str) -> bytes:
    """The bytes of a file, without dates or program versions."""
    file = io.BytesIO()
    if form == "svg":
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Title": title})
    else:
        figure.savefig(file, format="png", dpi=DOTS, metadata={"Software": None})
    return file.getvalue()
