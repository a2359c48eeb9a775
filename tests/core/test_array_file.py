"""A table on the disk, read in parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.core.array_file import StoredArray, open_array, write_array

TABLE = np.arange(60, dtype=np.float16).reshape(20, 3)


def written(path: Path, blocks: list[NDArray[np.float16]], rows: int) -> Path:
    with path.open("wb") as file:
        write_array(file, (rows, 3), blocks)
    return path


def opened(path: Path) -> StoredArray:
    found = open_array(path)
    assert found is not None
    return found


@given(st.integers(-25, 25), st.integers(-25, 25))
def test_a_part_is_that_of_the_table(tmp_path_factory: pytest.TempPathFactory, first: int, last: int) -> None:
    rows = opened(written(tmp_path_factory.mktemp("rows") / "table", [TABLE[:7], TABLE[7:]], 20))
    assert len(rows) == 20
    assert np.array_equal(rows[first:last], TABLE[first:last])
    assert np.array_equal(rows[:], TABLE)


def test_numpy_reads_the_file_too(tmp_path: Path) -> None:
    assert np.array_equal(np.load(written(tmp_path / "table", [TABLE], 20)), TABLE)


def test_a_file_that_is_deleted_is_still_read(tmp_path: Path) -> None:
    rows = opened(written(tmp_path / "table", [TABLE], 20))
    (tmp_path / "table").unlink()
    assert np.array_equal(rows[3:5], TABLE[3:5])


@pytest.mark.parametrize("size", [0, 1, 60, -1])
def test_a_file_that_lost_a_part_is_none(tmp_path: Path, size: int) -> None:
    path = written(tmp_path / "table", [TABLE], 20)
    path.write_bytes(path.read_bytes()[:size])
    assert open_array(path) is None


@pytest.mark.parametrize(
    "other", [np.array([{"not": "numbers"}]), TABLE.astype(np.float32), TABLE[0], np.asfortranarray(TABLE)]
)
def test_any_other_array_is_none(tmp_path: Path, other: NDArray[np.generic]) -> None:
    np.save(tmp_path / "table.npy", other, allow_pickle=True)
    assert open_array(tmp_path / "table.npy") is None


def test_a_table_without_a_row_is_a_table(tmp_path: Path) -> None:
    assert opened(written(tmp_path / "table", [], 0))[:].shape == (0, 3)
    assert open_array(tmp_path / "none") is None
