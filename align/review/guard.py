"""Who may ask the review's server: a page that it served itself, opened by whoever has the address.

Any site in the same browser can send requests to this machine, and any name can be made to lead to it. So
each request must name this very host, one from a page must come from our own, and the address has a secret.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 256 * 1024
"""Bytes of a request's body; the longest text that may be written has a twentieth of it."""

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


def new_token() -> str:
    """A secret for the address of one review."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets through what may ask, and adds headers that keep the browser strict.

    Attributes:
        hosts: what a request may call this server, such as "127.0.0.1:8000".
    """

    app: ASGIApp
    token: str
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guarded(scope, receive, _with_headers(send))

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        refused = self._refusal(scope, headers)
        if refused:
            status, sentence = refused
            await PlainTextResponse(sentence + "\n", status)(scope, receive, send)
            return
        scope = {**scope, "path": scope["path"][len(self.token) + 1 :] or "/", "raw_path": b""}
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Status and sentence for a request that is refused."""
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return 421, "This server answers to no such name; use the address that align has printed."
        first = str(scope["path"]).split("/", 2)[1:2]
        if not first or not secrets.compare_digest(first[0].encode(), self.token.encode()):
            return 403, "The address lacks its secret; use the one that align has printed."
        origin = headers.getlist("origin")
        if origin and origin != [f"http://{headers['host']}"]:
            return 403, "Another site may not ask here."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "Another site may not ask here."
        if scope["method"] in ("GET", "HEAD"):
            return None
        if not origin:
            return 403, "A request that changes something must say where it comes from."
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415, "Send JSON."
        return _too_large(headers.getlist("content-length"))


def _too_large(lengths: Iterable[str]) -> tuple[int, str] | None:
    """A body must say how long it is, and be no longer than LARGEST; no more than it says is read."""
    told = list(lengths)
    if len(told) != 1 or not told[0].isascii() or not told[0].isdigit():
        return 411, "Say how long the body is."
    return (413, f"The body is longer than {LARGEST} bytes.") if int(told[0]) > LARGEST else None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            if not any(name == b"content-security-policy" for name, _ in headers):
                headers.append((b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"))
            message = {**message, "headers": [*headers, *_HEADERS]}
        await send(message)

    return sending
