"""Older alignment.json documents brought to the version that this program reads. Pure.

Each function takes a document of one version to the next and adds what that version did not have. What is not
as it should be stays as it is, so that reading names its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_OFF = {"level": "off", "script": "as-is", "glossary": None}
"""Before version 2 no transcript was cleaned."""


def upgraded(document: Mapping[str, object], version: int) -> dict[str, object]:
    """A document of an older version as one of the newest.

    Args:
        version: of `document`, from 1.
    """
    done = dict(document)
    for upgrade in _UPGRADES[version - 1 :]:
        done = upgrade(done)
    return done


def _from_1(document: dict[str, object]) -> dict[str, object]:
    """Version 2 told what is spoken from what is shown; before, all that was spoken was shown."""
    turns = _rows(document.get("turns"), lambda row: {"unshown": [], "mended": [], **row})
    tokens = _rows(document.get("tokens"), lambda row: {"shown": row.get("at"), **row})
    return {"cleaning": _OFF, **document, "turns": turns, "tokens": tokens, "version": 2}


def _from_2(document: dict[str, object]) -> dict[str, object]:
    """Version 3 proposed names for voices, and marked where several people speak at once."""
    return {"names": [], "overlaps": [], **document, "version": 3}


def _from_3(document: dict[str, object]) -> dict[str, object]:
    """Version 4 keeps the options of the run, and which speakers were renamed."""
    return {"options": {}, "speaker_names": {}, **document, "version": 4}


def _from_4(document: dict[str, object]) -> dict[str, object]:
    """Version 5 suspects wrong words, and says what they may be instead."""
    none = {"alternatives": [], "alternative_score": 0.0}
    mismatches = _rows(document.get("mismatches"), lambda row: {**none, **row})
    return {**document, "mismatches": mismatches, "version": 5}


_UPGRADES = (_from_1, _from_2, _from_3, _from_4)
NEWEST = len(_UPGRADES) + 1
"""The version that all of them lead to."""


def _rows(rows: object, change: Callable[[dict[str, object]], dict[str, object]]) -> object:
    """Every object in a list changed."""
    if not isinstance(rows, list):
        return rows
    return [change(row) if isinstance(row, dict) else row for row in rows]
