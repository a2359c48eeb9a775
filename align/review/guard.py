"""Access to the review's server: only for pages that it served itself, opened by whoever has the address.

Any site in the same browser can send requests to this machine, and any host name can be made to point to it.
So a request must name this very host, one from a page must come from our own, and the address has a secret.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 256 * 1024
"""Bytes of a request's body; the longest text that a reviewer may enter has a twentieth of it."""

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
    """Rejects forbidden requests, and adds headers that keep the browser strict.

    Attributes:
        hosts: what a request may call this server, such as "127.0.0.1:8000".
    """

    app: ASGIApp
    token: str
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or reject it."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                if not any(name == b"content-security-policy" for name, _ in headers):
                    headers.append(
                        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
                    )
                message = {**message, "headers": [*headers, *_HEADERS]}
            await send(message)

        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            if rejection := self._rejection(scope):
                status, sentence = rejection
                await PlainTextResponse(sentence + "\n", status)(scope, receive, send_with_headers)
                return
            path = scope["path"][len(self.token) + 1 :] or "/"
            await self.app({**scope, "path": path, "raw_path": b""}, receive, send_with_headers)

    def _rejection(self, scope: Scope) -> tuple[int, str] | None:
        """Status and sentence for a request that is rejected."""
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return 421, "This server does not have that name; use the address that align printed."
        first = str(scope["path"]).split("/", 2)[1:2]
        if not first or not secrets.compare_digest(first[0].encode(), self.token.encode()):
            return 403, "The address lacks its secret; use the one that align printed."
        origin = headers.getlist("origin")
        if origin and origin != [f"http://{headers['host']}"]:
            return 403, "Requests from other sites are forbidden."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "Requests from other sites are forbidden."
        if scope["method"] in ("GET", "HEAD"):
            return None
        if not origin:
            return 403, "A request that changes something must have an origin."
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415, "Send JSON."
        lengths = headers.getlist("content-length")  # the server reads no more than this
        if len(lengths) != 1 or not lengths[0].isascii() or not lengths[0].isdigit():
            return 411, "Send the length of the body."
        return (413, f"The body is longer than {LARGEST} bytes.") if int(lengths[0]) > LARGEST else None
