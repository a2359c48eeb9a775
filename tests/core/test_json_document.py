"""JSON whose values know their place."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import InputError
from align.core.json_document import Node, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=12,
)
READERS: tuple[Callable[[Node], object], ...] = (
    *(Node.text, Node.number, Node.items, Node.members),
    *(lambda n: n.whole(9), lambda n: n.choice(("a",)), lambda n: n.only("a"), lambda n: n["a"]),
)


def node(value: Any) -> Node:
    return parse(json.dumps(value).encode(), Path("x.json"))


def complaint(reading: Callable[[], object]) -> str | None:
    """What is said against it, None for nothing; it can be shown on any terminal."""
    try:
        reading()
    except InputError as error:
        return str(error).encode("utf-8").decode("utf-8")
    return None


def test_a_value_knows_its_place() -> None:
    (inside,) = node({"a/b": [{"c~d": 1}]})["a/b"].items()
    assert (inside["c~d"].pointer, inside["c~d"].value) == ("/a~1b/0/c~0d", 1)


@given(VALUES)
def test_whatever_it_holds_it_is_read_or_refused_with_a_sentence(value: Any) -> None:
    for reader in READERS:
        said = complaint(partial(reader, node(value)))
        assert said is None or said.startswith("x.json: the document ")


@given(st.binary())
def test_bytes_are_parsed_or_refused(data: bytes) -> None:
    said = complaint(lambda: parse(data, Path("x.json")))
    assert said is None or said.startswith("x.json: ")


def test_an_unknown_field_is_named_even_when_no_screen_can_show_it() -> None:
    with pytest.raises(InputError, match='has the unknown field "\ufffd"; correct its name or remove it'):
        node({"\ud800": 1}).only()


@pytest.mark.parametrize("value", [0, 1])
def test_a_whole_number_may_be_either_bound(value: int) -> None:
    assert node(value).whole(1) == value


@pytest.mark.parametrize("value", [1.0, -1, 2, True, "1", None])
def test_what_is_no_whole_number_in_bounds_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="write a whole number"):
        node(value).whole(1)
