"""English words as the CMU Pronouncing Dictionary has them."""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from align.core.errors import ModelError
from align.pronounce.phones import Reading
from align.registry.manifest import models_folder

MOST = 3
"""Readings of a word; the dictionary has four of a few."""


@cache
def english_words() -> Mapping[str, str]:
    """The words that ship with align; loaded once per process, in 0.1 s."""
    return read_words(models_folder() / "english" / "words.txt.xz")


def read_words(path: Path) -> Mapping[str, str]:
    """Words in lower case with their readings, separated by commas.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        text = lzma.decompress(path.read_bytes()).decode("ascii")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise ModelError(str(path), "ships with align and cannot be read; install align again") from error
    return dict(line.split("\t") for line in text.split("\n"))


def dictionary_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a word in lower case, the usual one first; () where the dictionary lacks it."""
    readings = english_words().get(word)
    return tuple(tuple(reading.split(" ")) for reading in readings.split(",")[:MOST]) if readings else ()
