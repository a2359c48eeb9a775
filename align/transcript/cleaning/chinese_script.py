"""Traditional and Simplified characters, by OpenCC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from align.transcript.text_edits import Found

if TYPE_CHECKING:
    from opencc import OpenCC

AS_IS = "as-is"
CONVERSIONS = {"simplified": "t2s", "traditional": "s2t"}
"""What OpenCC calls them; its tables know phrases, so that 头发 is 頭髮 and 出发 is 出發."""


def converted(script: str) -> Callable[[str], Iterator[Found]]:
    """The rule that writes a text in "simplified" or "traditional" characters."""

    def rule(text: str) -> Iterator[Found]:
        other = str(_converter(CONVERSIONS[script]).convert(text))
        if len(other) != len(text):  # a phrase that is longer in the other script
            yield 0, len(text), other
            return
        for place, (before, after) in enumerate(zip(text, other, strict=True)):
            if before != after:
                yield place, place + 1, after

    return rule


@cache
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(name)
