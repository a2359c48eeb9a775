"""The review's server, on this machine only.

    GET  /TOKEN/                the page
    GET  /TOKEN/audio           the recording, in ranges
    GET  /TOKEN/wave            the loudness of ?begin=S&seconds=S&columns=N of it, see report_page/clips.py
    GET  /TOKEN/lines           all cues as the decisions make them, and what no cue shows
    GET  /TOKEN/state           what was decided; 204 with ?revision=N if nothing has changed since
    POST /TOKEN/decide          {"revision": N, "request": {"ask": ...}}
    POST /TOKEN/preview         the same; nothing is decided
    POST /TOKEN/undo, /redo     {"revision": N, "overwrite": false}
    POST /TOKEN/apply           the same, and "translate": whether cues without a translation get one
    POST /TOKEN/stop            {}; applying ends at the next step

Each POST but the preview answers with the new state. A failure is {"error": sentence, "why": word}.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from align.core.errors import AlignError
from align.core.progress import Silent
from align.core.types import SAMPLE_RATE, Recording
from align.export.report_page.clips import COLUMNS, LONGEST, peaks
from align.review.applying import ReviewProgress
from align.review.decisions.context import InvalidRequestError
from align.review.decisions.decide import Request
from align.review.guard import Guard
from align.review.loopback import LoopbackServer, failure_answer, loopback_server
from align.review.page import previews, review_page
from align.review.session import ConflictError, OverwriteError, Session, StaleError

_T = TypeVar("_T")

_MEDIA_TYPES = {".opus": "audio/ogg", ".m4a": "audio/mp4", ".mkv": "video/webm", ".flac": "audio/flac"}
"""For suffixes whose usual type browsers do not recognize as audio that they can play."""


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    revision: int


class _Decide(_Body, frozen=True):
    request: Request


class _Write(_Body, frozen=True):
    overwrite: bool = False


class _Apply(_Write, frozen=True):
    translate: bool = True


class _Wave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    begin: Annotated[float, msgspec.Meta(ge=0, le=1e6)]
    seconds: Annotated[float, msgspec.Meta(gt=0, le=LONGEST)]
    columns: Annotated[int, msgspec.Meta(ge=1, le=4000)] = COLUMNS
    loudest: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0


class _MissingError(Exception):
    """Something is missing; the message is a sentence."""


class _BusyError(Exception):
    """Another request is changing files."""


@dataclass(slots=True)
class Review:
    """A session and its recording, with the answers to requests.

    Attributes:
        recording: None where it is missing.
        before: the state before files began to be written; None while none are.
        progress: of applying.
    """

    session: Session
    recording: Recording | None
    before: dict[str, Any] | None = None
    progress: ReviewProgress = field(default_factory=lambda: ReviewProgress(Silent()))

    async def page(self, request: HttpRequest) -> Response:
        """The page, with its policy."""
        del request
        result, has_audio = self.session.result, self.recording is not None
        html, policy = await run_in_threadpool(review_page, result, has_audio, self.session.files.cues)
        headers = {"content-security-policy": f"{policy}; frame-ancestors 'none'"}
        return HTMLResponse(html, headers=headers)

    async def audio(self, request: HttpRequest) -> Response:
        """The recording's file."""
        del request
        path = self._available_recording().path
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return FileResponse(path, media_type=_MEDIA_TYPES.get(path.suffix.lower(), kind))

    async def wave(self, request: HttpRequest) -> Response:
        """The loudness of a part of the recording."""
        recording = self._available_recording()
        wanted = msgspec.convert(dict(request.query_params), _Wave, strict=False)
        first = round(wanted.begin * SAMPLE_RATE)
        part = slice(first, first + round(wanted.seconds * SAMPLE_RATE))
        samples = await run_in_threadpool(lambda: recording.samples[part])
        if not len(samples):
            return JSONResponse("")
        return JSONResponse(peaks(samples, wanted.columns, wanted.loudest or None))

    async def lines(self, request: HttpRequest) -> Response:
        """The whole transcript."""
        del request
        return JSONResponse(await run_in_threadpool(self.session.lines))

    async def state(self, request: HttpRequest) -> Response:
        """The state, unless the window has it already."""
        seen = request.query_params.get("revision")
        if self.before is None and seen == str(self.session.history.revision):
            return Response(status_code=204)
        return JSONResponse(self._state())

    async def decide(self, request: HttpRequest) -> Response:
        """Decide."""
        body = msgspec.json.decode(await request.body(), type=_Decide)
        self._check_idle()
        self.session.decide(body.revision, body.request)
        return JSONResponse(self._state())

    async def preview(self, request: HttpRequest) -> Response:
        """What a request would decide."""
        body = msgspec.json.decode(await request.body(), type=_Decide)
        about, decisions = self.session.preview(body.request)
        return JSONResponse({"about": about, "places": previews(self.session.result, decisions)})

    async def change_files(self, request: HttpRequest, change: Callable[[int, bool], None]) -> Response:
        """Undo or redo, in a thread; other windows get answers meanwhile, but cannot decide."""
        body = msgspec.json.decode(await request.body(), type=_Write)
        await self._work(lambda: change(body.revision, body.overwrite))
        return JSONResponse(self._state())

    async def apply(self, request: HttpRequest) -> Response:
        """Apply in the same way; with the sentences of `Session.apply` as `left`."""
        body = msgspec.json.decode(await request.body(), type=_Apply)
        left = await self._work(lambda: self.session.apply(body.revision, body.overwrite, body.translate))
        return JSONResponse({**self._state(), "left": left})

    async def stop(self, request: HttpRequest) -> Response:
        """Stop applying at the next step."""
        del request
        self.progress.stop()
        return JSONResponse(self._state())

    async def _work(self, work: Callable[[], _T]) -> _T:
        self._check_idle()
        self.before = self.session.state()
        self.progress.start()
        try:
            return await run_in_threadpool(work)
        finally:
            self.before = None

    def _available_recording(self) -> Recording:
        """The recording, whose file may have been deleted."""
        if self.recording is None or not self.recording.path.is_file():
            raise _MissingError("The recording is missing; start the review with --audio.")
        return self.recording

    def _state(self) -> dict[str, Any]:
        if self.before is not None:
            words, share = self.progress.state()
            return {**self.before, "applying": words, "share": share}
        return {**self.session.state(), "applying": None, "share": None}

    def _check_idle(self) -> None:
        if self.before is not None:
            raise _BusyError("The decisions are being applied; wait until that is done.")


def application(review: Review, token: str, hosts: frozenset[str]) -> Guard:
    """The whole server, guarded."""
    session = review.session
    writing = {"/undo": session.undo, "/redo": session.redo}
    routes = [
        Route("/", review.page),
        Route("/audio", review.audio),
        Route("/wave", review.wave),
        Route("/lines", review.lines),
        Route("/state", review.state),
        Route("/decide", review.decide, methods=["POST"]),
        Route("/preview", review.preview, methods=["POST"]),
        Route("/apply", review.apply, methods=["POST"]),
        Route("/stop", review.stop, methods=["POST"]),
        *(
            Route(path, partial(review.change_files, change=change), methods=["POST"])
            for path, change in writing.items()
        ),
    ]
    failures: dict[Any, Callable[[HttpRequest, Exception], Awaitable[Response]]] = {
        _BusyError: failure_answer(409, "busy"),
        ConflictError: failure_answer(409, "behind"),
        StaleError: failure_answer(409, "stale"),
        OverwriteError: failure_answer(409, "overwrites"),
        _MissingError: failure_answer(404, "missing"),
        InvalidRequestError: failure_answer(422, "refused"),
        msgspec.DecodeError: failure_answer(400, "request", "The request is malformed: {}"),
        AlignError: failure_answer(500, "failed", "{}."),
        Exception: failure_answer(500, "fault", "A bug in align ({!r}); every decision is saved."),
    }
    return Guard(Starlette(routes=routes, exception_handlers=failures), token, hosts)


def review_server(review: Review, port: int) -> LoopbackServer:
    """A server for a review.

    Args:
        port: 0 for any that is free.

    Raises:
        UsageError: the port is taken.
    """
    return loopback_server(port, partial(application, review))
