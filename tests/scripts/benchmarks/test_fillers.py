"""What somebody who cleans a transcript takes out."""

from __future__ import annotations

import pytest

from scripts.benchmarks import units
from scripts.benchmarks.fillers import fillers


@pytest.mark.parametrize(
    ("said", "cleaned"),
    [
        ("呃，我们嗯聊一聊啊", "我们聊一聊"),
        ("我我我觉得这个这个电力", "我觉得这个电力"),
        ("对，那个，然后呃就是说，电力", "对电力"),
        ("就是电力，那个人慢慢看看", "就是电力那个人慢慢看看"),
        ("是。是的", "是是的"),
    ],
)
def test_fillers_and_repeats_go(said: str, cleaned: str) -> None:
    found, _ = units.read(said)
    gone = {k for first, last in fillers(found) for k in range(first, last)}
    assert "".join(unit.text for k, unit in enumerate(found) if k not in gone) == cleaned


def test_ranges_do_not_touch() -> None:
    assert fillers(units.read("呃，嗯，我呃我")[0]) == ((0, 2), (3, 4))
