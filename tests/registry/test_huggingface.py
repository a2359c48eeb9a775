from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from align.registry.huggingface import BLOCK_SIZE, DEFAULT_TIMEOUTS, Timeouts, answers, from_hub
from align.registry.model_list import Hub, SourceUnavailable
from align.registry.pull import say_nothing
from scripts.reliability.hubs import drips, greets
from scripts.reliability.hubs import hub as hanging
from tests.registry.served import LocalHub, file_of, serving

CONTENT = os.urandom(3 * BLOCK_SIZE + 17)
SOURCE = Hub("people/model", "abc123")
ADDRESS = "people/model/resolve/abc123/model.bin"
WANTED = (file_of("model.bin", CONTENT),)


SHORT = Timeouts(answer=30, stall=0.5, block=1)


def fetch(endpoint: str | None, folder: Path, timeouts: Timeouts = DEFAULT_TIMEOUTS) -> list[Path]:
    return [part for _, part in from_hub(SOURCE, WANTED, folder, say_nothing, endpoint, timeouts)]


def test_files_come_whole_and_progress_ends_at_the_total(tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    with serving(LocalHub({ADDRESS: CONTENT})) as hub:
        report = lambda done, total: reports.append((done, total))  # noqa: E731
        arrivals = list(from_hub(SOURCE, WANTED, tmp_path, report, hub.endpoint))
    assert [file.path for file, _ in arrivals] == ["model.bin"]
    assert arrivals[0][1].read_bytes() == CONTENT
    assert reports[0] == (0, len(CONTENT))
    assert reports[-1] == (len(CONTENT), len(CONTENT))
    assert reports == sorted(reports)


def test_what_an_interrupted_run_left_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT[:1000])
    with serving(LocalHub({ADDRESS: CONTENT})) as hub:
        (part,) = fetch(hub.endpoint, tmp_path)
    assert part.read_bytes() == CONTENT
    assert hub.asked == [(f"/{ADDRESS}", "bytes=1000-")]


def test_a_connection_that_is_cut_again_and_again_still_ends_in_the_whole_file(tmp_path: Path) -> None:
    with serving(LocalHub({ADDRESS: CONTENT}, cut_after=BLOCK_SIZE)) as hub:
        (part,) = fetch(hub.endpoint, tmp_path)
    assert part.read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.asked] == [None] + [f"bytes={BLOCK_SIZE * n}-" for n in (1, 2, 3)]


def test_a_server_that_knows_no_ranges_is_read_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"something else")
    with serving(LocalHub({ADDRESS: CONTENT}, ranges=False)) as hub:
        (part,) = fetch(hub.endpoint, tmp_path)
    assert part.read_bytes() == CONTENT


def test_a_leftover_longer_than_the_file_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT + b"more")
    with serving(LocalHub({ADDRESS: CONTENT})) as hub:
        (part,) = fetch(hub.endpoint, tmp_path)
    assert part.read_bytes() == CONTENT


def test_a_hub_that_sends_nothing_is_skipped_and_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT[:1000])
    with (
        serving(LocalHub({ADDRESS: CONTENT}, cut_after=0)) as hub,
        pytest.raises(SourceUnavailable, match="cut at 1,000 of"),
    ):
        fetch(hub.endpoint, tmp_path)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT[:1000]


def test_a_page_in_place_of_the_file_is_skipped_before_it_is_read(tmp_path: Path) -> None:
    with (
        serving(LocalHub({ADDRESS: b"<html>Please log in"})) as hub,
        pytest.raises(SourceUnavailable, match="it offers 19 bytes"),
    ):
        fetch(hub.endpoint, tmp_path)


def test_a_file_that_the_hub_lacks_is_skipped(tmp_path: Path) -> None:
    with serving(LocalHub({})) as hub, pytest.raises(SourceUnavailable, match="it answers 404 Not Found"):
        fetch(hub.endpoint, tmp_path)


def test_a_hub_that_is_to_be_left_alone_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="HF_HUB_OFFLINE"):
        fetch(None, tmp_path)


def test_a_closed_port_is_no_answer(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(SourceUnavailable, match="no answer within"):
            fetch(endpoint, tmp_path)


def test_a_silent_hub_is_asked_once_per_process(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for _ in range(3):
            with pytest.raises(SourceUnavailable, match=r"no answer within 0\.5 s"):
                fetch(endpoint, tmp_path, replace(SHORT, answer=0.5))
        silent.setblocking(False)
        connections = 0
        with suppress(BlockingIOError):
            while True:
                silent.accept()[0].close()
                connections += 1
    assert connections == 1


def test_an_invalid_address_does_not_answer() -> None:
    assert not answers("not an address")


def sends_slowly(connection: socket.socket) -> None:
    """Sends a file a few bytes at a time."""
    if connection.recv(4096).startswith(b"HEAD"):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return
    connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(CONTENT)}\r\n\r\n".encode())
    for first in range(0, len(CONTENT), 10):
        connection.sendall(CONTENT[first : first + 10])
        time.sleep(0.1)


@pytest.mark.parametrize("kind", [greets, drips, sends_slowly])
def test_a_hub_that_answers_and_then_stalls_is_skipped_without_a_retry(
    kind: Callable[[socket.socket], None], tmp_path: Path
) -> None:
    connections: list[socket.socket] = []

    def counted(connection: socket.socket) -> None:
        connections.append(connection)
        kind(connection)

    with hanging(counted) as endpoint, pytest.raises(SourceUnavailable, match="cut at 0 of"):
        fetch(endpoint, tmp_path, SHORT)
    assert len(connections) == 2  # the question whether it answers, and one request for the file
