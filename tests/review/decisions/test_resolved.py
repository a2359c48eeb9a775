"""What a review has settled is known to whoever lists the mismatches."""

from __future__ import annotations

from pathlib import Path

from align.result.alignment_json import dump
from align.review.decisions.decision import Judged, ReviewedResult, Withdrawn
from align.review.decisions.history import Applied, Decided, Opened
from align.review.decisions.log import VERSION, Log, log_of, stem_of
from align.review.decisions.resolved import settled_in
from tests.results import sample


def test_the_log_lies_beside_its_alignment() -> None:
    assert log_of(Path("shows/a.b.alignment.json")) == Path("shows/a.b.decisions.jsonl")
    assert log_of(Path("copy.json")) == Path("copy.decisions.jsonl")
    assert stem_of(Path("shows/a.b.alignment.json")) == Path("shows/a.b.decisions")


def test_only_what_holds_and_fits_and_is_in_no_file_is_settled(tmp_path: Path) -> None:
    path, result = tmp_path / "talk.alignment.json", sample()
    assert settled_in(path, result) == frozenset(), "no review, no log"
    path.write_text(dump(result), "utf-8")
    looked = ReviewedResult(result)
    first, second, third, *_ = looked.entries
    log = Log(log_of(path), tmp_path / "lock")
    log.add(Opened(VERSION, "a" * 64, "2026-11-25T00:00:00Z"))

    def judged(number: int, mismatch: str) -> Judged:
        touches = looked.touches(Judged(str(number), "", mismatch, "keep"))
        return Judged(str(number), touches or "", mismatch, "keep")

    log.add(Decided(1, "", "keep", (judged(1, first), judged(2, second))))
    log.add(Decided(2, "", "another text", (Judged("3", "0" * 16, third, "fine"),)))
    assert settled_in(path, result) == {first, second}
    log.add(Decided(3, "", "take back", (Withdrawn("4", "", ("1",)),)))
    assert settled_in(path, result) == {second}
    log.add(Applied(4, "", "a" * 64, "b" * 64))
    assert settled_in(path, result) == frozenset()
    log.close()
