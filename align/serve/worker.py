"""The process of one job: a request on stdin, events on stdout, one JSON document a line.

    {"stage": "Aligning", "share": 0.25}      as it goes on
    {"report": {...}}                         at the end: what `align run --json` prints
    {"error": "...", "exit_code": 3}          or that

It ends when stdin closes, which means that the server has died, and on SIGTERM, which cancels it. In both
cases finished stages are kept, so that the same request goes on from there.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

import align
from align.core.errors import AlignError
from align.core.terminal import silent_libraries
from align.export.summary import as_document
from align.serve.request import JobRequest, Machine, inside, run_options

PAUSE = 0.25
"""Seconds between two events about one stage."""


class Order(msgspec.Struct, frozen=True):
    """What the server tells the process."""

    request: JobRequest
    machine: Machine


class Events:
    """Writes events, not too often."""

    def __init__(self, stream: BinaryIO) -> None:
        """`stream` carries nothing else."""
        self._stream = stream
        self._last = ("", 0.0)

    def progress(self, stage: str, share: float) -> None:
        """A stage has begun, or is done to this share."""
        name, when = self._last
        now = time.monotonic()
        if stage != name or share == 1 or now - when >= PAUSE:
            self._last = (stage, now)
            self.send({"stage": stage, "share": round(share, 4)})

    def send(self, event: dict[str, Any]) -> None:
        """Any event, at once."""
        self._stream.write(msgspec.json.encode(event) + b"\n")
        self._stream.flush()


def do(order: Order, events: Events) -> dict[str, Any]:
    """Do a job, and return its last event."""
    request, root = order.request, Path(order.machine.root)
    try:
        with silent_libraries():
            options = run_options(request, order.machine)
            chosen = {name: getattr(options, name) for name in options.__dataclass_fields__}
            result = align.align(
                inside(root, request.audio),
                inside(root, request.transcript),
                progress=events.progress,
                **chosen,
            )
            formats = request.formats if result.data.phrases else ("json", "csv", "html")
            paths = result.save(inside(root, request.out), formats, request.overwrite)
        shown = [path.relative_to(root.resolve()) for path in paths]
        return {"report": as_document(result.data, shown, options.cues)}
    except AlignError as error:
        return {"error": str(error), "exit_code": error.exit_code}
    except Exception as error:
        message = f"internal error ({type(error).__name__}: {error})"
        return {"error": message, "exit_code": AlignError.exit_code}


def _end_with_server(finished: threading.Event) -> None:
    """End when the server's end of stdin is closed, unless the job is finished anyway."""
    while os.read(sys.stdin.fileno(), 4096):  # not by sys.stdin, whose lock this thread would hold at the end
        pass
    if not finished.is_set():
        os._exit(143)


def main() -> None:
    """Do the job on stdin."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the server ends its jobs
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that unfinished files are removed
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    finished = threading.Event()
    threading.Thread(target=_end_with_server, args=[finished], daemon=True).start()
    with os.fdopen(os.dup(1), "wb") as stream:
        os.dup2(2, 1)  # what a library prints is no event
        events = Events(stream)
        last = do(order, events)
        finished.set()
        events.send(last)


if __name__ == "__main__":
    main()
