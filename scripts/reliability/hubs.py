"""Hubs that hang, each in its own way, on a port of this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def silent(connection: socket.socket) -> None:
    """Never says a word."""
    connection.settimeout(3600)
    while connection.recv(4096):
        continue


def greets(connection: socket.socket) -> None:
    """Answers that it is there, and falls silent when it is asked for a file."""
    if connection.recv(4096).startswith(b"HEAD"):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    else:
        silent(connection)


def drips(connection: socket.socket) -> None:
    """The same, and sends the head of its answer a byte a second."""
    if connection.recv(4096).startswith(b"HEAD"):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 1000:
        connection.sendall(bytes([byte]))
        time.sleep(1)


@contextmanager
def hub(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a hub that treats everybody so, until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        threading.Thread(target=_serve, args=(listening, answer), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def _serve(listening: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_treat, args=(connection, answer), daemon=True).start()


def _treat(connection: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    with connection:
        try:
            answer(connection)
        except OSError:
            return
