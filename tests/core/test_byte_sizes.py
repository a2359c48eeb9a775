from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.byte_sizes import bytes_of, shown_size
from align.core.errors import UsageError


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("1000", 1000),
        ("17B", 17),
        ("500MB", 500_000_000),
        ("500 mb", 500_000_000),
        (" 5G ", 5_000_000_000),
        ("1.5GB", 1_500_000_000),
        ("2KiB", 2048),
        ("20GiB", 20 * 1024**3),
        ("1TB", 10**12),
    ],
)
def test_a_size_is_read(text: str, size: int) -> None:
    assert bytes_of(text) == size


@pytest.mark.parametrize(
    "text", ["", "GB", "-1", "5 apples", "5iB", "1e9", "5GBB", "nan", "٥GB", "5\n6", "1" * 16]
)
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a size; write one such as 500MB, 5GB or 20GiB"):
        bytes_of(text)


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 B"), (999, "999 B"), (1064, "1.1 kB"), (62_300_000, "62.3 MB"), (5 * 10**9, "5.0 GB")],
)
def test_a_size_is_shown_with_its_unit(size: int, shown: str) -> None:
    assert shown_size(size) == shown


@given(st.integers(0, 10**15))
def test_what_is_shown_is_nearly_the_size(size: int) -> None:
    assert bytes_of(shown_size(size).replace(",", "")) == pytest.approx(size, rel=0.06)
