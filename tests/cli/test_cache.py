"""`align cache` from the command line."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from align.cli.main import main
from align.core.cache import Cache
from align.pipeline.translation import MEMORY


class Terminal(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with three entries of two stages and a translation memory; the models are 7 bytes."""
    cache = Cache(tmp_path / "stages")
    for number, (name, size) in enumerate([("placed", 1000), ("heard", 400), ("heard", 500)], 1):
        cache.get_or_compute(name, size, str, lambda size=size: "x" * (size - 2))  # type: ignore[misc]
        (path,) = (one for one in cache.folder.iterdir() if one.stat().st_size == size)
        os.utime(path, (number, 1))
    (cache.folder / MEMORY).write_bytes(b"x" * 30)
    (tmp_path / "models" / "base").mkdir(parents=True)
    (tmp_path / "models" / "base" / "model.bin").write_bytes(b"weights")
    monkeypatch.setenv("ALIGN_STAGES", str(cache.folder))
    monkeypatch.setenv("ALIGN_MODELS", str(tmp_path / "models"))
    monkeypatch.delenv("ALIGN_CACHE_LIMIT", raising=False)
    return cache.folder


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["cache", *arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def sizes(folder: Path) -> list[int]:
    return sorted(path.stat().st_size for path in folder.iterdir())


def test_show_tells_the_size_of_each_stage_and_of_the_models(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(["show"], capsys)
    assert (code, err) == (0, "")
    assert f"Finished stages in {folder}" in out
    assert "3 entries, 1.9 kB of at most 5.0 GB; in use now: 0; least recently used: 1970-01-01" in out
    assert "Cached translations: 30 B" in out
    assert f"Models (not part of the cache): 7 B in {folder.parent / 'models'}" in out
    assert sizes(folder) == [30, 400, 500, 1000]


def test_show_as_a_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Cache(folder).held() as cache:
        cache.get_or_compute("placed", 1000, str, lambda: pytest.fail("it is there"))
        code, out, _ = run(["show", "--json"], capsys)
    found = json.loads(out)
    assert (code, found["ok"], found["folder"], found["bytes"]) == (0, True, str(folder), 1900)
    assert (found["entries"], found["in_use"], found["limit"]) == (3, 1, 5_000_000_000)
    rows = [(one["stage"], one["entries"], one["bytes"]) for one in found["stages"]]
    assert rows == [("placed", 1, 1000), ("heard", 2, 900)]
    assert found["translations"] == {"bytes": 30}
    assert found["models"] == {"folder": str(folder.parent / "models"), "bytes": 7}
    assert found["oldest"] < found["stages"][0]["last_used"]


def test_a_cache_that_is_not_there_yet_is_empty(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ALIGN_STAGES", str(folder / "none"))
    assert "0 entries, 0 B of at most 5.0 GB" in run(["show"], capsys)[1]
    assert json.loads(run(["show", "--json"], capsys)[1])["oldest"] is None
    for arguments in (["prune"], ["clear", "--yes"]):
        assert run(arguments, capsys) == (0, "", "Removed 0 entries, 0 B; 0 B left.\n")
    assert not (folder / "none").exists()


@pytest.mark.parametrize(
    ("limit", "environment", "left"),
    [
        (["--limit", "1.6kB"], "", [30, 400, 500]),
        (["--limit", "0"], "", [30]),
        ([], "600", [30, 500]),
        ([], "", [30, 400, 500, 1000]),
        (["--limit", "1GB"], "600", [30, 400, 500, 1000]),
    ],
)
def test_prune_keeps_to_a_limit(
    limit: list[str],
    environment: str,
    left: list[int],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ALIGN_CACHE_LIMIT", environment)
    code, out, _ = run(["prune", *limit, "--json", "-q"], capsys)
    assert (code, sizes(folder)) == (0, left)
    entries, size = 4 - len(left), 1930 - sum(left)
    assert json.loads(out) == {
        "ok": True, "entries": entries, "bytes": size, "left": 1900 - size, "in_use": 0, "stuck": 0,
    }  # fmt: skip


def test_what_a_run_uses_is_kept_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Cache(folder).held() as cache:
        cache.get_or_compute("placed", 1000, str, lambda: pytest.fail("it is there"))
        told = run(["clear", "--yes"], capsys)
        assert told == (
            0,
            "",
            "Removed 2 entries, 900 B; 1.0 kB left; kept because a run is using them: 1.\n",
        )
        cache.get_or_compute("placed", 1000, str, lambda: pytest.fail("it is there"))
        assert (folder / MEMORY).exists()
    assert run(["clear", "--yes"], capsys) == (0, "", "Removed 1 entry, 1.0 kB; 0 B left.\n")
    assert not list(folder.iterdir())


def test_clearing_asks_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    code, _, err = run(["clear"], capsys)
    assert code == 2
    assert err == (
        "align: This removes 3 cached stages and all cached translations, 1.9 kB. Add --yes to do it\n"
    )
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    code, _, err = run(["clear"], capsys)
    assert (code, sizes(folder)) == (2, [30, 400, 500, 1000])
    assert "nothing was removed" in err
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run(["clear"], capsys)[0] == 0
    assert not list(folder.iterdir())


@pytest.mark.parametrize("command", [["show"], ["prune"], ["clear", "--yes"]])
def test_a_folder_that_cannot_be_read_is_3(
    command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / MEMORY
    monkeypatch.setenv("ALIGN_STAGES", str(file))
    code, out, err = run(command, capsys)
    assert (code, out) == (3, "")
    assert err == (
        f"align: {file}: cannot be read (Not a directory); choose another folder for the cache with "
        "ALIGN_STAGES\n"
    )


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(["prune", "--limit", "much"], ""), (["prune"], "much"), (["show"], "much")],
)
def test_what_is_no_size_is_2(
    arguments: list[str],
    environment: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ALIGN_CACHE_LIMIT", environment)
    code, _, err = run(arguments, capsys)
    assert (code, sizes(folder)) == (2, [30, 400, 500, 1000])
    assert '"much" is not a size; write one such as 500MB, 5GB or 20GiB' in err
