"""What is heard, and when: clips in the page, the recording beside it, and one that the reader opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from align.core.types import SAMPLE_RATE
from align.export.report_page.page import ReportAudio, sound_for
from tests.made_audio import write_audio
from tests.results import sample
from tests.review.browser import Seen, opened
from tests.review.made import heard, with_fillers, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PLAYING = "page.player.playing && document.getElementById('audio').currentTime > 0"
FIRST = sample().mismatches[0].span


@pytest.fixture(scope="module")
def clips(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """The page of the sample with clips, and no recording beside it."""
    result = with_fillers(sample())
    with opened(
        browser, written(result, tmp_path_factory.mktemp("clips"), ReportAudio(heard(result)))
    ) as seen:
        yield seen


def played(seen: Seen, button: int) -> tuple[float, float]:
    """Where sound began and ended after a click, by the audio element, in seconds of the recording."""
    seen.wait("!page.player.playing")
    began, ended = seen.run(
        """button => new Promise(done => {
            const audio = document.getElementById('audio');
            let began = null;
            audio.addEventListener('playing', () => { began ??= page.player.time; }, {once: true});
            audio.addEventListener('pause', () => began !== null && done([began, page.player.time]));
            document.querySelectorAll('.play')[button].click();
        })""",
        button,
    )
    return began, ended


@pytest.mark.parametrize("place", range(5))
def test_a_place_plays_from_half_a_second_before_it_to_half_a_second_behind_it(
    clips: Seen, place: int
) -> None:
    span = sample().mismatches[place].span
    began, ended = played(clips, place)
    assert began == pytest.approx(max(0, span.start - 0.5), abs=0.2)
    assert ended == pytest.approx(span.end + 0.5, abs=0.2)


def test_a_filler_plays_too(clips: Seen) -> None:
    assert played(clips, 5) == pytest.approx((6.5, 7.7), abs=0.2)


def test_the_button_shows_that_it_plays_and_stops(clips: Seen) -> None:
    button = "document.querySelector('#list .play')"
    clips.run(f"{button}.click()")
    clips.wait(f"{button}.classList.contains('playing')")
    clips.run(f"{button}.click()")
    clips.wait(f"!page.player.playing && !{button}.classList.contains('playing')")


def test_what_no_clip_holds_asks_for_the_recording(clips: Seen) -> None:
    assert clips.run("page.player.play(90, 91)") is False
    assert "open the recording" in clips.run("document.getElementById('said').textContent")


def test_a_recording_beside_the_page_is_played_whole(browser: Browser, tmp_path: Path) -> None:
    result = replace(sample(), audio="直播 #1? 50%.flac")
    recording = heard(result, tmp_path)
    write_audio(tmp_path / result.audio, recording.samples[:], SAMPLE_RATE, "flac")
    with opened(browser, written(result, tmp_path, sound_for(recording, tmp_path))) as seen:
        seen.wait("page.sound.recording")
        assert seen.run("page.player.play(90, 91)") is True
        seen.wait(PLAYING)
        assert seen.run("document.getElementById('audio').currentTime") == pytest.approx(90, abs=0.5)
        assert {address.partition(":")[0] for address in seen.requests} == {"file"}
        assert seen.complaints == []


def test_another_recording_of_that_name_is_not_taken_for_it(browser: Browser, tmp_path: Path) -> None:
    result = replace(sample(), audio="a.flac")
    recording = heard(result, tmp_path)
    write_audio(tmp_path / "a.flac", recording.samples[: 9 * SAMPLE_RATE], SAMPLE_RATE, "flac")
    with opened(browser, written(result, tmp_path, sound_for(recording, tmp_path))) as seen:
        seen.run("new Promise(done => setTimeout(done, 500))")
        assert seen.run("page.sound.recording") is None
        seen.press("ArrowDown")
        seen.wait(PLAYING)


def test_a_recording_that_the_reader_opens_is_played(browser: Browser, tmp_path: Path) -> None:
    result = sample()
    sound = heard(result).samples[: 60 * SAMPLE_RATE]
    other = write_audio(tmp_path / "other.wav", sound, SAMPLE_RATE, "pcm_s16le")
    with opened(browser, written(result, tmp_path)) as seen:
        seen.press("ArrowDown")
        assert seen.run("page.player.playing") is False
        with seen.page.expect_file_chooser() as chooser:
            seen.page.locator(".card .play").first.click()
        chooser.value.set_files(other)
        seen.wait("page.sound.recording")
        said = seen.run("document.getElementById('said').textContent")
        assert said == "other.wav may be a different recording from livestream.m4a"
        seen.page.locator(".card .play").first.click()
        seen.wait(PLAYING)
        assert seen.run("page.player.time") == pytest.approx(FIRST.start - 0.5, abs=0.3)
