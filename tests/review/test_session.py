"""A review from its first decision to files that are written, taken back and written again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.types import MismatchKind, Result, Span
from align.export.options import FileOptions
from align.export.write import write_all
from align.result.alignment_json import dump, load
from align.review.decisions.context import InvalidRequestError
from align.review.decisions.decide import (
    Batch,
    EditText,
    Judge,
    MoveCue,
    Rename,
    Request,
    Reword,
    Take,
    Translate,
    Withdraw,
)
from align.review.output import ReviewFiles
from align.review.session import ConflictError, OverwriteError, Session, StaleError
from tests.folders import files_in
from tests.review.decisions.made import OPTIONS, edited, made, mismatch, stand_in, with_mismatches

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
        output = ReviewFiles(alignment, None, OPTIONS, FileOptions(), lambda result: None)
        sessions.append(Session(output, stand_in()))
        return sessions[-1]

    yield opening
    for one in sessions:
        one.close()


def ids(session: Session, kind: MismatchKind) -> list[str]:
    listed = session.reviewed.entries.values()
    return [one.id for one in listed if one.mismatch.kind is kind]


def files(folder: Path) -> dict[str, bytes]:
    """All that is there but the log and what it keeps."""
    return {name: data for name, data in files_in(folder).items() if "decisions" not in name}


def revision(session: Session) -> int:
    return session.history.revision


def test_every_decision_is_on_the_disk_and_counted(opened: Callable[[], Session]) -> None:
    session = opened()
    assert session.state()["places"] == 5
    assert not session.log.path.exists()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    session.decide(1, Judge(ids(session, KINDS.TIMING)[0], "fine"))
    assert len(session.log.path.read_bytes().splitlines()) == 3
    again = opened().state()
    assert (again["decided"], again["places"], again["revision"]) == (2, 5, 2)
    assert again["undo"] == "mark as fine"
    assert [row["kind"] for row in again["decisions"]] == ["reworded", "judged"]


def test_who_has_not_seen_the_last_decision_is_refused(opened: Callable[[], Session]) -> None:
    session = opened()
    one, other = ids(session, KINDS.SAME_SOUND)
    session.decide(0, Take(one))
    with pytest.raises(ConflictError, match="Another window"):
        session.decide(0, Take(other))
    assert len(session.history.decisions) == 1


def test_undo_and_redo_return_the_exact_state(opened: Callable[[], Session]) -> None:
    session = opened()
    states = [session.state()]
    (different,) = ids(session, KINDS.DIFFERENT)
    requests: list[Request] = [
        Take(different), EditText(different, "试试"), Batch("take", KINDS.SAME_SOUND),
        Rename("Bruce", "Ethan"),
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
    with pytest.raises(InvalidRequestError, match="nothing to undo"):
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
    session.undo(3)
    assert files(alignment.parent) == before
    assert session.state()["decisions"] == state["decisions"]
    opened().redo(4)
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
    assert again.state()["notes"] == ["Writing the files was interrupted the last time; it is complete now."]


def test_a_file_that_somebody_changed_is_not_written_over(
    opened: Callable[[], Session], alignment: Path
) -> None:
    path = alignment.parent / "livestream.zh.srt"
    path.write_text(path.read_text("utf-8").replace("AI", "人工智能"), "utf-8")
    own = files(alignment.parent)
    session = opened()
    session.decide(0, Rename("Bruce", "老刘"))
    with pytest.raises(OverwriteError, match=r"livestream\.zh\.srt"):
        session.apply(1)
    assert files(alignment.parent) == own
    session.apply(1, overwrite=True)
    applied = path.read_bytes()
    path.write_bytes(applied + b"\n")
    with pytest.raises(OverwriteError, match=r"livestream\.zh\.srt"):
        session.undo(2)
    session.undo(2, overwrite=True)
    assert files(alignment.parent) == own
    session.redo(3)
    assert path.read_bytes() == applied


def changed_outside(alignment: Path, edits: dict[tuple[int, int], str]) -> Result:
    """The alignment as something else has written it for a text with other characters in some places."""
    later = edited(load(alignment), edits)
    write_all(later, alignment.parent, ["usual"], OPTIONS)
    return load(alignment)


@pytest.mark.parametrize("name", ["livestream.corrected.txt", "livestream.mismatches.html"])
def test_a_file_of_the_users_is_asked_about(
    opened: Callable[[], Session], alignment: Path, name: str
) -> None:
    (alignment.parent / name).write_text("my own", "utf-8")
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    with pytest.raises(OverwriteError, match=name):
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


def test_after_an_edit_elsewhere_all_decisions_are_applied_to_their_own_words(
    opened: Callable[[], Session], alignment: Path
) -> None:
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    session.decide(1, Batch("take", KINDS.SAME_SOUND))
    session.decide(2, Judge(ids(session, KINDS.TIMING)[0], "fine"))
    session.decide(3, Rename("Bruce", "老刘"))
    later = changed_outside(alignment, {(3, 3): "嗯嗯嗯", (100, 102): ""})
    with pytest.raises(InputError, match="was changed since"):
        session.apply(4)
    again = opened()
    assert again.state()["notes"] == [
        "The alignment was changed outside of the review. 5 of 5 decisions were found again in it."
    ]
    assert (again.state()["stale"], again.state()["decided"]) == ([], 4)
    before = files(alignment.parent)
    again.undo(revision(again))
    again.redo(revision(again))
    assert files(alignment.parent) == before
    assert again.apply(revision(again)) == ""
    texts = [one.token.text for one in later.alignment.tokens]
    texts[63:65], texts[93:94], texts[121:122] = ["尝", "试"], ["她"], ["的"]
    assert [one.token.text for one in load(alignment).alignment.tokens] == texts
    assert [one.kind for one in load(alignment).mismatches] == [KINDS.MISSING_TEXT, KINDS.FILLER]


def test_of_decisions_for_another_text_the_others_are_applied_and_these_are_told(
    opened: Callable[[], Session], alignment: Path
) -> None:
    session = opened()
    (different,), (one, _) = ids(session, KINDS.DIFFERENT), ids(session, KINDS.SAME_SOUND)
    session.decide(0, Take(different))
    session.decide(1, Take(one))
    changed_outside(alignment, {(3, 3): "嗯", (61, 62): "些"})
    again = opened()
    stale = again.state()["stale"]
    assert [row["about"] for row in stale] == ["“这个” → “尝试”"]
    assert "1 of 2 decisions were found again" in again.state()["notes"][0]
    assert again.apply(revision(again)) == ("Not applied, since their text has changed (1): “这个” → “尝试”.")
    texts = [one.token.text for one in load(alignment).alignment.tokens]
    assert (texts[61:63], texts[91]) == (["这", "些"], "她")
    written = files(alignment.parent)
    with pytest.raises(StaleError, match="Not applied, since their text has changed"):
        again.apply(revision(again))
    assert files(alignment.parent) == written
    again.undo(revision(again))
    assert len(again.state()["decisions"]) == 1
    again.redo(revision(again))
    assert opened().state()["stale"] == stale
    last = opened()
    last.decide(revision(last), Withdraw((stale[0]["id"],)))
    assert last.state()["stale"] == []


def test_a_new_decision_is_not_taken_for_one_without_a_place(
    opened: Callable[[], Session], alignment: Path
) -> None:
    session = opened()
    session.decide(0, Reword((60, 62), "尝试"))
    changed_outside(alignment, {(61, 62): "些"})
    again = opened()
    again.decide(revision(again), Reword((60, 62), "那些"))
    assert [len(again.state()[key]) for key in ("decisions", "stale")] == [1, 1]
    again.apply(revision(again))
    assert "那些" in "".join(one.token.text for one in load(alignment).alignment.tokens)


def test_an_edge_that_would_meet_its_new_neighbour_has_no_place(
    opened: Callable[[], Session], alignment: Path
) -> None:
    session = opened()
    first, second = session.result.phrases[4:6]
    session.decide(0, MoveCue(first.tokens, "end", second.span.start))
    sooner = replace(second, span=Span(second.span.start - 0.2, second.span.end))
    shorter = replace(first, span=Span(first.span.start, second.span.start - 0.4))
    shown = tuple({second: sooner, first: shorter}.get(one, one) for one in session.result.phrases)
    alignment.write_text(dump(replace(session.result, phrases=shown)), "utf-8")
    again = opened()
    (row,) = again.state()["stale"]
    assert row["about"].startswith("the end of the cue “")
    with pytest.raises(StaleError):
        again.apply(revision(again))


def test_a_log_of_the_first_version_goes_on(opened: Callable[[], Session], alignment: Path) -> None:
    session = opened()
    (different,) = ids(session, KINDS.DIFFERENT)
    session.decide(0, Take(different))
    session.close()
    first, second = map(json.loads, session.log.path.read_text("utf-8").splitlines())
    old = {key: first[key] for key in ("event", "alignment", "at")} | {"version": 1}
    session.log.path.write_text("".join(json.dumps(one) + "\n" for one in (old, second)), "utf-8")
    again = opened()
    assert (again.state()["decided"], again.state()["stale"]) == (1, [])
    changed_outside(alignment, {(3, 3): "嗯"})
    last = opened()
    assert (last.state()["decided"], last.state()["stale"]) == (1, [])


def test_two_processes_cannot_review_one_alignment(opened: Callable[[], Session], alignment: Path) -> None:
    session = opened()
    output = session.files
    with pytest.raises(InputError, match="is open in another"):
        Session(output, stand_in())


def test_a_full_disk_is_told_and_made_good(
    opened: Callable[[], Session], alignment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened()
    session.decide(0, Rename("Bruce", "老刘"))

    def full(*arguments: object) -> None:
        raise InputError(alignment, "cannot be written (No space left on device); free some room")

    with monkeypatch.context() as changed:
        changed.setattr("align.core.written_files.write_whole", full)
        with pytest.raises(InputError, match="No space"):
            session.apply(1)
    with pytest.raises(ConflictError, match="are written now"):
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
    session.decide(0, EditText(different, "试试"))
    first, second = map(json.loads, session.log.path.read_text("utf-8").splitlines())
    assert first["event"] == "opened"
    assert second["decisions"][0]["edits"][0]["text"] == "试试"
