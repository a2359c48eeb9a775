from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.core.errors import ModelError
from align.registry.locations import ModelFolder
from align.registry.verify import BLOCK_SIZE, problem_with, sha256_of, verify_files
from tests.registry.served import file_of, model_of

CONTENT = bytes(range(256)) * 20


def test_the_published_file_has_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(CONTENT)
    assert problem_with(file_of("model.bin", CONTENT), path) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(position=st.integers(0, len(CONTENT) - 1), flip=st.integers(1, 255))
def test_any_changed_byte_is_found_though_size_and_date_are_the_same(
    tmp_path: Path, position: int, flip: int
) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(CONTENT)
    before = path.stat()
    changed = bytearray(CONTENT)
    changed[position] ^= flip
    path.write_bytes(changed)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "is damaged: its SHA-256 is" in str(problem_with(file_of("model.bin", CONTENT), path))


def test_a_file_longer_than_one_block_is_read_to_its_end(tmp_path: Path) -> None:
    content = os.urandom(BLOCK_SIZE) + b"the end"
    path = tmp_path / "long"
    path.write_bytes(content)
    assert sha256_of(path) == hashlib.sha256(content).hexdigest()


def test_a_short_file_is_recognized_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(CONTENT[:-1])
    assert (
        problem_with(file_of("model.bin", CONTENT), path)
        == "is damaged: it has 5,119 bytes and the published file has 5,120"
    )


def test_the_first_bad_file_is_named_with_the_fix(tmp_path: Path) -> None:
    model = model_of({"good.json": b"{}", "bad.bin": CONTENT, "gone.txt": b"x"})
    home = ModelFolder(tmp_path, "run `align models pull small`", writable=True)
    (tmp_path / "good.json").write_bytes(b"{}")
    (tmp_path / "bad.bin").write_bytes(CONTENT)
    with pytest.raises(ModelError, match=r"gone\.txt: is missing; run `align models pull small`"):
        verify_files(model, home)
    (tmp_path / "bad.bin").write_bytes(b"\xff" + CONTENT[1:])
    with pytest.raises(ModelError, match=r"bad\.bin: is damaged: .*; run `align models pull small`"):
        verify_files(model, home)
