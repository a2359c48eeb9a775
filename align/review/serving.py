"""Serve a review on this machine until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from align.errors import UsageError
from align.review.guard import new_token
from align.review.server import Review, application

HOST = "127.0.0.1"

_CLOSING = 3
"""Seconds for answers that are still being sent, such as sound to a paused player, before they are broken off."""


def serve(review: Review, port: int, opened: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; what is being applied then is finished first.

    Args:
        port: 0 for any that is free.
        opened: told the address as soon as it answers.

    Raises:
        UsageError: the port is taken.
        KeyboardInterrupt: Ctrl-C was pressed, and the server has ended.
    """
    listening = _listening(port)
    host = f"{HOST}:{listening.getsockname()[1]}"
    token = new_token()
    names = frozenset({host, f"localhost:{listening.getsockname()[1]}"})
    config = uvicorn.Config(
        application(review, token, names),
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=_CLOSING,
        ws="none",
    )
    opened(f"http://{host}/{token}/")  # the socket listens: a request that comes early waits
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


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
