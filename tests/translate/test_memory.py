from __future__ import annotations

import sqlite3
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.translate.memory import Memory, StoredTranslation, key_of


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(rows=st.dictionaries(st.text(min_size=1), st.tuples(st.integers(0, 90), st.text()), max_size=20))
def test_what_is_kept_comes_back(tmp_path: Path, rows: dict[str, tuple[int, str]]) -> None:
    keys = {key_of(name): value for name, value in rows.items()}
    memory = Memory(tmp_path / "deep" / "m.sqlite")
    memory.store(
        (key, room, "source", line.encode("utf-8", "replace").decode()) for key, (room, line) in keys.items()
    )
    found = memory.look_up([*keys, key_of("another")])
    assert found == {
        k: StoredTranslation(room, line.encode("utf-8", "replace").decode())
        for k, (room, line) in keys.items()
    }


def test_more_keys_than_sqlite_takes_at_once(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m")
    memory.store((key_of(k), 1, "", str(k)) for k in range(3000))
    assert len(memory.look_up([key_of(k) for k in range(3000)])) == 3000


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "m"
    path.write_bytes(b"this is no database" * 100)
    memory = Memory(path)
    assert memory.look_up(["a"]) == {}
    memory.store([("a", 1, "好", "Good")])
    assert memory.look_up(["a"]) == {"a": StoredTranslation(1, "Good")}


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    memory = Memory(tmp_path / "file" / "m")
    memory.store([("a", 1, "好", "Good")])
    assert memory.look_up(["a"]) == {}


def test_two_runs_share_it(tmp_path: Path) -> None:
    one, other = Memory(tmp_path / "m"), Memory(tmp_path / "m")
    one.store([("a", 1, "好", "Good")])
    other.store([("b", 1, "坏", "Bad"), ("a", 2, "好", "Fine")])
    assert one.look_up(["a", "b"]) == {"a": StoredTranslation(2, "Fine"), "b": StoredTranslation(1, "Bad")}
    rows = sqlite3.connect(tmp_path / "m").execute("SELECT source, line FROM lines ORDER BY line").fetchall()
    assert rows == [("坏", "Bad"), ("好", "Fine")]


def test_keys_tell_everything_apart() -> None:
    assert (
        len({key_of("a", "b"), key_of("ab"), key_of("a", ("b",)), key_of("a", None), key_of("b", "a")}) == 5
    )
