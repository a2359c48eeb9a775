"""The document describes every address, and its schemas accept what the server takes."""

from __future__ import annotations

import re

import jsonschema
import msgspec
import pytest
from starlette.routing import Route

from align.serve.jobs import Jobs
from align.serve.openapi import document
from align.serve.request import JobRequest, Machine
from align.serve.server import application


def test_every_address_and_method_is_described() -> None:
    app = application(Jobs(Machine(".")), "secret", frozenset()).app
    routes = [route for route in app.routes if isinstance(route, Route)]  # type: ignore[attr-defined]
    served = {(route.path, method) for route in routes for method in (route.methods or set()) - {"HEAD"}}
    described = {
        (path, method.upper())
        for path, methods in document()["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert served == described


def test_every_reference_leads_somewhere() -> None:
    text = msgspec.json.encode(document()).decode()
    schemas = document()["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/(\w+)", text)) == set(schemas)


@pytest.mark.parametrize(
    ("request_", "valid"),
    [
        ({"audio": "a", "transcript": "b"}, True),
        ({"audio": "a", "transcript": "b", "speakers": "off", "second_language": None}, True),
        ({"audio": "a", "transcript": "b", "speakers": "many"}, False),
        ({"audio": "", "transcript": "b"}, False),
        ({"audio": "a", "transcript": "b", "more": 1}, False),
    ],
)
def test_the_schema_and_the_reader_agree(request_: dict[str, object], valid: bool) -> None:
    schema = document() | {"$ref": "#/components/schemas/JobRequest"}
    assert jsonschema.Draft202012Validator(schema).is_valid(request_) == valid
    try:
        msgspec.convert(request_, JobRequest)
    except msgspec.ValidationError:
        assert not valid
    else:
        assert valid
