"""Download files from the hub over plain HTTPS, resuming interrupted downloads.

The huggingface_hub package is not used: its version 2 restarts every interrupted file, and an unreachable hub
blocks it for much longer than a user should wait.
"""

from __future__ import annotations

import functools
import http.client
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from align.registry.model_list import FetchedFiles, Hub, ModelFile, Report, SourceUnavailable

T = TypeVar("T")

BLOCK_SIZE = 1 << 18
"""Bytes read at a time; small enough for a smooth progress bar."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds.

    Attributes:
        answer: for the hub's first answer, including name resolution and all of its addresses.
        stall: without a byte, after which a connection counts as cut.
        block: for `BLOCK_SIZE` bytes; at a lower rate a model would take days.
    """

    answer: float = 3.5
    stall: float = 20.0
    block: float = 60.0


DEFAULT_TIMEOUTS = Timeouts()


def from_hub(
    source: Hub,
    wanted: tuple[ModelFile, ...],
    folder: Path,
    report: Report,
    endpoint: str | None,
    timeouts: Timeouts = DEFAULT_TIMEOUTS,
) -> FetchedFiles:
    """Download the wanted files one by one into `folder`, which may have the beginnings of some.

    Raises:
        SourceUnavailable: the hub cannot be used; what has arrived is kept for the next time.
        OSError: the disk is full or cannot be written.
    """
    if endpoint is None:
        raise SourceUnavailable("HF_HUB_OFFLINE is set")
    if not answers(endpoint, timeouts.answer):
        raise SourceUnavailable(f"no answer within {timeouts.answer} s")
    total = sum(file.size for file in wanted)
    done = 0
    for file in wanted:
        part = folder / file.path
        part.parent.mkdir(parents=True, exist_ok=True)
        path = urllib.parse.quote(f"{source.repo}/resolve/{source.revision}/{file.path}")
        for size in _download(f"{endpoint}/{path}", part, file.size, timeouts):
            report(done + size, total)
        done += file.size
        yield file, part


@functools.cache
def answers(endpoint: str, timeout: float = DEFAULT_TIMEOUTS.answer) -> bool:
    """Whether anything answers there within `timeout` seconds; asked once per process."""

    def head() -> bool:
        try:
            request = urllib.request.Request(endpoint, method="HEAD")
            with urllib.request.urlopen(request, timeout=timeout):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return True
        except (OSError, ValueError, http.client.HTTPException):
            return False

    try:
        return _within(timeout, head)
    except TimeoutError:
        return False


def _within(seconds: float, call: Callable[[], T]) -> T:
    """The result or exception of `call`, in a thread that is abandoned when it takes longer.

    Resolving a name can take much longer than any timeout of a socket, and so can an answer that arrives a
    byte at a time.

    Raises:
        TimeoutError: it takes longer.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return future.result(seconds)
    except FutureTimeoutError:
        raise TimeoutError from None


def _download(url: str, part: Path, size: int, timeouts: Timeouts) -> Iterator[int]:
    """Complete `part` to `size` bytes, yielding its size; retries as long as bytes arrive."""
    part.touch()
    with part.open("r+b") as file:
        done = file.seek(0, os.SEEK_END)
        if done > size:  # not the beginning of this file
            done = file.truncate(0)
        yield done
        while done != size:
            before = done
            for position, block in _blocks(url, done, size, timeouts):
                file.seek(position)
                file.write(block)
                done = position + len(block)
                yield done
            if done <= before:
                raise SourceUnavailable(f"the connection was cut at {done:,} of {size:,} bytes")


def _blocks(url: str, start: int, size: int, timeouts: Timeouts) -> Iterator[tuple[int, bytes]]:
    """The bytes from `start`, or from 0 if the server supports no ranges, in blocks with their positions."""
    request = urllib.request.Request(url, headers={"Range": f"bytes={start}-"} if start else {})
    try:
        with _within(
            timeouts.block, lambda: urllib.request.urlopen(request, timeout=timeouts.stall)
        ) as response:
            position = start if response.status == 206 else 0
            # Recognize the page of a login portal, or another file, before it is downloaded.
            offered, expected = response.headers.get("Content-Length"), size - position
            if offered is not None and int(offered) != expected:
                raise SourceUnavailable(
                    f"it offers {int(offered):,} bytes where the published file has {expected:,}"
                )
            while position < size:
                block, began = b"", time.monotonic()
                wanted = min(BLOCK_SIZE, size - position)
                while len(block) < wanted and (data := response.read1(wanted - len(block))):
                    block += data
                    if time.monotonic() - began > timeouts.block:
                        return  # too slow
                if not block:
                    return
                yield position, block
                position += len(block)
    except urllib.error.HTTPError as error:
        error.close()
        raise SourceUnavailable(f"it answers {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise SourceUnavailable(str(error.reason)) from error
    except (OSError, http.client.HTTPException):
        return  # What has arrived is kept; the caller sees whether anything did.
