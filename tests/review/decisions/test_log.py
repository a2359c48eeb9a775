"""The log survives what a crash can do to it, and says so when it is damaged otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.core.errors import InputError
from align.review.decisions.decision import CueMoved, Judged, Renamed, Reworded, Rewording
from align.review.decisions.history import Applied, Decided, Opened, OutOfOrderError, Undone
from align.review.decisions.log import VERSION, Log, now, read_log

AT = "2026-11-24T12:00:00.000+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talk.decisions.jsonl"


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    opened = Log(path, path.parent / "lock")
    yield opened
    opened.close()


def fill(log: Log) -> None:
    log.add(Opened(VERSION, "a", AT))
    edits = (Rewording(3, 5, "常识"), Rewording(9, 9, "吧", behind=True))
    log.add(
        Decided(
            1, AT, "edit", (Reworded("d1-1", "x", "edit", edits, ("m1",)), Judged("d1-2", "x", "m2", "fine"))
        )
    )
    log.add(
        Decided(
            2, AT, "names", (Renamed("d2-1", "x", "陈倩", "老陈"), CueMoved("d2-2", "x", (0, 4), "end", 1.2))
        )
    )
    log.add(Applied(3, AT, "a", "b"))
    log.add(Undone(4, AT, 3))


def test_what_was_added_is_read_again(log: Log, path: Path) -> None:
    fill(log)
    kept = read_log(path)
    assert kept.history == log.history
    assert kept.torn == ""
    assert len(kept.history.decisions) == 4


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_log_that_ends_anywhere_has_all_whole_lines(data: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / "any.jsonl"
    path.unlink(missing_ok=True)
    log = Log(path, tmp_path / "any.lock")
    fill(log)
    log.close()
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    rest = data.draw(st.sampled_from([b"", b"\0\0\0", b"\0\n", b"\xff\xfe"]))
    path.write_bytes(whole[:cut] + (rest if cut < len(whole) else b""))
    kept = read_log(path)
    lines = whole[:cut].count(b"\n")
    assert kept.length == len(b"".join(whole.splitlines(keepends=True)[:lines]))
    again = Log(path, tmp_path / "any.lock")
    again.add(Opened(VERSION, "c", AT) if lines else Opened(VERSION, "a", AT))
    again.close()
    assert read_log(path).torn == ""
    assert path.read_bytes().count(b"\n") == lines + 1


def test_an_event_out_of_order_is_not_written(log: Log, path: Path) -> None:
    fill(log)
    before = path.read_bytes()
    with pytest.raises(OutOfOrderError):
        log.add(Undone(9, AT, 2))
    assert path.read_bytes() == before


def test_a_damaged_line_is_named(log: Log, path: Path) -> None:
    fill(log)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], lines[2].replace(b"2", b"7", 1), *lines[3:]]))
    with pytest.raises(InputError, match=r"talk\.decisions\.jsonl: line 3 is damaged"):
        read_log(path)


def test_another_version_is_refused(path: Path) -> None:
    path.write_text(f'{{"event":"opened","version":9,"alignment":"a","at":"{AT}"}}\n', "utf-8")
    with pytest.raises(InputError, match=r"line 1 .*version 9"):
        read_log(path)


def test_a_disk_that_is_full_leaves_the_log_as_it_was(
    log: Log, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(log)
    before, history = path.read_bytes(), log.history

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as changed:
        changed.setattr(os, "fsync", full)
        with pytest.raises(InputError, match="No space left on device"):
            log.add(Decided(5, AT, "keep", (Judged("d5-1", "x", "m9", "keep"),)))
    assert path.read_bytes() == before
    assert log.history == history
    log.add(Decided(5, now(), "keep", (Judged("d5-1", "x", "m9", "keep"),)))
    assert read_log(path).history == log.history


def test_two_cannot_write_one_log(log: Log, path: Path) -> None:
    with pytest.raises(InputError, match="is open in another"):
        Log(path, path.parent / "lock")
