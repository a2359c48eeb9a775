"""A server on this machine alone: its socket, its address, its end."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from align.core.errors import UsageError
from align.review.guard import Guard, new_token

HOST = "127.0.0.1"

_SHUTDOWN = 3
"""Seconds for answers still being sent, such as audio to a paused player, before they are cut off."""


@dataclass(frozen=True, slots=True)
class LoopbackServer:
    """A server whose socket listens: a request that arrives before `run` waits.

    Attributes:
        address: of its root, with the secret and a slash at the end.
    """

    server: uvicorn.Server
    listening: socket.socket
    address: str

    def run(self) -> None:
        """Answer until the process is interrupted; files that are being written then are completed first.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed, and the server has ended.
        """
        try:
            self.server.run(sockets=[self.listening])
        finally:
            self.listening.close()


def loopback_server(
    port: int, guarded: Callable[[str, frozenset[str]], Guard], lifespan: bool = False
) -> LoopbackServer:
    """A server for an application.

    Args:
        port: 0 for any that is free.
        guarded: makes the application of its secret and of the hosts that a request may name.
        lifespan: whether the application wants to know of the server's start and end.

    Raises:
        UsageError: the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(
            f"port {port} is not available ({error}); choose another with --port, or 0"
        ) from error
    port = listening.getsockname()[1]
    token = new_token()
    config = uvicorn.Config(
        guarded(token, frozenset({f"{HOST}:{port}", f"localhost:{port}"})),
        log_level="critical",
        access_log=False,
        lifespan="on" if lifespan else "off",
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN,
        ws="none",
    )
    return LoopbackServer(uvicorn.Server(config), listening, f"http://{HOST}:{port}/{token}/")


def failure_answer(
    status: int, why: str, sentence: str = "{}"
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A handler that answers a failed request with a JSON document.

    Args:
        status: of HTTP.
        why: a word for programs.
        sentence: for people; {} stands for the error.
    """

    async def answer(request: Request, error: Exception) -> Response:
        del request
        return JSONResponse({"error": sentence.format(error), "why": why}, status)

    return answer
