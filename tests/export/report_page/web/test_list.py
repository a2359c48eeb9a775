"""One place is current, is seen, and is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.results import sample
from tests.review.browser import opened
from tests.review.made import many, written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

INSIDE = """(number) => {
    const box = page.list.cards[number].getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight - 120;
}"""


def test_a_place_far_away_comes_into_view_and_all_others_after_it(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(many(500), tmp_path)) as seen:
        for number in (450, 451, 452, 30, 29, 499, 0):
            seen.run(f"page.list.go(page.list.cards[{number}])")
            seen.page.wait_for_timeout(100)
            assert seen.run(INSIDE, number), number


def test_the_place_is_current_again_when_the_page_is_opened_again(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(sample(), tmp_path)) as seen:
        seen.press("ArrowDown", "ArrowDown", "ArrowDown")
        seen.page.reload()
        assert seen.run("page.list.cards.indexOf(page.list.current)") == 2
        seen.press("ArrowDown")
        assert seen.run("page.list.cards.indexOf(page.list.current)") == 3


def test_a_click_or_the_tab_key_makes_a_place_current(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(sample(), tmp_path)) as seen:
        seen.page.locator(".card h3").nth(1).click()
        assert seen.run("page.list.current.dataset.number") == "2"
        seen.run("document.querySelectorAll('.card .play')[2].focus()")
        assert seen.run("page.list.current.dataset.number") == "3"
        assert seen.run("document.querySelectorAll('.card[aria-current]').length") == 1


def test_the_current_place_is_none_when_it_is_filtered_out(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(sample(), tmp_path)) as seen:
        seen.press("ArrowDown")
        seen.page.click("[data-value=high]")
        assert seen.run("page.list.current") is None
        seen.run("document.activeElement.blur()")
        seen.press("ArrowDown")
        assert seen.run("page.list.current.dataset.severity") == "high"
