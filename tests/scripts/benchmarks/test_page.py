"""The page of a short show, measured in a real browser."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.types import MismatchKind
from align.result.alignment_json import dump
from scripts.benchmarks import own, page
from scripts.benchmarks.own import Answer
from scripts.benchmarks.show import Show
from scripts.benchmarks.values import Sample
from tests.made_audio import write_audio
from tests.results import sample
from tests.review.made import FILLER, heard
from tests.scripts.benchmarks.test_mismatch import SHOW

MANY = replace(
    sample(),
    mismatches=tuple(
        sorted(
            (*sample().mismatches, *(replace(FILLER, heard=f"嗯{n}") for n in range(4))),
            key=lambda one: one.span,
        )
    ),
)


def test_fillers_become_places_until_there_are_enough() -> None:
    kinds = [one.kind for one in page.with_places(MANY, 7).mismatches]
    assert kinds.count(MismatchKind.FILLER) == 2
    assert page.with_places(MANY, 5) == MANY
    assert len(page.with_places(MANY, 99).mismatches) == 9


def test_a_page_is_made_opened_and_used() -> None:
    with ThreadPoolExecutor(
        1
    ) as other:  # Playwright runs once in a thread, and the tests' browser has this one
        row = other.submit(page.figures, MANY, heard(MANY)).result()
    assert (row.places, row.fillers) == (5, 4)
    assert 30_000 < row.size < 400_000
    assert 0 < row.interactive < 10_000
    text = page.table([row, replace(row, scrolling=0.0)])
    assert f"| 5 | 4 | {row.size / 1e6:.1f} |" in text
    assert "| < 50 |" in text


def test_both_pages_of_the_show_are_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def answer(sample: Sample, *given: object) -> Answer:
        return Answer(json.loads(dump(MANY)), 1.0, 1)

    sound = write_audio(tmp_path / "show.wav", heard(MANY).samples[:], 16_000, "pcm_s16le")
    show = Show(replace(SHOW.sample, audio=sound), SHOW.seconds, ())
    monkeypatch.setattr(page, "planted", lambda *given: (None, show.sample))
    monkeypatch.setattr(own, "answer", answer)
    monkeypatch.setattr(page, "_used", lambda path: (1.0, 2.0, 3.0, 4.0))
    rows = list(page.measure(show, 1, tmp_path, 1, False))
    assert [(row.places, row.fillers) for row in rows] == [(5, 4), (9, 0)]
    page.write(tmp_path / "page.md", rows, show, "scripts/benchmark page")
    assert "| 9 | 0 |" in (tmp_path / "page.md").read_text("utf-8")
