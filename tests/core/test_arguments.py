"""Anything at all may be passed: it fits, or it is refused in one sentence that names the argument."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.arguments import fitted
from align.core.errors import UsageError

KINDS = (str, int, float, bool, Path, Path | None, str | int, tuple[float, ...], tuple[Path, ...], Callable)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just(str),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


class Loud(Enum):
    YES = "yes"
    NO = "no"


@given(ANYTHING, st.sampled_from(KINDS))
def test_a_value_fits_or_is_refused_by_name(value: object, kind: object) -> None:
    try:
        found, told = fitted("thing", value, kind), "thing; give "
    except UsageError as error:
        found, told = None, str(error)
    assert told.startswith("thing")
    assert told.count("; give ") == 1
    assert len(told) < 200
    assert found is None or fitted("thing", found, kind) == found


@pytest.mark.parametrize(
    ("value", "kind", "found"),
    [
        ("a/b", Path, Path("a/b")),
        (PurePosixPath("a"), Path, Path("a")),
        (Path("a"), str, "a"),
        (None, Path | None, None),
        (3, float, 3.0),
        ({1: 2}.keys(), tuple[int, ...], (1,)),
        (["a", Path("b")], tuple[Path, ...], (Path("a"), Path("b"))),
        ("yes", Loud, Loud.YES),
        (Loud.NO, Loud, Loud.NO),
        (len, Callable, len),
    ],
)
def test_what_fits(value: object, kind: object, found: object) -> None:
    fit = fitted("thing", value, kind)
    assert (fit, type(fit)) == (found, type(found))


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        ("maybe", Loud, "thing is 'maybe'; give one of yes, no"),
        (float("inf"), float, "thing is inf; give a number"),
        (False, int, "thing is False; give a whole number"),
        (10**400, float, f"thing is {'1' + 17 * '0'}...{19 * '0'}; give a number"),
        ("x" * 1000, int, "thing is 'xxxxxxxxxxxx...xxxxxxxxxxxxx'; give a whole number"),
        ({"a": 1}, tuple[str, ...], "thing is {'a': 1}; give a list, each a text"),
        (Loud, Loud, "thing is <enum 'Loud'>; give one of yes, no"),
    ],
)
def test_what_does_not_fit(value: object, kind: object, told: str) -> None:
    with pytest.raises(UsageError) as error:
        fitted("thing", value, kind)
    assert str(error.value) == told
