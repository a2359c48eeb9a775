"""Every command keeps its exit code and does its work, whatever stdin, stdout and stderr are."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from align.core.csv_cells import BYTE_ORDER_MARK
from align.result.alignment_json import dump
from tests.conftest import Talk
from tests.recordings import write_short
from tests.results import sample
from tests.review.served import Asked

QUICK = {
    "clean": ("clean", "talk.txt", "-o", "out"),
    "export": ("export", "livestream.alignment.json", "--to", "srt", "-o", "out"),
    "mismatches": ("mismatches", "livestream.alignment.json"),
    "plot": ("plot", "livestream.alignment.json", "--to", "png", "-o", "out"),
    "speakers": ("speakers", "livestream.alignment.json", "--rename", "Bruce=Bob", "-o", "out"),
    "voices": ("voices", "list"),
    "check": ("check", "good.srt"),
    "models": ("models", "list"),
    "doctor": ("doctor",),
}
"""All commands but those that load models, with what makes them work and end with 0."""
LONG = {
    "run": ("run", "talk.wav", "talk.txt", "--no-translate", "-o", "out"),
    "batch": ("batch", "list.csv", "--no-translate", "-o", "out"),
    "retime": ("retime", "done/talk.alignment.json", "talk.txt", "--no-translate", "-o", "out"),
}
WITH_FILES = {"clean", "export", "plot", "speakers", *LONG}
HELP = (("--help",), ("--version",), ("run", "-h"), ("models", "--help"))

FULL = "align: stdout: cannot be written (No space left on device); redirect it elsewhere\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an input for each command."""
    folder = tmp_path_factory.mktemp("streams")
    write_short(folder)
    (folder / "livestream.alignment.json").write_text(dump(sample()), "utf-8")
    (folder / "good.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\n大家好\n", "utf-8")
    (folder / "list.csv").write_text("audio,transcript\ntalk.wav,talk.txt\n", "utf-8")
    return folder


def begun(
    talk: Talk, place: Path, arguments: tuple[str, ...], streams: str = "", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in `place` under a shell's redirections, in a buffering Python, into an empty folder."""
    for old in (place / "out").glob("*"):
        old.unlink()
    environment = {**talk.environment, "PYTHONUNBUFFERED": "", "MPLBACKEND": "agg", **variables}
    script = f'exec "$@" {streams}'
    return subprocess.run(
        ["bash", "-c", script, "bash", *talk.command(*arguments)],
        cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def check_work(place: Path, command: str) -> None:
    """The files are there, if the command writes any."""
    assert bool(list((place / "out").glob("*"))) is (command in WITH_FILES)


def check_quiet(told: bytes) -> None:
    """Nobody complains of the streams, not even Python when it ends."""
    for complaint in (b"Traceback", b"Exception ignored", b"Error:", b"internal error ("):
        assert complaint not in told


@pytest.fixture(scope="module")
def aligned(talk: Talk, place: Path, done: Path) -> Path:
    """The same folder with a result of the short recording, and the finished stages of it."""
    (place / "done").symlink_to(done)
    return place


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("command", QUICK)
def test_a_document_is_the_same_in_every_encoding(
    command: str, encoding: str, talk: Talk, place: Path
) -> None:
    ran = begun(talk, place, (*QUICK[command], "--json"), PYTHONIOENCODING=encoding)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout.decode("ascii"))["ok"] is True
    ran.stderr.decode(encoding)
    check_quiet(ran.stderr)
    check_work(place, command)


@pytest.mark.parametrize("command", QUICK)
def test_what_is_for_the_eye_is_written_in_every_encoding(command: str, talk: Talk, place: Path) -> None:
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    ran = begun(talk, place, QUICK[command], **plain)
    assert ran.returncode == 0, ran.stderr
    assert (ran.stdout + ran.stderr).decode("ascii")
    check_quiet(ran.stderr)
    check_work(place, command)


@pytest.mark.parametrize("command", QUICK)
def test_a_full_stdout_is_one_sentence_and_3(command: str, talk: Talk, place: Path) -> None:
    for streams in (">/dev/full", ">/dev/full 2>&-"):
        ran = begun(talk, place, (*QUICK[command], "--json"), streams)
        assert ran.returncode == 3
        assert ran.stderr.decode() == ("" if "2>&-" in streams else FULL)
        check_work(place, command)


@pytest.mark.parametrize("command", QUICK)
def test_closed_streams_stop_no_work(command: str, talk: Talk, place: Path) -> None:
    ran = begun(talk, place, (*QUICK[command], "--json"), "<&- 2>&-")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["ok"] is True
    check_work(place, command)
    ran = begun(talk, place, (*QUICK[command], "--json"), ">&-")
    assert ran.returncode == 3
    assert ran.stderr == FULL.replace("No space left on device", "it is closed").encode()
    check_work(place, command)


@pytest.mark.parametrize("command", QUICK)
def test_a_reader_that_leaves_and_a_full_stderr_are_no_faults(command: str, talk: Talk, place: Path) -> None:
    ran = begun(talk, place, (*QUICK[command], "--json"), "2>/dev/full > >(:)")
    assert ran.returncode == 0
    check_work(place, command)
    ran = begun(talk, place, QUICK[command], "> >(:)")
    assert ran.returncode == 0
    check_quiet(ran.stderr)


@pytest.mark.parametrize("command", LONG)
def test_long_work_is_done_whatever_the_streams_are(command: str, talk: Talk, aligned: Path) -> None:
    arguments = (*LONG[command], "--json")
    ran = begun(talk, aligned, arguments, "<&- 2>&-", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout.decode("ascii"))["ok"] is True
    check_work(aligned, command)
    ran = begun(talk, aligned, arguments, ">/dev/full")
    assert ran.returncode == 3
    assert ran.stderr.decode().endswith(FULL)
    check_quiet(ran.stderr)
    check_work(aligned, command)
    ran = begun(talk, aligned, LONG[command], ">&-", PYTHONIOENCODING="ascii")  # which prints nothing there
    assert ran.returncode == 0, ran.stderr
    ran.stderr.decode("ascii")
    check_work(aligned, command)


@pytest.mark.parametrize("arguments", HELP)
def test_help_and_version_keep_to_it_too(arguments: tuple[str, ...], talk: Talk, place: Path) -> None:
    assert begun(talk, place, arguments, "2>&- <&-").returncode == 0
    assert begun(talk, place, arguments, PYTHONIOENCODING="ascii").returncode == 0
    full = begun(talk, place, arguments, ">/dev/full")
    assert (full.returncode, full.stderr.decode()) == (3, FULL)
    assert begun(talk, place, arguments, ">&- 2>&-").returncode == 3
    left = begun(talk, place, arguments, "> >(:)")
    assert (left.returncode, left.stderr) == (0, b"")


def test_what_went_wrong_first_counts(talk: Talk, place: Path) -> None:
    ran = begun(talk, place, ("mismatches", "livestream.alignment.json", "--bogus", "--json"), ">/dev/full")
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"align: No such option")
    assert ran.stderr.count(b"\n") == 1
    ran = begun(
        talk, place, ("mismatches", "livestream.alignment.json", "-q", "--fail-over", "0"), ">&- 2>/dev/full"
    )
    assert ran.returncode == 1


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", True), ("gbk", False), ("ascii", False)])
def test_a_table_has_a_mark_only_where_it_means_one(
    encoding: str, mark: bool, talk: Talk, place: Path
) -> None:
    for arguments in (("mismatches", "livestream.alignment.json"), ("check", "good.srt")):
        ran = begun(talk, place, (*arguments, "--csv"), PYTHONIOENCODING=encoding)
        assert ran.returncode == 0, ran.stderr
        table = ran.stdout.decode(encoding)
        assert table.startswith(BYTE_ORDER_MARK) is mark
        assert table.removeprefix(BYTE_ORDER_MARK).startswith(("id,kind", "cue,time"))
        assert "\\ufeff" not in table
    chinese = begun(talk, place, ("speakers", "livestream.alignment.json"), PYTHONIOENCODING=encoding)
    assert ("陈倩" if encoding != "ascii" else r"\u9648\u5029") in chinese.stdout.decode(encoding)


def test_bars_are_drawn_on_a_terminal_without_unicode(talk: Talk, aligned: Path) -> None:
    main_end, other = pty.openpty()
    environment = {**talk.environment, "PYTHONIOENCODING": "ascii", "TERM": "xterm"}
    arguments = talk.command(*LONG["run"], "-o", "out/漫谈")
    with subprocess.Popen(
        arguments, cwd=aligned, env=environment, stdout=subprocess.DEVNULL, stderr=other
    ) as process:
        os.close(other)
        told = b"".join(_read(main_end))
    os.close(main_end)
    assert process.returncode == 0, told
    assert b"Reading the audio" in told
    assert rb"\u6f2b\u8c08" in told
    told.decode("ascii")
    check_quiet(told)


def _read(end: int) -> Iterator[bytes]:
    """What arrives at a terminal until its other side is closed, which Linux tells by an error."""
    while True:
        try:
            yield os.read(end, 4096)
        except OSError:
            return


@contextmanager
def reviewing(talk: Talk, place: Path, streams: str) -> Iterator[subprocess.Popen[bytes]]:
    """A review that has been started under a shell's redirections; ended with Ctrl-C."""
    arguments = talk.command("review", "livestream.alignment.json", "--no-browser", "--json")
    with subprocess.Popen(
        ["bash", "-c", f'exec "$@" {streams}', "bash", *arguments],
        cwd=place, env=talk.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def test_a_review_serves_without_stdin_and_stderr(talk: Talk, place: Path) -> None:
    with reviewing(talk, place, "<&- 2>&-") as process:
        assert process.stdout is not None
        document = b"".join(iter(process.stdout.readline, b"}\n"))
        process.stdout.close()
        review = Asked(json.loads(document + b"}")["address"])
        assert review.state()["places"] == 5
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_a_review_that_cannot_tell_its_address_ends(talk: Talk, place: Path) -> None:
    with reviewing(talk, place, ">/dev/full") as process:
        assert process.wait(60) == 3
        assert process.stderr is not None
        assert process.stderr.read().decode().endswith(FULL)
