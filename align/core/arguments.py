"""Check the arguments that Python programs pass to align's functions and options."""

from __future__ import annotations

import os
import reprlib
import sys
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


def fitted(name: str, value: object, kind: Any) -> Any:
    """`value` as the type `kind`. A string can be a path, any iterable a tuple, an Enum's value its member.

    Args:
        name: of the argument, for the error.
        kind: a class, `Callable`, `tuple[X, ...]`, or several of them joined by `|`.

    Raises:
        UsageError: the value has another type.
    """
    kinds = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    for choice in kinds:
        if get_origin(choice) is tuple:
            if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
                item = get_args(choice)[0]
                return tuple(fitted(f"{name}[{index}]", each, item) for index, each in enumerate(value))
        elif choice in (Path, str) and isinstance(value, (str, os.PathLike)):
            if isinstance(text := os.fspath(value), str):
                return choice(text)
        elif choice is float:
            if (
                isinstance(value, (int, float))
                and not isinstance(value, bool)
                and abs(value) <= sys.float_info.max
            ):
                return float(value)
        elif isinstance(choice, type) and issubclass(choice, Enum):
            if value in tuple(choice) or value in [member.value for member in choice]:
                return choice(value)
        elif isinstance(value, choice) and not isinstance(value, bool if choice is int else type):
            return value
    raise UsageError(f"{name} is {reprlib.repr(value)[:80]}; give {' or '.join(map(_in_words, kinds))}")


def fit_fields(options: Any) -> None:
    """Check every field of a new frozen dataclass with `fitted`.

    Raises:
        UsageError: a field has the wrong type; names it.
    """
    kinds = _annotations(options.__class__)
    for field in fields(options):
        fit = fitted(field.name, getattr(options, field.name), kinds[field.name])
        object.__setattr__(options, field.name, fit)


@cache
def _annotations(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _in_words(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return f"a list, each {_in_words(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"one of {', '.join(str(member.value) for member in kind)}"
    return _WORDS.get(kind, f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}")
