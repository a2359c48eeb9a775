"""Changes to a text keep what is said where it is said, and name the places that a report should name."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from scripts.benchmarks import units as texts
from scripts.benchmarks.perturb_text import (
    ChangedText,
    longest_increasing,
    stretches,
    text_perturbations,
)
from scripts.benchmarks.units import Unit
from scripts.benchmarks.values import Word

TEXT = """好，大家好，我是主持人。今天不聊天气，聊一聊公司的投资，一共有25个项目。你没有听错。
对，项目很多，时间很短。we do not have much time today，所以先说结论：市场没有想得那么好。
那我们请嘉宾介绍一下。他最近去了三个城市，不是为了旅游，是为了看工厂。"""
OTHER = "上个星期六，我一个人坐火车去了南方的一座小城。车窗外的稻田一块接着一块。" * 4


def units() -> tuple[Unit, ...]:
    bare = texts.read(TEXT)[0]
    truth = [Word(unit.text, k * 0.25, k * 0.25 + 0.2) for k, unit in enumerate(bare)]
    return texts.read(TEXT, truth)[0]


def changed(name: str) -> ChangedText:
    return text_perturbations(OTHER)[name](units(), random.Random(name))


@pytest.mark.parametrize("name", text_perturbations(OTHER))
def test_a_changed_text_is_read_as_the_tokens_that_it_has(name: str) -> None:
    text = changed(name)
    assert [unit.text for unit in texts.read(text.text)[0]] == [unit.text for unit in text.units]
    assert all((unit.start is None) == (unit.end is None) for unit in text.units)


@pytest.mark.parametrize("name", text_perturbations(OTHER))
def test_changes_are_in_order_and_inside_the_text(name: str) -> None:
    ranges = [change.tokens for change in changed(name).changes]
    assert all(0 <= first <= end <= len(changed(name).units) for first, end in ranges)
    assert all(left[1] <= right[0] for left, right in pairwise(ranges))


def test_deleted_words_leave_an_empty_place_with_the_time_of_what_is_said() -> None:
    text = changed("delete negation")
    left = {unit.start for unit in text.units}
    gone = [unit for unit in units() if unit.start not in left]
    assert {unit.text for unit in gone} <= {"不", "没", "not"}
    assert [change.tokens[0] == change.tokens[1] for change in text.changes] == [True] * len(gone)
    assert [change.span.start for change in text.changes if change.span] == [unit.start for unit in gone]


def test_inserted_words_have_no_time() -> None:
    text = changed("insert content")
    assert [k for k, unit in enumerate(text.units) if unit.start is None] == [
        change.tokens[0] for change in text.changes
    ]


def test_a_replaced_number_is_another_one() -> None:
    text = changed("replace number")
    assert text.changes
    for change in text.changes:
        assert text.units[change.tokens[0]].text != units()[change.tokens[0]].text


def test_shuffled_turns_keep_the_longest_part_that_is_in_order() -> None:
    text = changed("turns shuffled")
    assert len(text.units) == len(units())
    moved = {k for change in text.changes for k in range(*change.tokens)}
    starts = [unit.start for k, unit in enumerate(text.units) if k not in moved and unit.start is not None]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("order", "longest"), [([], 0), ([2, 0, 1], 2), ([0, 1, 2], 3), ([2, 1, 0], 1), ([3, 0, 4, 1, 2], 3)]
)
def test_the_longest_increasing_subsequence(order: list[int], longest: int) -> None:
    kept = longest_increasing(order)
    assert len(kept) == longest
    places = [order.index(value) for value in sorted(kept)]
    assert places == sorted(places)


def test_stretches_lie_between_marks() -> None:
    parts = [texts.words(units()[first:end]) for first, end in stretches(units(), "\n")]
    assert len(parts) == 3
    assert parts[1].startswith("对，项目")
