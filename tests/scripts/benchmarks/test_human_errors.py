"""Wrong words in short texts."""

from __future__ import annotations

import random

from scripts.benchmarks import human_errors, units

MANDARIN = "这一段录音大概有三百个字，我们今天要听一听每个人说的是不是和写的一样，然后再看看哪里写错了。"
ENGLISH = "They counted twenty black birds on the old stone bridge and wrote the number down in a small book."


def test_a_short_stretch_is_left_out() -> None:
    said = units.read(MANDARIN)[0]
    changed = human_errors.left_out(said, random.Random(1))
    assert changed.changes
    gone = len(said) - len(changed.units)
    assert 3 * len(changed.changes) <= gone <= 5 * len(changed.changes)


def test_a_number_becomes_another() -> None:
    said = units.read(MANDARIN)[0]
    changed = human_errors.wrong_number(said, random.Random(1))
    for change in changed.changes:
        assert changed.units[change.tokens[0]].text in "一二三四五六七八九十百千"
        assert changed.units[change.tokens[0]].text != said[change.tokens[0]].text


def test_words_become_words_of_like_and_not_of_the_same_sound() -> None:
    for text, count in ((MANDARIN, 1), (MANDARIN, 2), (ENGLISH, 1)):
        said = units.read(text)[0]
        changed = human_errors.similar_word(MANDARIN, count)(said, random.Random(2))
        assert changed.changes
        for first, end in (change.tokens for change in changed.changes):
            assert end - first == count
            for new, old in zip(changed.units[first:end], said[first:end], strict=True):
                assert new.sound != old.sound
