from __future__ import annotations

from itertools import pairwise

from align.core.types import Turn
from align.subtitles.cost_tables import CostTables, cost_tables
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions
from align.subtitles.timing import grid_for
from align.subtitles.units import runs_of, text_of
from tests.subtitles.made import aligned

RULES = CueOptions().rules("zh")


def tables_of(*texts: str, names: tuple[str, ...] = ()) -> CostTables:
    turns = [Turn(None, text, number) for number, text in enumerate(texts, 1)]
    grid = grid_for(60, FrameRate.of("25"), RULES)
    return cost_tables(runs_of(aligned(turns, pauses={"，": 0.5}), turns), "zh", RULES, grid, names)


def parts(tables: CostTables) -> list[str]:
    """The text between neighbouring boundaries."""
    return [text_of(tables.units[first:last]).strip() for first, last in pairwise(tables.boundaries)]


def test_a_cue_may_end_between_words_and_runs_and_nowhere_else() -> None:
    assert parts(tables_of("我们直播", "大家好")) == ["我们", "直播", "大家", "好"]
    assert parts(tables_of("用Large Language Model做")) == ["用", "Large Language Model", "做"]
    assert parts(tables_of("王小明来", names=("王小明来",))) == ["王小明来"]


def test_only_a_word_too_long_for_a_cue_is_broken_inside() -> None:
    long = " ".join(["OpenAI"] * 4)
    assert parts(tables_of(long)) == [long]
    assert len(parts(tables_of("一" * 40))) == 40


def test_frames_follow_the_speech_and_never_go_back() -> None:
    tables = tables_of("我们，直播")
    assert tables.starts[:4] == (0, 5, 22, 27)
    assert tables.starts[-1] == 60 * 25 + RULES.gap
    assert tables.ends == (5, 10, 28, 33)


def test_a_pause_makes_a_break_cheaper_and_continuing_costlier() -> None:
    fluent, hesitant = tables_of("我们直播"), tables_of("我们，直播")
    assert hesitant.breaks[2] < fluent.breaks[2]
    assert hesitant.inner[3] > fluent.inner[3]
