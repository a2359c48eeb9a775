"""A finished stage is computed once; a change of what it depends on computes it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.audio.recognition import RecognitionOptions
from align.core.array_file import StoredArray
from align.core.cache import Cache, default_cache_folder
from align.core.types import HeardWord, Posteriors, Span

HEARD = (HeardWord("好", "hao", Span(0.1, 0.25), 0.9), HeardWord("hello", "hello", Span(0.3, 1 / 3), 1 / 7))


class Counted:
    """Computes `outcome`, and counts how often."""

    def __init__(self, outcome: tuple[HeardWord, ...] = HEARD) -> None:
        self.outcome = outcome
        self.times = 0

    def __call__(self) -> tuple[HeardWord, ...]:
        self.times += 1
        return self.outcome


def recall(cache: Cache, inputs: object, compute: Callable[[], tuple[HeardWord, ...]]) -> object:
    return cache.get_or_compute("heard", inputs, tuple[HeardWord, ...], compute)


def test_a_stage_is_computed_once(tmp_path: Path) -> None:
    compute = Counted()
    assert [recall(Cache(tmp_path), "inputs", compute) for _ in range(3)] == [HEARD] * 3
    assert compute.times == 1


def test_each_thing_that_it_depends_on_counts(tmp_path: Path) -> None:
    compute, options = Counted(), RecognitionOptions()
    for inputs in (("a", options), ("b", options), ("a", replace(options, beam_size=5)), ("a", options)):
        recall(Cache(tmp_path), inputs, compute)
    assert compute.times == 3


def test_a_stage_that_did_not_finish_leaves_nothing(tmp_path: Path) -> None:
    def stopped() -> tuple[HeardWord, ...]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recall(Cache(tmp_path), "inputs", stopped)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        *(b"", b"[", b"[{}]", b"\xff", b'"\xff"', b"[" * 100_000),
        b'[{"text": "x", "span": {"start": 2, "end": 1}}]',
    ],
)
def test_a_damaged_file_is_computed_again(tmp_path: Path, damage: bytes) -> None:
    compute = Counted()
    recall(Cache(tmp_path), "inputs", compute)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage)
    assert recall(Cache(tmp_path), "inputs", compute) == HEARD
    assert recall(Cache(tmp_path), "inputs", compute) == HEARD
    assert compute.times == 2


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert recall(Cache(tmp_path / "file" / "stages"), "inputs", Counted()) == HEARD


def test_the_folder_is_the_users_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGN_STAGES", str(tmp_path))
    assert default_cache_folder() == tmp_path
    monkeypatch.delenv("ALIGN_STAGES")
    assert default_cache_folder().parts[-2:] == ("align", "stages")


ARRAY = np.arange(12, dtype=np.float16).reshape(4, 3) / np.float16(7)


class CountedRows:
    """The same for an outcome that is one table."""

    def __init__(self, outcome: NDArray[np.float16] = ARRAY) -> None:
        self.outcome = outcome
        self.times = 0

    def __call__(self) -> Iterator[NDArray[np.float16]]:
        self.times += 1
        yield self.outcome[:2]
        yield self.outcome[2:]

    def recalled(self, cache: Cache, name: str = "posteriors", inputs: object = "inputs") -> Posteriors:
        return cache.get_or_compute_array(name, inputs, (len(self.outcome), self.outcome.shape[1]), self)


def test_a_table_is_computed_once_and_read_from_the_disk_as_it_is_needed(tmp_path: Path) -> None:
    cache, rows = Cache(tmp_path), CountedRows()
    assert cache.stored_array("posteriors", "inputs") is None
    found = (rows.recalled(cache), rows.recalled(cache), cache.stored_array("posteriors", "inputs"))
    assert rows.times == 1
    for one in found:
        assert isinstance(one, StoredArray)
        assert np.array_equal(one[:], ARRAY)


def test_other_inputs_and_other_names_are_other_tables(tmp_path: Path) -> None:
    rows = CountedRows()
    for name, inputs in (("a", 1), ("a", 2), ("b", 1), ("a", 1)):
        rows.recalled(Cache(tmp_path), name, inputs)
    assert rows.times == 3


@pytest.mark.parametrize("size", [0, 1, 60, -1])
def test_a_table_of_which_the_disk_has_lost_a_part_is_computed_again(tmp_path: Path, size: int) -> None:
    cache, rows = Cache(tmp_path), CountedRows()
    rows.recalled(cache)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:size])
    for _ in range(2):
        assert np.array_equal(rows.recalled(cache)[:], ARRAY)
    assert rows.times == 2


def test_a_table_of_another_shape_is_computed_again(tmp_path: Path) -> None:
    cache, other = Cache(tmp_path), CountedRows(np.ones((2, 3), np.float16))
    other.recalled(cache)
    (kept,) = tmp_path.iterdir()
    rows = CountedRows()
    assert np.array_equal(rows.recalled(cache)[:], ARRAY)
    assert rows.times == 1
    assert list(tmp_path.iterdir()) == [kept]


def test_a_table_of_no_sound_at_all_is_kept_or_computed_again(tmp_path: Path) -> None:
    nothing = CountedRows(np.empty((0, 3), np.float16))
    for _ in range(2):
        assert nothing.recalled(Cache(tmp_path))[:].shape == (0, 3)


def test_a_table_that_was_not_finished_or_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    def stopped() -> Iterator[NDArray[np.float16]]:
        yield ARRAY[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Cache(tmp_path).get_or_compute_array("posteriors", "inputs", ARRAY.shape, stopped)
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").touch()
    nowhere = Cache(tmp_path / "file" / "stages")
    assert np.array_equal(CountedRows().recalled(nowhere)[:], ARRAY)


TIMES = st.tuples(st.floats(0, 1e5), st.floats(0, 1e5)).map(lambda ends: Span(min(ends), max(ends)))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
WORDS = st.lists(st.builds(HeardWord, TEXTS, TEXTS, TIMES, st.floats(0, 1)), max_size=4).map(tuple)


@given(WORDS, st.text())
@settings(deadline=None)  # a disk that others use may be slow
def test_what_comes_back_is_what_was_kept(
    tmp_path_factory: pytest.TempPathFactory, words: tuple[HeardWord, ...], inputs: str
) -> None:
    cache = Cache(tmp_path_factory.mktemp("stages"))
    recall(cache, inputs, Counted(words))
    assert recall(cache, inputs, Counted(())) == words
