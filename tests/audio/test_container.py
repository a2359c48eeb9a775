"""Only the recording's own file is read, nothing that its name or content points to."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from align.audio.container import declared_seconds, mono_blocks, opened
from align.core.errors import InputError
from tests.made_audio import beeps, write_audio


@pytest.fixture
def beep(tmp_path: Path) -> Path:
    return write_audio(tmp_path / "beep.flac", beeps(1.0, 16_000, (0.5,)), 16_000, "flac")


def test_a_file_is_opened_and_decoded(beep: Path) -> None:
    with opened(beep, "name another") as container:
        track = container.streams.audio[0]
        assert declared_seconds(container, track) == pytest.approx(1.0)
        assert sum(len(block.samples) for block in mono_blocks(container, track)) == 16_000


@pytest.mark.parametrize("name", ["concat:beep.flac", "data:,x", "http:", "-", "a b%20c?d#e.flac"])
def test_a_file_name_that_looks_like_an_address_is_a_file_name(
    beep: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(beep.parent)
    Path(name).write_bytes(beep.read_bytes())
    with opened(Path(name), "name another") as container:
        assert declared_seconds(container, container.streams.audio[0]) == pytest.approx(1.0)


def test_a_list_of_other_files_is_refused(beep: Path) -> None:
    path = beep.with_name("list.txt")
    path.write_text(f"ffconcat version 1.0\nfile {beep.name}\n", "utf-8")
    with (
        pytest.raises(InputError, match=r"list\.txt: is a playlist of other files \(concat\); name another"),
        opened(path, "name another"),
    ):
        pytest.fail("opened")


def test_addresses_in_a_file_are_not_followed(tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.1)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/a.ts"
        path = tmp_path / "list.m3u8"
        path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n", "utf-8")
        with pytest.raises(InputError), opened(path, "name another"):
            pytest.fail("opened")
        with pytest.raises(TimeoutError):
            listening.accept()
