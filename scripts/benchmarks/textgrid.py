"""Read Praat's long text format, as far as marks of words need it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from align.core.errors import InputError
from scripts.benchmarks.values import Word

_TIER = re.compile(r'class = "IntervalTier"\s+name = "([^"]*)"')
_INTERVAL = re.compile(r'xmin = ([\d.eE+-]+)\s+xmax = ([\d.eE+-]+)\s+text = "((?:[^"]|"")*)"')


def read_textgrid(path: Path) -> Mapping[str, tuple[Word, ...]]:
    """The interval tiers by their names, the intervals without text left out.

    Raises:
        InputError: it cannot be read, or has no such tier.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, f"cannot be read ({error}); name the clone's folder with --corpora") from error
    parts = _TIER.split(text)[1:]
    tiers = {
        name: _intervals(body.split("item [")[0]) for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    if not tiers:
        raise InputError(path, "has no interval tiers; it must be a TextGrid in Praat's long text format")
    return tiers


def _intervals(body: str) -> tuple[Word, ...]:
    """One tier's intervals that have a text."""
    return tuple(
        Word(match[3].replace('""', '"').strip(), float(match[1]), float(match[2]))
        for match in _INTERVAL.finditer(body)
        if match[3].strip()
    )
