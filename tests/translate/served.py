"""A real llama.cpp server on this machine, in a process that can die, and a proxy that spoils its answers.

Run as a program with a GGUF file, it serves that and prints its address.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def llama_server(model: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a server, and what kills it."""
    command = [sys.executable, "-m", "tests.translate.served", str(model)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address

        def kill() -> None:
            process.kill()
            process.wait()

        try:
            yield address, kill
        finally:
            kill()


Spoil = Callable[["_Handler", bytes], None]
"""Answers a request otherwise than the server would."""


@dataclass
class Proxy:
    """Stands between client and server.

    Attributes:
        server: the address that requests go on to.
        spoils: what happens to the next requests; those after them go through.
        seen: the bodies that came, and the headers.
    """

    server: str
    address: str = ""
    spoils: deque[Spoil] = field(default_factory=deque)
    seen: list[tuple[dict[str, Any], Mapping[str, str]]] = field(default_factory=list)


@contextmanager
def proxy_for(server: str) -> Iterator[Proxy]:
    """A proxy that listens on this machine as long as it is needed."""
    proxy = Proxy(server)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": proxy}))
    httpd.daemon_threads = True
    proxy.address = f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        httpd.shutdown()
        httpd.server_close()


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.proxy.seen.append((json.loads(body), dict(self.headers)))
        if self.proxy.spoils:
            self.proxy.spoils.popleft()(self, body)
        else:
            self.go_on(body)

    def go_on(self, body: bytes) -> None:
        """Let the real server answer."""
        asked = Request(f"{self.proxy.server}{self.path}", body, {"Content-Type": "application/json"})
        with urlopen(asked, timeout=600) as answer:
            self.answer(answer.status, answer.read())

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


def status(number: int, message: str = "", **headers: str) -> Spoil:
    """An error instead of an answer; `code` goes into its body."""
    body = json.dumps(
        {"error": {"message": message, **({"code": headers.pop("code")} if "code" in headers else {})}}
    )
    return lambda handler, _: handler.answer(number, body.encode(), **headers)


def says(content: str, reason: str = "stop", refusal: str | None = None) -> Spoil:
    """An answer that no server gave."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": reason}]}).encode()
    return lambda handler, _: handler.answer(200, body)


def hangs_up(handler: _Handler, body: bytes) -> None:
    """The connection ends in the middle of the answer."""
    del body
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def cut_short(handler: _Handler, body: bytes) -> None:
    """The real server has to stop after a few tokens."""
    handler.go_on(json.dumps({**json.loads(body), "max_tokens": 6}).encode())


def serve(model: Path) -> None:
    """Serve a model until the process ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.verbosity = -1
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 4096
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.warmup = False
    params.ui = False
    params.offline = True
    server = xllamacpp.Server(params)
    print(str(server.listening_address).replace("localhost", "127.0.0.1"), flush=True)
    sys.stdin.read()  # until whoever started this is gone


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
