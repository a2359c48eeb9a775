"""Serve a review on this machine until Ctrl-C."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import uvicorn

from align.core.errors import UsageError
from align.review.guard import new_token
from align.review.server import Review, application

HOST = "127.0.0.1"

_CLOSING = 3
"""Seconds for answers that are still being sent, such as sound to a paused player, before they are cut."""


@dataclass(frozen=True, slots=True)
class ReviewServer:
    """A review's server, whose socket listens: a request that comes before `run` waits.

    Attributes:
        address: of the page.
    """

    server: uvicorn.Server
    listening: socket.socket
    address: str

    def run(self) -> None:
        """Answer until the process is told to stop; what is being applied then is finished first.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed, and the server has ended.
        """
        try:
            self.server.run(sockets=[self.listening])
        finally:
            self.listening.close()


def review_server(review: Review, port: int) -> ReviewServer:
    """A server for a review.

    Args:
        port: 0 for any that is free.

    Raises:
        UsageError: the port is taken.
    """
    listening = _listening(port)
    own = listening.getsockname()[1]
    token = new_token()
    config = uvicorn.Config(
        application(review, token, frozenset({f"{HOST}:{own}", f"localhost:{own}"})),
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=_CLOSING,
        ws="none",
    )
    return ReviewServer(uvicorn.Server(config), listening, f"http://{HOST}:{own}/{token}/")


def _listening(port: int) -> socket.socket:
    """A socket of this machine alone."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(f"port {port} cannot be had ({error}); choose another with --port, or 0") from error
    return listening
