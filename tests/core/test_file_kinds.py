"""Files of another kind are named for what they are, wherever a text was expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.file_kinds import kind_of
from align.core.json_document import parse
from align.core.toml import read_toml
from align.speakers.participants import read_participants
from align.speakers.rttm import read_rttm
from align.subtitles.read import read_subtitles

READERS: tuple[Callable[[Path], object], ...] = (
    lambda path: parse(path.read_bytes(), path),
    lambda path: read_toml(path, "name one"),
    read_rttm,
    read_participants,
    read_subtitles,
)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"OggS\0\2rest", "audio or video"), (b"%PDF-1.7 \xe2", "a PDF"), (b"\x89PNG\r\n", "a picture")],
)
def test_another_kind_of_file_is_named(
    read: Callable[[Path], object], data: bytes, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"is {kind}, not"):
        read(path)


@pytest.mark.parametrize("text", ["", "PKW", "大家好", '{"a": 1}'])
def test_text_is_no_other_kind(text: str) -> None:
    assert kind_of(text.encode()) == ""
