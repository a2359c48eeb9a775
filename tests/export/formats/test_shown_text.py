"""What is written is what is shown: the cues of a file, in order, are the text of the transcript."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Alignment, Span, TimedToken, Track, Turn
from align.core.xml import legal
from align.export.formats.ass import ass, karaoke_ass
from align.export.formats.bcc import bcc
from align.export.formats.srt import srt
from align.export.formats.ttml import ttml
from align.export.formats.vtt import karaoke_vtt, vtt
from align.pronounce.tokens import tokenize
from align.subtitles.layout import lay_out, plain
from align.subtitles.options import CueOptions, SpeakerLabels
from align.subtitles.segment import segment
from tests.export.formats.python_readers import by_align, by_ttconv, visible

OPTIONS = CueOptions(labels=SpeakerLabels.OFF)
WRITTEN: dict[str, Callable[[Track, Sequence[TimedToken], str], list[str]]] = {
    "srt": lambda track, _tokens, _language: [one.text for one in by_align(srt(track, OPTIONS), "srt")],
    "vtt": lambda track, _tokens, _language: [one.text for one in by_align(vtt(track, OPTIONS), "vtt")],
    "ass": lambda track, _tokens, _language: [one.text for one in by_align(ass(track, OPTIONS), "ass")],
    "ttml": lambda track, _tokens, _language: [one.text for one in by_ttconv(ttml(track, OPTIONS))],
    "bcc": lambda track, _tokens, _language: [
        row["content"] for row in json.loads(bcc(track, OPTIONS))["body"]
    ],
    "karaoke vtt": lambda track, tokens, language: [
        one.text for one in by_align(karaoke_vtt(track, OPTIONS, tokens, language), "vtt")
    ],
    "karaoke ass": lambda track, tokens, language: [
        one.text for one in by_align(karaoke_ass(track, OPTIONS, tokens, language), "ass")
    ],
}

PARTS = (
    *("大家好", "硅谷101", "，", "。", "？！", "——", "……", "“", "”", "《", "》", "（笑）", "、", "·", "％"),
    *(
        "hello",
        "it's",
        "AT&T",
        " & ",
        "Co.",
        "U.S.",
        "$3.4",
        "~$150k",
        " + ",
        " = ",
        " -- ",
        "—",
        " - ",
        "...",
    ),
    *(",", ". ", "? ", '"', "'", "(", ")", "#1", "@you", "50%", "C++", "<3", "a<b>", "{x}", "\\N", "10:30.5"),
    *("👨\u200d👩\u200d👧", "🇨🇳", "👍🏽", "é", "e\u0301", "naïve", "x" * 60, " ", "  ", "42", "&amp;", "-->"),
)
TEXTS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


def shown_in(writer: str, texts: Sequence[str], language: str) -> list[str]:
    """The cues of a file of `texts`, one turn each, as a reader sees them."""
    turns = [Turn(None, text, number) for number, text in enumerate(texts, 1)]
    tokens = tokenize(turns)
    timed = tuple(TimedToken(token, Span(0.3 * k, 0.3 * k + 0.3), 1.0) for k, token in enumerate(tokens))
    phrases = segment(Alignment(timed, ()), turns, 0.3 * len(tokens) + 1, language, OPTIONS)
    track = lay_out(phrases, (language,), language, OPTIONS)
    return [visible(text) for text in WRITTEN[writer](track, timed, language)] if track.cues else []


def left_over(cues: Sequence[str], text: str, quiet: str) -> str:
    """What of `text` follows the cues; every line of them must be the next part of it.

    Only spaces are passed over between two lines, and between two cues the marks that no cue ends with.
    """
    for cue in cues:
        for passed, line in zip([quiet + " ", *" " * cue.count("\n")], cue.split("\n"), strict=True):
            while text and not text.startswith(line) and text[0] in passed:
                text = text[1:]
            assert text.startswith(line), (line, text)
            text = text[len(line) :]
    return text.strip(quiet + " ")


@pytest.mark.parametrize("writer", WRITTEN)
@settings(max_examples=15, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), language=st.sampled_from(["zh", "en"]))
def test_the_cues_are_the_text_character_by_character(writer: str, texts: list[str], language: str) -> None:
    spoken = [text for text in texts if tokenize([Turn(None, text, 1)])]
    whole = visible(legal(" ".join(filter(None, map(plain, spoken)))))
    quiet = OPTIONS.rules(language).quiet_end
    assert left_over(shown_in(writer, texts, language), whole, quiet) == ""


SEEDS = Path(__file__).resolve().parents[3] / "seeds"


@pytest.mark.parametrize(
    ("writer", "name", "language"),
    [
        ("srt", "livestream.zh.txt", "zh"),
        *((writer, "demo/transcript.plain.txt", "zh") for writer in WRITTEN),
        *((writer, f"talks/en-{kind}.txt", "en") for writer in WRITTEN for kind in ("keynote", "podcast")),
    ],
)
def test_the_cues_of_whole_transcripts_are_their_text(writer: str, name: str, language: str) -> None:
    texts = [line for line in (SEEDS / name).read_text("utf-8").splitlines() if line.strip()]
    whole = visible(legal(" ".join(map(plain, texts))))
    assert left_over(shown_in(writer, texts, language), whole, OPTIONS.rules(language).quiet_end) == ""
