"""Which places are shown, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.results import sample
from tests.review.browser import Seen, opened
from tests.review.made import many, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

TITLES = "page.list.shown.map(card => card.querySelector('h3').childNodes[1].textContent.trim())"
IN_TIME = [
    "Said, not written",
    "Different words",
    "Written, not said",
    "Unlikely timing",
    "Different speaker",
]
WORST = ["Written, not said", "Different speaker", "Different words", "Unlikely timing", "Said, not written"]


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    result = sample()
    names = {60: "Ethan", 100: "陈倩"}
    tokens = tuple(
        replace(one, speaker=names.get(k, one.speaker)) for k, one in enumerate(result.alignment.tokens)
    )
    result = replace(result, alignment=replace(result.alignment, tokens=tokens))
    with opened(browser, written(result, tmp_path_factory.mktemp("filter"))) as page:
        yield page


def test_the_worst_comes_first_when_asked_for(seen: Seen) -> None:
    assert seen.run(TITLES) == IN_TIME
    seen.page.click("[data-order=rank]")
    assert seen.run(TITLES) == WORST
    seen.page.click("[data-order=number]")
    assert seen.run(TITLES) == IN_TIME


def test_chips_show_only_what_is_chosen_and_all_when_none_is(seen: Seen) -> None:
    for chip in ("low", "missing text"):
        seen.page.click(f"[data-value='{chip}']")
    assert seen.run(TITLES) == ["Said, not written"]
    assert seen.run("said.textContent") == "1 of 5 shown"
    assert seen.run("document.querySelectorAll('.tick.out').length") == 4
    seen.page.click("#all")
    assert seen.run(TITLES) == IN_TIME
    assert seen.run("said.textContent") == ""


def test_the_keyboard_goes_through_what_is_shown_only(seen: Seen) -> None:
    seen.page.click("[data-value=medium]")
    seen.run("document.activeElement.blur()")
    seen.press("ArrowDown", "ArrowDown")
    assert seen.run("page.list.current.dataset.kind") == "wrong speaker"
    assert seen.run("place.textContent") == "2 of 2"
    seen.page.click("#all")
    assert seen.run("place.textContent") == "5 of 5"


def test_a_speaker_is_chosen(seen: Seen) -> None:
    seen.page.select_option("#speaker", "Ethan")
    assert seen.run("page.list.shown.map(card => card.dataset.speaker)") == ["Ethan"]
    seen.page.click("#all")
    assert seen.run("speaker.value") == ""


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (sample().mismatches[1].heard[1:5], ["Different words"]),
        ("ＳＯＭＥＢＯＤＹ  Speaks", ["Said, not written"]),
        ("nothing that is there", []),
    ],
)
def test_the_search_covers_written_and_heard_text_and_context(
    seen: Seen, sought: str, found: list[str]
) -> None:
    seen.page.fill("#search", sought)
    seen.wait("page.list.shown.length < 5")
    assert seen.run(TITLES) == found
    assert seen.run("none.hidden") is bool(found)
    seen.page.click("#all")


def test_later_scripts_add_conditions_of_their_own(seen: Seen) -> None:
    seen.run("page.filters.push((card) => card.dataset.number !== '1'), page.filter()")
    assert seen.run(TITLES) == IN_TIME[1:]
    seen.run("page.filters.pop(), page.filter()")


def test_two_thousand_places_are_filtered_and_sorted_at_once(browser: Browser, tmp_path: Path) -> None:
    path = written(many(2000), tmp_path)
    clicks = "const began = performance.now(); document.querySelector('{}').click(); {}"
    layout = "document.body.offsetHeight; performance.now() - began"
    assert path.stat().st_size < 6_000_000
    with opened(browser, path) as page:
        assert page.run("{" + clicks.format("[data-order=rank]", layout) + "}") < 1000
        assert page.run("{" + clicks.format("[data-value=low]", layout) + "}") < 1000
        assert page.run("page.list.shown.length") == 667
