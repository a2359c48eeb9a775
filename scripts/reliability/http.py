"""Generated requests to every operation of `align serve` (schemathesis), and requests without its secret."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import click

from align.serve.jobs import Jobs
from align.serve.openapi import document
from align.serve.request import Machine
from align.serve.server import api_server
from scripts.benchmarks.report import machine, write_part
from scripts.releasing.environments import Environment, make, pip_install
from scripts.reliability.report import PAGE

BEGIN, END = "<!-- http: written by scripts/fuzz_http --write -->", "<!-- end of http -->"
TOOL = "schemathesis==4.32.5"
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_schema_conformance", "negative_data_rejection", "response_headers_conformance"),
)
STANDIN = Path(__file__).resolve().parents[2] / "tests" / "serve" / "standin.py"


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of it.

    Attributes:
        cases: requests that schemathesis made and checked.
        failures: what it did not like, a line each.
        refused: requests without the secret, with another, from another site or to another host, all refused.
        reached: those of them that got another answer.
    """

    cases: int
    failures: tuple[str, ...]
    refused: int
    reached: tuple[str, ...]


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of a server whose jobs are a stand-in's, without its last slash."""
    for name in ("talk.mp4", "talk.txt"):
        (root / name).write_text("x", "utf-8")
    server = api_server(Jobs(Machine(str(root)), 2, (sys.executable, str(STANDIN))), 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.address.rstrip("/")
    finally:
        server.server.should_exit = True
        thread.join(30)


def strangers(address: str) -> tuple[int, tuple[str, ...]]:
    """How many requests of strangers were refused, and those that were not."""
    parts = urlsplit(address)
    secret, refused, reached = parts.path.strip("/"), 0, []
    ours = {"Host": parts.netloc}
    for path, methods in document()["paths"].items():
        for method in set(methods) - {"parameters"}:
            asked = path.replace("{id}", "0" * 16).replace("{name}", "x")
            for prefix, headers in (
                ("", ours),
                ("/" + "x" * len(secret), ours),
                ("/" + secret[:-1], ours),
                (f"//{secret}", ours),
                (f"/{secret}", {"Host": "evil.example"}),
                (f"/{secret}", {**ours, "Origin": "http://evil.example"}),
                (f"/{secret}", {**ours, "Sec-Fetch-Site": "cross-site"}),
            ):
                status = _status(parts.netloc, method.upper(), prefix + asked, headers)
                if status in (403, 421):
                    refused += 1
                else:
                    reached.append(f"{method} {prefix.replace(secret, 'SECRET')}{asked} {headers}: {status}")
    return refused, tuple(reached)


def _status(netloc: str, method: str, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection(netloc, timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True)
        body = b"{}" if method == "POST" else b""
        for name, value in {"Content-Type": "application/json", **headers}.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        return connection.getresponse().status
    finally:
        connection.close()


def generated(tools: Environment, address: str, seconds: int, seed: int) -> tuple[int, tuple[str, ...]]:
    """How many requests schemathesis made in this time, and what failed, a line each.

    Raises:
        RuntimeError: it did not run to its end.
    """
    parts = urlsplit(address)
    with TemporaryDirectory(prefix="align-") as folder:
        report = Path(folder) / "report.json"
        command = [
            *(tools.commands / "schemathesis", "run", f"{address}/openapi.json", "--url", address),
            *("--header", f"Origin: {parts.scheme}://{parts.netloc}", "--workers", "1", "--seed", seed),
            *("--checks", ",".join(CHECKS), "--max-time", seconds, "--continue-on-failure"),
            *("--report", "json", "--report-json-path", report, "--warnings", "off"),
        ]
        done = subprocess.run(
            list(map(str, command)), cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
        if not report.is_file():
            raise RuntimeError(f"schemathesis ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        told = json.loads(report.read_text("utf-8"))
    if told["failures"] or told["errors"]:
        click.echo(done.stdout)
    failed = tuple(
        f"{one.get('title')}: {one.get('operations')}" for one in told["failures"] + told["errors"]
    )
    return int(told["test_cases"]["generated"]), failed


def written(found: Fuzzed, seconds: int) -> str:
    """The part of docs/development/reliability.md between the marks."""
    operations = sum(len(set(methods) - {"parameters"}) for methods in document()["paths"].values())
    rows = (
        ("operations, all of them", operations),
        ("generated requests", found.cases),
        ("… with 5xx, an undocumented answer, or a wrong request accepted", len(found.failures)),
        (
            "requests without the secret, with another, from another site or to another host",
            found.refused + len(found.reached),
        ),
        ("… not refused", len(found.reached)),
    )
    command = f"`scripts/fuzz_http --seconds {seconds} --write`, {date.today()}, {machine()}"
    lines = (
        "",
        "## The HTTP API",
        "",
        f"{command}; {TOOL}.",
        "",
        "One request at a time; a stand-in does the jobs.",
        "",
        "| | |",
        "| --- | --: |",
        *tuple(f"| {title} | {count:,} |" for title, count in rows),
    )
    return "\n".join((*lines, "", ""))


@click.command()
@click.option("--seconds", default=600, show_default=True, type=click.IntRange(1), help="For schemathesis.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Of the requests.")
@click.option("--write", is_flag=True, help="Write the counts into docs/development/reliability.md.")
def fuzz_http(seconds: int, seed: int, write: bool) -> None:
    """Send generated requests to every operation of `align serve`, and count what it does not bear."""
    with TemporaryDirectory(prefix="align-") as folder:
        tools = make(Path(folder) / "tools")
        pip_install(tools, TOOL, pinned=False)
        root = Path(folder) / "root"
        root.mkdir()
        with served(root) as address:
            found = Fuzzed(*generated(tools, address, seconds, seed), *strangers(address))
    for line in (*found.failures, *found.reached):
        click.echo(f"FAILED  {line}")
    click.echo(f"{found.cases:,} generated requests, {len(found.failures)} failures; {found.refused} refused")
    if write:
        write_part(PAGE, BEGIN, END, written(found, seconds))
    sys.exit(bool(found.failures or found.reached))


if __name__ == "__main__":
    fuzz_http()
