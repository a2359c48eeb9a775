"""Set up matplotlib and its fonts, and turn plots into files of one style: the same bytes for the same input.

Colours have a contrast of at least 3 to 1 to the white background, text 4.5 to 1 (WCAG 2.2). What differs in
colour differs in lightness too, and has a label.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import platformdirs

from align.core.extras import missing_package
from align.core.terminal import one_line
from align.core.types import Severity
from align.core.xml import legal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOLDER = "MPLCONFIGDIR"
BASE = "DejaVu Sans"
"""Comes with matplotlib, so that figures and Latin text look the same everywhere."""
PREFERRED = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC"),
    *("Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei"),
    *("Noto Sans CJK TC", "Microsoft JhengHei", "Noto Sans CJK JP", "Arial Unicode MS", "Noto Emoji"),
)
"""Sans-serif fonts for characters that BASE lacks, such as Chinese names; then any other, by name."""
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


def load_matplotlib() -> None:
    """Import matplotlib, and let it keep what it learns about fonts in align's cache.

    It then writes nothing into the user's folders for caches and configuration. A folder named by
    MPLCONFIGDIR is used instead, and so is what a program chose that imported it before.

    Raises:
        ModelError: it is not installed.
    """
    ours = FOLDER not in os.environ and "matplotlib" not in sys.modules
    if ours:
        os.environ[FOLDER] = str(platformdirs.user_cache_path("align") / "matplotlib")
    try:
        from matplotlib import font_manager  # noqa: F401 - reads the variable, and the list of fonts
    except ImportError as error:
        raise missing_package("matplotlib", "plot") from error
    finally:
        if ours:
            del os.environ[FOLDER]


def families_for(texts: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """The font families that cover `texts`, BASE first, and the characters that no installed font has.

    If the fonts that matplotlib knows do not suffice, looks for fonts installed since it last looked.
    """
    from matplotlib import font_manager

    wanted = {character for text in texts for character in text if not character.isspace()}
    families, missing = _best_families(wanted)
    if missing:
        known = {font.fname for font in font_manager.fontManager.ttflist}
        new = sorted(set(font_manager.findSystemFonts()) - known)
        for path in new:
            with suppress(OSError, RuntimeError, ValueError):  # a broken file
                font_manager.fontManager.addfont(path)
        if new:
            families, missing = _best_families(wanted)
    return families, "".join(sorted(missing))


def _best_families(wanted: set[str]) -> tuple[tuple[str, ...], set[str]]:
    """The best families for some characters, and the characters that no family has."""
    import matplotlib as mpl
    from matplotlib import font_manager

    own = mpl.get_data_path()  # of matplotlib's own fonts only BASE is for text
    fonts = reversed(font_manager.fontManager.ttflist)  # the first of a name counts
    files = {font.name: font.fname for font in fonts if font.name == BASE or not font.fname.startswith(own)}
    others = [name for name in PREFERRED if name in files] + sorted(files.keys() - {BASE, *PREFERRED})
    families, missing = [BASE], wanted - _characters(files[BASE])
    for name in others:
        if not missing:
            break
        covered = missing & _characters(files[name])
        if covered:
            families.append(name)
            missing -= covered
    return tuple(families), missing


def _characters(path: str) -> set[str]:
    """The characters of a scalable font; empty if the file is gone or broken."""
    from matplotlib import font_manager

    try:
        font = font_manager.get_font(path)
    except (OSError, RuntimeError):
        return set()
    return set(map(chr, font.get_charmap())) if font.scalable else set()


def display_name(name: str | None) -> str:
    """A speaker's name as plots show it."""
    return display_title(name or "", LONGEST_NAME) or "not named"


def display_title(name: str, longest: int = LONGEST_TITLE) -> str:
    """The name of a recording or profile on one line, without control characters and what XML forbids."""
    shown = legal(one_line(name))
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def clock(seconds: float) -> str:
    """M:SS, or H:MM:SS from an hour on; whole seconds, rounded down."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def render(
    make: Callable[[], Figure], forms: Sequence[str], families: Sequence[str], title: str
) -> list[bytes]:
    """The files of a figure in some formats, in this style whatever a matplotlibrc says.

    They have no dates or program versions.

    Args:
        families: of fonts, from `families_for`.
        title: alternative text for screen readers, in SVG only.
    """
    import matplotlib as mpl

    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    logger.setLevel(logging.ERROR)  # that a font has no bold concerns nobody
    try:
        with mpl.rc_context(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)  # the caller reports them
            mpl.rcdefaults()
            mpl.rcParams.update({**_STYLE, "font.family": list(families)})
            figure = make()
            figure.draw_without_rendering()
            figure.set_layout_engine("none")
            for axes in figure.axes:  # on ten-thousandths: the layout solver's last bits vary by run
                left, bottom, width, height = (round(float(edge), 4) for edge in axes.get_position().bounds)
                axes.set_position((left, bottom, width, height))
            files = []
            for form in forms:
                file = io.BytesIO()
                if form == "svg":
                    metadata = {"Date": None, "Creator": None, "Title": title}
                    figure.savefig(file, format="svg", metadata=metadata)
                else:
                    figure.savefig(file, format="png", dpi=DOTS, metadata={"Software": None})
                files.append(file.getvalue())
            return files
    finally:
        logger.setLevel(level)


def figure_title(figure: Figure, title: str, about: str) -> None:
    """Write a title and a line below it, and lay out the axes below."""
    height = float(figure.get_figheight())
    figure.text(0.2 / WIDTH, 1 - 0.17 / height, title, size=13, weight="bold", va="top")
    figure.text(0.2 / WIDTH, 1 - 0.42 / height, about, size=9, color=QUIET, va="top")
    figure.set_layout_engine("constrained", rect=(0.01, 0, 0.98, 1 - 0.62 / height), h_pad=0.09, w_pad=0.06)


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
