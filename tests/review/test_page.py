"""The review as a person uses it, in Chromium: by keys and by mouse, in one window and in two."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from playwright.sync_api import Browser, Page, expect

from align.core.types import Alignment, MismatchKind, Result, Span, TimedToken, Token, Turn
from align.export.write import write_all
from align.result.alignment_json import load
from align.review.page import LONGEST, transcript_lines
from tests.recordings import write_sound
from tests.results import results
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
    """Wait until the page knows what was decided, and has the whole text."""
    window.set_default_timeout(10_000)
    until(window, "document.querySelector('#lines .line') && page.review.state")


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
    page.keyboard.press("ArrowDown")
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
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    page.keyboard.type("常识")
    page.keyboard.press("Enter")
    expect(page.locator(".card:not([hidden])")).to_have_count(5)
    until(page, "document.activeElement.matches('.card[aria-current][data-kind=\"same sound\"]')")
    page.keyboard.press("1")
    expect(page.locator("#decided")).to_have_text("2 of 6")


def test_the_sound_stops_and_the_field_is_uncovered_when_one_types(page: Page) -> None:
    page.locator("#lines .change").nth(3).scroll_into_view_if_needed()
    page.locator("#lines .change").nth(3).click()
    for key in ("ArrowDown", "3"):
        page.keyboard.press("Escape")
        page.keyboard.press(key)
    until(page, "!page.player.playing")
    bottom = "document.querySelector('.own [type=submit]').getBoundingClientRect().bottom"
    until(page, f"{bottom} <= document.getElementById('player').getBoundingClientRect().top")


def test_going_to_a_place_plays_it(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    until(page, "page.player.playing && page.player.time > 11.6")
    assert page.evaluate("page.sound.recording") == "audio"


def test_the_sound_of_a_place_is_drawn(page: Page) -> None:
    expect(page.locator(".card .wave .peaks").first).to_be_visible()


def test_a_word_is_heard_where_it_is_clicked(page: Page) -> None:
    page.locator(".task[href='#text']").click()
    page.locator(".word[data-token='75']").click()
    until(page, "page.player.playing && page.player.time > 15.01")
    assert page.evaluate("page.player.time") < 16
    page.wait_for_selector(".word.now")


def test_a_place_without_words_is_refused_and_told(page: Page, review: Asked) -> None:
    card = page.locator(".card[data-kind='missing text']")
    assert card.locator("[data-choice=take]").count() == 0
    card.click()
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
    page.locator(".task[href='#text']").click()
    expect(page.locator("#lines ins").first).to_have_text("咱们")


def test_speakers_are_renamed_and_made_one(page: Page, review: Asked) -> None:
    page.locator("[data-opens=names]").click()
    row = page.locator("#names .rows form").nth(1)
    row.locator("input").fill("陈倩")
    expect(row.locator("button")).to_have_text("Merge")
    row.locator("button").click()
    expect(page.locator("#names .rows form")).to_have_count(2)
    assert kinds(review) == ["renamed"]


def test_a_line_is_changed_in_all_ways(page: Page, review: Asked) -> None:
    line = page.locator("#lines .line").nth(8)
    line.locator(".change").click()
    line.locator("textarea").nth(0).fill("但是我们一般写稿需要")
    line.locator("textarea").nth(1).fill("But writing takes us")
    end = line.locator("input[type=number]").nth(1)
    end.fill(str(float(end.input_value()) - 0.2))
    line.locator("[type=submit]").click()
    expect(line.locator("form")).to_have_count(0)
    assert kinds(review) == ["edit", "translated", "cue moved"]
    expect(line.locator(".second")).to_have_text("But writing takes us")
    expect(page.locator("#message")).to_be_hidden()
    line.locator(".change").click()
    end.fill("999")
    line.locator("[type=submit]").click()
    expect(page.locator("#message")).to_contain_text("overlap its neighbour")


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
        window.locator("#lines .change").first.click()
        window.locator("#lines textarea").first.fill("好，大家好，我们的观众朋友们，")
        window.locator("#lines [type=submit]").first.click()
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


def test_axe_finds_no_fault(page: Page) -> None:
    page.locator(".card [data-choice=take]").first.click()
    page.locator("#lines .change").first.click()
    assert faults(Seen(page)) == []
    page.locator("[data-opens=batch]").click()
    assert faults(Seen(page)) == []


SHORT = made(400)


def test_every_word_is_in_one_line() -> None:
    tokens = SHORT.alignment.tokens
    found = [
        (row["text"][begin:end], start)
        for row in transcript_lines(SHORT)
        for begin, end, start, _ in row["words"]
    ]
    assert found == [(one.token.text, one.span.start) for one in tokens if one.span]


def test_what_no_cue_shows_has_a_line_without_times() -> None:
    hole = replace(SHORT, phrases=(SHORT.phrases[0], *SHORT.phrases[2:]))
    row = transcript_lines(hole)[1]
    assert (row["start"], row["tokens"]) == (None, list(SHORT.phrases[1].tokens))
    assert row["words"]


def test_a_word_of_ten_megabytes_does_not_hold_the_page_up() -> None:
    word = "a" * 10_000_000
    token = TimedToken(Token(word, word, 0, 0, len(word)), Span(0, 1), 0.5)
    long = replace(SHORT, turns=(Turn(None, word, 1),), alignment=Alignment((token,), ()), phrases=())
    (row,) = transcript_lines(long)
    assert len(row["text"]) == LONGEST + 1
    assert row["words"] == []
    assert not row["whole"]


@settings(max_examples=100, deadline=None)
@given(results())
def test_any_result_has_lines(result: Result) -> None:
    shown = [k for row in transcript_lines(result) for k in range(*row["tokens"])]
    assert shown == sorted(set(shown))
    assert set(range(len(result.alignment.tokens))) <= set(shown)
