"""The process of a job, with the real work, and the command that starts the server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx2
import msgspec
import pytest

from align.serve.request import JobRequest, Machine
from align.serve.worker import Events, Order
from tests.conftest import ROOT, Talk

WORKER = [sys.executable, "-m", "align.serve.worker"]


def order(talk: Talk, **changes: object) -> bytes:
    request = JobRequest(audio=talk.audio.name, transcript=talk.transcript.name, second_language=None)
    machine = Machine(str(talk.audio.parent), "cpu", 1, True)
    return msgspec.json.encode(Order(msgspec.structs.replace(request, **changes), machine)) + b"\n"


def events_of(worker: subprocess.Popen[bytes]) -> list[dict[str, object]]:
    assert worker.stdout is not None
    return [json.loads(line) for line in worker.stdout]


def started(talk: Talk) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        WORKER, env=dict(talk.environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )


def test_a_job_writes_what_the_command_writes(talk: Talk, done: Path) -> None:
    with started(talk) as worker:
        assert worker.stdin is not None
        worker.stdin.write(order(talk, out="served"))
        worker.stdin.flush()
        *stages, last = events_of(worker)
    assert worker.returncode == 0
    assert {"Reading the audio"} <= {event["stage"] for event in stages}
    report = last["report"]
    assert isinstance(report, dict)
    assert (report["ok"], report["placed"]) == (True, 106)
    for name in report["files"]:
        assert (talk.audio.parent / name).read_bytes() == (done / Path(name).name).read_bytes()


def test_a_failure_is_an_event(talk: Talk) -> None:
    with started(talk) as worker:
        assert worker.stdin is not None
        worker.stdin.write(order(talk, audio=talk.transcript.name))
        worker.stdin.flush()
        last = events_of(worker)[-1]
    assert last["exit_code"] == 3
    assert talk.transcript.name in str(last["error"])


def test_a_job_ends_with_its_server(talk: Talk) -> None:
    with started(talk) as worker:
        assert worker.stdin is not None
        worker.stdin.write(order(talk, out="orphan"))
        worker.stdin.close()
        assert worker.wait(120) == 143


def test_stages_are_told_at_once_and_shares_not_too_often(tmp_path: Path) -> None:
    with (tmp_path / "events").open("w+b") as stream:
        events = Events(stream)
        for share in (0.0, 0.1, 0.2, 1.0):
            events.progress("Aligning", share)
        events.progress("Translating", 0.0)
        stream.seek(0)
        told = [(event["stage"], event["share"]) for event in map(json.loads, stream)]
    assert (told[0], told[-2], told[-1]) == (("Aligning", 0.0), ("Aligning", 1.0), ("Translating", 0.0))


def test_the_command_prints_an_address_that_answers(talk: Talk, tmp_path: Path) -> None:
    command = talk.command("serve", "--json", "--root", tmp_path)
    with subprocess.Popen(command, env=dict(talk.environment), stdout=subprocess.PIPE, cwd=ROOT) as server:
        assert server.stdout is not None
        address = json.loads(b"".join(iter(server.stdout.readline, b"}\n")) + b"}")["address"]
        try:
            assert httpx2.get(f"{address}jobs").json() == []
            assert httpx2.get(f"{address}openapi.json").json()["openapi"] == "3.1.0"
            assert httpx2.get(address.rsplit("/", 2)[0] + "/jobs").status_code == 403
        finally:
            server.terminate()


def test_a_folder_that_is_not_there_is_refused(talk: Talk, tmp_path: Path) -> None:
    ran = subprocess.run(
        talk.command("serve", "--root", tmp_path / "none"),
        env=dict(talk.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "is not a folder" in ran.stderr


@pytest.mark.parametrize(("extra", "command"), [("review", "serve"), ("mcp", "mcp")])
def test_without_its_extra_a_command_says_what_to_install(extra: str, command: str, tmp_path: Path) -> None:
    missing = {"review": "starlette", "mcp": "mcp"}[extra]
    script = (
        f"import sys\nsys.modules[{missing!r}] = None\nfrom align.cli.main import main\n"
        f"main([{command!r}, '--root', {str(tmp_path)!r}])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 4
    assert f"[{extra}]" in ran.stderr
