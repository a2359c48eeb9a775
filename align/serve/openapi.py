"""The description of the HTTP API in OpenAPI 3.1, from the types of its requests and answers."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from align.core.version import __version__
from align.serve.jobs import JobState
from align.serve.request import BatchRequest, JobRequest


class Failure(msgspec.Struct, frozen=True):
    """A request that failed.

    Attributes:
        error: a sentence.
        why: a word for programs.
    """

    error: str
    why: Literal["missing", "unfinished", "input", "usage", "full", "request", "address", "failed", "fault"]


_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Of the job, as its state has it.",
    "schema": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
}
_NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "Of a file, without its folder.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[^/\\\\]+$"},
}
_NOTHING = {"type": "object", "additionalProperties": False}
_LINKS = {
    name: {"operationId": name, "parameters": {"id": "$response.body#/id"}}
    for name in ("job", "events", "result", "file", "cancel", "retry")
}
"""From a job that was submitted to what can be asked about it."""
_REPORT = {"type": "object", "required": ["ok", "files"], "properties": {"ok": {"const": True}}}
_FAILURES = {
    400: "The body is malformed.",
    404: "There is no such job or file.",
    409: "The job has no result.",
    422: "The request cannot be done.",
    429: "Too many jobs wait.",
}
_REFUSED = {
    "description": "The guard's refusal: no origin or a foreign one (403), no length (411), too long a body "
    "(413), no JSON (415), another host (421), or a method that the address does not have (405).",
    "content": {
        "text/plain": {"schema": {"type": "string"}},
        "application/json": {"schema": {"$ref": "#/components/schemas/Failure"}},
    },
}


def document() -> dict[str, Any]:
    """The document; addresses are relative to its own, which has the secret in it."""
    types = [JobRequest, BatchRequest, JobState, list[JobState], Failure]
    (request, batch, state, states, failure), schemas = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}"
    )
    del failure
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "align",
            "version": __version__,
            "description": "Align transcripts with recordings below the server's folder. Requests that "
            "change something need an Origin header: the server's own scheme, host and port.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "."}],
        "paths": {
            "/": {"get": _operation("page", "A page for people", {"type": "string"}, media="text/html")},
            "/batches": {
                "post": _operation(
                    "batch", "Submit a job for each recording of a list", states, (400, 422, 429), batch, 201
                )
            },
            "/openapi.json": {"get": _operation("description", "This document", {"type": "object"})},
            "/jobs": {
                "get": _operation("jobs", "All jobs, in the order in which they were submitted", states),
                "post": _operation(
                    "submit", "Submit a job", state, (400, 422, 429), request, 201, links=_LINKS
                ),
            },
            **_paths_of_a_job(state),
        },
        "components": {"schemas": schemas, "responses": {"Refused": _REFUSED}},
    }


def _paths_of_a_job(state: dict[str, Any]) -> dict[str, Any]:
    """The paths below one job, whose state has this schema."""
    data = {"type": "string", "contentMediaType": "application/json", "contentSchema": state}
    event = {"type": "object", "required": ["data"], "properties": {"data": data}}
    return {
        "/jobs/{id}": {
            "parameters": [_ID],
            "get": _operation("job", "The state of a job", state, (404,)),
        },
        "/jobs/{id}/events": {
            "parameters": [_ID],
            "get": _operation(
                "events",
                "The state of a job after each change, until it has ended, as server-sent events",
                event,
                (404,),
                media="text/event-stream",
            ),
        },
        "/jobs/{id}/result": {
            "parameters": [_ID],
            "get": _operation("result", "What `align run --json` prints", _REPORT, (404, 409)),
        },
        "/jobs/{id}/files/{name}": {
            "parameters": [_ID, _NAME],
            "get": _operation("file", "A file that the job wrote", {}, (404, 409), media="*/*"),
        },
        "/jobs/{id}/cancel": {
            "parameters": [_ID],
            "post": _operation(
                "cancel",
                "Stop a job; its finished stages are kept",
                state,
                (400, 404),
                body=_NOTHING,
            ),
        },
        "/jobs/{id}/retry": {
            "parameters": [_ID],
            "post": _operation(
                "retry", "Do a job again that failed or was cancelled", state, (400, 404, 422), _NOTHING
            ),
        },
        "/jobs/{id}/review": {
            "parameters": [_ID],
            "post": _operation(
                "review",
                "Start the review of what the job wrote",
                {
                    "type": "object",
                    "required": ["address"],
                    "properties": {"address": {"type": "string"}},
                },
                (400, 404, 409, 422),
                _NOTHING,
            ),
        },
    }


def _operation(
    name: str,
    summary: str,
    answer: dict[str, Any],
    failures: tuple[int, ...] = (),
    body: dict[str, Any] | None = None,
    status: int = 200,
    media: str = "application/json",
    links: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """One method of one address."""
    failure = {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}
    responses: dict[str, Any] = {
        str(status): {"description": summary, "content": {media: {"schema": answer}}},
        **{str(code): {"description": _FAILURES[code], "content": failure} for code in failures},
        "4XX": {"$ref": "#/components/responses/Refused"},
    }
    if links:
        responses[str(status)]["links"] = links
    operation: dict[str, Any] = {"operationId": name, "summary": summary, "responses": responses}
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation
