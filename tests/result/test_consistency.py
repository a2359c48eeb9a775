"""What must hold between the rows of a document."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import InputError
from align.core.json_document import Node
from align.core.types import Span
from align.result.consistency import Rows, check_apart, check_inside, check_order

SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)).map(lambda two: Span(two[0], sum(two))))


def rows_of(spans: list[Span]) -> Rows:
    """Rows at /phrases that have these times."""
    times = ({"start": span.start, "end": span.end} for span in spans)
    nodes = (Node(Path("x.json"), f"/phrases/{k}", value) for k, value in enumerate(times))
    return list(zip(nodes, spans, strict=True))


def passes(check: object, rows: Rows) -> bool:
    """Whether a check has nothing against the rows."""
    assert callable(check)
    try:
        check(rows)
    except InputError:
        return False
    return True


@given(SPANS)
def test_rows_pass_that_are_in_order_and_apart(spans: list[Span]) -> None:
    rows = rows_of(spans)
    in_order = all(one.start <= other.start for one, other in pairwise(spans))
    assert passes(check_order, rows) == in_order
    assert passes(check_apart, rows) == (
        in_order and all(one.end <= other.start for one, other in pairwise(spans))
    )


def test_the_row_that_overlaps_is_named_with_both_times() -> None:
    with pytest.raises(
        InputError, match=r"/phrases/1/start is 2.5, while /phrases/0 lasts until 3; start this"
    ):
        check_apart(rows_of([Span(1, 3), Span(2.5, 4)]))


def test_a_row_may_lie_a_frame_beyond_the_recording_and_no_more() -> None:
    duration = Node(Path("x.json"), "/duration", 4)
    check_inside(duration, rows_of([Span(1, 3), Span(3, 4.04)]))
    with pytest.raises(
        InputError, match=r"/phrases/0/end is 4.06, after the recording ends at 4 \(/duration\)"
    ):
        check_inside(duration, rows_of([Span(1, 4.06)]))
