"""The HTTP API, on this machine only; `openapi.py` describes it for programs.

    GET  /TOKEN/openapi.json
    GET  /TOKEN/jobs                    all jobs
    POST /TOKEN/jobs                    submit a JobRequest; 201 with the job's state
    GET  /TOKEN/jobs/ID                 its state
    GET  /TOKEN/jobs/ID/events          its state as server-sent events, until it has ended
    GET  /TOKEN/jobs/ID/result          what `align run --json` prints
    GET  /TOKEN/jobs/ID/files/NAME      a file that it wrote
    POST /TOKEN/jobs/ID/cancel          {}
    POST /TOKEN/jobs/ID/retry           {}
    POST /TOKEN/jobs/ID/review          {}; the address of its review, which is started
    POST /TOKEN/batches                 submit a BatchRequest; 201 with a state for each recording
    GET  /TOKEN/                        a page that shows all that

A failure is {"error": sentence, "why": word}.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from align.core.errors import AlignError, InputError, UsageError
from align.core.input_files import is_file
from align.review.guard import Guard
from align.review.loopback import LoopbackServer, failure_answer, loopback_server
from align.serve.jobs import FullError, Job, Jobs
from align.serve.openapi import document
from align.serve.page import PAGE, POLICY
from align.serve.request import BatchRequest, JobRequest, inside
from align.serve.reviews import Reviews

HEARTBEAT = 15.0
"""Seconds between two comments on a stream on which nothing happens, so that no proxy closes it."""


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request that needs none."""


class _MissingError(Exception):
    """There is no such job or file; the message is a sentence."""


class _UnfinishedError(Exception):
    """The job has no result; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Api:
    """The answers to requests."""

    jobs: Jobs
    reviews: Reviews

    async def page(self, request: Request) -> Response:
        """The page of all jobs."""
        del request
        return HTMLResponse(PAGE, headers={"content-security-policy": POLICY})

    async def batch(self, request: Request) -> Response:
        """A new job for each recording of a list."""
        jobs = await self.jobs.submit_batch(msgspec.json.decode(await request.body(), type=BatchRequest))
        return _json([job.shown for job in jobs], 201)

    async def description(self, request: Request) -> Response:
        """The OpenAPI document."""
        del request
        return _json(document())

    async def listed(self, request: Request) -> Response:
        """All jobs that are remembered, in the order in which they were submitted."""
        del request
        return _json([job.shown for job in self.jobs.known.values()])

    async def submit(self, request: Request) -> Response:
        """A new job."""
        job = await self.jobs.submit(msgspec.json.decode(await request.body(), type=JobRequest))
        return _json(job.shown, 201)

    async def state(self, request: Request) -> Response:
        """One job."""
        return _json(self._job(request).shown)

    async def events(self, request: Request) -> Response:
        """One job as it goes on."""
        job = self._job(request)

        async def stream() -> AsyncIterator[bytes]:
            async for state in self.jobs.follow(job, HEARTBEAT):
                yield (
                    b": nothing new\n\n"
                    if state is None
                    else b"data: " + msgspec.json.encode(state) + b"\n\n"
                )

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def result(self, request: Request) -> Response:
        """The report of a job that is done."""
        return _json(self._report(request))

    async def file(self, request: Request) -> Response:
        """A file that a job wrote."""
        name, report = request.path_params["name"], self._report(request)
        path = next((path for path in report["files"] if Path(path).name == name), None)
        place = inside(Path(self.jobs.machine.root), path) if path else None
        if place is None or not is_file(place):
            raise _MissingError("The job wrote no such file, or it was removed.")
        return FileResponse(place, headers={"content-disposition": "attachment"})

    async def cancel(self, request: Request) -> Response:
        """Stop a job."""
        job = self._job(request)
        msgspec.json.decode(await request.body(), type=Nothing)
        await self.jobs.cancel(job)
        return _json(job.shown)

    async def retry(self, request: Request) -> Response:
        """Do a job again."""
        job = self._job(request)
        msgspec.json.decode(await request.body(), type=Nothing)
        await self.jobs.retry(job)
        return _json(job.shown)

    async def review(self, request: Request) -> Response:
        """Open the review of what a job wrote."""
        report = self._report(request)
        msgspec.json.decode(await request.body(), type=Nothing)
        path = next((path for path in report["files"] if path.endswith(".alignment.json")), None)
        place = inside(Path(self.jobs.machine.root), path) if path else None
        if place is None or not is_file(place):
            raise _MissingError("The job wrote no alignment.json, or it was removed.")
        return _json({"address": await self.reviews.address(place)})

    def _job(self, request: Request) -> Job:
        job = self.jobs.known.get(request.path_params["id"])
        if job is None:
            raise _MissingError("There is no such job.")
        return job

    def _report(self, request: Request) -> dict[str, Any]:
        job = self._job(request)
        if job.report is None:
            raise _UnfinishedError(f"This job has no result: it is {job.state}.")
        return job.report


def application(jobs: Jobs, token: str, hosts: frozenset[str]) -> Guard:
    """The whole API, guarded as the review is."""
    api = Api(jobs, Reviews(jobs.machine))
    routes = [
        Route("/", api.page),
        Route("/batches", api.batch, methods=["POST"]),
        Route("/openapi.json", api.description),
        Route("/jobs", api.listed, methods=["GET"]),
        Route("/jobs", api.submit, methods=["POST"]),
        Route("/jobs/{id}", api.state),
        Route("/jobs/{id}/events", api.events),
        Route("/jobs/{id}/result", api.result),
        Route("/jobs/{id}/files/{name}", api.file),
        Route("/jobs/{id}/cancel", api.cancel, methods=["POST"]),
        Route("/jobs/{id}/retry", api.retry, methods=["POST"]),
        Route("/jobs/{id}/review", api.review, methods=["POST"]),
    ]
    failures: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
        _MissingError: failure_answer(404, "missing"),
        _UnfinishedError: failure_answer(409, "unfinished"),
        InputError: failure_answer(422, "input"),
        UsageError: failure_answer(422, "usage"),
        FullError: failure_answer(429, "full"),
        msgspec.DecodeError: failure_answer(400, "request", "The request is malformed: {}"),
        HTTPException: _http_failure,
        AlignError: failure_answer(500, "failed"),
        Exception: failure_answer(500, "fault", "A bug in align ({!r})."),
    }
    return Guard(Starlette(routes=routes, exception_handlers=failures, lifespan=_closing(api)), token, hosts)


def api_server(jobs: Jobs, port: int) -> LoopbackServer:
    """A server for jobs.

    Args:
        port: 0 for any that is free.

    Raises:
        UsageError: the port is taken.
    """
    return loopback_server(port, partial(application, jobs), lifespan=True)


def _closing(api: Api) -> Callable[[Starlette], Any]:
    """Cancel the jobs and end the reviews when the server ends."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        yield
        api.reviews.close()
        await api.jobs.close()

    return lifespan


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


async def _http_failure(request: Request, error: Exception) -> Response:
    """No such address or method."""
    del request
    assert isinstance(error, HTTPException)
    body = {"error": f"{error.detail}; see openapi.json.", "why": "address"}
    return JSONResponse(body, error.status_code, headers=error.headers)
