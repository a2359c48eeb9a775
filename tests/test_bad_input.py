"""Whatever is given: one clear sentence, the right exit code, nothing half-written, never a traceback."""

from __future__ import annotations

import json
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from align.cli.main import main
from align.core.types import SAMPLE_RATE
from align.registry import ensure
from tests.conftest import Command, Talk
from tests.folders import files_in
from tests.recordings import write_sound

POEM = (
    "床前明月光，疑是地上霜。举头望明月，低头思故乡。白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"
    "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。千山鸟飞绝，万径人踪灭。孤舟蓑笠翁，独钓寒江雪。"
)
MODEL_FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")


def _wrong_audio(folder: Path, kind: str) -> Path:
    path = folder / "wrong.wav"
    second = np.zeros(SAMPLE_RATE, np.float32)
    noise = np.random.default_rng(1).normal(0, 0.01, 2 * SAMPLE_RATE).astype(np.float32)
    match kind:
        case "missing":
            return folder / "none.wav"
        case "empty":
            path.touch()
        case "text":
            path.write_text(POEM, "utf-8")
        case "silent":
            write_sound(path, second)
        case "noise":
            write_sound(path, noise)
    return path


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("missing", "none.wav: there is no such file"),
        ("empty", "wrong.wav: is empty"),
        ("text", "wrong.wav: is not a recording"),
        ("silent", "wrong.wav: contains no audio"),
        ("noise", "wrong.wav: contains no speech"),
    ],
)
def test_a_recording_that_cannot_be_used(
    talk: Talk, align: Command, tmp_path: Path, kind: str, sentence: str
) -> None:
    out = tmp_path / "out"
    ran = align("run", _wrong_audio(tmp_path, kind), talk.transcript, "-o", out, "-q")
    assert ran.returncode == 3
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1, "one sentence"
    assert not list(out.glob("*"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "cannot be read"), (b"", "has no words"), (b"...\n", "has no words"), (b"OggS\0\0", "is audio")],
)
def test_a_transcript_that_cannot_be_used(
    talk: Talk, align: Command, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    text = tmp_path / "words.txt"
    if content is not None:
        text.write_bytes(content)
    ran = align("run", talk.audio, text, "-o", tmp_path / "out", "-q", "--no-translate")
    assert ran.returncode == 3
    assert f"words.txt: {sentence}" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_transcript_of_another_recording_ends_with_both_shares_and_the_report(
    talk: Talk, align: Command, tmp_path: Path
) -> None:
    other = tmp_path / "poems.txt"
    other.write_text(POEM, "utf-8")
    ran = align("run", talk.audio, other, "-o", tmp_path, "--json")
    assert ran.returncode == 1
    document = json.loads(ran.stdout)
    assert document["ok"] is False
    assert document["exit_code"] == 1
    assert f"{document['found']:.0%} of the text was found" in document["error"]
    assert f"{document['covered']:.0%} of the speech is covered" in document["error"]
    assert "poems.txt: this does not seem to be the transcript of talk.wav" in ran.stderr
    written = sorted(path.name for path in tmp_path.glob("talk.*"))
    assert written == [
        "talk.alignment.json", "talk.mismatches.csv", "talk.mismatches.html", "talk.mismatches.json",
    ]  # fmt: skip
    assert "Translating" not in ran.stderr


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody ever writes into."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        "run PIPE TEXT", "run SOUND PIPE", "run SOUND TEXT --glossary PIPE", "run SOUND TEXT --lexicon PIPE",
        "run SOUND TEXT --participants PIPE", "run SOUND TEXT --diarizer PIPE",
        "run SOUND TEXT --profile PIPE", "run SOUND TEXT --shot-changes PIPE",
        "run SOUND TEXT --translation-backend file --translation PIPE",
        "retime PIPE TEXT", "retime DONE PIPE", "retime DONE TEXT --audio PIPE",
        "export PIPE", "export DONE --audio PIPE", "speakers PIPE",
        "plot PIPE", "mismatches PIPE", "review PIPE --no-browser", "review DONE --no-browser --audio PIPE",
        "clean PIPE", "check PIPE", "batch PIPE",
    ],
)  # fmt: skip
def test_a_pipe_is_called_a_pipe_and_not_waited_for(
    talk: Talk, done: Path, pipe: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: str
) -> None:
    named = {"PIPE": pipe, "SOUND": talk.audio, "TEXT": talk.transcript, "DONE": done / "talk.alignment.json"}
    given = [str(named.get(one, one)) for one in arguments.split()]
    out = [] if given[0] in ("check", "mismatches", "review") else ["-o", str(tmp_path / "out")]
    with pytest.raises(SystemExit) as end:
        main([*given, *out])
    assert end.value.code == 3
    assert f"align: {pipe}: is a pipe, not a file; " in capsys.readouterr().err
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.symlink_to("gone"), "a link to gone, which is not there"),
        (os.mkfifo, "a pipe"),
        (Path.touch, "a file"),
    ],
)
@pytest.mark.parametrize("command", ["export", "batch"])
def test_what_stands_in_the_place_of_the_folder_is_told(
    talk: Talk,
    done: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], object],
    told: str,
    command: str,
) -> None:
    make(tmp_path / "out")
    given = {"export": done / "talk.alignment.json", "batch": talk.audio.parent}[command]
    with pytest.raises(SystemExit) as end:
        main([command, str(given), "-o", str(tmp_path / "out")])
    assert end.value.code == 3
    assert f"out: cannot be written (it is {told}); choose another folder" in capsys.readouterr().err


def test_names_that_are_not_utf_8_are_taken(talk: Talk, align: Command, done: Path, tmp_path: Path) -> None:
    name = os.fsdecode("第一次".encode("gbk"))
    shows, out = tmp_path / f"shows-{name}", tmp_path / f"out-{name}"
    shows.mkdir()
    shutil.copy(talk.audio, shows / f"{name}.wav")
    shutil.copy(talk.transcript, shows / f"{name}.txt")
    shutil.copy(talk.audio, shows)
    shutil.copy(talk.transcript, shows)
    batch = align("batch", shows, "-o", out, "--no-translate", "--json", "-q")
    assert batch.returncode == 0, batch.stderr
    assert json.loads(batch.stdout)["done"] == 2
    assert (out / "talk.zh.srt").read_bytes() == (done / "talk.zh.srt").read_bytes()
    (alignment,) = (path for path in out.glob("*.alignment.json") if path.name != "talk.alignment.json")
    text = shows / f"{name}.txt"
    for arguments in (
        ["run", shows / f"{name}.wav", text, "-o", out, "--no-translate"],
        ["clean", text],
        ["retime", alignment, text, "--audio", shows / f"{name}.wav", "--no-translate", "-o", out / name],
        ["export", alignment, "-o", out / name],
        ["speakers", alignment, "--rename", "陈倩=Qian", "-o", out / f"{name}2"],
    ):
        ran = align(*arguments, "--json", "-q")
        assert (ran.returncode, ran.stderr) == (0, "")
        assert json.loads(ran.stdout)["ok"]


@pytest.mark.parametrize(("language", "near"), [("yue", "yi"), ("xx", "af"), ("zh-cn", "zh")])
def test_a_language_that_the_model_lacks(
    talk: Talk, align: Command, tmp_path: Path, language: str, near: str
) -> None:
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path, "--language", language)
    assert ran.returncode == 4
    assert f"does not know the language '{language}'; choose a code with --language, such as" in ran.stderr
    assert near in ran.stderr.rpartition("such as")[2]
    assert "Recognising" not in ran.stderr
    assert not list(tmp_path.iterdir())


def test_a_language_that_nobody_translates_into_fails_before_anything_is_read_or_pulled(
    talk: Talk, align: Command, tmp_path: Path
) -> None:
    empty = {"ALIGN_MODELS": str(tmp_path / "models"), "ALIGN_MODEL_PATH": ""}
    ran = align("run", tmp_path / "none.wav", talk.transcript, "--second-language", "xx", changed=empty)
    assert ran.returncode == 2
    assert ran.stderr.startswith(
        "align: there is no language 'xx' to translate into; choose a code such as en, zh or fr"
    )
    assert not (tmp_path / "models").exists()


def test_a_folder_that_cannot_be_written(talk: Talk, align: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path / "file" / "out", "--no-translate")
    assert ran.returncode == 3
    assert "file/out: cannot be written (Not a directory); choose another folder with -o" in ran.stderr
    assert "Recognising" not in ran.stderr


def _with_room_for(size: int) -> Callable[[], None]:
    """The system refuses every byte of a file after so many, as it does on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_no_room_for_the_sound_is_said_in_one_sentence(talk: Talk, align: Command, tmp_path: Path) -> None:
    room = _with_room_for(talk.audio.stat().st_size // 2)
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path, "--no-translate", "-q", preexec_fn=room)
    assert ran.returncode == 3
    assert "cannot store the decoded audio (File too large); free some space" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_no_room_while_writing_leaves_whole_files_only(align: Command, done: Path, tmp_path: Path) -> None:
    wanted = {path.name: path.read_bytes() for path in done.iterdir()}
    given = ("export", done / "talk.alignment.json", "--to", "srt,html", "-o")
    align(*given, tmp_path / "silent")
    room = _with_room_for((tmp_path / "silent" / "talk.mismatches.html").stat().st_size - 1)
    ran = align(*given, tmp_path / "out", preexec_fn=room)
    assert ran.returncode == 3
    assert "cannot be written (File too large); free some room" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert files_in(tmp_path / "out") == {"talk.zh.srt": wanted["talk.zh.srt"]}


def test_what_stood_there_before_stays_when_there_is_no_room(
    talk: Talk, align: Command, done: Path, tmp_path: Path
) -> None:
    shutil.copytree(done, tmp_path, dirs_exist_ok=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    ran = align("export", tmp_path / "talk.alignment.json", "--fps", "30", preexec_fn=_with_room_for(100))
    assert ran.returncode == 3
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache with a copy of Whisper base, to be spoiled."""
    cache = tmp_path_factory.mktemp("cache")
    source = ensure("whisper-base")
    for name in MODEL_FILES:
        (cache / "whisper-base").mkdir(exist_ok=True)
        shutil.copyfile(source / name, cache / "whisper-base" / name)
    yield cache
    shutil.rmtree(cache)


def _flip_a_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize("name", MODEL_FILES)
def test_one_byte_changed_in_a_model_fails_both_verify_and_run(
    talk: Talk, align: Command, copied: Path, tmp_path: Path, name: str
) -> None:
    spoiled = copied / "whisper-base" / name
    changed = {"ALIGN_MODELS": str(copied), "ALIGN_MODEL_PATH": ""}
    _flip_a_byte(spoiled)
    verified = align("models", "verify", "whisper-base", changed=changed)
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path, "--no-translate", changed=changed)
    _flip_a_byte(spoiled)
    for outcome in (verified, ran):
        assert outcome.returncode == 4
        assert f"{spoiled}: is damaged: its SHA-256 is" in outcome.stderr
        assert "run `align models pull whisper-base`" in outcome.stderr
    assert not list(tmp_path.iterdir())


def test_a_gpu_that_is_not_there(talk: Talk, align: Command, tmp_path: Path) -> None:
    ran = align(
        "run", talk.audio, talk.transcript, "-o", tmp_path, "--no-translate", "--device", "cuda",
    )  # fmt: skip
    assert ran.returncode == 4
    assert "cuda: no CUDA GPU can be used; see `align doctor`, or choose --device cpu" in ran.stderr
