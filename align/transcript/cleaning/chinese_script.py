"""Traditional and Simplified characters, by OpenCC."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from align.transcript.text_edits import Replacement, Rule

if TYPE_CHECKING:
    from opencc import OpenCC

AS_IS = "as-is"
CONVERSIONS = {"simplified": "t2s", "traditional": "s2t"}
"""OpenCC's names; its tables know phrases, so that 头发 is 頭髮 and 出发 is 出發."""


def convert_to(script: str) -> Rule:
    """The rule that writes a text in "simplified" or "traditional" characters."""

    def rule(text: str) -> Iterator[Replacement]:
        converted = str(_converter(CONVERSIONS[script]).convert(text))
        if len(converted) != len(text):  # a phrase that is longer in the other script
            yield 0, len(text), converted
            return
        for place, (before, after) in enumerate(zip(text, converted, strict=True)):
            if before != after:
                yield place, place + 1, after

    return rule


@cache
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(name)
