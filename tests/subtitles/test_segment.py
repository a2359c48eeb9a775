from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Alignment, Phrase, Span, TimedToken, Turn
from align.subtitles.check import Rule, check, share_inside
from align.subtitles.frames import FrameRate
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.rules import NAMES, shipped
from align.subtitles.segment import CostTables, cost_tables, segment
from align.subtitles.timing import grid_for
from align.subtitles.units import text_of, units_of
from tests.subtitles.made import HOSTILE, aligned

SEED = (
    "好，hello啊，我们的观众朋友们，大家好，我是硅谷101的联合创始人陈倩，也是我们视频的主力人。"
    "那今天呢其实是我们硅谷101的第一次直播。我们想做这个尝试呢，是因为可能大家都知道我们平时做深度的内容，"
    "做长视频比较多。但是呢我们一般写稿需要一个多星期吧，然后呢剪辑又需要一个多星期或者两个星期，"
    "所以很多视频出来的时候呢，离这个热点事件呢就已经是三周之后了。"
)


def phrases_of(
    turns: list[Turn], alignment: Alignment, language: str = "zh", options: CueOptions | None = None
) -> tuple[Phrase, ...]:
    ends = [timed.span.end for timed in alignment.tokens if timed.span]
    return segment(alignment, turns, max(ends, default=0.0) + 1, language, options or CueOptions())


def texts(text: str, language: str = "zh", seconds: float = 0.25) -> list[str]:
    turns = [Turn(None, text, 1)]
    alignment = aligned(turns, seconds, {"，": 0.2, "。": 0.5})
    return [phrase.text for phrase in phrases_of(turns, alignment, language)]


def test_speech_is_cut_where_an_editor_would() -> None:
    assert texts(SEED)[:6] == [
        "好，hello啊，",
        "我们的观众朋友们，大家好，",
        "我是硅谷101的联合创始人陈倩，",
        "也是我们视频的主力人。",
        "那今天呢",
        "其实是我们硅谷101的第一次直播。",
    ]


def test_a_pause_cuts_where_no_mark_does() -> None:
    turns = [Turn(None, "我们今天聊一聊人工智能数据中心怎么用电", 1)]
    whole = aligned(turns)
    late = tuple(timed if n < 4 else _later(timed, 1.0) for n, timed in enumerate(whole.tokens))
    assert phrases_of(turns, Alignment(late, ()))[0].text == "我们今天"


def _later(timed: TimedToken, seconds: float) -> TimedToken:
    assert timed.span is not None
    return replace(timed, span=Span(timed.span.start + seconds, timed.span.end + seconds))


def test_english_is_cut_at_clauses_and_between_words() -> None:
    said = "We wanted to try this because most of you know that we make videos, and a script takes a week."
    assert texts(said, "en", 0.33) == [
        "We wanted to try this because most of you know that we make videos,",
        "and a script takes a week.",
    ]


def test_two_hundred_characters_without_a_mark_are_cut_between_words() -> None:
    said = re.sub(r"[^\u3400-\u9fff]", "", SEED * 2)[:200]
    cues = texts(said)
    assert all(CueOptions().rules("zh").width(cue) <= 32 for cue in cues)
    assert not any(cue.startswith(("的", "了", "呢", "吧")) for cue in cues)


def test_no_phrase_reaches_over_turns_and_each_has_its_speaker() -> None:
    turns = [Turn("陈倩", "对", 1), Turn("Ethan", "对", 2), Turn("陈倩", "好的", 3)]
    found = phrases_of(turns, aligned(turns, seconds=1.0))
    assert [(p.speaker, p.text, p.tokens) for p in found] == [
        ("陈倩", "对", (0, 1)),
        ("Ethan", "对", (1, 2)),
        ("陈倩", "好的", (2, 4)),
    ]


def test_unspoken_text_is_not_shown() -> None:
    turns = [Turn(None, "大家好，呃，我们开始", 1)]
    assert [p.text for p in phrases_of(turns, aligned(turns, unspoken="呃"))] == ["大家好，我们开始"]
    assert phrases_of(turns, aligned(turns, unspoken="大 家 好 呃 我 们 开 始")) == ()


def test_two_wanted_lines_make_fewer_and_longer_phrases() -> None:
    turns = [Turn(None, SEED, 1)]
    one, two = (segment(aligned(turns), turns, 60, "zh", CueOptions(lines=lines)) for lines in (1, 2))
    assert len(two) < 0.7 * len(one)


def test_fast_speech_keeps_the_timing_rules_and_gives_its_reason() -> None:
    turns = [Turn("陈倩", SEED, 1), Turn("Ethan", "好的好的", 2), Turn("陈倩", SEED, 3)]
    track = lay_out(phrases_of(turns, aligned(turns, seconds=0.05)), ("zh",), "zh", CueOptions())
    violations = check(track, CueOptions())
    assert {violation.rule for violation in violations} == {Rule.SPEED, Rule.SHORTEST}
    for violation in violations:
        reason = "The speech is too fast" if violation.rule is Rule.SPEED else "The next cue leaves it"
        assert violation.reason.startswith(reason)


def test_ordinary_speech_keeps_all_rules() -> None:
    turns = [Turn("陈倩", SEED * 5, 1)]
    phrases = phrases_of(turns, aligned(turns, pauses={"。": 0.6, "，": 0.15}))
    assert share_inside(lay_out(phrases, ("zh",), "zh", CueOptions()), CueOptions()) == 1.0


SAID = st.lists(
    st.sampled_from(
        [*HOSTILE, "我们", "直播", "的", "OpenAI", " ", "，", "。", "“", "”", '"', "hello ", "？"]
    ),
    max_size=25,
).map("".join)


OPTIONS = st.builds(
    CueOptions,
    profile=st.sampled_from(NAMES).map(shipped),
    fps=st.sampled_from(["23.976", "24", "25", "29.97", "30", "50", "59.94"]).map(FrameRate.of),
    lines=st.sampled_from([1, 2]),
    shots=st.lists(st.floats(0, 20), max_size=4).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, min_size=1, max_size=4), st.floats(0.05, 1), st.sampled_from(["zh", "en"]), OPTIONS)
def test_every_placed_token_is_shown_once_in_order_and_no_two_cues_meet(
    said: list[str], seconds: float, language: str, options: CueOptions
) -> None:
    turns = [Turn(None, text, number) for number, text in enumerate(said, 1)]
    alignment = aligned(turns, seconds, {"。": 0.7}, unspoken="的 我")
    phrases = phrases_of(turns, alignment, language, options)
    placed = [t.token for t in alignment.tokens if t.span is not None]
    shown = [t.token for p in phrases for t in alignment.tokens[slice(*p.tokens)] if t.span is not None]
    assert shown == placed
    for phrase in phrases:
        inside = [t.token.text for t in alignment.tokens[slice(*phrase.tokens)] if t.span is not None]
        assert re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", phrase.text) == inside
    assert all(cue.span.end <= after.span.start for cue, after in pairwise(phrases))
    fps = options.fps
    edges = [edge for phrase in phrases for edge in (phrase.span.start, phrase.span.end)]
    assert edges == [round(fps.seconds(fps.frame(edge)), 3) for edge in edges]
    rules = options.rules(language)
    for cue in lay_out(phrases, (language,), language, options).cues:
        assert cue.span.duration > 0.9 / float(fps.rate)
        # a Latin phrase stays whole in Chinese, however wide
        whole = r"[^\u3400-\u9fff]{20}" if language == "zh" else r"\S{20}"
        if not re.search(whole, " ".join(cue.lines[0])):
            assert all(rules.width(line) <= rules.columns for line in cue.lines[0])


RULES = CueOptions().rules("zh")


def tables_of(*texts: str, names: tuple[str, ...] = ()) -> CostTables:
    turns = [Turn(None, text, number) for number, text in enumerate(texts, 1)]
    grid = grid_for(60, FrameRate.of("25"), RULES)
    return cost_tables(units_of(aligned(turns, pauses={"，": 0.5}), turns), "zh", RULES, grid, names)


def parts_of(tables: CostTables) -> list[str]:
    """The text between neighbouring boundaries."""
    return [text_of(tables.units[first:last]).strip() for first, last in pairwise(tables.boundaries)]


def test_a_cue_may_end_between_words_and_runs_and_nowhere_else() -> None:
    assert parts_of(tables_of("我们直播", "大家好")) == ["我们", "直播", "大家", "好"]
    assert parts_of(tables_of("用Large Language Model做")) == ["用", "Large Language Model", "做"]
    assert parts_of(tables_of("王小明来", names=("王小明来",))) == ["王小明来"]


def test_only_a_word_too_long_for_a_cue_is_broken_inside() -> None:
    long = " ".join(["OpenAI"] * 4)
    assert parts_of(tables_of(long)) == [long]
    assert len(parts_of(tables_of("一" * 40))) == 40


def test_frames_follow_the_speech_and_never_go_back() -> None:
    tables = tables_of("我们，直播")
    assert tables.starts[:4] == (0, 5, 22, 27)
    assert tables.starts[-1] == 60 * 25 + RULES.gap
    assert tables.ends == (5, 10, 28, 33)


def test_a_pause_makes_a_break_cheaper_and_continuing_costlier() -> None:
    fluent, hesitant = tables_of("我们直播"), tables_of("我们，直播")
    assert hesitant.breaks[2] < fluent.breaks[2]
    assert hesitant.inner[3] > fluent.inner[3]
