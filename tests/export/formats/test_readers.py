"""What align writes, read back by ffmpeg, mkvmerge, Chromium and the validators of SRT and WebVTT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from align.core.atomic_write import write_whole
from align.core.types import Phrase, Span, TimedToken, Track, Turn
from align.export.formats.ass import ass, karaoke_ass
from align.export.formats.srt import srt
from align.export.formats.vtt import karaoke_vtt, vtt
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from tests.export.formats.python_readers import visible
from tests.export.formats.readers import (
    chromium_cue_texts,
    count_cues_ffmpeg,
    count_cues_mkvmerge,
    srt_errors,
    webvtt_errors,
)
from tests.subtitles.made import HOSTILE, aligned
from tests.subtitles.test_segment import SEED

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Writer = Callable[[Track, CueOptions], str]
TURNS = (Turn("陈倩", SEED, 1), Turn("Ethan", SEED, 2))
ORDINARY = aligned(TURNS, pauses={"，": 0.2, "。": 0.6})
NAMES = ("陈倩", "A & <B>, {c}-->", None, "42")


def hostile() -> Track:
    """Every hostile text above its like, by speakers with hostile names."""
    phrases = [
        Phrase(Span(3 * n, 3 * n + 2), (n, n + 1), text, f"Hello, {text}", NAMES[n % len(NAMES)])
        for n, text in enumerate(HOSTILE)
    ]
    return lay_out(phrases, ("zh", "en"), "zh", CueOptions())


def ordinary() -> Track:
    """Half a minute of a real livestream's text by two speakers, without a translation."""
    last = ORDINARY.tokens[-1].span
    assert last is not None
    return lay_out(segment(ORDINARY, TURNS, last.end, "zh", CueOptions()), ("zh", "en"), "zh", CueOptions())


@pytest.fixture(params=[hostile, ordinary])
def track(request: pytest.FixtureRequest) -> Track:
    made: Track = request.param()
    return made


def sung(write: Callable[[Track, CueOptions, Sequence[TimedToken], str], str], name: str) -> Writer:
    """A karaoke writer, with the words of the ordinary track."""

    def write_sung(track: Track, options: CueOptions) -> str:
        return write(track, options, ORDINARY.tokens, "zh")

    write_sung.__name__ = name
    return write_sung


@pytest.mark.parametrize("write", [srt, vtt, ass, sung(karaoke_vtt, "vtt"), sung(karaoke_ass, "ass")])
def test_ffmpeg_and_mkvmerge_find_every_cue(track: Track, write: Writer, tmp_path: Path) -> None:
    path = tmp_path / f"cues.{write.__name__}"
    write_whole(path, write(track, CueOptions()))
    events = sum(1 if path.suffix != ".ass" else sum(map(bool, cue.lines)) for cue in track.cues)
    assert count_cues_ffmpeg(path) == events  # ASS has one for each language
    assert count_cues_mkvmerge(path) == events


@pytest.mark.parametrize("write", [vtt, sung(karaoke_vtt, "vtt")])
def test_the_validator_finds_no_fault_and_chromium_shows_every_character(
    track: Track, write: Writer, tmp_path: Path, browser: Browser
) -> None:
    path = tmp_path / "cues.vtt"
    write_whole(path, write(track, CueOptions()))
    assert webvtt_errors(path) == []
    shown = ["\n".join(line for lines in cue.lines for line in lines) for cue in track.cues]
    assert list(map(visible, chromium_cue_texts(browser, path))) == list(map(visible, shown))


def test_the_validator_of_srt_finds_no_fault(track: Track, tmp_path: Path) -> None:
    path = tmp_path / "cues.srt"
    write_whole(path, srt(track, CueOptions()))
    assert srt_errors(path) == []


def test_the_readers_see_faults(tmp_path: Path, browser: Browser) -> None:
    path = tmp_path / "bad.vtt"
    write_whole(path, "WEBVTT\n\n00:00.000 --> 00:01.000\nTom & Jerry <3 a<b\n")
    assert webvtt_errors(path) != []
    assert chromium_cue_texts(browser, path) != ["Tom & Jerry <3 a<b"]
    gap = tmp_path / "gap.srt"
    write_whole(gap, "1\n00:00:00,000 --> 00:00:01,000\none\n\n3\n00:00:00,500 --> 00:00:02,000\nthree\n")
    assert len(srt_errors(gap)) == 2
    zero = tmp_path / "zero.srt"
    write_whole(zero, "1\n00:00:00,000 --> 00:00:00,000\nzero\n\n2\n00:00:01,000 --> 00:00:02,000\ntwo\n")
    assert count_cues_mkvmerge(zero) == 1
