"""The first minute of the demo with texts that say more or less than the recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import align
from align.audio.decode import read_audio
from align.core.types import SAMPLE_RATE, MismatchKind, Span
from scripts.benchmarks.pcm import write_wave
from tests.demo.conftest import AUDIO

END = 59.4
SENTENCE = Span(9.72, 13.95)
"""今天其实是我们硅谷101的第一次直播, from pause to pause."""

TEXT = (
    "好，hello，我们的观众朋友们，大家好，我是硅谷101的联合创始人陈倩，也是我们视频的主理人。"
    "今天其实是我们硅谷101的第一次直播。"
    "我们想做这个尝试，是因为可能大家都知道，我们平时做深度的内容，做长视频比较多。"
    "所以今天我们就想来试一下这个直播的方式。"
    "那我们今天就来聊一聊AI这件事情。"
    "这个主题最近不管是在华尔街还是在硅谷，也是两边的投资人也好，创业圈也好，大家讨论的很热烈的一个话题。"
    "加入我们的嘉宾，首先是Ethan徐，他是前微软能源战略经理，也是前突破能源科研总监。"
    "Ethan要不要跟我们大家打个招呼，然后也介绍一下你自己？"
)
Aligned = Callable[..., align.Result]


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Aligned:
    """Aligns a text with the first minute, or with that minute and a sentence said twice."""
    folder = tmp_path_factory.mktemp("minute")
    samples = np.asarray(read_audio(AUDIO).samples[: round(END * SAMPLE_RATE)], np.float32)
    first, end = round(SENTENCE.start * SAMPLE_RATE), round(SENTENCE.end * SAMPLE_RATE)
    write_wave(folder / "once.wav", samples)
    write_wave(folder / "twice.wav", np.concatenate([samples[:end], samples[first:]]))
    loaded: list[align.Models | None] = [None]

    def run(text: str, audio: str = "once.wav") -> align.Result:
        transcript = Path(folder / "talk.txt")
        transcript.write_text(text, "utf-8")
        result = align.align(folder / audio, transcript, models=loaded[0], threads=1, speakers="off")
        loaded[0] = result.models
        return result

    return run


def unspoken(result: align.Result) -> str:
    return "".join(word.text for word in result.words if word.start is None)


def test_words_written_in_are_unspoken_and_those_beside_them_stay(aligned: Aligned) -> None:
    result = aligned(TEXT.replace("所以今天", "与此同时，所以今天"))
    assert unspoken(result) == "与此同时"
    (report,) = (each for each in result.mismatches if each.kind is MismatchKind.UNSPOKEN)
    assert report.written == "与此同时"
    so = next(word for word in result.words if word.text == "所")
    assert so.start == pytest.approx(23.02, abs=0.05)


def test_notes_in_brackets_are_no_speech_and_take_no_place(aligned: Aligned) -> None:
    plain = aligned(TEXT)
    noted = aligned(TEXT.replace("比较多。", "比较多。（众人笑）").replace("Ethan徐，", "Ethan徐，（笑）"))
    assert unspoken(noted) == ""
    assert [word.text for word in noted.words] == [word.text for word in plain.words]
    assert [word.start for word in noted.words] == [word.start for word in plain.words]


def test_a_sentence_said_twice_is_torn_nowhere_and_listed_once(aligned: Aligned) -> None:
    result = aligned(TEXT, "twice.wav")
    repeat = Span(SENTENCE.end, SENTENCE.end + SENTENCE.duration)
    assert unspoken(result) == ""
    for cue in result.cues:
        if "第一次直播" in "".join(line for lines in cue.lines for line in lines):
            assert min(cue.span.overlap(SENTENCE), cue.span.overlap(repeat)) < 0.6
    (report,) = (
        each for each in result.mismatches if each.kind is MismatchKind.MISSING_TEXT and each.span.end < 19
    )
    assert report.span.duration > 2.5
    assert min(report.span.overlap(SENTENCE), report.span.overlap(repeat)) < 0.5


def test_a_minute_said_and_written_four_times_is_placed(aligned: Aligned, tmp_path: Path) -> None:
    samples = np.asarray(read_audio(AUDIO).samples[: round(END * SAMPLE_RATE)], np.float32)
    write_wave(tmp_path / "four.wav", np.tile(samples, 4))
    (tmp_path / "four.txt").write_text("\n".join([TEXT] * 4), "utf-8")
    result = align.align(tmp_path / "four.wav", tmp_path / "four.txt", threads=1, speakers="off")
    starts = np.array([np.nan if word.start is None else word.start for word in result.words]).reshape(4, -1)
    assert not np.isnan(starts).any()
    for k in range(1, 4):
        assert np.abs(starts[k] - starts[0] - k * END).max() < 0.2
