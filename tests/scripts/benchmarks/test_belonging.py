"""Parts of recordings, their texts, and verdicts on them."""

from __future__ import annotations

import random

import numpy as np

from scripts.benchmarks.belonging import HALF, OTHER, RIGHT, SAME, Part, Verdict, pairs, parts, table
from scripts.benchmarks.units import Unit

TEXT = "天地玄黄宇宙洪荒日月盈昃辰宿列张云腾致雨"
SECOND = 100
"""Frames."""


def recording(name: str, text: str) -> list[Part]:
    units = [Unit("", letter, letter, float(k), k + 0.9) for k, letter in enumerate(text)]
    return list(parts(name, np.zeros((SECOND * len(text), 2), np.float16), units, 4))


def test_parts_hold_every_word_with_its_sound() -> None:
    cut = recording("one", TEXT)
    assert "".join(unit.text for part in cut for unit in part.units) == TEXT
    assert all(len(part.units) == 5 for part in cut)
    first = cut[0].units
    assert abs(len(cut[0].posteriors) / SECOND - (first[-1].end or 0)) < 0.2


def test_pairs_are_of_each_kind_in_turn() -> None:
    cut = [*recording("one", TEXT), *recording("two", "寒来暑往秋收冬藏闰余成岁律吕调")]
    for kind, part, text in pairs(cut, 40, random.Random(0)):
        own = "".join(unit.text for unit in part.units)
        words = text.rstrip("。")
        shared = set(own) & set(words)
        assert len(words) <= len(own)
        if kind == RIGHT:
            assert words == own
        elif kind == HALF:
            assert words.startswith(own[: len(own) // 2])
            assert words != own
        else:
            assert not shared
            assert (set(words) <= set(TEXT)) == ((kind == SAME) == (part.recording == "one"))


def test_a_verdict_is_right_where_the_larger_share_tells_what_is_so() -> None:
    assert Verdict(RIGHT, 0.1, 0.9).right
    assert Verdict(OTHER, 0.1, 0.1).right
    assert not Verdict(HALF, 0.1, 0.1).right
    assert "| other part | 1 | 1 | 0.90 to 0.90 |" in table([Verdict(SAME, 0.9, 0.2)])
