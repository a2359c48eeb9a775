"""The review's server: the page, its sound, and what it asks, on this machine alone.

    GET  /TOKEN/                the page
    GET  /TOKEN/audio           the recording, in ranges
    GET  /TOKEN/wave            the loudness of ?begin=S&seconds=S of it, see report_page/clips.py
    GET  /TOKEN/lines           the whole transcript, a line a cue
    GET  /TOKEN/state           what was decided; 204 with ?revision=N where nothing has changed since
    POST /TOKEN/decide          {"revision": N, "request": {"ask": ...}}
    POST /TOKEN/preview         the same; nothing is decided
    POST /TOKEN/undo, /redo, /apply   {"revision": N, "overwrite": false}

Each POST but the preview answers with the new state. A failure is {"error": sentence, "why": word}.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import anyio.to_thread
import msgspec
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from align.core.errors import AlignError
from align.core.types import SAMPLE_RATE, Recording, Result
from align.export.report_page.clips import LONGEST, peaks
from align.review.decisions.decide import RefusedError
from align.review.decisions.request import Request
from align.review.guard import Guard
from align.review.lines import lines
from align.review.preview import previewed
from align.review.session import BehindError, OverwritesError, Session, StaleError

T = TypeVar("T")

_TYPES = {".opus": "audio/ogg", ".m4a": "audio/mp4", ".mkv": "video/webm", ".flac": "audio/flac"}
"""Of files whose usual type browsers do not take for sound that they know."""


class _Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    revision: int


class _Decide(_Asked, frozen=True):
    request: Request


class _Written(_Asked, frozen=True):
    overwrite: bool = False


class _Wave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    begin: Annotated[float, msgspec.Meta(ge=0, le=1e6)]
    seconds: Annotated[float, msgspec.Meta(gt=0, le=LONGEST)]


class _MissingError(Exception):
    """Something is not there; the message is a sentence."""


class _BusyError(Exception):
    """Another request is at work that changes all."""


@dataclass(slots=True)
class Review:
    """What the routes share.

    Attributes:
        recording: None where it is not at hand.
        page: makes the page of a result, and the policy that its browser keeps.
        before: the state before the files began to be written; None while they are not.
        stage: what applying does at the moment, "" while nothing is applied.
    """

    session: Session
    recording: Recording | None
    page: Callable[[Result], tuple[str, str]]
    before: dict[str, Any] | None = None

    def state(self) -> dict[str, Any]:
        """All that a window must know."""
        if self.before is not None:
            return {**self.before, "applying": "The files are being written …"}
        return {**self.session.state(), "applying": None}


def application(review: Review, token: str, hosts: frozenset[str]) -> Guard:
    """The whole server, guarded."""
    routes = [
        Route("/", _bound(_page, review)),
        Route("/audio", _bound(_audio, review)),
        Route("/wave", _bound(_wave, review)),
        Route("/lines", _bound(_lines, review)),
        Route("/state", _bound(_state, review)),
        *(
            Route(f"/{name}", _bound(answer, review), methods=["POST"])
            for name, answer in (
                ("decide", _decide),
                ("preview", _preview),
                ("undo", _undo),
                ("redo", _redo),
                ("apply", _apply),
            )
        ),
    ]
    return Guard(Starlette(routes=routes), token, hosts)


Answer = Callable[[HttpRequest, Review], Awaitable[Response]]


def _bound(answer: Answer, review: Review) -> Callable[[HttpRequest], Awaitable[Response]]:
    """An answer that knows the review, and tells in one sentence what went wrong."""

    async def bound(request: HttpRequest) -> Response:
        try:
            return await answer(request, review)
        except _BusyError:
            return _failed(409, "busy", "The decisions are being applied; wait until that is done.")
        except (BehindError, StaleError, OverwritesError) as error:
            why = {BehindError: "behind", StaleError: "stale", OverwritesError: "overwrites"}[type(error)]
            return _failed(409, why, str(error))
        except _MissingError as error:
            return _failed(404, "missing", str(error))
        except RefusedError as error:
            return _failed(422, "refused", str(error))
        except msgspec.DecodeError as error:
            return _failed(400, "request", f"The request is not as it should be: {error}")
        except AlignError as error:
            return _failed(500, "failed", f"{error}.")
        except Exception as error:
            sentence = (
                f"A fault in align itself ({type(error).__name__}: {error}); all that was decided is kept."
            )
            return _failed(500, "fault", sentence)

    return bound


def _failed(status: int, why: str, sentence: str) -> Response:
    return JSONResponse({"error": sentence, "why": why}, status)


# What is shown


async def _page(request: HttpRequest, review: Review) -> Response:
    del request
    html, policy = await anyio.to_thread.run_sync(review.page, review.session.result)
    headers = {"content-security-policy": f"{policy}; frame-ancestors 'none'"}
    return HTMLResponse(html, headers=headers)


async def _audio(request: HttpRequest, review: Review) -> Response:
    del request
    path = _recording(review).path
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(path, media_type=_TYPES.get(path.suffix.lower(), kind))


async def _wave(request: HttpRequest, review: Review) -> Response:
    recording = _recording(review)
    asked = msgspec.convert(dict(request.query_params), _Wave, strict=False)
    first = round(asked.begin * SAMPLE_RATE)
    part = slice(first, first + round(asked.seconds * SAMPLE_RATE))
    samples = await anyio.to_thread.run_sync(lambda: recording.samples[part])
    return JSONResponse(peaks(samples) if len(samples) else "")


def _recording(review: Review) -> Recording:
    """The recording, whose file may be gone by now."""
    if review.recording is None or not review.recording.path.is_file():
        raise _MissingError("The recording is not there; start the review with --audio.")
    return review.recording


async def _lines(request: HttpRequest, review: Review) -> Response:
    del request
    return JSONResponse(await anyio.to_thread.run_sync(lines, review.session.result))


async def _state(request: HttpRequest, review: Review) -> Response:
    seen = request.query_params.get("revision")
    if review.before is None and seen == str(review.session.history.revision):
        return Response(status_code=204)
    return JSONResponse(review.state())


# What is asked


async def _decide(request: HttpRequest, review: Review) -> Response:
    asked = await _body(request, _Decide)
    _check_free(review)
    review.session.decide(asked.revision, asked.request)
    return JSONResponse(review.state())


async def _preview(request: HttpRequest, review: Review) -> Response:
    asked = await _body(request, _Decide)
    about, decisions = review.session.preview(asked.request)
    return JSONResponse({"about": about, "places": previewed(review.session.result, decisions)})


async def _undo(request: HttpRequest, review: Review) -> Response:
    asked = await _body(request, _Written)
    await _alone(review, lambda: review.session.undo(asked.revision, asked.overwrite))
    return JSONResponse(review.state())


async def _redo(request: HttpRequest, review: Review) -> Response:
    asked = await _body(request, _Written)
    await _alone(review, lambda: review.session.redo(asked.revision, asked.overwrite))
    return JSONResponse(review.state())


async def _apply(request: HttpRequest, review: Review) -> Response:
    asked = await _body(request, _Written)
    left = await _alone(review, lambda: review.session.apply(asked.revision, asked.overwrite))
    return JSONResponse({**review.state(), "left": left})


async def _alone(review: Review, work: Callable[[], T]) -> T:
    """Do what may take long beside the answers to other windows, which decide nothing meanwhile."""
    _check_free(review)
    review.before = review.session.state()
    try:
        return await anyio.to_thread.run_sync(work)
    finally:
        review.before = None


def _check_free(review: Review) -> None:
    if review.before is not None:
        raise _BusyError


async def _body(request: HttpRequest, kind: type[T]) -> T:
    return msgspec.json.decode(await request.body(), type=kind)
