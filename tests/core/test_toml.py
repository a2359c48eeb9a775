"""Glossaries and profiles: what is no TOML is said in one sentence, however it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.toml import read_toml


def test_a_table_comes_with_the_bytes_that_it_was_read_from(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(path, "name another") == (b"\xef\xbb\xbfa = 1\n", {"a": 1})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a = ", r"is not TOML \(.*\(at .*\)\); fix it there"),
        (b"a = \xff", "is not UTF-8; save it as UTF-8"),
        (b"a = " + b"[" * 100_000, "is nested too deeply; write it flat"),
        (
            b"a = 1\n[" + b".".join([b"b"] * 200_000) + b"]",
            "line 2 has more than 200 dots; write it shorter",
        ),
        (b"a = " + b"9" * 10_000, r"is not TOML \("),
    ],
)
def test_what_is_no_toml_is_said(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem):
        read_toml(path, "name another")


def test_what_is_not_there_is_said_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(No such file or directory\); name another"):
        read_toml(tmp_path / "none.toml", "name another")
