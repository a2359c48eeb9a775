"""Every command that the keyboard has, on the page with sound."""

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
SPAN = sample().mismatches[1].span


@pytest.fixture(scope="module")
def only(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    result = sample()
    with opened(
        browser, written(result, tmp_path_factory.mktemp("keys"), ReportAudio(heard(result)))
    ) as seen:
        yield seen


@pytest.fixture
def seen(only: Seen) -> Seen:
    """The page, with the second place current and silent."""
    only.run("document.activeElement.blur(), page.list.go(page.list.cards[1], {play: false})")
    only.run("page.player.pause(), page.player.range = null")
    return only


def playing(seen: Seen) -> tuple[float, float]:
    """What is played, once it is: from and to, in seconds of the recording."""
    seen.wait("page.player.playing && page.player.range")
    start, end = seen.run("[page.player.range.start, page.player.range.end]")
    assert start - 0.05 <= seen.run("page.player.time") <= end
    return start, end


@pytest.mark.parametrize(
    ("key", "place"), [("ArrowDown", 2), ("ArrowRight", 2), ("ArrowUp", 0), ("ArrowLeft", 0)]
)
def test_arrows_go_to_the_next_place_and_play_it(seen: Seen, key: str, place: int) -> None:
    seen.press(key)
    assert seen.run(CURRENT) == place
    assert seen.run("document.activeElement === page.list.current")
    assert seen.run("page.list.current.getAttribute('aria-current')") == "true"
    span = sample().mismatches[place].span
    assert playing(seen) == pytest.approx((span.start - 0.5, span.end + 0.5))


def test_the_last_place_is_announced(seen: Seen) -> None:
    seen.press(*["ArrowDown"] * 5)
    assert seen.run(CURRENT) == 4
    assert seen.run("said.textContent") == "This is the last place."


def test_space_plays_pauses_and_goes_on(seen: Seen) -> None:
    seen.press(" ")
    assert playing(seen) == pytest.approx((SPAN.start - 0.5, SPAN.end + 0.5))
    seen.wait(f"page.player.time > {SPAN.start}")
    seen.press(" ")
    assert not seen.run("page.player.playing")
    paused = seen.run("page.player.time")
    seen.press(" ")
    playing(seen)
    assert seen.run("page.player.time") >= paused - 0.05


def test_k_pauses_and_goes_on(seen: Seen) -> None:
    seen.press("k")
    playing(seen)
    seen.press("K")
    assert not seen.run("page.player.playing")


def test_j_and_l_go_a_second_back_and_on(seen: Seen) -> None:
    seen.press(" ")
    playing(seen)
    seen.press("k")
    at = seen.run("page.player.time")
    seen.press("l")
    seen.wait(f"Math.abs(page.player.time - {at + 1}) < 0.05")
    seen.press("j")
    seen.wait(f"Math.abs(page.player.time - {at}) < 0.05")


def test_r_plays_over_and_over(seen: Seen) -> None:
    seen.press("r")
    assert seen.run("document.querySelector('[data-do=loop]').ariaPressed") == "true"
    seen.press("w")
    again = "new Promise(done => audio.addEventListener('seeked', () => done(page.player.time)))"
    seen.wait(f"page.player.time > {SPAN.end + 0.1}")
    assert seen.run(again) == pytest.approx(SPAN.end, abs=0.1)
    assert seen.run("page.player.playing")
    seen.press("r")
    seen.wait("!page.player.playing")


def test_q_and_w_play_the_half_seconds_around(seen: Seen) -> None:
    seen.press("q")
    assert playing(seen) == pytest.approx((SPAN.start - 0.5, SPAN.start))
    seen.press("w")
    assert playing(seen) == pytest.approx((SPAN.end, SPAN.end + 0.5))


def test_brackets_change_the_speed(seen: Seen) -> None:
    seen.press("]", "]")
    assert seen.run("[rate.textContent, audio.playbackRate]") == ["1.5×", 1.5]
    seen.press("[", "[", "[")
    assert seen.run("[rate.textContent, audio.playbackRate]") == ["0.75×", 0.75]
    seen.press(" ")
    playing(seen)
    assert seen.run("audio.playbackRate") == 0.75
    seen.press("]")
    assert seen.run("page.player.rate") == 1


def test_a_question_mark_lists_the_keys_and_escape_closes_the_list(seen: Seen) -> None:
    seen.press("?")
    assert seen.run("help.open")
    listed = seen.run("[...document.querySelectorAll('#commands kbd')].map(key => key.textContent)")
    expected = ["Space", "↓", "→", "↑", "←", "J", "K", "L", "R", "Q", "W", "[", "]", "/", "?"]
    assert listed == expected
    seen.press("ArrowDown")
    assert seen.run(CURRENT) == 1
    seen.press("Escape")
    assert not seen.run("help.open")


def test_a_slash_searches_and_in_a_field_keys_are_letters(seen: Seen) -> None:
    seen.press("/")
    assert seen.run("document.activeElement.id") == "search"
    seen.page.keyboard.type("rk j")
    assert seen.run("search.value") == "rk j"
    assert not seen.run("page.player.playing || page.player.loop")
    seen.run("search.value = '', page.filter()")
    seen.run("page.list.mark(page.list.cards[1])")
    seen.press("Alt+ArrowDown")
    assert seen.run(CURRENT) == 2


def test_a_key_on_a_button_presses_that_button_only(seen: Seen) -> None:
    seen.run("document.querySelector('[data-value=low]').focus()")
    seen.press(" ")
    assert seen.run("document.querySelector('[data-value=low]').ariaPressed") == "true"
    assert not seen.run("page.player.playing")
    seen.press(" ")


def test_the_keyboard_reaches_every_control_in_the_order_of_the_page(seen: Seen) -> None:
    seen.run("document.querySelector('#track').focus()")
    reached = []
    for _ in range(12):
        seen.press("Tab")
        about = "(({id, className, dataset}) => id || dataset.order || className)(document.activeElement)"
        reached.append(seen.run(about))
    assert reached == [*["chip"] * 8, "search", "number", "rank", "play"]


def test_later_scripts_hear_of_a_command_and_may_stop_it(seen: Seen) -> None:
    seen.run("""page.on('command', ({name, key, card}, event) => {
        window.heard = [name, key, card.dataset.number];
        if (window.stop) event.preventDefault();
    })""")
    seen.run("window.stop = true")
    seen.press("ArrowDown")
    assert seen.run("window.heard") == ["next", "ArrowDown", "2"]
    assert seen.run(CURRENT) == 1
    seen.run("window.stop = false")
    seen.run(
        "page.command({name: 'mine', keys: ['1'], words: 'Mine', run: card => { window.mine = card.id; }})"
    )
    seen.press("1")
    assert seen.run("window.mine === page.list.current.id")
