"""Work started before its turn stays in order and within its limit."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.audio.prefetch import ahead


@given(st.lists(st.integers()), st.integers(0, 5), st.integers(1, 4))
def test_results_come_in_order_and_no_more_work_is_started_than_allowed(
    numbers: list[int], count: int, workers: int
) -> None:
    started = 0

    def counted() -> Iterator[int]:
        nonlocal started
        for number in numbers:
            started += 1
            yield number

    with ThreadPoolExecutor(workers) as pool:
        for k, double in enumerate(ahead(pool, lambda number: 2 * number, counted(), count)):
            assert double == 2 * numbers[k]
            assert started <= k + count + 1
    assert started == len(numbers)


def test_an_error_is_raised_in_its_turn() -> None:
    with ThreadPoolExecutor(2) as pool:
        results = ahead(pool, lambda number: 1 // number, [1, 1, 0, 1], 3)
        assert [next(results), next(results)] == [1, 1]
        with pytest.raises(ZeroDivisionError):
            next(results)
