"""A changed text: what stays stays to the byte, and what changed is placed where it is said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align import Cache, InputError, RunContext, RunOptions, Silent
from align.alignment.text_diff import same_tokens
from align.core.types import Result
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.realign.realign import realign
from align.pipeline.translation import lacks_translation
from align.result.alignment_json import dump, load
from tests.changes import change_of_file
from tests.conftest import Command, Talk

OPTIONS = RunOptions(language="zh", second_language=None, device="cpu", speakers="off")
KEPT = ("text", "start", "end", "score", "speaker")


@pytest.fixture(scope="module")
def models(talk: Talk) -> Models:
    assert talk.audio.exists()
    return load_models(OPTIONS, "zh", translate=False)


@pytest.fixture
def alignment(done: Path, tmp_path: Path) -> Path:
    """The alignment of the whole text, without its recording beside it."""
    return Path(shutil.copy(done / "talk.alignment.json", tmp_path))


@pytest.fixture
def again(talk: Talk, models: Models, alignment: Path, tmp_path: Path) -> Callable[..., Result]:
    """Retime with a text in which one thing is replaced by another."""

    def changed(what: str, instead: str, audio: Path | None = None, cache: Path = talk.cache) -> Result:
        text = tmp_path / "text.txt"
        before = talk.transcript.read_text("utf-8")
        assert what in before
        text.write_text(before.replace(what, instead, 1), "utf-8")
        return realign(
            change_of_file(alignment, text, audio), RunContext(models, Cache(cache), OPTIONS, Silent())
        )

    return changed


def rows(result: Result) -> list[dict[str, Any]]:
    """The tokens as the file has them."""
    found: list[dict[str, Any]] = json.loads(dump(result))["tokens"]
    return found


def check_kept(old: Result, new: Result) -> int:
    """Every token whose text did not change and that had a time has it still; how many have."""
    before, after = rows(old), rows(new)
    origin = same_tokens([row["text"] for row in after], [row["text"] for row in before])
    pairs = [(before[k], row) for row, k in zip(after, origin, strict=True) if k is not None]
    firm = [(one, other) for one, other in pairs if one["start"] is not None]
    for one, other in firm:
        assert [one[key] for key in KEPT] == [other[key] for key in KEPT]
    spans = [row for row in after if row["start"] is not None]
    assert all(row["start"] <= row["end"] for row in spans)
    assert all(one["end"] <= other["start"] for one, other in pairwise(spans))
    return len(firm)


def test_the_same_text_gives_the_same_file(
    talk: Talk, align: Command, done: Path, alignment: Path, tmp_path: Path
) -> None:
    audio = ("--audio", talk.audio)  # for the sound in the page
    ran = align("retime", alignment, talk.transcript, "-o", tmp_path / "out", "--json", *audio)
    assert ran.returncode == 0, ran.stderr
    assert "Listening" not in ran.stderr
    assert json.loads(ran.stdout)["ok"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in done.iterdir()}
    for path in done.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def test_words_that_were_left_out_come_back_to_their_place(
    talk: Talk, models: Models, alignment: Path, again: Callable[..., Result], tmp_path: Path
) -> None:
    whole = load(alignment)
    shorter = again("其实是我们硅谷101的", "")
    assert check_kept(whole, shorter) == len(whole.alignment.tokens) - 9
    lost = [span for span in shorter.alignment.untranscribed if span not in whole.alignment.untranscribed]
    assert max(span.duration for span in lost) > 1
    alignment.write_text(dump(shorter), "utf-8")
    edit = change_of_file(alignment, talk.transcript)
    back = realign(edit, RunContext(models, Cache(talk.cache), OPTIONS, Silent()))
    assert check_kept(shorter, back) == len(shorter.alignment.tokens)
    for one, other in zip(whole.alignment.tokens, back.alignment.tokens, strict=True):
        assert one.span is not None
        assert other.span is not None
        assert other.span.start == pytest.approx(one.span.start, abs=0.05)
    assert not set(lost) & set(back.alignment.untranscribed)


def test_a_wrong_word_is_told_and_its_neighbours_stay(alignment: Path, again: Callable[..., Result]) -> None:
    old = load(alignment)
    new = again("第一次直播", "第一次出去旅行看电影", None)
    check_kept(old, new)
    told = [one for one in new.mismatches if one not in old.mismatches and "旅行" in one.written]
    assert told
    assert new.transcript_coverage < old.transcript_coverage
    assert new.transcript == "text.txt"


def test_without_kept_stages_only_the_changed_sound_is_heard(
    talk: Talk, again: Callable[..., Result], tmp_path: Path
) -> None:
    kept = again("今天其实是", "今天呢是", talk.audio)
    heard = again("今天其实是", "今天呢是", talk.audio, tmp_path / "none")
    assert rows(heard) == rows(kept)
    assert heard.mismatches == kept.mismatches
    with pytest.raises(
        InputError, match=r"talk\.wav: there is no such file, and what was heard in it is no lo"
    ):
        again("今天其实是", "今天呢是", None, tmp_path / "nothing")


def test_what_nobody_said_is_taken_out_again(
    again: Callable[..., Result], alignment: Path, talk: Talk, models: Models
) -> None:
    whole = load(alignment)
    extra = again("今天其实是", "今天一二三四五六七八其实是")
    assert any("五六七" in one.written for one in extra.mismatches)
    alignment.write_text(dump(extra), "utf-8")
    edit = change_of_file(alignment, talk.transcript)
    back = realign(edit, RunContext(models, Cache(talk.cache), OPTIONS, Silent()))
    assert rows(back) == rows(whole)
    assert back.transcript_coverage == pytest.approx(whole.transcript_coverage, abs=0.002)
    assert not any("五六七" in one.written for one in back.mismatches)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit_keeps_what_it_does_not_touch(
    data: st.DataObject, talk: Talk, models: Models, done: Path, tmp_path: Path
) -> None:
    text = list(talk.transcript.read_text("utf-8"))
    label = text.index("：") + 1
    for _ in range(data.draw(st.integers(1, 4))):
        first = data.draw(st.integers(label, len(text)))
        last = data.draw(st.integers(first, min(len(text), first + 12)))
        text[first:last] = data.draw(st.text("好我的直播，hello 三", max_size=12))
    changed = tmp_path / "any.txt"
    changed.write_text("".join(text), "utf-8")
    old = done / "talk.alignment.json"
    edit = change_of_file(old, changed)
    new = realign(edit, RunContext(models, Cache(talk.cache), OPTIONS, Silent()))
    check_kept(load(old), new)
    assert [one.token.text for one in new.alignment.tokens] == [one.text for one in edit.tokens]
    count = len(new.alignment.tokens)
    assert all(0 <= one.tokens[0] <= one.tokens[1] <= count for one in new.mismatches)
    assert all(one.end <= other.start for one, other in pairwise(new.alignment.untranscribed))
    assert all(one.span.start <= other.span.start for one, other in pairwise(new.mismatches))


def test_a_changed_phrase_lacks_its_line_and_the_others_have_theirs(
    talk: Talk, models: Models, alignment: Path, tmp_path: Path
) -> None:
    old = load(alignment)
    phrases = tuple(replace(one, translation=f"Line {k}") for k, one in enumerate(old.phrases))
    alignment.write_text(dump(replace(old, second_language="en", phrases=phrases)), "utf-8")
    text = tmp_path / "text.txt"
    text.write_text(talk.transcript.read_text("utf-8").replace("直播的方式", "广播的方式"), "utf-8")
    new = realign(change_of_file(alignment, text), RunContext(models, Cache(talk.cache), OPTIONS, Silent()))
    lines = [one.translation for one in new.phrases]
    bare = [one.text for one in new.phrases if not one.translation]
    assert bare
    assert all("广播的方式" in one or one not in {each.text for each in phrases} for one in bare)
    assert lines[0] == "Line 0"
    assert lacks_translation(new)
    assert any("no translation, since their text was changed" in note for note in new.notes)


def test_a_speaker_who_was_renamed_is_one_person_after_a_retime(
    talk: Talk, align: Command, alignment: Path, tmp_path: Path
) -> None:
    ran = align("speakers", alignment, "--rename", "陈倩=Qian", "--to", "zh.txt")
    assert ran.returncode == 0, ran.stderr
    text = tmp_path / "text.txt"
    text.write_text(talk.transcript.read_text("utf-8").replace("第一次直播", "第一次网上直播"), "utf-8")
    ran = align("retime", alignment, text, "-o", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr
    result = load(tmp_path / "out" / "talk.alignment.json")
    assert "网上" in "".join(one.token.text for one in result.alignment.tokens)
    assert {one.speaker for one in result.alignment.tokens} == {"Qian"}
    assert {one.speaker for one in result.phrases} == {"Qian"}


def test_the_command_says_in_one_sentence_what_is_wrong(
    talk: Talk, align: Command, alignment: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("完全不同的一段文字，和这个录音没有任何关系。", "utf-8")
    by_attention = tmp_path / "attention.alignment.json"
    by_attention.write_text(dump(replace(load(alignment), aligner="attention")), "utf-8")
    strange = tmp_path / "strange.alignment.json"
    strange.write_text(dump(replace(load(alignment), transcript_coverage=0.1, speech_coverage=0.1)), "utf-8")
    for arguments, sentence in (
        ((tmp_path / "no.json", talk.transcript), "cannot be read"),
        ((talk.transcript, talk.transcript), "talk.txt"),
        ((alignment, other), "in common with talk.txt"),
        (
            (by_attention, talk.transcript),
            "was aligned by attention, and only phone can realign a part; use",
        ),
        ((strange, talk.transcript), "was not found in talk.wav; use `align run`"),
        (
            (alignment, talk.transcript, "--audio", tmp_path / "no.wav"),
            "is not a recording that can be opened",
        ),
    ):
        ran = align("retime", *arguments, "-o", tmp_path / "out")
        assert ran.returncode == 3, ran.stderr
        assert sentence in ran.stderr
        assert ran.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
