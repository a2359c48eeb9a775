"""Plantings are added up, and shown with the rule by which they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmarks import mismatch, own, show
from scripts.benchmarks.found import Count
from scripts.benchmarks.place import token_texts
from scripts.benchmarks.plant import Kind
from scripts.benchmarks.show import Show
from scripts.benchmarks.values import Sample, Word

TEXT = "我们今天聊一聊电力，呃，这个投资非常大。\n" * 12
TRUTH = tuple(Word(one, k / 4, k / 4 + 0.2) for k, one in enumerate(token_texts(TEXT)))
SPOKEN = Sample("show", "show-1", Path("show-1.flac"), TEXT, "zh", TRUTH)
SHOW = Show(SPOKEN, 60.0, ())


def perfect(sample: Sample, *given: Any) -> own.Answer:
    """What an aligner without fault would say of the first planting; of the others, that all is well."""
    edited, _ = mismatch.planted(SHOW, 1, 0)
    said = iter(edited.truth if edited.text == sample.text else ())
    rows: list[Mapping[str, Any]] = [
        {"text": text, "start": word.start if word else None, "end": word.end if word else None}
        for text in token_texts(sample.text)
        for word in (next(said, None),)
    ]
    kinds = {Kind.PUT_IN: "unspoken text", Kind.CHANGED: "different text", Kind.FILLER: "filler"}
    reports = [
        {
            "kind": kinds.get(one.kind, "missing text"),
            "severity": "high" if one.kind is Kind.BLOCK else "low",
            "start": one.span.start,
            "end": one.span.end,
            "tokens": list(one.tokens),
        }
        for one in edited.planted
        if edited.text == sample.text
    ]
    return own.Answer({"tokens": rows, "mismatches": reports}, 1.0, 0)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> mismatch.Measured:
    monkeypatch.setattr(own, "answer", perfect)
    monkeypatch.setattr(show, "unsaid", lambda _: "石油价钱在十四年跌得厉害。" * 9)
    return mismatch.measure(SHOW, 1, (0, 1), tmp_path, 1, False)


def test_plantings_are_added_up(measured: mismatch.Measured) -> None:
    assert measured.recall[Kind.PUT_IN] == Count(1, 2)
    assert measured.recall[Kind.BLOCK] == Count(1, 2)
    assert measured.recall[Kind.FILLER].good == 6
    assert all(count.good == count.all > 0 for count in measured.precision.values())
    assert measured.placing.aas == 0.0
    assert 0.4 < measured.placing.missing / measured.placing.tokens < 0.6
    assert measured.high == 1


def test_the_page_tells_the_rule(measured: mismatch.Measured, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    mismatch.write(page, measured, SHOW, (0, 1), "scripts/benchmark mismatch")
    text = page.read_text("utf-8")
    assert "| put in | 1 | 2 | 50 % | unspoken text | 1 | 1 | 100 % |" in text
    assert "A report is true when half of it" in " ".join(text.split())
