"""A changed text is compared with the old alignment: what stays is known before anything is placed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.pipeline.realign.changes import check_aligned
from align.result.alignment_json import load
from tests.changes import change_of_file
from tests.conftest import Talk


@pytest.fixture
def alignment(done: Path) -> Path:
    return done / "talk.alignment.json"


def changed(talk: Talk, tmp_path: Path, what: str, instead: str) -> Path:
    text = tmp_path / "text.txt"
    before = talk.transcript.read_text("utf-8")
    assert what in before
    text.write_text(before.replace(what, instead, 1), "utf-8")
    return text


def test_how_much_is_to_be_placed_again_is_told(alignment: Path, talk: Talk, tmp_path: Path) -> None:
    edit = change_of_file(alignment, changed(talk, tmp_path, "其实是", "是"))
    count = len(edit.tokens)
    assert edit.summary == f"Changed places: 1; words realigned: 0; words that keep their times: {count}."


def test_tokens_outside_of_a_change_keep_their_times(alignment: Path, talk: Talk, tmp_path: Path) -> None:
    edit = change_of_file(alignment, changed(talk, tmp_path, "直播的方式", "广播的方式"))
    old = edit.old.alignment.tokens
    (change,) = edit.changes
    new = [edit.tokens[k].text for k in range(*change.tokens)]
    assert "广" in new
    assert edit.steady.count(False) == len(new) < 10
    for span, origin, steady in zip(edit.kept, edit.origin, edit.steady, strict=True):
        assert not steady or (origin is not None and span == old[origin].span)


def test_what_was_placed_by_attention_or_not_found_cannot_be_gone_on_from(alignment: Path) -> None:
    result = load(alignment)
    check_aligned(result, alignment)
    with pytest.raises(InputError, match="was aligned by attention, and only phone can realign a part"):
        check_aligned(replace(result, aligner="attention"), alignment)
    with pytest.raises(InputError, match=r"was not found in talk\.wav; use `align run`"):
        check_aligned(replace(result, transcript_coverage=0.1, speech_coverage=0.1), alignment)


def test_a_text_with_too_little_in_common_is_refused(alignment: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("完全不同的一段文字，和这个录音没有任何关系。", "utf-8")
    with pytest.raises(InputError, match="in common with "):
        change_of_file(alignment, other)
