"""What a person sees while a run goes on: all of it on stderr, no flood in a log, bars in a terminal."""

from __future__ import annotations

import itertools

import pytest

from align.core.progress import Bars, Lines, Progress, Silent


def work(progress: Progress, steps: int = 100) -> None:
    with progress.stage("Recognising speech", steps) as advance:
        for step in range(1, steps + 1):
            advance(step)
    with progress.transfer() as arrived:
        for done in range(0, 148_000_001, 1_000_000):
            arrived("whisper-base from the hub", done, 148_000_000)
    progress.say("whisper-base: verified")


def test_silence_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    work(Silent())
    assert capsys.readouterr() == ("", "")


def test_a_log_gets_few_lines_and_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = itertools.count(0.0, 6.0)
    work(Lines(lambda: next(seconds)))
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert told.out == ""
    assert lines[0] == "Recognising speech ..."
    assert lines[1] == "Recognising speech: 3%, about 9 min 42 s left"
    assert "Recognising speech: 99%, about 6 s left" in lines
    assert "Recognising speech: done in 606.0 s" in lines
    assert len([line for line in lines if line.startswith("Recognising")]) == 2 + 33
    assert lines[-2:] == ["whisper-base from the hub: 148 of 148 MB", "whisper-base: verified"]
    assert len([line for line in lines if " MB" in line]) == 11


def test_a_quick_stage_is_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with Lines(lambda: 0.0).stage("Reading the audio", 0) as advance:
        advance(1)
    assert capsys.readouterr().err == "Reading the audio ...\nReading the audio: done in 0.0 s\n"


def test_a_stage_that_fails_is_not_called_done(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(progress: Progress) -> None:
        with progress.stage("Placing the text", 9) as advance:
            advance(3)
            raise KeyboardInterrupt

    for progress in (Lines(), Bars()):
        with pytest.raises(KeyboardInterrupt):
            stopped(progress)
    told = capsys.readouterr().err
    assert "done" not in told
    assert "100%" not in told


def test_bars_stay_with_the_time_taken(capsys: pytest.CaptureFixture[str]) -> None:
    work(Bars())
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split()[0] for line in told.err.splitlines()] == [
        "Recognising",
        "whisper-base",
        "whisper-base:",
    ]
    assert told.err.count("100% 0:00:00") == 2
