"""Suspected wrong words on the page of the review."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.review.decisions.made import made, with_mismatches, wrong_word
from tests.review.served import served_here
from tests.review.test_page import ready, written

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"


def test_keys_take_alternatives_here_and_at_every_place(browser: Browser, tmp_path: Path) -> None:
    result = made()
    suspected = with_mismatches(
        result,
        wrong_word(result, 20, 22, "长尾", HOSTILE),
        wrong_word(result, 60, 62, "联储", "脸书"),
        wrong_word(result, 90, 92, "缺电", "联储"),
        wrong_word(result, 120, 122, "降息"),
        wrong_word(result, 140, 142),
    )
    with served_here(written(suspected, tmp_path)) as serving:
        page = browser.new_page()
        page.goto(serving.address)
        ready(page)
        verdicts = page.locator(".card .verdict")
        page.keyboard.press("2")
        expect(verdicts.nth(0)).to_contain_text(f"Changed: {HOSTILE}")
        page.keyboard.press("6")
        expect(page.locator("#decided")).to_have_text("3 of 5")
        expect(verdicts.nth(2)).to_contain_text("Changed: 联储")
        page.keyboard.press("0")
        expect(verdicts.nth(3)).to_contain_text("Kept as written")
        page.keyboard.press("1")  # without alternatives the keys are those of every other place
        expect(verdicts.nth(4)).to_contain_text("Kept as written")
        assert page.title() != "owned"
        page.close()
