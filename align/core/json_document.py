"""Write JSON documents in one layout, and read documents that people may have edited by hand.

Every value knows its place in the document, and every error names it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any, TypeAlias

from align.core.errors import InputError
from align.core.file_kinds import check_kind

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_KINDS = {
    NoneType: "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}

Json: TypeAlias = "str | int | float | Mapping[str, Json] | Sequence[Json] | None"


def laid_out(document: Mapping[str, Json]) -> str:
    """A document as text that can be written as UTF-8: a line for each field and for each row of a list."""

    def compact(value: Json) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)

    fields = []
    for name, value in document.items():
        if isinstance(value, list) and value:
            fields.append(
                f"  {compact(name)}: [\n" + ",\n".join(f"    {compact(row)}" for row in value) + "\n  ]"
            )
        else:
            fields.append(f"  {compact(name)}: {compact(value)}")
    return writable("{\n" + ",\n".join(fields) + "\n}\n")


def writable(text: str) -> str:
    """`text` with U+FFFD for half a surrogate pair (from a file name that is not Unicode)."""
    return _LONE_SURROGATE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a JSON document.

    Every method raises InputError with the file, the place and the fix when the value is not what the method
    asks for.

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
        return InputError(self.path, writable(f"{self.pointer or 'the document'} {problem}"))

    def text(self) -> str:
        """A string that can be written as UTF-8."""
        text: str = self._of_type((str,), "a text in quotes")
        if _LONE_SURROGATE.search(text):
            raise self.wrong("contains half a surrogate pair; write the character itself")
        return text

    def number(self, highest: float = math.inf, lowest: float = 0) -> float:
        """A number from `lowest` to `highest`."""
        number: float = self._of_type((int, float), "a number")
        if not lowest <= number <= min(highest, 1e9):
            limits = f"from {lowest:g} to {highest:g}" if highest < math.inf else f"of {lowest:g} or more"
            raise self.wrong(f"is {number}; write a number {limits}")
        return float(number)

    def whole(self, highest: int, lowest: int = 0) -> int:
        """A whole number from `lowest` to `highest`."""
        number: int = self._of_type((int,), "a whole number")
        if not lowest <= number <= highest:
            raise self.wrong(f"is {number}; write a whole number from {lowest} to {highest}")
        return number

    def flag(self) -> bool:
        """True or false."""
        flag: bool = self._of_type((bool,), "true or false")
        return flag

    def choice(self, choices: tuple[str, ...]) -> str:
        """One of these texts."""
        if self.value not in choices:
            raise self.wrong(f"is none of its choices; write one of {', '.join(choices)}")
        return self.text()

    def items(self) -> Iterator[Node]:
        """The values of a list."""
        values = self._of_type((list,), "a list in square brackets")
        return (self._inside(str(index), value) for index, value in enumerate(values))

    def members(self) -> Iterator[tuple[str, Node]]:
        """The names and values of an object; the names can be written as UTF-8."""
        members = self._members()
        for name in members:
            if _LONE_SURROGATE.search(name):
                raise self.wrong(
                    f'has half a surrogate pair in the name "{name}"; write the character itself'
                )
        return ((name, self._inside(name, value)) for name, value in members.items())

    def only(self, *names: str) -> Node:
        """This object, which has all of these fields and no other."""
        for name in names:
            self[name]
        for name in self._members():
            if name not in names:
                raise self.wrong(f'has the unknown field "{name}"; correct its name or remove it')
        return self

    def __getitem__(self, name: str) -> Node:
        """The field of this name."""
        members = self._members()
        if name not in members:
            raise self.wrong(f'lacks the field "{name}"; add it')
        return self._inside(name, members[name])

    def _members(self) -> dict[str, object]:
        members: dict[str, object] = self._of_type((dict,), "an object in braces")
        return members

    def _of_type(self, types: tuple[type, ...], expected: str) -> Any:
        if type(self.value) not in types:
            raise self.wrong(f"is {_KINDS.get(type(self.value), 'of another kind')}; write {expected}")
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
    check_kind(data, path, "a JSON file")
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_object_of, parse_constant=_Invalid.number)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(path, f"line {line} is not UTF-8; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(
            path, f"is not JSON at {place} ({error.msg}); fix it there or restore the file"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"is not a document of this program ({error}); restore the file") from error
    root = Node(path, "", value)
    unchecked = [root]
    while unchecked:
        node = unchecked.pop()
        if isinstance(node.value, _Invalid):
            raise node.wrong(node.value.problem)
        if isinstance(node.value, (dict, list)):
            members = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
            unchecked += [
                node._inside(str(name), member)
                for name, member in members
                if isinstance(member, (dict, list, _Invalid))
            ]
    return root


@dataclass(frozen=True, slots=True)
class _Invalid:
    """A value that the json module would let pass."""

    problem: str

    @classmethod
    def number(cls, name: str) -> _Invalid:
        """NaN or Infinity."""
        return cls(f"is {name}; {name} is not a number in JSON, write one")


def _object_of(pairs: Sequence[tuple[str, object]]) -> dict[str, object] | _Invalid:
    counts = Counter(name for name, _ in pairs)
    repeated = next((name for name, count in counts.items() if count > 1), None)
    return (
        dict(pairs)
        if repeated is None
        else _Invalid(f'has the field "{repeated}" twice; remove one of the two')
    )
