"""What the page shows while decisions are applied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from align.core.progress import Silent
from align.review.applying import ReviewProgress, StoppedError


def test_the_stage_its_share_and_the_time_left_are_told() -> None:
    times: Iterator[float] = iter([0.0, 10.0, 10.0])
    progress = ReviewProgress(Silent(), lambda: next(times))
    assert progress.state() == ("Writing the files …", None)
    with progress.stage("Translating", 4) as advance:
        advance(1)
        assert progress.state() == ("Translating … 25%, about 30 s left", 0.25)
    assert progress.state() == ("Writing the files …", None)


def test_a_stop_ends_the_stage_and_counts_once() -> None:
    progress = ReviewProgress(Silent())
    with progress.stage("Placing", 2) as advance:
        progress.stop()
        with pytest.raises(StoppedError, match="apply again"):
            advance(1)
        progress.start()
    with progress.stage("Placing", 2) as advance:
        advance(2)
