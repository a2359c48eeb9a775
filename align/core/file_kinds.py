"""What kind of file bytes are, by their first bytes, where they are not text."""

from __future__ import annotations

import re
from pathlib import Path

from align.core.errors import InputError

_MEDIA = re.compile(
    rb"RIFF....(?:WAVE|AVI )|FORM....AIF[FC]|ID3[\x02-\x04]\0|fLaC\0|OggS\0|caff\0"
    rb"|\x1aE\xdf\xa3|....ftyp|\xff[\xf1\xf3\xf9-\xfb]",
    re.DOTALL,
)
_DOCUMENTS = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"\x1f\x8b", "a compressed file"),
)

MEDIA = "audio or video"
_LOOKED_AT = 4096
"""Bytes in which a binary file has a zero."""


def kind_of(data: bytes) -> str:
    """Such as "audio or video" or "a PDF"; "" for text and for what is not known."""
    if _MEDIA.match(data):
        return MEDIA
    return next((kind for magic, kind in _DOCUMENTS if data.startswith(magic)), "")


def check_kind(data: bytes, path: Path | str, wanted: str) -> None:
    """Refuse a file of another kind by what it is, before anybody tries to decode it.

    Args:
        wanted: what it should be, such as "an RTTM file".

    Raises:
        InputError: it is of a known other kind, or has zero bytes, which no text has.
    """
    kind = kind_of(data) or ("a binary file" if b"\0" in data[:_LOOKED_AT] else "")
    if kind:
        raise InputError(path, f"is {kind}, not {wanted}; name {wanted}")
