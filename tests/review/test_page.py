"""The page as a reader's browser shows it: nothing loaded, nothing run that is not ours, all of it usable."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from align.mismatch.entries import entries
from align.review.page import page
from align.values import Mismatch, MismatchKind, Phrase, Result, Severity, Span, Turn
from tests.results import sample
from tests.review.browser import Tab, chromium

HOSTILE = (
    "<script>document.title='owned'</script>",
    "\"onmouseover=\"document.title='owned'",
    "'><img src=x onerror=\"document.title='owned'\">",
    "</script></style><svg onload=\"document.title='owned'\">",
    "{{ 7 * 7 }}{% raw %}",
    "line\u2028and\u2029paragraph \u202e reversed &lt; &amp;",
    "<!-- --> ]]>",
)
TITLES = (
    "[...document.querySelectorAll('.card:not([hidden]) h3')].map(h => h.childNodes[1].textContent.trim())"
)


FILLER = Mismatch(MismatchKind.FILLER, Span(7.0, 7.2), (35, 35), "", "", Severity.LOW, 0.5, ("A filler.",))
REPEAT = replace(FILLER, span=Span(21.4, 21.9), tokens=(107, 107), heard="这个")


def with_fillers(result: Result) -> Result:
    """The same, with a filler that only the phones tell and a repeat that was recognised."""
    return replace(result, mismatches=(*result.mismatches, FILLER, REPEAT))


def written(result: Result, folder: Path) -> Path:
    path = folder / "page.html"
    path.write_bytes(page(result).encode("utf-8"))
    return path


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """The page of the sample, in Chromium."""
    with chromium(written(sample(), tmp_path_factory.mktemp("page"))) as opened:
        yield opened


def hostile() -> Result:
    """The sample with every text that comes from outside turned into an attack."""
    result = sample()
    attack = " ".join(HOSTILE)
    return replace(
        result,
        name=attack,
        audio=attack,
        transcript=attack,
        aligner=attack,
        notes=HOSTILE,
        turns=tuple(Turn(attack, turn.text, turn.line) for turn in result.turns),
        mismatches=tuple(
            replace(m, written=text, heard=text[::-1], reasons=(text,))
            for m, text in zip(result.mismatches * 2, HOSTILE, strict=False)
        ),
        phrases=tuple(replace(phrase, translation=attack) for phrase in result.phrases),
    )


def test_hostile_text_is_shown_and_never_run(tmp_path: Path) -> None:
    result = hostile()
    with chromium(written(result, tmp_path)) as tab:
        title = tab.run("document.title")
        shown = tab.run("document.body.innerText")
        elements = tab.run("[...document.querySelectorAll('script, img, [onmouseover], [onload]')].length")
        attacked = "[...document.querySelectorAll('.card')].map(c => c.querySelector('.reasons').textContent)"
        reasons = tab.run(attacked)
        violations = [entry["entry"]["text"] for entry in tab.seen("Log.entryAdded")]
    assert title.endswith("places to check")
    assert elements == 1
    assert "<img src=x onerror=" in shown
    assert "{{ 7 * 7 }}" in shown
    named = (re.sub("[\u2028\u2029\u202e]", lambda c: f"U+{ord(c[0]):04X}", text) for text in HOSTILE)
    assert sorted(reasons) == sorted(named)
    assert violations == []


def test_nothing_is_loaded_and_the_browser_has_nothing_to_complain_of(tab: Tab) -> None:
    assert [
        request["request"]["url"].partition(":")[0] for request in tab.seen("Network.requestWillBeSent")
    ] == ["file"]
    assert tab.seen("Log.entryAdded") == []
    assert tab.seen("Runtime.exceptionThrown") == []


def test_a_script_that_is_not_ours_is_stopped_by_the_policy(tmp_path: Path) -> None:
    path = written(sample(), tmp_path)
    foreign = "<script>document.title='owned'</script></body>"
    path.write_text(path.read_text("utf-8").replace("</body>", foreign), "utf-8")
    with chromium(path) as tab:
        assert tab.run("document.title") != "owned"
        assert "Content Security Policy" in tab.seen("Log.entryAdded")[0]["entry"]["text"]


def test_without_javascript_everything_is_there_in_order_of_time(tmp_path: Path) -> None:
    result = sample()
    shuffled = replace(result, mismatches=result.mismatches[::-1])
    with chromium(written(shuffled, tmp_path), scripts=False) as tab:
        root = tab.call("DOM.getDocument")["root"]["nodeId"]
        html = tab.call("DOM.getOuterHTML", nodeId=root)["outerHTML"]
    starts = [float(start) for start in re.findall(r'data-start="([\d.]+)"', html)]
    assert starts == sorted(mismatch.span.start for mismatch in result.mismatches)
    assert '<div class="bar" id="bar" hidden' in html
    assert html.count('class="play" disabled') == len(result.mismatches)


def test_the_worst_comes_first_when_asked_for(tab: Tab) -> None:
    in_time = [
        "Said, not written",
        "Different words",
        "Written, not said",
        "Unlikely timing",
        "Another voice",
    ]
    worst = ["Written, not said", "Another voice", "Different words", "Unlikely timing", "Said, not written"]
    assert tab.run(TITLES) == in_time
    tab.run("document.querySelector('[data-order=rank]').click()")
    assert tab.run(TITLES) == worst
    tab.run("document.querySelector('[data-order=number]').click()")
    assert tab.run(TITLES) == in_time


def test_chips_show_only_what_is_chosen_and_all_when_none_is(tab: Tab) -> None:
    for chip in ("low", "missing text"):
        tab.run(f"document.querySelector('[data-value=\"{chip}\"]').click()")
    assert tab.run(TITLES) == ["Said, not written"]
    assert tab.run("said.textContent") == "1 of 5 shown"
    tab.run("document.querySelector('[data-value=\"low\"]').click()")
    tab.run("document.querySelector('[data-value=\"missing text\"]').click()")
    assert len(tab.run(TITLES)) == 5


def test_each_text_says_its_language(tab: Tab) -> None:
    assert tab.run("[...new Set([...document.querySelectorAll('dd:not(.nothing)')].map(d => d.lang))]") == [
        "zh"
    ]
    assert tab.run("[...new Set([...document.querySelectorAll('.beside')].map(d => d.lang))]") == ["en"]


def test_differences_are_marked_in_both_texts(tab: Tab) -> None:
    card = f"document.getElementById('{entries(sample())[1].id}')"
    assert tab.run(f"{card}.querySelector('.focus').textContent") == sample().mismatches[1].written
    assert tab.run(f"[...{card}.querySelectorAll('del')].map(d => d.textContent)") != []
    assert "嗯" in tab.run(f"{card}.querySelector('ins').textContent")


def test_the_keyboard_reaches_every_control_in_the_order_of_the_page(tab: Tab) -> None:
    tab.run("document.activeElement.blur()")
    reached = []
    for _ in range(14):
        for kind in ("rawKeyDown", "keyUp"):
            tab.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        reached.append(
            tab.run("document.activeElement.className || document.activeElement.dataset.order || 'file'")
        )
    assert reached == [*["chip"] * 8, "number", "rank", "file", "play", "id", "play"]


def test_fillers_are_counted_and_their_times_folded_away(tmp_path: Path) -> None:
    moments = "[...document.querySelectorAll('#fillers li')]"
    with chromium(written(with_fillers(sample()), tmp_path)) as tab:
        assert tab.run("document.querySelector('.overline').textContent") == "5 places to check"
        assert len(tab.run(TITLES)) == 5
        assert tab.run("[...document.querySelectorAll('[data-value=low] b')].map(b => b.textContent)") == [
            "2"
        ]
        assert tab.run("document.querySelector('summary').textContent") == (
            "2 fillers and repeats that the text leaves out"
        )
        assert not tab.run("document.querySelector('#fillers .play').checkVisibility()")
        tab.run("document.querySelector('summary').focus()")
        for kind, text in (("keyDown", "\r"), ("keyUp", "")):
            tab.call("Input.dispatchKeyEvent", type=kind, key="Enter", windowsVirtualKeyCode=13, text=text)
        assert tab.run(f"{moments}.map(li => li.innerText.trim())") == ["0:07", "0:21 这个"]
        assert tab.run(f"{moments}.map(li => li.firstChild.disabled)") == [False, False]
        tab.run("document.querySelector('[data-value=\"missing text\"]').click()")
        assert tab.run("said.textContent") == "1 of 5 shown"


def test_fillers_alone_are_no_place_to_check(tmp_path: Path) -> None:
    alone = with_fillers(replace(sample(), mismatches=()))
    with chromium(written(alone, tmp_path)) as tab:
        assert tab.run("document.querySelector('.overline').textContent") == "No place to check"
        assert tab.run("document.querySelectorAll('.chip, .order, .strip').length") == 0
        assert tab.run("bar.hidden") is False
        assert "Text and audio agree everywhere, but for" in tab.run("main.innerText")
        assert tab.seen("Runtime.exceptionThrown") == []


def test_text_that_is_said_elsewhere_stands_between_its_neighbours() -> None:
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


def test_a_recording_that_the_reader_opens_plays_around_the_place(tab: Tab, tmp_path: Path) -> None:
    sound = tmp_path / "other.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * 60))
    field = tab.run("file.id")
    root = tab.call("DOM.getDocument")["root"]["nodeId"]
    node = tab.call("DOM.querySelector", nodeId=root, selector=f"#{field}")["nodeId"]
    tab.call("DOM.setFileInputFiles", nodeId=node, files=[str(sound)])
    tab.run("new Promise(done => { if (audio.readyState) done(); else audio.onloadedmetadata = done; })")
    assert tab.run("said.textContent") == "other.wav is not livestream.m4a"
    first = sample().mismatches[0].span
    tab.run("document.querySelector('.play').click()")
    assert tab.run("audio.currentTime") == pytest.approx(first.start - 0.5, abs=0.2)
    ended = tab.run("new Promise(done => { audio.onpause = () => done(audio.currentTime); })")
    assert ended == pytest.approx(first.end + 0.5, abs=0.3)


def test_two_thousand_places_are_fluid(tmp_path: Path) -> None:
    result = sample(60_000)
    count = len(result.alignment.tokens)
    kinds = [kind for kind in MismatchKind if kind is not MismatchKind.FILLER]
    many = tuple(
        Mismatch(
            kind,
            Span(i / 5, i / 5 + 1),
            (i, i + 4),
            "写的文字",
            "说的文子",
            severity,
            i % 100 / 100,
            ("Unlike.",),
        )
        for i, kind, severity in (
            (n * (count - 10) // 2000, kinds[n % 5], tuple(Severity)[n % 3]) for n in range(2000)
        )
    )
    path = written(replace(result, mismatches=many), tmp_path)
    clicks = (
        "const began = performance.now(); document.querySelector('{}').click(); {} performance.now() - began"
    )
    layout = "document.body.offsetHeight;"
    assert path.stat().st_size < 4_000_000
    with chromium(path) as tab:
        assert tab.run("{" + clicks.format("[data-order=rank]", layout) + "}") < 1000
        assert tab.run("{" + clicks.format("[data-value=low]", layout) + "}") < 1000
        assert len(tab.run(TITLES)) == 667


def test_a_result_without_mismatches_says_so_and_needs_no_script() -> None:
    text = page(replace(sample(), mismatches=()))
    assert "Text and audio agree everywhere." in text
    assert "<script" not in text


def test_the_translation_is_left_out_when_there_is_none() -> None:
    result = sample()
    mono = tuple(Phrase(p.span, p.tokens, p.text, "", p.speaker) for p in result.phrases)
    assert 'class="beside"' not in page(replace(result, second_language=None, phrases=mono))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for text, 3 to 1 for marks."""
    css = files("align.review").joinpath("page.css").read_text("utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in css.split("@media")[:2])
    colours = light if scheme == "light" else dark
    for ink in ("ink", "soft", "accent"):
        for paper in ("paper", "card"):
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert min(contrast(colours["ink"], colours[mark]) for mark in ("gone", "come")) >= 4.5
    assert min(contrast(colours[level], colours["card"]) for level in ("high", "medium", "low")) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as "#1c1e21", as WCAG 2 defines it."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
