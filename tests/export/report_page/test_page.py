"""The page as a reader's browser shows it: nothing loaded, nothing run that is not ours, all of it there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from align.core.types import Mismatch, MismatchKind, Phrase, Severity, Span, Turn
from align.export.report_page.page import SILENT, ReportAudio, page, sound_for
from align.mismatch.entries import entries
from tests.results import sample
from tests.review.browser import Seen, faults, opened
from tests.review.made import FILLER, HOSTILE, heard, hostile, with_fillers, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

from align.export.report_page.page import confidence_summary, count_by_kind

CARDS = "[...document.querySelectorAll('.card')]"


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """The page of the sample, with fillers and sound."""
    result = with_fillers(sample())
    path = written(result, tmp_path_factory.mktemp("page"), ReportAudio(heard(result)))
    with opened(browser, path) as page:
        yield page


def test_nothing_is_loaded_and_the_browser_has_nothing_to_complain_of(seen: Seen) -> None:
    assert [address.partition(":")[0] for address in seen.requests] == ["file"]
    assert seen.complaints == []


def test_every_mismatch_is_listed(seen: Seen) -> None:
    found = {entry.id for entry in entries(with_fillers(sample()))}
    assert found == set(seen.run("[...document.querySelectorAll('.card, #fillers li')].map(one => one.id)"))


def test_hostile_text_is_shown_and_never_run(browser: Browser, tmp_path: Path) -> None:
    result = hostile()
    with opened(
        browser, written(result, tmp_path, ReportAudio(heard(result), "./%3Cscript%3E.opus"))
    ) as seen:
        title = seen.run("document.title")
        for card in range(5):
            seen.press("ArrowDown")  # which draws its words
            seen.wait(f"{CARDS}[{card}].querySelector('.words text')")
        shown = seen.run("document.body.innerText")
        elements = seen.run(
            "[...document.querySelectorAll('script:not([type]), img, [onmouseover], [onload]')].length"
        )
        reasons = seen.run(f"{CARDS}.map(card => card.querySelector('.reasons').textContent)")
        complaints = [one for one in seen.complaints if "ERR_FILE_NOT_FOUND" not in one]
    assert title.endswith("places to check")
    assert elements == 1
    assert "<img src=x onerror=" in shown
    assert "{{ 7 * 7 }}" in shown
    assert not set(shown) & set("\u2028\u2029\u202e")
    named = (re.sub("[\u2028\u2029\u202e]", lambda c: f"U+{ord(c[0]):04X}", text) for text in HOSTILE)
    assert sorted(reasons) == sorted(named)
    assert complaints == []


def test_a_script_that_is_not_ours_is_stopped_by_the_policy(browser: Browser, tmp_path: Path) -> None:
    path = written(sample(), tmp_path)
    foreign = "<script>document.title='owned'</script></body>"
    path.write_text(path.read_text("utf-8").replace("</body>", foreign), "utf-8")
    with opened(browser, path) as seen:
        assert seen.run("document.title") != "owned"
        assert any("Content Security Policy" in one for one in seen.complaints)


def test_a_line_of_ten_million_characters_is_cut_with_a_note(browser: Browser, tmp_path: Path) -> None:
    line = "直播" * 5_000_000
    result = sample()
    first, second, *rest = result.mismatches
    long = replace(
        result,
        turns=(Turn(line, result.turns[0].text, 1), *result.turns[1:]),
        mismatches=(replace(first, heard=line), replace(second, written=line, heard=line + "x"), *rest),
        phrases=tuple(replace(phrase, translation=line) for phrase in result.phrases),
        notes=(line,),
    )
    path = written(long, tmp_path)
    assert path.stat().st_size < 500_000
    with opened(browser, path) as seen:
        assert "9,998,500 more characters" in seen.run(f"{CARDS}[0].textContent")


def test_without_javascript_everything_is_there_in_order_of_time(browser: Browser, tmp_path: Path) -> None:
    result = sample()
    shuffled = replace(result, mismatches=result.mismatches[::-1])
    with opened(browser, written(shuffled, tmp_path), java_script_enabled=False) as seen:
        starts = [float(one.get_attribute("data-start") or "") for one in seen.page.locator(".card").all()]
        assert starts == sorted(mismatch.span.start for mismatch in result.mismatches)
        assert not seen.page.locator("#bar").is_visible()
        assert not seen.page.locator("#player").is_visible()
        assert seen.page.locator(".play:disabled").count() == len(result.mismatches)


def test_each_text_says_its_language(seen: Seen) -> None:
    texts = "[...document.querySelectorAll('.card dd:not(.nothing)')]"
    assert seen.run(f"[...new Set({texts}.map(d => d.lang))]") == ["zh"]
    assert seen.run("[...new Set([...document.querySelectorAll('.beside')].map(d => d.lang))]") == ["en"]


def test_differences_are_marked_in_both_texts(seen: Seen) -> None:
    card = f"document.getElementById('{entries(sample())[1].id}')"
    assert seen.run(f"{card}.querySelector('.focus').textContent") == sample().mismatches[1].written
    assert seen.run(f"[...{card}.querySelectorAll('del')].map(d => d.textContent)") != []
    assert "嗯" in seen.run(f"{card}.querySelector('ins').textContent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_fault(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    result = replace(with_fillers(sample()), notes=HOSTILE)
    path = written(result, tmp_path, ReportAudio(heard(result)))
    size = {"width": width, "height": 900}
    with opened(browser, path, color_scheme=scheme, viewport=size, bypass_csp=True) as seen:
        seen.press("ArrowDown", "ArrowDown")
        seen.run("document.getElementById('fillers').open = true")
        assert faults(seen) == []
        seen.press("?")
        assert faults(seen) == []


def test_fillers_are_counted_and_their_times_folded_away(browser: Browser, tmp_path: Path) -> None:
    moments = "[...document.querySelectorAll('#fillers li')]"
    with opened(browser, written(with_fillers(sample()), tmp_path)) as seen:
        assert seen.run("document.querySelector('.overline').textContent") == "5 places to check"
        assert seen.run("document.querySelector('[data-value=low] b').textContent") == "2"
        assert seen.run("document.querySelector('summary').textContent") == (
            "2 fillers and repeats not in the text"
        )
        assert not seen.run("document.querySelector('#fillers .play').checkVisibility()")
        seen.run("document.querySelector('summary').focus()")
        seen.press("Enter")
        texts = seen.run(f"{moments}.map(li => li.textContent.replace('Play', '').trim())")
        assert texts == ["0:07", "0:21 这个"]
        assert seen.run(f"{moments}.map(li => li.firstChild.disabled)") == [False, False]


def test_fillers_alone_are_no_place_to_check(browser: Browser, tmp_path: Path) -> None:
    alone = with_fillers(replace(sample(), mismatches=()))
    with opened(browser, written(alone, tmp_path)) as seen:
        assert seen.run("document.querySelector('.overline').textContent") == "No places to check"
        assert seen.run("document.querySelectorAll('#bar').length") == 0
        assert seen.page.locator("#player").is_visible()
        assert "Text and audio agree everywhere, apart from" in seen.run("document.body.innerText")
        assert seen.complaints == []


def test_moved_text_is_shown_between_its_neighbours() -> None:
    result = sample()
    timed = tuple(
        replace(one, span=None) if 40 <= k < 52 else one for k, one in enumerate(result.alignment.tokens)
    )
    text = "".join(one.token.text for one in timed[40:52])
    before, behind = ("".join(one.token.text for one in timed[k : k + 15]) for k in (85, 100))
    moved = Mismatch(
        MismatchKind.MOVED,
        Span(19.9, 22.0),
        (40, 52),
        text,
        "",
        Severity.HIGH,
        0.6,
        ("It is said elsewhere.",),
    )
    alignment = replace(result.alignment, tokens=timed)
    html = page(replace(result, alignment=alignment, mismatches=(moved,)))
    said = re.search(r"<dt>Said</dt><dd[^>]*>(.*?)</dd>", html)
    assert said is not None
    between = re.sub(r"<ins[^>]*>this text</ins>", "|", said[1])
    shown = re.sub(r"<[^>]+>|[^\w|]", "", between)
    assert shown == f"{before}|{behind}"
    assert "<time>0:19</time>" in html


def test_neighbours_of_moved_text_are_not_that_text() -> None:
    moved = replace(FILLER, kind=MismatchKind.MOVED, span=Span(4.0, 6.0), tokens=(12, 18))
    html = page(replace(sample(), mismatches=(moved,)))
    text = "".join(one.token.text for one in sample().alignment.tokens[10:20])
    assert text not in re.sub(
        r"<[^>]+>|[^\w<>]", "", html.partition("<dt>Said</dt>")[2].partition("</dd>")[0]
    )


def test_a_result_without_mismatches_says_so_and_needs_no_script() -> None:
    text = page(replace(sample(), mismatches=()))
    assert "Text and audio agree everywhere." in text
    assert "<script" not in text


def test_the_translation_is_left_out_when_there_is_none() -> None:
    result = sample()
    mono = tuple(Phrase(p.span, p.tokens, p.text, "", p.speaker) for p in result.phrases)
    assert 'class="beside"' not in page(replace(result, second_language=None, phrases=mono))


def test_the_same_result_and_sound_make_the_same_page() -> None:
    result = with_fillers(sample())
    assert page(result, ReportAudio(heard(result))) == page(result, ReportAudio(heard(result)))


def test_a_recording_beside_the_page_has_a_relative_url(tmp_path: Path) -> None:
    result = replace(sample(), audio="直播 #1? 50%.opus")
    here, there = heard(result, tmp_path), heard(result, tmp_path / "other")
    assert sound_for(here, tmp_path).address == "./%E7%9B%B4%E6%92%AD%20%231%3F%2050%25.opus"
    assert sound_for(there, tmp_path) == ReportAudio(there)
    assert sound_for(None, tmp_path) == SILENT
    assert 'data-recording="./%E7%9B%B4' in page(result, sound_for(here, tmp_path))
    assert " data-recording=" not in page(result, sound_for(there, tmp_path))


def test_a_place_with_sound_takes_so_little_that_five_hundred_are_far_from_25_megabytes() -> None:
    result = sample()
    place = result.mismatches[2]
    more = tuple(replace(place, span=Span(n, n + 3.6)) for n in range(1, 21))
    sizes = [
        len(page(one, ReportAudio(heard(one))).encode("utf-8"))
        for one in (result, replace(result, mismatches=(*result.mismatches, *more)))
    ]
    assert (sizes[1] - sizes[0]) / 20 * 500 < 15_000_000


def test_places_without_sound_are_counted_and_the_worst_have_theirs() -> None:
    result = with_fillers(sample())
    text = page(result, ReportAudio(heard(result), budget=20_000))
    silent = re.search(r"no audio for (\d) of the places and fillers", text)
    assert silent is not None
    clips = text.partition('id="clips">')[2].partition("</script>")[0].splitlines()
    assert len(clips) + int(silent[1]) == len(result.mismatches)
    worst = next(one for one in result.mismatches if one.severity is Severity.HIGH)
    assert any(abs(float(line.split(" ")[0]) - (worst.span.start - 1)) < 0.01 for line in clips)
    assert "of the places and fillers" not in page(result, ReportAudio(heard(result)))
    assert 'id="clips"' not in page(result, ReportAudio(heard(result), "/recording", budget=0))


def test_scores_are_counted_in_tenths() -> None:
    result = sample()
    scores = (0.0, 0.05, 0.1, 0.9, 0.95, 1.0)
    tokens = tuple(
        replace(one, score=score) for one, score in zip(result.alignment.tokens, scores, strict=False)
    )
    unplaced = replace(tokens[0], span=None)
    summary = confidence_summary(
        replace(result, alignment=replace(result.alignment, tokens=(*tokens, unplaced)))
    )
    assert (summary.tokens, summary.placed) == (7, 6)
    assert summary.counts == (2, 1, 0, 0, 0, 0, 0, 0, 0, 3)
    assert summary.certain == 0.5
    assert summary.median == 0.5


def test_nothing_placed_is_nothing_certain() -> None:
    result = sample()
    empty = replace(result, alignment=replace(result.alignment, tokens=()))
    assert confidence_summary(empty).certain == 0


def test_places_are_counted_by_kind_and_severity() -> None:
    listed = entries(sample())
    rows = count_by_kind(listed)
    assert [(kind, counts) for kind, _, counts in rows] == [
        ("missing text", (0, 0, 1)),
        ("unspoken text", (1, 0, 0)),
        ("different text", (0, 1, 0)),
        ("wrong speaker", (0, 1, 0)),
        ("implausible timing", (0, 0, 1)),
    ]
    assert sum(sum(counts) for _, _, counts in rows) == len(listed)


def test_severities_and_speakers_are_offered_with_their_counts() -> None:
    tokens = tuple(
        replace(timed, speaker="Bruce") if number < 70 else timed
        for number, timed in enumerate(sample().alignment.tokens)
    )
    result = replace(sample(), alignment=replace(sample().alignment, tokens=tokens))
    html = page(result)
    chips = re.findall(r'data-field="severity" data-value="(\w+)".*<b>(\d+)</b>', html)
    assert chips == [("high", "1"), ("medium", "2"), ("low", "2")]
    assert '<button type="button" class="chip"' not in page(replace(result, mismatches=()))
    names = [entry.speaker for entry in entries(result) if entry.speaker]
    options = re.findall(r'<option value="([^"]+)">\1 \((\d+)\)</option>', html)
    assert {name: int(count) for name, count in options} == {name: names.count(name) for name in set(names)}
    counts = [int(count) for _, count in options]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 2
