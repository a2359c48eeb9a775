"""The review as a person uses it, in Chromium: by keys and by mouse, in one window and in two."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from align.core.types import MismatchKind, Result, Turn
from align.export.write import write_all
from align.result.alignment_json import load
from tests.recordings import write_sound
from tests.review.browser import Seen, faults
from tests.review.decisions.made import OPTIONS, edited, made, mismatch, with_mismatches
from tests.review.served import Asked, served_here

KINDS = MismatchKind
expect.set_options(timeout=20_000)
HOSTILE = "<img src=x onerror=\"document.title='owned'\"></script>\u202e&lt;'"


def reviewed() -> Result:
    result = replace(made(), audio="livestream.wav")
    voice = "The label says 陈倩; the voice is that of Ethan."
    return with_mismatches(
        result,
        mismatch(result, KINDS.SPEAKER, *result.phrases[0].tokens, reason=voice),
        mismatch(result, KINDS.DIFFERENT, 60, 62, "尝试"),
        mismatch(result, KINDS.SAME_SOUND, 90, 91, "她"),
        mismatch(result, KINDS.SAME_SOUND, 120, 121, "的"),
        mismatch(result, KINDS.TIMING, 140, 150),
        mismatch(result, KINDS.MISSING_TEXT, 160, 160),
    )


def written(result: Result, folder: Path) -> Path:
    """An alignment with its recording, in which nobody speaks."""
    seconds = np.arange(int(result.duration * 16000)) / 16000
    write_sound(folder / "livestream.wav", (0.1 * np.sin(1000 * seconds)).astype(np.float32))
    write_all(result, folder, ["usual"], OPTIONS)
    return folder / "livestream.alignment.json"


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Asked]:
    with served_here(written(reviewed(), tmp_path)) as serving:
        yield serving


@pytest.fixture
def page(browser: Browser, review: Asked) -> Iterator[Page]:
    """The review's page; what its console says is a failure."""
    window = browser.new_page()
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    window.goto(review.address)
    ready(window)
    yield window
    window.close()
    assert [one for one in said if "409" not in one and "422" not in one] == []


def ready(window: Page) -> None:
    """Wait until the page knows what was decided, has all cues, and has opened the first place."""
    window.set_default_timeout(10_000)
    until(window, "document.querySelector('#lines .line') && page.review.state && page.lines.current")


def until(window: Page, script: str) -> None:
    """Wait for what a script says; the page's policy lets nothing be evaluated that waits by itself."""
    end = time.monotonic() + 120  # a limit for a hang, not for a busy machine
    while not window.evaluate(f"Boolean({script})"):
        assert time.monotonic() < end, script
        time.sleep(0.05)


def kinds(review: Asked) -> list[str]:
    return [row.get("choice") or row["kind"] for row in review.state()["decisions"]]


def test_the_keys_decide_and_go_on(page: Page, review: Asked) -> None:
    expect(page.locator("#decided")).to_have_text("0 of 6")
    page.keyboard.press("2")
    expect(page.locator(".card.decided .verdict").first).to_contain_text("Speaker: Ethan")
    page.keyboard.press("2")
    expect(page.locator("#decided")).to_have_text("2 of 6")
    page.keyboard.press("1")
    expect(page.locator("#decided")).to_have_text("3 of 6")
    page.keyboard.press("3")
    page.keyboard.type("地")
    page.keyboard.press("Enter")
    expect(page.locator("#decided")).to_have_text("4 of 6")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("4")
    expect(page.locator("#decided")).to_have_text("5 of 6")
    assert kinds(review) == ["labelled", "take", "keep", "edit", "fine"]
    page.keyboard.press("u")
    expect(page.locator("#decided")).to_have_text("4 of 6")
    page.keyboard.press("y")
    expect(page.locator("#decided")).to_have_text("5 of 6")
    page.keyboard.press("Control+z")
    expect(page.locator("#decided")).to_have_text("4 of 6")
    page.reload()
    expect(page.locator("#decided")).to_have_text("4 of 6")
    expect(page.locator(".card.decided")).to_have_count(4)


def test_an_edit_goes_on_although_the_filter_hides_its_place(page: Page) -> None:
    page.locator("#undecided").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    page.keyboard.type("常识")
    page.keyboard.press("Enter")
    expect(page.locator(".card:not([hidden])")).to_have_count(5)
    until(page, "document.activeElement.matches('.card[aria-current][data-kind=\"same sound\"]')")
    page.keyboard.press("1")
    expect(page.locator("#decided")).to_have_text("2 of 6")


def test_the_sound_stops_when_one_types(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    until(page, "page.player.playing")
    page.keyboard.press("3")
    until(page, "!page.player.playing")


def test_going_to_a_place_plays_it(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    until(page, "page.player.playing && page.player.time > 11.6")
    assert page.evaluate("page.sound.recording") == "audio"


def test_the_sound_of_a_place_is_drawn(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})  # wide windows have one waveform for all
    expect(page.locator(".card .wave .peaks").first).to_be_visible()


def test_a_cue_is_heard_and_opened_where_it_is_clicked(page: Page) -> None:
    page.locator(".line").nth(8).locator(".said").click()
    until(page, "page.player.playing && page.player.time >= page.lines.rows[8].data.start")
    expect(page.locator("#cue [name=text]")).to_have_value(page.locator(".line .said").nth(8).inner_text())
    page.wait_for_selector(".line.now")


def test_a_place_without_words_is_refused_and_told(page: Page, review: Asked) -> None:
    card = page.locator(".card[data-kind='missing text']")
    assert card.locator("[data-choice=take]").count() == 0
    page.evaluate("page.list.go(document.querySelector('[data-kind=\"missing text\"]'))")
    page.keyboard.press("2")
    expect(page.locator("#message")).to_contain_text("No word was recognized here")
    assert review.state()["decisions"] == []


def test_all_of_a_kind_after_a_preview(page: Page, review: Asked) -> None:
    page.locator("[data-opens=batch]").click()
    page.locator("#batch [name=kind]").select_option("same sound")
    expect(page.locator("#batch .count")).to_have_text("2 places")
    expect(page.locator("#batch .preview ins")).to_have_text(["她", "的"])
    page.locator("#batch [type=submit]").click()
    expect(page.locator("#decided")).to_have_text("2 of 6")
    page.keyboard.press("u")
    expect(page.locator("#decided")).to_have_text("0 of 6")
    assert kinds(review) == []


def test_the_same_everywhere_after_a_preview(page: Page, review: Asked) -> None:
    page.locator("[data-opens=everywhere]").click()
    page.locator("#everywhere [name=find]").fill("我们")
    page.locator("#everywhere [name=text]").fill("咱们")
    expect(page.locator("#everywhere .preview li").first).to_contain_text("咱们")
    found = page.locator("#everywhere .preview li").count()
    assert found > 3
    page.locator("#everywhere [type=submit]").click()
    expect(page.locator("#undo")).to_have_attribute("title", "Undo: “我们” → “咱们” everywhere")
    assert len(review.state()["decisions"]) == found
    expect(page.locator(".line .said", has_text="咱们").first).to_be_visible()


def test_speakers_are_renamed_and_made_one(page: Page, review: Asked) -> None:
    page.locator("[data-opens=names]").click()
    row = page.locator("#names .rows form").nth(1)
    row.locator("input").fill("陈倩")
    expect(row.get_by_role("button", name="Swap")).to_be_visible()
    row.get_by_role("button", name="Merge …").click()
    assert kinds(review) == []  # merging is asked for twice
    row.get_by_role("button", name="Merge").click()
    expect(page.locator("#names .rows form")).to_have_count(2)
    assert kinds(review) == ["renamed"]


def test_a_cue_is_changed_in_all_ways(page: Page, review: Asked) -> None:
    page.locator(".line").nth(8).click()
    page.keyboard.press("e")
    until(page, "!page.player.playing")
    page.keyboard.press("Control+a")
    page.keyboard.type("但是我们\n一般写稿需要")
    page.locator("#cue [name=translation]").fill("But writing takes us")
    page.keyboard.press("Control+Enter")
    line = page.locator(".line").nth(8)
    expect(line.locator(".said")).to_have_text("但是我们\n一般写稿需要", use_inner_text=True)
    expect(line.locator(".second")).to_have_text("But writing takes us")
    assert kinds(review) == ["edit", "recued"]
    page.keyboard.press("Escape")
    before = page.evaluate("page.lines.rows[8].data.end")
    page.keyboard.press("<")
    until(page, f"page.lines.rows[8].data.end < {before}")
    assert page.evaluate("page.lines.rows[8].data.end") == pytest.approx(before - 0.04, abs=0.002)
    page.locator("#cue [name=end]").fill("9:59")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_contain_text("overlap its neighbour")


def test_what_one_types_is_measured(page: Page) -> None:
    page.locator(".line").nth(8).click()
    page.locator("#cue [name=text]").fill("这一行字实在是太长了谁也读不完它\n真的")
    expect(page.locator("#cue [name=gauge]")).to_contain_text("16 + 2 of 16")
    page.locator("#cue [name=text]").fill("这一行字实在是太长了谁也读不完它呀\n真的")
    expect(page.locator("#cue .faults")).to_contain_text("a line is too long")
    expect(page.locator("#caption p").first).to_contain_text("这一行字")


def test_cues_are_split_merged_inserted_and_deleted_by_keys(page: Page, review: Asked) -> None:
    count = page.evaluate("page.lines.rows.length")
    start = page.evaluate("page.lines.rows.map((row) => row.data.text)")
    page.locator(".line").nth(8).click()
    until(page, "page.lines.current === page.lines.rows[8]")
    page.keyboard.press("k")
    page.keyboard.press("s")
    until(page, f"page.lines.rows.length === {count + 1}")
    page.keyboard.press("m")
    until(page, f"page.lines.rows.length === {count}")
    page.keyboard.press("Delete")
    until(page, f"page.lines.rows.length === {count - 1}")
    page.locator(".line").last.click()
    page.keyboard.press("n")
    dialog = page.locator("#new-cue")
    if dialog.is_visible():
        dialog.locator("[name=text]").fill("再见")
        page.keyboard.press("Tab")
        dialog.locator("[type=submit]").click()
        expect(page.locator(".line .said").last).to_have_text("再见")
        page.keyboard.press("u")
    for _ in range(3):
        page.keyboard.press("u")
    until(page, "!page.review.state.undo")
    until(page, f"page.lines.rows.length === {count}")
    assert page.evaluate("page.lines.rows.map((row) => row.data.text)") == start
    assert review.state()["decisions"] == []


def test_an_edge_is_dragged_on_the_waveform(page: Page, review: Asked) -> None:
    page.locator(".line").nth(8).click()
    page.keyboard.press("k")
    row = page.evaluate("page.lines.rows[8].data")
    box = page.locator("#strip canvas").bounding_box()
    assert box
    edge = page.evaluate("page.strip.x(page.lines.rows[8].data.end)")
    page.mouse.move(edge, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(edge - 40, box["y"] + 60, steps=4)
    page.mouse.up()
    until(page, f"page.lines.rows[8].data.end < {row['end']} - 0.1")
    assert kinds(review) == ["recued"]


def test_it_begins_at_the_first_undecided_place_with_the_work_in_a_line(page: Page) -> None:
    expect(page.locator("#workload")).to_have_text("6 places, about 2 minutes")
    expect(page.locator(".card[aria-current]")).to_have_count(1)
    assert page.evaluate("page.list.current === page.list.cards[0]")
    page.keyboard.press("2")
    expect(page.locator("#workload")).to_have_text("5 places, about 2 minutes")
    assert page.evaluate("page.list.current === page.list.cards[1]")


def test_two_windows_show_the_same(browser: Browser, page: Page, review: Asked) -> None:
    other = browser.new_page()
    other.goto(review.address)
    ready(other)
    other.evaluate("page.review.look = () => {}")
    page.locator(".card [data-choice=keep]").first.click()
    expect(page.locator("#decided")).to_have_text("1 of 6")
    other.locator(".card [data-choice=fine]").first.click()
    expect(other.locator("#message")).to_contain_text("Another window has made a decision")
    expect(other.locator("#decided")).to_have_text("1 of 6")
    assert kinds(review) == ["keep"]
    other.locator(".card [data-choice=fine]").first.click()
    expect(page.locator(".card .verdict").first).to_have_text(
        "Marked as fine Withdraw"
    )  # without a click there
    other.close()


def test_applying_asks_first_and_loads_the_page_again(page: Page, review: Asked, tmp_path: Path) -> None:
    before = load(tmp_path / "livestream.alignment.json")
    page.locator(".card [data-choice=take]").first.click()
    expect(page.locator("#decided")).to_have_text("1 of 6")
    page.locator("#apply").click()
    page.locator("#apply-ask [type=submit]").click()
    expect(page.locator("#message")).to_have_text("All files are written.")
    expect(page.locator(".card")).to_have_count(5)
    expect(page.locator("#decided")).to_have_text("1 of 6")
    after = load(tmp_path / "livestream.alignment.json")
    assert after.phrases[0].speaker == "Ethan"
    assert [one.span for one in after.phrases] == [one.span for one in before.phrases]
    page.locator("#undo").click()
    expect(page.locator(".card")).to_have_count(6)
    assert load(tmp_path / "livestream.alignment.json") == before


def test_what_has_no_place_any_more_is_listed_and_can_be_taken_back(browser: Browser, tmp_path: Path) -> None:
    path = written(reviewed(), tmp_path)
    with served_here(path) as before:
        before.decide(0, "reword", tokens=[60, 62], text="<b>尝试")
        before.decide(1, "reword", tokens=[90, 91], text="她")
    write_all(edited(load(path), {(3, 3): "嗯", (61, 62): "些"}), tmp_path, ["usual"], OPTIONS)
    with served_here(path) as review:
        window = browser.new_page()
        window.goto(review.address)
        ready(window)
        lost = window.locator("#lost")
        lost.locator("summary").click()
        expect(lost.locator("li")).to_have_text("“这个” → “<b>尝试” Withdraw")
        assert faults(Seen(window)) == []
        lost.get_by_role("button", name="Withdraw").click()
        expect(lost).to_be_hidden()
        assert [len(review.state()[key]) for key in ("decisions", "stale")] == [1, 0]
        window.close()


def test_a_file_that_was_edited_is_written_over_only_when_asked(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "livestream.zh.srt"
    path.write_text("mine", "utf-8")
    page.locator(".card [data-choice=take]").first.click()
    page.locator("#apply").click()
    page.locator("#apply-ask [type=submit]").click()
    expect(page.locator("#apply-ask .what")).to_contain_text("livestream.zh.srt")
    assert path.read_text("utf-8") == "mine"
    page.locator("#apply-ask [type=submit]").click()
    expect(page.locator(".card")).to_have_count(5)
    assert path.read_text("utf-8") != "mine"


def test_without_a_place_the_text_can_be_changed(browser: Browser, tmp_path: Path) -> None:
    with served_here(written(with_mismatches(reviewed()), tmp_path)) as review:
        window = browser.new_page()
        window.goto(review.address)
        ready(window)
        expect(window.locator("#decided")).to_have_text("0 of 0")
        window.locator("#cue [name=text]").fill("好，大家好，我们的观众朋友们，")
        window.locator("#cue [type=submit]").click()
        expect(window.locator("#apply")).to_be_enabled()
        window.close()


def test_a_hostile_text_shows_as_text(browser: Browser, tmp_path: Path) -> None:
    result = reviewed()
    attacked = replace(
        result,
        turns=tuple(Turn(HOSTILE, turn.text, turn.line) for turn in result.turns),
        alignment=replace(
            result.alignment, tokens=tuple(replace(one, speaker=HOSTILE) for one in result.alignment.tokens)
        ),
        mismatches=tuple(replace(one, heard=HOSTILE) for one in result.mismatches),
        phrases=tuple(replace(one, speaker=HOSTILE, translation=HOSTILE) for one in result.phrases),
    )
    with served_here(written(attacked, tmp_path)) as review:
        window = browser.new_page()
        window.goto(review.address)
        ready(window)
        window.locator(".card [data-choice=take]").first.click()
        expect(window.locator("#decided")).to_have_text("1 of 6")
        window.locator("[data-opens=names]").click()
        assert window.title() == "livestream.wav – review"
        assert window.locator("img").count() == 0
        expect(window.locator("#names .rows bdi")).to_contain_text("<img src=x")
        window.close()


def test_a_page_of_another_site_cannot_ask(browser: Browser, review: Asked) -> None:
    window = browser.new_page()
    window.route(
        "http://evil.example/*",
        lambda route: route.fulfill(body="<title>evil</title>", content_type="text/html"),
    )
    window.goto("http://evil.example/")
    script = """async ([address]) => {
        const asked = [
            fetch(`${address}state`),
            fetch(`${address}undo`, {method: "POST", body: "{}", headers: {"content-type": "text/plain"}}),
            fetch(`${address}decide`, {method: "POST", body: "{}", mode: "no-cors"}),
        ];
        return (await Promise.allSettled(asked)).map((one) => one.value?.type ?? one.status);
    }"""
    told = window.evaluate(script, [review.address])
    assert told[:2] == ["rejected", "rejected"]
    assert review.state()["revision"] == 0
    window.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".card[aria-current] [data-choice=take]").click()
    page.locator("#cue [name=text]").fill("一行太长太长太长太长太长太长太长太长太长太长太长太长的字\n二\n三")
    assert faults(Seen(page)) == []
    page.locator("[data-opens=batch]").click()
    assert faults(Seen(page)) == []
