"""The table of what each dependency weighs."""

from __future__ import annotations

from scripts.releasing.dependencies import Weight, needed_by, table
from scripts.releasing.environments import Installed

EVERYTHING = (
    Installed("numpy", "2.0", 64 << 20, ("numpy",), ()),
    Installed("ctranslate2", "4.6", 128 << 20, ("ctranslate2",), ("numpy",)),
    Installed("align-subtitles", "0.2.0", 8 << 20, ("align",), ("ctranslate2", "numpy")),
)


def test_a_package_names_those_that_need_it() -> None:
    assert needed_by("numpy", EVERYTHING) == ("align-subtitles", "ctranslate2")
    assert needed_by("align-subtitles", EVERYTHING) == ()


def test_a_row_has_size_time_and_reason() -> None:
    weights = [Weight(EVERYTHING[0], 0.25, ("ctranslate2",)), Weight(EVERYTHING[2], None, ())]
    body = table(weights, 200 << 20)
    assert "| numpy 2.0 | 64.0 | 250 | ctranslate2 |" in body
    assert "| align-subtitles 0.2.0 | 8.0 | – |  |" in body
    assert "takes 200 MB" in body
