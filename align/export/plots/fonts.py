"""Fonts on this machine for what the pictures write: names of speakers are often Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

BASE = "DejaVu Sans"
"""Comes with matplotlib, so that figures and Latin text look the same everywhere."""
PREFERRED = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC"),
    *("Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei"),
    *("Noto Sans CJK TC", "Microsoft JhengHei", "Noto Sans CJK JP", "Arial Unicode MS", "Noto Emoji"),
)
"""Fonts without serifs for what BASE lacks, in Simplified Chinese shapes first; then any other, by name."""


def families_for(texts: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """The families that draw some texts between them, BASE first, and the characters that none here has.

    Looks for fonts that were installed since matplotlib last did where those that it knows do not suffice.
    """
    wanted = {one for text in texts for one in text if not one.isspace()}
    families, lacking = _chosen(wanted)
    if lacking and _learn_new():
        families, lacking = _chosen(wanted)
    return families, "".join(sorted(lacking))


def _chosen(wanted: set[str]) -> tuple[tuple[str, ...], set[str]]:
    """The best families for some characters, and those that none has."""
    files = _files()
    lacking, chosen = wanted - _characters(files[BASE]), [BASE]
    for name in _others(files):
        if not lacking:
            break
        found = lacking & _characters(files[name])
        if found:
            chosen.append(name)
            lacking -= found
    return tuple(chosen), lacking


def _learn_new() -> bool:
    """Tell matplotlib, which keeps a list, of fonts that are not in it; whether there are any."""
    from matplotlib import font_manager

    known = {font.fname for font in font_manager.fontManager.ttflist}
    for path in (new := sorted(set(font_manager.findSystemFonts()) - known)):
        with suppress(OSError, RuntimeError, ValueError):  # a broken file
            font_manager.fontManager.addfont(path)
    return bool(new)


def _files() -> dict[str, str]:
    """Each family and its file; of those that matplotlib brings BASE alone: the rest is for formulas."""
    import matplotlib as mpl
    from matplotlib import font_manager

    own = mpl.get_data_path()
    fonts = reversed(font_manager.fontManager.ttflist)  # the first of a name counts
    return {font.name: font.fname for font in fonts if font.name == BASE or not font.fname.startswith(own)}


def _others(files: Iterable[str]) -> Iterator[str]:
    """Names of the fonts there are, the best first."""
    here = set(files) - {BASE}
    yield from (name for name in PREFERRED if name in here)
    yield from sorted(here - set(PREFERRED))


def _characters(path: str) -> set[str]:
    """What a font has a shape for, at any size; nothing for a file that is gone or broken."""
    from matplotlib import font_manager

    try:
        font = font_manager.get_font(path)
    except (OSError, RuntimeError):
        return set()
    return set(map(chr, font.get_charmap())) if font.scalable else set()
