"""Every character that some font here can draw has a font."""

from __future__ import annotations

import pytest
from matplotlib import font_manager

from align.export.plots import fonts
from align.export.plots.fonts import BASE, PREFERRED, families_for

UNASSIGNED = "\U000e0fff"


def test_latin_needs_no_other_font() -> None:
    assert families_for(["Ethan, 9.5 %"]) == ((BASE,), "")


def test_characters_without_a_font_are_reported() -> None:
    families, lacking = families_for([f"Eva{UNASSIGNED}"])
    assert (families, lacking) == ((BASE,), UNASSIGNED)


def test_han_characters_get_the_best_font_that_has_them() -> None:
    families, lacking = families_for(["陈倩", "任洋"])
    here = {font.name for font in font_manager.fontManager.ttflist}
    known = [name for name in fonts.PREFERRED if name in here]
    if known:
        assert (families, lacking) == ((BASE, known[0]), "")
    else:
        assert set(lacking) <= set("陈倩任洋")


def test_a_font_installed_after_matplotlib_listed_them_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    every = list(font_manager.fontManager.ttflist)
    known = [name for name in fonts.PREFERRED if name in {font.name for font in every}]
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
