"""Fonts on this machine for the text in the plots: speakers' names are often Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

BASE = "DejaVu Sans"
"""Comes with matplotlib, so that figures and Latin text look the same everywhere."""
PREFERRED = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC"),
    *("Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei"),
    *("Noto Sans CJK TC", "Microsoft JhengHei", "Noto Sans CJK JP", "Arial Unicode MS", "Noto Emoji"),
)
"""Sans-serif fonts for what BASE lacks, with Simplified Chinese glyphs first; then any other, by name."""


def families_for(texts: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """The font families that cover `texts`, BASE first, and the characters that no font here has.

    Where the fonts that matplotlib knows do not suffice, looks for fonts installed since it last did.
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
    """The best families for some characters, and those that none has."""
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
    """The characters of a scalable font; none for a file that is gone or broken."""
    from matplotlib import font_manager

    try:
        font = font_manager.get_font(path)
    except (OSError, RuntimeError):
        return set()
    return set(map(chr, font.get_charmap())) if font.scalable else set()
