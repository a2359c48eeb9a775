"""Distinguishable colours, fonts, and files that are the same for the same input."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from align.export.plots import style as look
from align.export.plots.style import (
    BASE,
    PREFERRED,
    clock,
    display_name,
    display_title,
    families_for,
    figure_title,
    render,
    time_axis,
)
from align.mismatch.filter import WORST_FIRST
from tests.conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colour", [look.BLUE, look.SLATE, look.GREY, *look.SEVERITIES.values()])
def test_colours_contrast_with_the_background(colour: str) -> None:
    assert contrast(colour, look.GROUND) >= 3


@pytest.mark.parametrize("colour", [look.INK, look.QUIET])
def test_text_can_be_read(colour: str) -> None:
    assert contrast(colour, look.GROUND) >= 4.5


def test_severities_go_from_dark_to_light() -> None:
    row = [look.SEVERITIES[level] for level in WORST_FIRST]
    for worse, milder in pairwise(row):
        assert luminance(milder) > luminance(worse)
        assert contrast(worse, milder) >= 1.7


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.99, "0:59"), (238, "3:58"), (3600, "1:00:00"), (5527.2, "1:32:07")],
)
def test_a_time_is_as_players_show_it(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_a_name_is_short_and_harmless() -> None:
    assert display_name(None) == "not named"
    assert display_name("陈\u202e倩\n") == r"陈\u202e倩"
    assert display_name("Ann\ufffe") == "Ann"
    assert len(display_name("x" * 1000)) == look.LONGEST_NAME
    assert len(display_title("x" * 1000)) == look.LONGEST_TITLE


def drawn(title: str) -> Figure:
    figure = Figure(figsize=(look.WIDTH, 2))
    figure_title(figure, title, "about it")
    axes = figure.subplots()
    axes.stairs([1, 2, 3])
    time_axis(axes, 238)
    return figure


def both(title: str = "talk") -> list[bytes]:
    return render(lambda: drawn(title), ("png", "svg"), ("DejaVu Sans",), "A talk.")


def test_the_same_picture_has_the_same_bytes_whatever_matplotlibrc_says() -> None:
    first = both()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "black", "svg.hashsalt": None}):
        before = dict(mpl.rcParams)
        assert both() == first
        assert dict(mpl.rcParams) == before


def test_a_png_is_as_wide_as_it_says() -> None:
    png = both()[0]
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == look.WIDTH * look.DOTS
    assert b"matplotlib" not in png


def test_an_svg_has_text_and_says_what_it_shows() -> None:
    root = ElementTree.fromstring(both()[1])
    assert root.findtext(f"{SVG}title") == "A talk."
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert {"talk", "about it", "0:00", "3:30"} <= set(texts)


def test_no_name_is_taken_for_a_formula_or_markup() -> None:
    svg = render(lambda: drawn("$\\frac{1}{$ <b> & _x_"), ("svg",), ("DejaVu Sans",), "<script>")[0]
    root = ElementTree.fromstring(svg)
    assert "$\\frac{1}{$ <b> & _x_" in ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert root.findtext(f"{SVG}title") == "<script>"


def test_the_log_is_as_loud_as_before(tmp_path: Path) -> None:
    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    both()
    assert logger.level == level


UNASSIGNED = "\U000e0fff"


def test_latin_needs_no_other_font() -> None:
    assert families_for(["Ethan, 9.5 %"]) == ((BASE,), "")


def test_characters_without_a_font_are_reported() -> None:
    families, lacking = families_for([f"Eva{UNASSIGNED}"])
    assert (families, lacking) == ((BASE,), UNASSIGNED)


def test_han_characters_get_the_best_font_that_has_them() -> None:
    families, lacking = families_for(["陈倩", "任洋"])
    here = {font.name for font in font_manager.fontManager.ttflist}
    known = [name for name in PREFERRED if name in here]
    if known:
        assert (families, lacking) == ((BASE, known[0]), "")
    else:
        assert set(lacking) <= set("陈倩任洋")


def test_a_font_installed_after_matplotlib_listed_them_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    every = list(font_manager.fontManager.ttflist)
    known = [name for name in PREFERRED if name in {font.name for font in every}]
    if not known:
        pytest.skip("the system has no font with Han characters, and align brings none")
    few = [font for font in every if "DejaVu Sans" in font.name]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", few)
    families, lacking = families_for(["陈倩"])
    assert (len(families), lacking) == (2, "")


def test_a_font_that_is_gone_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = font_manager.FontEntry(fname="no such font.ttf", name=PREFERRED[0])
    base = [font for font in font_manager.fontManager.ttflist if font.name == BASE]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*base, gone])
    assert gone.name not in families_for(["\U000f0000"])[0]


LOAD = """
import os
from align.export.plots.style import load_matplotlib
load_matplotlib()
print(os.getenv("MPLCONFIGDIR"))
"""


def test_nothing_is_written_but_in_the_cache_of_align(tmp_path: Path) -> None:
    assert _loaded(tmp_path) == "None"
    assert [path.name for path in tmp_path.iterdir()] == [".cache"]
    assert [path.name for path in (tmp_path / ".cache").iterdir()] == ["align"]
    assert list((tmp_path / ".cache" / "align" / "matplotlib").glob("fontlist*.json"))


def test_a_folder_that_the_user_names_counts(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert _loaded(tmp_path, MPLCONFIGDIR=str(own)) == str(own)
    assert list(own.glob("fontlist*.json"))


def _loaded(home: Path, **more: str) -> str:
    """What stands in MPLCONFIGDIR after matplotlib was loaded in a fresh process."""
    gone = ("MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    given = {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    done = subprocess.run([sys.executable, "-c", LOAD], env=given, capture_output=True, text=True, check=True)
    return done.stdout.strip()
