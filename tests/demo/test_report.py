"""The report of the demo, opened from the disk as an editor opens it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.core.types import MismatchKind, Result
from align.mismatch.entries import entries
from tests.review.browser import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_every_mismatch_is_listed_and_plays_and_nothing_is_asked_of_anybody(
    browser: Browser, labelled_files: Path, labelled: Result
) -> None:
    listed = entries(labelled)
    with opened(browser, labelled_files / "livestream-demo.mismatches.html") as seen:
        ids = seen.run("[...document.querySelectorAll('.card, #fillers li')].map(one => one.id)")
        assert sorted(ids) == sorted(entry.id for entry in listed)
        places = [one for one in labelled.mismatches if one.kind is not MismatchKind.FILLER]
        seen.run("audio.addEventListener('playing', () => { window.begun = page.player.time; })")
        for mismatch in sorted(places, key=lambda one: one.span.start):
            seen.run("window.begun = null")
            seen.press("ArrowDown")
            seen.wait("window.begun !== null")
            begins = max(0.0, mismatch.span.start - 0.5)
            assert begins - 0.2 <= seen.run("window.begun") <= begins + 2.0  # later on a busy machine
        assert {address.partition(":")[0] for address in seen.requests} <= {"file", "blob"}
        assert len([address for address in seen.requests if address.startswith("file:")]) == 1
        assert seen.complaints == []
