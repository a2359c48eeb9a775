"""The page of all jobs in a browser: start a list, see progress and failures, retry, cancel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.reliability.http import served

expect.set_options(timeout=30_000)
HOSTILE = "broken <img src=x onerror=alert(1)>.wav"


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    for name in ("talk.wav", "slow.wav", HOSTILE, "text.txt"):
        (tmp_path / name).write_bytes(b"x")
    rows = [
        f"{name},text.txt,{place}" for place, name in enumerate(["talk.wav", HOSTILE, "slow.wav", "no.wav"])
    ]
    (tmp_path / "list.csv").write_text("\n".join(["audio,transcript,out", *rows]) + "\n", "utf-8")
    with served(tmp_path) as address:
        page = browser.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(f"{address}/")
        yield page
        page.close()
        assert wrong == []


def test_a_batch_from_start_to_retry(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text("There are no jobs.")
    page.get_by_label("List or folder").fill("list.csv")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("row", name="talk.wav done")).to_be_visible()
    failed = page.get_by_role("row", name="contains no audio")
    expect(failed).to_contain_text(HOSTILE)
    expect(page.get_by_role("row", name="no.wav")).to_contain_text("there is no such file")
    expect(page.get_by_role("status")).to_have_text("1 of 4 done, 2 failed, 1 running, 0 waiting.")
    page.get_by_role("button", name="cancel slow.wav").click()
    expect(page.get_by_role("button", name="retry slow.wav")).to_be_visible()
    page.get_by_role("button", name="retry no.wav").click()
    expect(page.get_by_role("alert")).to_contain_text("there is no such file")
    page.get_by_label("Show").select_option("failed")
    expect(page.get_by_role("row", name="talk.wav done")).to_be_hidden()
    expect(failed).to_be_visible()


def test_what_cannot_be_started_is_said(page: Page) -> None:
    page.get_by_label("List or folder").fill("../list.csv")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("alert")).to_contain_text("outside the server's folder")


def test_it_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
