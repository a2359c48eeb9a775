"""A review that a process of its own serves, and what asks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from align.audio.seek import find_recording
from align.export.options import FileOptions
from align.review.output import ReviewFiles
from align.review.server import Review, review_server
from align.review.session import Session
from tests.conftest import ROOT
from tests.review.decisions.made import OPTIONS, stand_in


@dataclass(frozen=True)
class Asked:
    """A running review, by its address."""

    address: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def state(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.address}state", timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def post(self, path: str, **body: object) -> tuple[int, dict[str, Any]]:
        """Status and answer."""
        headers = {"content-type": "application/json", "origin": self.origin}
        request = urllib.request.Request(f"{self.address}{path}", json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def decide(self, revision: int, ask: str, **request: object) -> dict[str, Any]:
        """A decision that is taken."""
        status, answer = self.post("decide", revision=revision, request={"ask": ask, **request})
        assert status == 200, answer
        return answer


@dataclass(frozen=True)
class Served(Asked):
    """A running `align review`."""

    process: subprocess.Popen[str]


@contextmanager
def served_here(alignment: Path) -> Iterator[Asked]:
    """The same in a thread of this process, with a stand-in for placing words."""
    output = ReviewFiles(alignment, None, OPTIONS, FileOptions(), lambda result: None)
    session = Session(output, stand_in())
    recording, _ = find_recording(session.result, alignment, None)
    server = review_server(Review(session, recording), 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield Asked(server.address)
    finally:
        server.server.should_exit = True
        thread.join()
        session.close()


@contextmanager
def served(alignment: Path, *options: object, changed: Mapping[str, str] | None = None) -> Iterator[Served]:
    """`align review` on an alignment, until the block ends."""
    command = [sys.executable, "-m", "align", "review", str(alignment), "--no-browser", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": "", **(changed or {})}
    process = subprocess.Popen(
        [*command, *map(str, options)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        document = ""
        for line in lines:
            document += line
            if line.startswith("}"):
                break
        told = json.loads(document) if document else {"error": "nothing was printed"}
        assert told.get("ok"), told
        yield Served(told["address"], process)
    finally:
        process.kill()
        process.communicate()
