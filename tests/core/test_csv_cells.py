from __future__ import annotations

import pytest

from align.core.csv_cells import cell


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.5, "1.500"),
        (0, "0"),
        (None, ""),
        (["One.", "Two."], "One. Two."),
        ("a\nb", "a b"),
        ("=1+1", "'=1+1"),
        ("\t-2", "'-2"),
        ("＝1", "'＝1"),
    ],
)
def test_a_cell_is_one_line_that_is_not_computed(value: object, shown: str) -> None:
    assert cell(value) == shown
