"""`align review` as a process: it keeps what was decided through Ctrl-C, SIGKILL and a torn line."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import threading
import time
from http.client import HTTPException
from pathlib import Path

import pytest

from align.core.types import MismatchKind
from align.export.write import write_all
from align.mismatch.entries import entries
from align.result.alignment_json import load
from tests.conftest import Command, Talk
from tests.review.decisions.made import OPTIONS, made, mismatch, with_mismatches
from tests.review.served import Served, served


@pytest.fixture
def alignment(tmp_path: Path) -> Path:
    """Thirty places, each about one character."""
    result = made()
    places = [mismatch(result, MismatchKind.SAME_SOUND, 10 * k, 10 * k + 1, "她") for k in range(1, 31)]
    write_all(with_mismatches(result, *places), tmp_path, ["json", "srt"], OPTIONS)
    return tmp_path / "livestream.alignment.json"


def places(alignment: Path) -> list[str]:
    listed = json.loads((alignment.parent / "livestream.mismatches.json").read_text("utf-8"))
    return [row["id"] for row in listed["mismatches"]]


def test_ctrl_c_ends_it_with_all_saved(alignment: Path) -> None:
    with served(alignment) as review:
        review.decide(0, "take", mismatch=places(alignment)[0])
        review.process.send_signal(signal.SIGINT)
        _, said = review.process.communicate(timeout=20)
        assert review.process.returncode == 0
        assert "Stopped; all is saved: 1 of 30 places decided." in said
    with served(alignment) as review:
        assert review.state()["decided"] == 1


def test_a_missing_recording_is_said_at_the_start(alignment: Path) -> None:
    with served(alignment) as review:
        (note,) = review.state()["notes"]
        assert note.startswith("livestream.m4a is not in")
        assert "--audio" in note


def test_a_kill_loses_no_decision(alignment: Path) -> None:
    """Decisions are sent one after the other, and the server is killed while one is on its way."""
    known = 0
    for round_number in range(3):
        confirmed: list[int] = []
        with served(alignment) as review:
            state = review.state()
            assert state["revision"] >= known
            killer = threading.Timer(0.15 + 0.1 * round_number, review.process.kill)
            killer.start()
            _decide_until_it_ends(review, places(alignment), state["revision"], confirmed)
            killer.join()
        known = max([known, *confirmed])
    assert known > 10
    with served(alignment) as review:
        assert review.state()["revision"] >= known


def _decide_until_it_ends(review: Served, ids: list[str], revision: int, confirmed: list[int]) -> None:
    for k in range(10_000):
        choice = ("keep", "fine")[k // len(ids) % 2]
        try:
            asked = {"ask": "judge", "mismatch": ids[k % len(ids)], "choice": choice}
            status, answer = review.post("decide", revision=revision, request=asked)
        except (OSError, HTTPException, json.JSONDecodeError):
            return
        assert status == 200
        revision = answer["revision"]
        confirmed.append(revision)


def test_a_torn_last_line_is_told_and_left_out(alignment: Path) -> None:
    log = alignment.parent / "livestream.decisions.jsonl"
    ids = places(alignment)
    with served(alignment) as review:
        review.decide(0, "take", mismatch=ids[0])
        review.decide(1, "take", mismatch=ids[1])
    whole = log.read_bytes()
    log.write_bytes(whole[:-20])
    with served(alignment) as review:
        state = review.state()
        assert state["revision"] == 1
        assert "is incomplete" in state["notes"][0]
        review.decide(1, "judge", mismatch=ids[2], choice="keep")
    assert [json.loads(line)["event"] for line in log.read_text("utf-8").splitlines()] == [
        "opened", "decided", "decided"
    ]  # fmt: skip


def test_a_damaged_log_is_refused_with_its_line(alignment: Path, align: Command) -> None:
    log = alignment.parent / "livestream.decisions.jsonl"
    with served(alignment) as review:
        review.decide(0, "take", mismatch=places(alignment)[0])
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text(lines[0] + "{\n" + lines[1], "utf-8")
    ran = align("review", alignment, "--no-browser")
    assert ran.returncode == 3
    assert "livestream.decisions.jsonl: line 2 is damaged" in ran.stderr


def test_what_cannot_be_served_is_told_in_one_sentence(
    alignment: Path, align: Command, tmp_path: Path
) -> None:
    with served(alignment):
        twice = align("review", alignment, "--no-browser")
        assert twice.returncode == 3
        assert "is open in another `align review`" in twice.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = align("review", alignment, "--no-browser", "--port", port)
        assert ran.returncode == 2
        assert f"port {port} is not available" in ran.stderr
    missing = align("review", tmp_path / "none.alignment.json", "--json")
    assert missing.returncode == 3
    assert not json.loads(missing.stdout)["ok"]


def test_it_answers_on_this_machine_alone(alignment: Path) -> None:
    with served(alignment) as review:
        port = int(review.origin.rpartition(":")[2])
        others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for host in others - {"127.0.0.1"}:
            with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
                socket.create_connection((str(host), port), 2)


def test_an_idle_connection_does_not_keep_it_from_ending(alignment: Path) -> None:
    with served(alignment) as review:
        port = int(review.origin.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as idle:
            idle.sendall(b"GET / HTTP/1.1\r\n")
            time.sleep(0.1)
            review.process.send_signal(signal.SIGINT)
            review.process.communicate(timeout=20)
        assert review.process.returncode == 0


def test_decisions_follow_their_words_through_a_retime(
    done: Path, talk: Talk, align: Command, tmp_path: Path
) -> None:
    """Decide, mend the text elsewhere by the command line, go on deciding, apply."""
    out = tmp_path / "out"
    shutil.copytree(done, out)
    shutil.copy(talk.audio, out)
    path, before = out / "talk.alignment.json", load(done / "talk.alignment.json")
    texts = [one.token.text for one in before.alignment.tokens]
    kept, gone = _places_of("平时", texts), _places_of("尝试", texts)
    fillers = [entry.id for entry in entries(before) if entry.mismatch.tokens[0] > kept[1]]
    with served(path, changed=talk.environment) as review:
        review.decide(0, "judge", mismatch=fillers[-1], choice="fine")
        review.decide(1, "edit", mismatch=fillers[0], text="嗯")
        review.decide(2, "reword", tokens=kept, text="平日")
        review.decide(3, "reword", tokens=gone, text="常试")
    text = tmp_path / "mended.txt"
    text.write_text(
        talk.transcript.read_text("utf-8").replace("大家好", "各位大家好", 1).replace("尝试", "试试", 1),
        "utf-8",
    )
    ran = align("retime", path, text, "--no-translate")
    assert ran.returncode == 0, ran.stderr
    listed = align("mismatches", path, "--kind", "all", "--undecided", "--json")
    assert json.loads(listed.stdout)["listed"] == len(load(path).mismatches) - 2
    with served(path, changed=talk.environment) as review:
        state = review.state()
        assert [row["about"] for row in state["stale"]] == ["“尝试” → “常试”"]
        assert "3 of 4 decisions were found again" in state["notes"][0]
        status, answer = review.post("apply", revision=state["revision"])
        assert (status, answer["left"]) == (
            200, "Not applied, since their text has changed (1): “尝试” → “常试”."
        )  # fmt: skip
    spoken = "".join(one.token.text for one in load(path).alignment.tokens)
    assert ["各位大家好" in spoken, "平日" in spoken, "试试" in spoken, "常试" in spoken] == [
        True,
        True,
        True,
        False,
    ]
    was = (
        "".join(texts)
        .replace("大家好", "各位大家好", 1)
        .replace("尝试", "试试", 1)
        .replace("平时", "平日", 1)
    )
    first = before.mismatches[[one.id for one in entries(before)].index(fillers[0])].tokens[0]
    behind = "".join(texts[first : first + 6])
    assert spoken == was.replace(behind, f"嗯{behind}", 1)


def _places_of(words: str, texts: list[str]) -> tuple[int, int]:
    """Where characters that are a token each stand first."""
    first = next(k for k in range(len(texts)) if "".join(texts[k : k + len(words)]) == words)
    return first, first + len(words)
