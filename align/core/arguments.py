"""What a program passes to align's functions and options: made to fit at the door, or refused by name."""

from __future__ import annotations

import math
import os
import reprlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from align.core.errors import UsageError

AnyPath: TypeAlias = "str | os.PathLike[str]"

_WORDS = {
    Path: "a path",
    str: "a text",
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    Callable: "a function",
    NoneType: "None",
}
_PLAIN = (str, bytes, int, float, NoneType)
"""What is shown in an error; of anything else only the type is told."""


def fitted(name: str, value: object, kind: Any) -> Any:
    """`value` as what an annotation asks for.

    Where that is a path, a text will do; where it is a tuple, any iterable; where it is an Enum, its value.

    Args:
        name: of the argument, for the error.
        kind: a class, `Callable`, `tuple[X, ...]`, or several of them joined by `|`.

    Raises:
        UsageError: it is something else.
    """
    kinds = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    for one in kinds:
        if get_origin(one) is tuple:
            if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
                inside = get_args(one)[0]
                return tuple(fitted(f"{name}[{index}]", each, inside) for index, each in enumerate(value))
        elif (found := _as(value, one)) is not NotImplemented:
            return found
    shown = reprlib.repr(value) if isinstance(value, _PLAIN) else f"of the type {type(value).__name__}"
    if isinstance(value, type):
        shown = f"the class {value.__name__} itself"
    raise UsageError(f"{name} is {shown}; give {' or '.join(map(_in_words, kinds))}")


def fit_fields(options: Any) -> None:
    """Fit every field of a frozen dataclass that was just made.

    Raises:
        UsageError: one is of the wrong type; names it.
    """
    kinds = _kinds(options.__class__)
    for one in fields(options):
        object.__setattr__(options, one.name, fitted(one.name, getattr(options, one.name), kinds[one.name]))


@cache
def _kinds(kind: type) -> dict[str, Any]:
    """The annotations of a class, evaluated."""
    return get_type_hints(kind)


def _as(value: object, kind: Any) -> object:
    """`value` as a plain type, NotImplemented where it cannot be that."""
    if kind in (Path, str) and isinstance(value, (str, os.PathLike)):
        text = os.fspath(value)
        if isinstance(text, str):
            return Path(text) if kind is Path else text
    elif kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else NotImplemented
    elif isinstance(kind, type) and issubclass(kind, Enum):
        return next((one for one in kind if value in (one, one.value)), NotImplemented)
    elif isinstance(value, kind) and not isinstance(value, type):
        return NotImplemented if kind is int and isinstance(value, bool) else value
    return NotImplemented


def _in_words(kind: Any) -> str:
    """What an annotation asks for, for people."""
    if get_origin(kind) is tuple:
        return f"a list, each {_in_words(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"one of {', '.join(str(one.value) for one in kind)}"
    return _WORDS.get(kind, f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}")
