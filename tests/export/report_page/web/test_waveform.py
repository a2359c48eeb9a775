"""The sound of a place as a drawing, made when it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from align.export.report_page.page import ReportAudio
from tests.results import sample
from tests.review.browser import opened
from tests.review.made import heard, many, written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

FIRST = "document.querySelector('.wave')"


def test_it_shows_the_sound_the_place_and_the_words(browser: Browser, tmp_path: Path) -> None:
    result = sample()
    with opened(browser, written(result, tmp_path, ReportAudio(heard(result)))) as seen:
        seen.run("window.scrollTo(0, 500)")
        seen.wait(f"{FIRST}.querySelector('.peaks')")
        begin, seconds = (float(seen.run(f"{FIRST}.dataset.{name}")) for name in ("begin", "seconds"))
        words = seen.run(f"[...{FIRST}.querySelectorAll('text')].map(text => text.textContent)")
        inside = [
            one.token.text
            for one in result.alignment.tokens
            if one.span and begin <= one.span.start and (one.span.start + one.span.end) / 2 < begin + seconds
        ]
        assert words == inside
        second = "document.querySelectorAll('.wave')[1]"
        seen.wait(f"{second}.querySelector('.peaks')")
        marked = seen.run(f"[...{second}.querySelectorAll('text.concerned')].map(text => text.textContent)")
        assert "".join(marked) == "".join(one.token.text for one in result.alignment.tokens[60:72])


def test_a_click_plays_from_there(browser: Browser, tmp_path: Path) -> None:
    result = sample()
    with opened(browser, written(result, tmp_path, ReportAudio(heard(result)))) as seen:
        wave = seen.page.locator(".wave").first
        wave.scroll_into_view_if_needed()
        box = wave.bounding_box()
        assert box is not None
        wave.click(position={"x": box["width"] / 2, "y": 20})
        begin, seconds = (float(seen.run(f"{FIRST}.dataset.{name}")) for name in ("begin", "seconds"))
        assert seen.run("page.player.range.start") == pytest.approx(begin + seconds / 2, abs=0.05)
        seen.wait(f"{FIRST}.querySelector('.head line').getAttribute('visibility') === 'visible'")


def test_without_the_recording_the_words_are_there_alone(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(sample(), tmp_path)) as seen:
        seen.run("window.scrollTo(0, 500)")
        seen.wait(f"{FIRST}.querySelector('text')")
        assert seen.run(f"{FIRST}.querySelector('.peaks')") is None


def test_waveforms_out_of_view_are_not_drawn(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(many(500), tmp_path)) as seen:
        seen.wait("document.querySelectorAll('.wave > *').length > 0")
        assert seen.run("document.querySelectorAll('.wave > *').length") < 60
