"""Fetch files from the hub over plain HTTPS, carrying on where an earlier run stopped.

The huggingface_hub package is not used here: its version 2 begins every interrupted file anew, and an
unreachable hub keeps it busy for much longer than a user should wait.
"""

from __future__ import annotations

import functools
import http.client
import os
import queue
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from align.registry.manifest import Hub, ModelFile
from align.registry.sources import Arrivals, PassedOver, Report

T = TypeVar("T")

PATIENCE = 3.5
"""Seconds in all until the hub must have answered, names looked up and every address tried."""
STALL = 20.0
"""Seconds without a byte after which a connection counts as cut."""
SLOW = 60.0
"""Seconds in which at least `BLOCK` bytes must come; with less, a model would take days."""
BLOCK = 1 << 18
"""Bytes that are read at a time: small enough for a progress bar to move."""


def from_hub(
    source: Hub, wanted: tuple[ModelFile, ...], folder: Path, report: Report, endpoint: str | None
) -> Arrivals:
    """Fetch the wanted files one after the other into `folder`, which may hold the beginnings of some.

    Raises:
        PassedOver: the hub cannot serve; what has arrived stays for the next time.
        OSError: the disk is full or cannot be written.
    """
    if endpoint is None:
        raise PassedOver("HF_HUB_OFFLINE is set")
    if not answers(endpoint):
        raise PassedOver(f"no answer within {PATIENCE} s")
    total = sum(file.size for file in wanted)
    done = 0
    for file in wanted:
        part = folder / file.path
        part.parent.mkdir(parents=True, exist_ok=True)
        path = urllib.parse.quote(f"{source.repo}/resolve/{source.revision}/{file.path}")
        for have in _download(f"{endpoint}/{path}", part, file.size):
            report(done + have, total)
        done += file.size
        yield file, part


@functools.cache
def answers(endpoint: str) -> bool:
    """Whether anything answers there within PATIENCE.

    It is asked once in the life of the program: a hub that did not answer is not waited for again.
    """
    try:
        return _within(PATIENCE, lambda: _any_answer(endpoint))
    except TimeoutError:
        return False


def _within(seconds: float, ask: Callable[[], T]) -> T:
    """What `ask` gives, or raises, in a thread that is left behind when it takes longer.

    Looking up a name can take far longer than any timeout that a socket knows, and so can an answer of which
    a byte comes now and then.

    Raises:
        TimeoutError: it takes longer.
    """
    answer: queue.Queue[Callable[[], T]] = queue.Queue()

    def work() -> None:
        try:
            found = ask()
        except BaseException as error:
            failure = error  # the name in `except` is gone when the block ends
            answer.put(lambda: _raise(failure))
        else:
            answer.put(lambda: found)

    threading.Thread(target=work, daemon=True).start()
    try:
        return answer.get(timeout=seconds)()
    except queue.Empty:
        raise TimeoutError from None


def _raise(error: BaseException) -> NoReturn:
    raise error


def _any_answer(endpoint: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(endpoint, method="HEAD"), timeout=PATIENCE):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except (OSError, ValueError, http.client.HTTPException):
        return False


def _download(url: str, part: Path, size: int) -> Iterator[int]:
    """Complete `part` to `size` bytes, giving how many are there; tries again as long as bytes arrive."""
    part.touch()
    with part.open("r+b") as file:
        have = file.seek(0, os.SEEK_END)
        if have > size:  # nothing of ours
            have = file.truncate(0)
        yield have
        while have != size:
            before = have
            for position, block in _blocks(url, have, size):
                file.seek(position)
                file.write(block)
                have = position + len(block)
                yield have
            if have <= before:
                raise PassedOver(f"the connection was cut at {have:,} of {size:,} bytes")


def _blocks(url: str, have: int, size: int) -> Iterator[tuple[int, bytes]]:
    """The bytes from `have` on, or from 0 where the server knows no ranges, each block with its position."""
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with _within(SLOW, lambda: urllib.request.urlopen(request, timeout=STALL)) as response:
            position = have if response.status == 206 else 0
            _check_length(response, size - position)
            while block := _block(response, min(BLOCK, size - position)):
                yield position, block
                position += len(block)
    except urllib.error.HTTPError as error:
        error.close()
        raise PassedOver(f"it answers {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise PassedOver(str(error.reason)) from error
    except (OSError, http.client.HTTPException):
        return  # What has arrived stands; the caller sees whether any did.


def _block(response: Any, size: int) -> bytes:
    """The next bytes, `size` of them but at the end.

    Raises:
        TimeoutError: they take longer than SLOW.
    """
    began, parts, have = time.monotonic(), [], 0
    while have < size and (part := response.read1(size - have)):
        parts.append(part)
        have += len(part)
        if time.monotonic() - began > SLOW:
            raise TimeoutError
    return b"".join(parts)


def _check_length(response: Any, expected: int) -> None:
    """A page of a login portal, or another file, shows before it is downloaded."""
    offered = response.headers.get("Content-Length")
    if offered is not None and int(offered) != expected:
        raise PassedOver(f"it offers {int(offered):,} bytes where the published file has {expected:,}")
