"""A review from its first decision to files that are written, taken back and written again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from align.decisions.answer import RefusedError
from align.decisions.decision import Reworded
from align.decisions.request import Batch, Edit, Judge, MoveCue, Rename, Request, Take, Translate
from align.errors import InputError
from align.export import write_all
from align.options import FileOptions
from align.result import dump, load
from align.review.output import Output
from align.review.session import BehindError, OverwritesError, Session, StaleError, Workshop
from align.values import MismatchKind, Result
from tests.decisions.made import OPTIONS, made, mismatch, placed, with_mismatches
from tests.folders import files_in

KINDS = MismatchKind


def reviewed() -> Result:
    """The sample with a place of most kinds, in different cues."""
    result = made()
    return with_mismatches(
        result,
        mismatch(result, KINDS.MISSING_TEXT, 20, 20, "对吧"),
        mismatch(result, KINDS.DIFFERENT, 60, 62, "尝试"),
        mismatch(result, KINDS.SAME_SOUND, 90, 91, "她"),
        mismatch(result, KINDS.SAME_SOUND, 120, 121, "的"),
        mismatch(result, KINDS.TIMING, 140, 150),
        mismatch(result, KINDS.FILLER, 170, 170, "呃"),
    )


@pytest.fixture
def alignment(tmp_path: Path) -> Path:
    """Files as `align run` writes them."""
    write_all(reviewed(), tmp_path, ["usual"], OPTIONS)
    return tmp_path / "livestream.alignment.json"


@pytest.fixture
def opened(alignment: Path) -> Iterator[Callable[[], Session]]:
    sessions: list[Session] = []

    def opening() -> Session:
        for one in sessions:
            one.close()
        output = Output(alignment, None, OPTIONS, FileOptions(), lambda result: None)
        sessions.append(Session(output, Workshop(placed, lambda result: (result, ""), lambda result: ())))
        return sessions[-1]

    yield opening
    for one in sessions:
        one.close()


def ids(session: Session, kind: MismatchKind) -> list[str]:
    listed = session._looked.entries.values()
    return [one.id for one in listed if one.mismatch.kind is kind]


def files(folder: Path) -> dict[str, bytes]:
    """All that is there but the log and what it keeps."""
    return {name: data for name, data in files_in(folder).items() if "decisions" not in name}


def revision(session: Session) -> int:
    return session.history.revision


def test_every_decision_is_on_the_disk_and_counted(opened: Callable[[], Session]) -> None:
    session = opened()
    assert session.state()["places"] == 5
    assert not session.log_path.exists()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    session.decide(1, Judge(ids(session, KINDS.TIMING)[0], "fine"))
    assert len(session.log_path.read_bytes().splitlines()) == 3
    again = opened().state()
    assert (again["decided"], again["places"], again["revision"]) == (2, 5, 2)
    assert again["undo"] == "fine as it is"
    assert [row["kind"] for row in again["decisions"]] == ["reworded", "judged"]


def test_who_has_not_seen_the_last_decision_is_refused(opened: Callable[[], Session]) -> None:
    session = opened()
    one, other = ids(session, KINDS.SAME_SOUND)
    session.decide(0, Take(one))
    with pytest.raises(BehindError, match="Another window"):
        session.decide(0, Take(other))
    assert len(session.history.decisions) == 1


def test_undo_and_redo_return_the_exact_state(opened: Callable[[], Session]) -> None:
    session = opened()
    states = [session.state()]
    (different,) = ids(session, KINDS.DIFFERENT)
    requests: list[Request] = [
        Take(different), Edit(different, "试试"), Batch("take", KINDS.SAME_SOUND), Rename("Bruce", "Ethan"),
        MoveCue(session.result.phrases[5].tokens, "end", session.result.phrases[5].span.end - 0.2),
    ]  # fmt: skip
    for request in requests:
        session.decide(revision(session), request)
        states.append(session.state())

    def alike(one: dict[str, object], other: dict[str, object]) -> bool:
        changing = ("revision", "redo")
        return {**one, **dict.fromkeys(changing)} == {**other, **dict.fromkeys(changing)}

    for before in reversed(states[:-1]):
        session.undo(revision(session))
        assert alike(session.state(), before)
    with pytest.raises(RefusedError, match="nothing to undo"):
        session.undo(revision(session))
    for later in states[1:]:
        session.redo(revision(session))
        assert alike(session.state(), later)
    assert alike(opened().state(), states[-1])


def test_applying_changes_what_was_decided_and_nothing_else(
    opened: Callable[[], Session], alignment: Path
) -> None:
    before, old = files(alignment.parent), load(alignment)
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    session.decide(1, Judge(ids(session, KINDS.TIMING)[0], "keep"))
    assert session.apply(2) == ""
    new = load(alignment)
    assert [one.kind for one in new.mismatches] == [
        KINDS.MISSING_TEXT, KINDS.SAME_SOUND, KINDS.SAME_SOUND, KINDS.FILLER
    ]  # fmt: skip
    changed = [k for k, (a, b) in enumerate(zip(old.phrases, new.phrases, strict=True)) if a != b]
    assert len(changed) == 1
    assert "尝试" in new.phrases[changed[0]].text
    assert [one.span for one in old.phrases] == [one.span for one in new.phrases]
    lines = [
        (a, b)
        for a, b in zip(*(srt(one) for one in (before, files(alignment.parent))), strict=True)
        if a != b
    ]
    assert len(lines) == 1
    state = session.state()
    assert (state["decided"], state["places"]) == (2, 5)
    corrected = (alignment.parent / "livestream.corrected.txt").read_text("utf-8")
    assert "尝试" in corrected
    assert new.transcript == "livestream.corrected.txt"
    assert corrected.splitlines()[new.turns[-1].line - 1].endswith(new.turns[-1].text)


def srt(content: dict[str, bytes]) -> list[str]:
    return content["livestream.zh.srt"].decode("utf-8").splitlines()


def test_applying_is_undone_and_redone_to_the_byte(opened: Callable[[], Session], alignment: Path) -> None:
    before = files(alignment.parent)
    session = opened()
    session.decide(0, Batch("take", KINDS.SAME_SOUND))
    session.decide(1, Rename("Bruce", "老刘"))
    state = session.state()
    session.apply(2)
    after = files(alignment.parent)
    assert after != before
    assert session.undo(3)
    assert files(alignment.parent) == before
    assert session.state()["decisions"] == state["decisions"]
    assert opened().redo(4)
    assert files(alignment.parent) == after


def test_a_crash_while_files_are_written_is_made_good(opened: Callable[[], Session], alignment: Path) -> None:
    before = files(alignment.parent)
    session = opened()
    session.decide(0, Batch("take", KINDS.SAME_SOUND))
    session.apply(1)
    after = files(alignment.parent)
    for name in ("livestream.alignment.json", "livestream.zh.srt"):
        (alignment.parent / name).write_bytes(before[name])
    again = opened()
    assert files(alignment.parent) == after
    assert again.state()["notes"] == ["Writing the files was not finished the last time; it is now."]


def test_a_file_that_somebody_changed_is_not_written_over(
    opened: Callable[[], Session], alignment: Path
) -> None:
    path = alignment.parent / "livestream.zh.srt"
    path.write_text(path.read_text("utf-8").replace("AI", "人工智能"), "utf-8")
    own = files(alignment.parent)
    session = opened()
    session.decide(0, Rename("Bruce", "老刘"))
    with pytest.raises(OverwritesError, match=r"livestream\.zh\.srt"):
        session.apply(1)
    assert files(alignment.parent) == own
    session.apply(1, overwrite=True)
    applied = path.read_bytes()
    path.write_bytes(applied + b"\n")
    with pytest.raises(OverwritesError, match=r"livestream\.zh\.srt"):
        session.undo(2)
    session.undo(2, overwrite=True)
    assert files(alignment.parent) == own
    session.redo(3)
    assert path.read_bytes() == applied


@pytest.mark.parametrize("name", ["livestream.corrected.txt", "livestream.mismatches.html"])
def test_a_file_of_the_users_is_asked_about(
    opened: Callable[[], Session], alignment: Path, name: str
) -> None:
    (alignment.parent / name).write_text("my own", "utf-8")
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    with pytest.raises(OverwritesError, match=name):
        session.apply(1)
    assert (alignment.parent / name).read_text("utf-8") == "my own"
    session.apply(1, overwrite=True)
    session.undo(2)
    session.redo(3)


def test_what_applying_wrote_is_known_to_be_aligns(opened: Callable[[], Session], alignment: Path) -> None:
    session = opened()
    session.decide(0, Rename("Bruce", "老刘"))
    session.apply(1)
    write_all(load(alignment), alignment.parent, ["usual"], OPTIONS)


def test_decisions_for_another_text_are_not_applied(opened: Callable[[], Session], alignment: Path) -> None:
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    session.decide(1, Rename("Bruce", "老刘"))
    old = load(alignment)
    turns = (replace(old.turns[0], text="嗯" + old.turns[0].text), *old.turns[1:])
    tokens = [
        replace(one, token=replace(one.token, start=one.token.start + 1, end=one.token.end + 1))
        if one.token.turn == 0 else one
        for one in old.alignment.tokens
    ]  # fmt: skip
    later = replace(old, turns=turns, mismatches=(), alignment=replace(old.alignment, tokens=tuple(tokens)))
    alignment.write_text(dump(later), "utf-8")
    with pytest.raises(InputError, match="changed by something else"):
        session.apply(2)
    again = opened()
    assert "something else" in again.state()["notes"][0]
    (held,) = [one for one in again.history.decisions if isinstance(one, Reworded)]
    assert again.state()["stale"] == [held.id]
    written = files(alignment.parent)
    with pytest.raises(StaleError, match="1 of the decisions"):
        again.apply(revision(again))
    assert files(alignment.parent) == written


def test_two_processes_cannot_review_one_alignment(opened: Callable[[], Session], alignment: Path) -> None:
    session = opened()
    output = session.output
    with pytest.raises(InputError, match="is open in another"):
        Session(output, session._workshop)


def test_a_full_disk_is_told_and_made_good(
    opened: Callable[[], Session], alignment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened()
    session.decide(0, Rename("Bruce", "老刘"))

    def full(*arguments: object) -> None:
        raise InputError(alignment, "cannot be written (No space left on device); free some room")

    with monkeypatch.context() as changed:
        changed.setattr("align.written.write_whole", full)
        with pytest.raises(InputError, match="No space"):
            session.apply(1)
    with pytest.raises(BehindError, match="are written now"):
        session.undo(2)
    assert "老刘" in {turn.speaker for turn in load(alignment).turns}


def test_a_line_of_english_is_flagged_when_its_mandarin_changes(opened: Callable[[], Session]) -> None:
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    (flagged,) = session.state()["without_line"]
    assert flagged[0] <= 60 < flagged[1]
    session.decide(1, Translate((flagged[0], flagged[1]), "We try."))
    assert session.state()["without_line"] == []


def test_the_log_can_be_read_by_people(opened: Callable[[], Session]) -> None:
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Edit(different, "试试"))
    first, second = map(json.loads, session.log_path.read_text("utf-8").splitlines())
    assert first["event"] == "opened"
    assert second["decisions"][0]["edits"][0]["text"] == "试试"
