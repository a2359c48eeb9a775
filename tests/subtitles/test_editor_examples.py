"""Lines that an editor had to change, each with what the editor made of it."""

from __future__ import annotations

import pytest

from align.core.types import Alignment, Span, TimedToken, Turn
from align.pronounce.tokens import tokenize
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment

PAUSES = {".": 0.35, "?": 0.35, "。": 0.3, ",": 0.1, "，": 0.1}


def cues(text: str, language: str, seconds: float) -> list[str]:
    """The cues of a turn in which a letter lasts `seconds`, each on one line with " / " for a line break."""
    turns = [Turn("陈倩", text, 1)]
    time, timed = 0.0, []
    for token in tokenize(turns):
        span = Span(time, time + seconds * len(token.text))
        timed.append(TimedToken(token, span, 1.0))
        time = span.end + PAUSES.get(text[token.end : token.end + 1], 0.0)
    phrases = segment(Alignment(tuple(timed), ()), turns, time + 1, language, CueOptions())
    track = lay_out(phrases, (language,), language, CueOptions())
    return [" / ".join(cue.lines[0]) for cue in track.cues]


@pytest.mark.parametrize("seconds", [0.05, 0.065, 0.08])
def test_english_sentences_are_not_torn_to_keep_the_reading_speed(seconds: float) -> None:
    said = (
        "So I'm a tad late today. Travel was awful this morning. A lot of you work in property tech. "
        "We've had the doors wide open. You pay what you want."
    )
    shown = cues(said, "en", seconds)
    ends = [cue[-1] for cue in shown]
    assert ends == ["."] * len(shown), shown


def test_abbreviations_end_no_sentence_and_hold_their_words() -> None:
    shown = cues(
        "Mr. Smith went to St. Louis in the U.S. in Jan. 2025, with Dr. Jones of AT&T & Co. after all.",
        "en",
        0.07,
    )
    for whole in ("Mr. Smith", "St. Louis", "the U.S.", "Jan. 2025", "Dr. Jones", "AT&T & Co."):
        assert any(whole in line for cue in shown for line in cue.split(" / ")), (whole, shown)


@pytest.mark.parametrize(
    "text",
    [
        "AT&T & Co. said so.",
        "It cost ~$150k in all.",
        "We know that A + B = C here.",
        'He said -- "it\'s fine" -- and left.',
    ],
)
def test_a_line_is_shown_as_it_is_written(text: str) -> None:
    assert [cue.replace(" / ", " ") for cue in cues(text, "en", 0.08)] == [text]


def test_a_chinese_clause_is_not_torn_after_its_subject() -> None:
    said = "是两边的投资人也好，创业圈也好，大家讨论的很热烈的一个话题。"
    assert cues(said, "zh", 0.2) == ["是两边的投资人也好，创业圈也好", "大家讨论的很热烈的一个话题"]


def test_one_word_is_no_cue_while_its_sentence_has_room() -> None:
    said = "那加入我们的嘉宾呢，首先是徐先生，他是前微软能源战略经理。"
    assert "首先" not in cues(said, "zh", 0.2)
    assert "首先" not in cues("首先，我们来看这个问题。", "zh", 0.2)


def test_the_beginning_of_a_sentence_does_not_follow_an_answer() -> None:
    shown = cues("对。然后任洋也是我们的一个老朋友了，欢迎你来。", "zh", 0.2)
    assert not any(cue.endswith("然后") for cue in shown)
    assert any("然后任洋也是" in cue for cue in shown)
