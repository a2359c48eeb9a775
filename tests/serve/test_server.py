"""The HTTP API: what it answers, and whom it refuses; the work is a stand-in's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from align.serve.jobs import Jobs
from align.serve.request import Machine
from align.serve.server import application
from tests.serve.test_jobs import STANDIN

HOST = "127.0.0.1:8124"
TOKEN = "secret"
OWN = {"origin": f"http://{HOST}"}
TALK = {"audio": "talk.wav", "transcript": "talk.txt"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    for name in ("talk.wav", "slow.wav", "talk.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "talk.zh.srt").write_text("1\n", "utf-8")
    app = application(Jobs(Machine(str(tmp_path)), command=STANDIN), TOKEN, frozenset({HOST}))
    with TestClient(app, base_url=f"http://{HOST}/{TOKEN}", headers=OWN) as client:
        yield client


def states(client: TestClient, job: str) -> list[dict[str, object]]:
    """What the stream of events tells until the job has ended."""
    answer = client.get(f"/jobs/{job}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]


def test_submit_follow_and_fetch(client: TestClient) -> None:
    answer = client.post("/jobs", json=TALK)
    assert answer.status_code == 201
    job = answer.json()["id"]
    last = states(client, job)[-1]
    assert (last["state"], last["share"], last["exit_code"]) == ("done", 1.0, 0)
    assert client.get(f"/jobs/{job}").json() == last
    assert client.get("/jobs").json() == [last]
    assert client.get(f"/jobs/{job}/result").json()["files"] == ["subtitles/talk.zh.srt"]
    file = client.get(f"/jobs/{job}/files/talk.zh.srt")
    assert (file.text, file.headers["content-disposition"]) == ("1\n", "attachment")
    for name in ("talk.txt", "other.srt", "..%2Ftalk.txt"):
        assert client.get(f"/jobs/{job}/files/{name}").status_code == 404


def test_a_job_that_is_cancelled_has_no_result(client: TestClient) -> None:
    job = client.post("/jobs", json=TALK | {"audio": "slow.wav"}).json()["id"]
    assert client.get(f"/jobs/{job}/result").status_code == 409
    assert client.post(f"/jobs/{job}/cancel", json={}).json()["state"] == "cancelled"
    assert states(client, job)[-1]["exit_code"] == 130


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ("{", 400, "request"),
        ("[]", 400, "request"),
        ('{"audio": "talk.wav"}', 400, "request"),
        ('{"audio": "talk.wav", "transcript": "talk.txt", "speakers": 0}', 400, "request"),
        ('{"audio": "missing.wav", "transcript": "talk.txt"}', 422, "input"),
        ('{"audio": "/etc/passwd", "transcript": "talk.txt"}', 422, "input"),
        ('{"audio": "talk.wav", "transcript": "talk.txt", "formats": ["exe"]}', 422, "usage"),
    ],
)
def test_a_bad_request_is_a_sentence(client: TestClient, body: str, status: int, why: str) -> None:
    answer = client.post("/jobs", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["why"]) == (status, why)


def test_nothing_is_reached_without_the_secret_from_another_site_or_under_another_name(
    client: TestClient,
) -> None:
    for path in ("/jobs", "/openapi.json", "/jobs/0123456789abcdef"):
        assert client.get(f"http://{HOST}{path}").status_code == 403
        assert client.get(f"http://{HOST}/wrong{path}").status_code == 403
        assert client.get(path, headers={"host": "evil.example"}).status_code == 421
        assert client.get(path, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/jobs", json=TALK, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/jobs").json() == []


def test_other_addresses_and_methods_are_named(client: TestClient) -> None:
    assert client.get("/nothing").json()["why"] == "address"
    answer = client.request("DELETE", "/jobs", json={})
    assert (answer.status_code, answer.json()["why"]) == (405, "address")
