"""Notes in brackets, and brackets that are speech."""

from __future__ import annotations

import pytest

from align.transcript.directions import directions_in, whole_directions
from align.transcript.lines import Line


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("谢谢（众人笑）大家", ["（众人笑）"]),
        ("I love [laughs] robots", ["[laughs]"]),
        ("Yes. [rustling paper] And then?", ["[rustling paper]"]),
        ("We look at [BLANK AUDIO] this", ["[BLANK AUDIO]"]),
        ("and so [that] is how we [can]not do it", []),
        ("We need (I think) more of it.", []),
        ("（雖然）當時我這樣想", []),
    ],
)
def test_notes_inside_a_line(text: str, notes: list[str]) -> None:
    assert [text[start:end] for start, end in directions_in(text)] == notes


def whole(texts: list[str]) -> set[str]:
    lines = [Line(text, number) for number, text in enumerate(texts, 1)]
    return {texts[index] for index in whole_directions(lines)}


def test_lines_in_brackets_that_come_again_mark_notes_in_any_language() -> None:
    texts = [
        "(Müzik)",
        "Merhaba.",
        "(Müzik)",
        "(Ayak sesi)",
        "(Kapı)",
        "(Müzik)",
        "(Müzik)",
        "(Müzik)",
        "Evet.",
    ]
    assert whole(texts) == {"(Müzik)", "(Ayak sesi)", "(Kapı)"}


def test_many_different_lines_in_brackets_are_speech() -> None:
    texts = [f"(line {number} of a choir)" for number in range(20)] + ["Hello."] * 20
    assert whole(texts) == set()
