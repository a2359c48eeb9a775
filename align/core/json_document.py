"""JSON documents: written in one layout, and read with care.

Somebody may have edited them by hand, so every value knows its place and every complaint names it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from align.core.errors import InputError

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Json: TypeAlias = "str | int | float | Mapping[str, Json] | Sequence[Json] | None"


def laid_out(document: Mapping[str, Json]) -> str:
    """A document as text: a field a line, and in a list a row a line.

    The text can be written as UTF-8, see `writable`.
    """
    fields = (f"  {_compact(key)}: {_rows(value)}" for key, value in document.items())
    return writable("{\n" + ",\n".join(fields) + "\n}\n")


def writable(text: str) -> str:
    """`text` as UTF-8 can have it: half a surrogate pair (from a file name that is not Unicode) is U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _rows(value: Json) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {_compact(row)}" for row in value) + "\n  ]"
    return _compact(value)


def _compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a JSON document.

    Every method raises InputError, which names the file, the place and the mend, when the value is
    not what the method asks for.

    Attributes:
        path: the file, for errors.
        pointer: the value's place as a JSON pointer, such as "/tokens/12/start"; "" for the whole document.
        value: as the json module gives it.
    """

    path: Path
    pointer: str
    value: object

    def wrong(self, problem: str) -> InputError:
        """The error that says what is wrong with this value."""
        message = f"{self.pointer or 'the document'} {problem}"
        return InputError(self.path, writable(message))

    def text(self) -> str:
        """A string that can be written as UTF-8."""
        if not isinstance(self.value, str):
            raise self.wrong(f"is {_kind(self.value)}; write a text in quotes")
        if _LONE_SURROGATE.search(self.value):
            raise self.wrong("holds half a surrogate pair; write the character itself")
        return self.value

    def number(self, highest: float = math.inf) -> float:
        """A number from 0 to `highest`."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.wrong(f"is {_kind(self.value)}; write a number")
        if not 0 <= self.value <= min(highest, 1e9):
            limits = f"from 0 to {highest:g}" if highest < math.inf else "of 0 or more"
            raise self.wrong(f"is {self.value}; write a number {limits}")
        return float(self.value)

    def signed_number(self) -> float:
        """A number of either sign."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.wrong(f"is {_kind(self.value)}; write a number")
        if not -1e9 <= self.value <= 1e9:
            raise self.wrong(f"is {self.value}; write a number from -1e9 to 1e9")
        return float(self.value)

    def whole(self, highest: int, lowest: int = 0) -> int:
        """A whole number from `lowest` to `highest`."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.wrong(f"is {_kind(self.value)}; write a whole number")
        if not lowest <= self.value <= highest:
            raise self.wrong(f"is {self.value}; write a whole number from {lowest} to {highest}")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong(f"is {_kind(self.value)}; write true or false")
        return self.value

    def choice(self, choices: tuple[str, ...]) -> str:
        """One of these texts."""
        if self.value not in choices:
            raise self.wrong(f"is none of its choices; write one of {', '.join(choices)}")
        return self.text()

    def items(self) -> Iterator[Node]:
        """The values of a list."""
        if not isinstance(self.value, list):
            raise self.wrong(f"is {_kind(self.value)}; write a list in square brackets")
        return (self._inside(str(index), value) for index, value in enumerate(self.value))

    def members(self) -> Iterator[tuple[str, Node]]:
        """The names and values of an object; the names can be written as UTF-8."""
        for name in self._object():
            if _LONE_SURROGATE.search(name):
                raise self.wrong(
                    f'has half a surrogate pair in the name "{name}"; write the character itself'
                )
        return ((name, self._inside(name, value)) for name, value in self._object().items())

    def only(self, *names: str) -> Node:
        """This object, which has all of these fields and no other."""
        found = self._object()
        for name in names:
            if name not in found:
                raise self.wrong(f'lacks the field "{name}"; add it')
        for name in found:
            if name not in names:
                raise self.wrong(f'has the unknown field "{name}"; correct its name or remove it')
        return self

    def __getitem__(self, name: str) -> Node:
        """The field of this name."""
        found = self._object()
        if name not in found:
            raise self.wrong(f'lacks the field "{name}"; add it')
        return self._inside(name, found[name])

    def _object(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            raise self.wrong(f"is {_kind(self.value)}; write an object in braces")
        return self.value

    def _inside(self, name: str, value: object) -> Node:
        escaped = name.replace("~", "~0").replace("/", "~1")
        return Node(self.path, f"{self.pointer}/{escaped}", value)


def parse(data: bytes, path: Path) -> Node:
    """The whole document; a byte order mark, which some editors add, is allowed.

    Raises:
        InputError: not UTF-8 or not JSON, and then the line and column are named; or an object has a field
            twice, or a number is NaN or infinite, and then the place is.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object_of, parse_constant=_NoNumber)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(path, f"line {line} is not UTF-8; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(
            path, f"is not JSON at {place} ({error.msg}); mend it there or restore the file"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"is not a document of this program ({error}); restore the file") from error
    root = Node(path, "", value)
    _check_whole(root)
    return root


class _Repeating(dict[str, object]):
    """An object in which a field stands twice."""

    def __init__(self, pairs: Sequence[tuple[str, object]]) -> None:
        super().__init__(pairs)
        names = Counter(name for name, _ in pairs)
        self.repeated = next(name for name, count in names.items() if count > 1)


class _NoNumber(str):
    """NaN or Infinity, which JSON does not have."""

    __slots__ = ()


def _object_of(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Repeating(pairs)


def _check_whole(root: Node) -> None:
    """Refuse what the json module would let pass, with its place."""
    left = [root]
    while left:
        node = left.pop()
        if isinstance(node.value, _NoNumber):
            raise node.wrong(f"is {node.value}; {node.value} is not a number in JSON, write one")
        if isinstance(node.value, _Repeating):
            raise node.wrong(f'has the field "{node.value.repeated}" twice; remove one of the two')
        if isinstance(node.value, (dict, list)):
            inside = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
            left += [
                node._inside(str(name), value)
                for name, value in inside
                if isinstance(value, (dict, list, _NoNumber))
            ]


def _kind(value: object) -> str:
    """What a value is, in words for people."""
    if value is None:
        return "null"
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a text",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "of another kind")
