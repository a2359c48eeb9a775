from __future__ import annotations

from itertools import pairwise

from align.core.types import Turn
from align.subtitles.cost_tables import CostTables, measure
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions
from align.subtitles.timing import grid_for
from align.subtitles.units import runs
from tests.subtitles.made import aligned

RULES = CueOptions().rules("zh")


def measured(*texts: str, names: tuple[str, ...] = ()) -> CostTables:
    turns = [Turn(None, text, number) for number, text in enumerate(texts, 1)]
    grid = grid_for(60, FrameRate.of("25"), RULES)
    return measure(runs(aligned(turns, pauses={"，": 0.5}), turns), "zh", RULES, grid, names)


def ends(measures: CostTables) -> list[str]:
    """The text up to each place where a cue may end, from the place before it."""
    return [measures.text(first, last) for first, last in pairwise(measures.places)]


def test_a_cue_may_end_between_words_and_runs_and_nowhere_else() -> None:
    assert ends(measured("我们直播", "大家好")) == ["我们", "直播", "大家", "好"]
    assert ends(measured("用Large Language Model做")) == ["用", "Large Language Model", "做"]
    assert ends(measured("王小明来", names=("王小明来",))) == ["王小明来"]


def test_only_what_is_too_long_for_a_cue_is_cut_inside() -> None:
    long = " ".join(["OpenAI"] * 4)
    assert ends(measured(long)) == [long]
    assert len(ends(measured("一" * 40))) == 40


def test_frames_go_with_the_sound_and_never_back() -> None:
    found = measured("我们，直播")
    assert found.starts[:4] == (0, 5, 22, 27)
    assert found.starts[-1] == 60 * 25 + RULES.gap
    assert found.ends == (5, 10, 28, 33)


def test_a_pause_makes_a_cut_cheap_and_going_on_dear() -> None:
    calm, halting = measured("我们直播"), measured("我们，直播")
    assert halting.cut[2] < calm.cut[2]
    assert halting.inner[3] > calm.inner[3]
