"""The review's server: what it answers, and whom it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from align.core.types import MismatchKind, Recording
from align.export.options import FileOptions
from align.export.write import write_all
from align.review.guard import LARGEST
from align.review.output import ReviewFiles
from align.review.server import Review, application
from align.review.session import Session
from tests.review.decisions.made import OPTIONS, made, mismatch, stand_in, with_mismatches

HOST = "127.0.0.1:8123"
TOKEN = "secret"
OWN = {"origin": f"http://{HOST}"}
SOUND = bytes(range(256)) * 40


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    result = made(400)
    places = (
        mismatch(result, MismatchKind.DIFFERENT, 10, 12, "尝试"),
        mismatch(result, MismatchKind.SAME_SOUND, 40, 41, "她"),
    )
    write_all(with_mismatches(result, *places), tmp_path, ["json", "srt"], OPTIONS)
    (tmp_path / "livestream.m4a").write_bytes(SOUND)
    output = ReviewFiles(
        tmp_path / "livestream.alignment.json", None, OPTIONS, FileOptions(), lambda result: None
    )
    session = Session(output, stand_in("2 cues have no line."))
    samples = np.linspace(-0.5, 0.5, 16000 * 10, dtype=np.float32)
    recording = Recording(tmp_path / "livestream.m4a", samples, "0" * 64)
    yield Review(session, recording)
    session.close()


@pytest.fixture
def client(review: Review) -> TestClient:
    return TestClient(application(review, TOKEN, frozenset({HOST})), base_url=f"http://{HOST}/{TOKEN}/")


def place(review: Review, kind: MismatchKind = MismatchKind.DIFFERENT) -> str:
    entries = review.session.reviewed.entries.values()
    return next(one.id for one in entries if one.mismatch.kind is kind)


def take(review: Review, revision: int = 0) -> dict[str, object]:
    return {"revision": revision, "request": {"ask": "take", "mismatch": place(review)}}


# What it answers


def test_the_page_and_its_policy(client: TestClient) -> None:
    answer = client.get("")
    assert answer.status_code == 200
    assert "<title>livestream.m4a – review</title>" in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_whole_transcript_a_line_a_cue(client: TestClient, review: Review) -> None:
    rows = client.get("lines").json()
    result = review.session.result
    assert [row["tokens"] for row in rows if row["start"] is not None] == [
        list(p.tokens) for p in result.phrases
    ]
    assert sum(len(row["words"]) for row in rows) == len(result.alignment.tokens)
    first = rows[0]
    begin, end, start, _ = first["words"][1]
    assert first["text"][begin:end] == result.alignment.tokens[1].token.text
    assert start == 0.2


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [
        ("bytes=0-9", 206, SOUND[:10]),
        ("bytes=1000-1999", 206, SOUND[1000:2000]),
        ("bytes=-5", 206, SOUND[-5:]),
        (None, 200, SOUND),
    ],
)
def test_the_sound_comes_in_ranges(
    client: TestClient, wanted: str | None, status: int, content: bytes
) -> None:
    answer = client.get("audio", headers={"range": wanted} if wanted else {})
    assert (answer.status_code, answer.content) == (status, content)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-type"].startswith("audio/")


def test_a_part_of_the_sound_is_drawn(client: TestClient) -> None:
    drawn = client.get("wave?begin=5&seconds=4").json()
    assert len(drawn) == 160
    assert (drawn[0], drawn[-1]) == ("0", "z")
    assert client.get("wave?begin=99&seconds=4").json() == ""
    for wrong in (
        "begin=-1&seconds=4",
        "begin=1&seconds=1e9",
        "begin=nan&seconds=1",
        "seconds=1",
        "begin=x&seconds=1",
    ):
        assert client.get(f"wave?{wrong}").status_code == 400


def test_a_recording_that_is_gone_is_told(client: TestClient, review: Review) -> None:
    assert review.recording
    review.recording.path.unlink()
    for path in ("audio", "wave?begin=0&seconds=1"):
        assert client.get(path).status_code == 404
        assert "start the review with --audio" in client.get(path).json()["error"]


def test_deciding_undoing_and_applying(client: TestClient, review: Review) -> None:
    assert client.get("state").json()["places"] == 2
    state = client.post("decide", json=take(review), headers=OWN).json()
    assert (state["revision"], state["decided"], state["undo"]) == (1, 1, "accept heard")
    assert client.get("state?revision=1").status_code == 204
    assert client.get("state?revision=0").json() == state
    assert client.post("undo", json={"revision": 1}, headers=OWN).json()["decided"] == 0
    assert client.post("redo", json={"revision": 2}, headers=OWN).json()["decided"] == 1
    done = client.post("apply", json={"revision": 3}, headers=OWN).json()
    assert done["left"] == "2 cues have no line."
    assert "尝试" in "".join(phrase.text for phrase in review.session.result.phrases)


def test_a_preview_decides_nothing(client: TestClient, review: Review) -> None:
    asked = {"revision": 0, "request": {"ask": "everywhere", "find": "我们", "text": "咱们"}}
    told = client.post("preview", json=asked, headers=OWN).json()
    assert len(told["places"]) > 1
    assert {(row["written"], row["text"]) for row in told["places"]} == {("我们", "咱们")}
    assert review.session.history.revision == 0


@pytest.mark.parametrize(
    ("path", "asked", "status", "why"),
    [
        ("decide", {"revision": 7, "request": {"ask": "take", "mismatch": "m001-000000"}}, 409, "behind"),
        ("decide", {"revision": 0, "request": {"ask": "take", "mismatch": "m001-000000"}}, 422, "refused"),
        ("decide", {"revision": 0, "request": {"ask": "dance"}}, 400, "request"),
        (
            "decide",
            {"revision": 0, "request": {"ask": "reword", "tokens": [5, 2], "text": "x"}},
            422,
            "refused",
        ),
        (
            "decide",
            {"revision": 0, "request": {"ask": "reword", "tokens": [0, 10**9], "text": ""}},
            422,
            "refused",
        ),
        ("decide", {"revision": 0, "extra": 1}, 400, "request"),
        ("undo", {"revision": 0}, 422, "refused"),
        ("apply", {"revision": 0}, 422, "refused"),
        ("apply", [], 400, "request"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    client: TestClient, path: str, asked: object, status: int, why: str
) -> None:
    answer = client.post(path, json=asked, headers=OWN)
    assert (answer.status_code, answer.json()["why"]) == (status, why)
    assert answer.json()["error"].endswith((".", "`"))


def test_two_windows_do_not_overwrite_each_other(client: TestClient, review: Review) -> None:
    assert client.post("decide", json=take(review), headers=OWN).status_code == 200
    judged = {"ask": "judge", "mismatch": place(review), "choice": "keep"}
    late = client.post("decide", json={"revision": 0, "request": judged}, headers=OWN)
    assert (late.status_code, late.json()["why"]) == (409, "behind")
    assert client.get("state").json()["decisions"][0]["choice"] == "take"


# Whom it refuses


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/secret/", {"host": "evil.example:8123"}, 421),
        ("/secret/", {"host": "127.0.0.1"}, 421),
        ("/secret/", {"host": "127.0.0.1:8124"}, 421),
        ("/", {}, 403),
        ("/state", {}, 403),
        ("/Secret/state", {}, 403),
        ("/secre/state", {}, 403),
        ("/secretx/state", {}, 403),
        ("//secret/state", {}, 403),
        ("/secret/state", {"origin": "http://evil.example"}, 403),
        ("/secret/state", {"origin": "null"}, 403),
        ("/secret/state", {"sec-fetch-site": "cross-site"}, 403),
        ("/secret/audio", {"sec-fetch-site": "same-site"}, 403),
        ("/secret/../state", {}, 403),
    ],
)
def test_a_strange_request_is_refused(
    review: Review, path: str, headers: dict[str, str], status: int
) -> None:
    client = TestClient(application(review, TOKEN, frozenset({HOST})), base_url=f"http://{HOST}")
    answer = client.get(path, headers=headers)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "livestream" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://127.0.0.1:8123"}, 403),
        ({**OWN, "content-type": "text/plain"}, 415),
        ({**OWN, "content-type": "application/x-www-form-urlencoded"}, 415),
        ({**OWN, "content-length": str(LARGEST + 1)}, 413),
        ({**OWN, "content-length": "-1"}, 411),
    ],
)
def test_a_strange_request_changes_nothing(
    client: TestClient, review: Review, headers: dict[str, str], status: int
) -> None:
    answer = client.post("decide", json=take(review), headers=headers)
    assert answer.status_code == status
    assert review.session.history.revision == 0


def test_a_body_of_unknown_length_is_not_read(client: TestClient, review: Review) -> None:
    def endless() -> Iterator[bytes]:
        yield b"{}"

    headers = {**OWN, "content-type": "application/json"}
    assert client.post("decide", content=endless(), headers=headers).status_code == 411


@pytest.mark.parametrize(
    "path",
    ["../livestream.zh.srt", "audio/..%2flivestream.zh.srt", "web/page.js", "..%2f..%2fetc/passwd", "%00"],
)
def test_there_is_no_way_to_other_files(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (403, 404)


def test_what_is_written_comes_back_as_it_was(client: TestClient, review: Review) -> None:
    attack = "</script><script>alert(1)</script>\u202e\" '"
    asked = {"revision": 0, "request": {"ask": "edit", "mismatch": place(review), "text": attack}}
    state = client.post("decide", json=asked, headers=OWN).json()
    assert state["decisions"][0]["edits"][0]["text"] == attack.strip()
    rename = {"revision": 1, "request": {"ask": "rename", "old": "Ethan", "new": attack}}
    assert client.post("decide", json=rename, headers=OWN).status_code == 200
    assert client.post("apply", json={"revision": 2}, headers=OWN).status_code == 200
    page = client.get("").text
    assert "<script>alert(1)" not in page
