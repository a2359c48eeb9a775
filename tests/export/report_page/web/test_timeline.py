"""The drawing of the whole recording leads to the places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from align.export.report_page.page import ReportAudio
from tests.results import sample
from tests.review.browser import Seen, opened
from tests.review.made import heard, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CURRENT = "page.list.cards.indexOf(page.list.current)"


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    result = sample()
    with opened(
        browser, written(result, tmp_path_factory.mktemp("line"), ReportAudio(heard(result)))
    ) as page:
        yield page


def click(seen: Seen, seconds: float) -> None:
    """Click the drawing at a time."""
    box = seen.page.locator("#track").bounding_box()
    assert box is not None
    x = box["width"] * seconds / sample().duration
    seen.page.locator("#track").click(position={"x": x, "y": box["height"] - 30})


@pytest.mark.parametrize("place", [2, 0, 4])
def test_a_click_on_a_place_goes_to_it_and_plays_it(seen: Seen, place: int) -> None:
    span = sample().mismatches[place].span
    click(seen, (span.start + span.end) / 2)
    assert seen.run(CURRENT) == place
    assert seen.run("page.player.range.start") == pytest.approx(max(0, span.start - 0.5), abs=0.01)
    assert seen.run("document.querySelector('.tick.current').dataset.card === page.list.current.id")


def test_a_click_beside_all_places_goes_to_the_nearest_when_there_are_only_clips(seen: Seen) -> None:
    click(seen, sample().duration - 5)
    assert seen.run(CURRENT) == 4


def test_the_pointer_tells_the_time_and_the_place_under_it(seen: Seen) -> None:
    span = sample().mismatches[2].span
    seen.page.locator("#track").scroll_into_view_if_needed()
    box = seen.page.locator("#track").bounding_box()
    assert box is not None
    seen.page.mouse.move(box["x"] + box["width"] * (span.start + 1) / sample().duration, box["y"] + 20)
    assert seen.run("moment.textContent").startswith("0:20 Written, not said")
    seen.page.mouse.move(5, 5)
    assert seen.run("moment.textContent") == ""


def test_arrows_move_along_it_and_enter_goes_to_the_place(seen: Seen) -> None:
    seen.run("page.list.mark(page.list.cards[0]), track.focus()")
    seen.press("Home", "PageUp", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert seen.run("track.ariaValueNow") == "40"
    assert seen.run("track.ariaValueText").startswith("0:40 Different speaker")
    assert seen.run(CURRENT) == 0
    seen.press("Enter")
    assert seen.run(CURRENT) == 4
