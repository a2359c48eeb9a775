"""Speakers and proposals as text, table and JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from align.core.types import NameProposal, Result, Span
from align.speakers.listing import as_document, print_speakers, sentence, speaker_rows
from tests.results import sample

RO = NameProposal("Speaker 4", "Ro", 0.3, False, Span(65, 66), ("The speaker before says: “是ro”.",))


def result() -> Result:
    plain = sample()
    overlapped = replace(plain.alignment, overlaps=(Span(3, 4), Span(9, 9.5)))
    return replace(plain, name_proposals=(RO, replace(RO, applied=True)), alignment=overlapped)


def test_a_proposal_reads_as_a_sentence() -> None:
    assert sentence(RO) == (
        "Speaker 4 may be Ro (0.30; not applied), 00:01:05.000: The speaker before says: “是ro”."
    )
    assert sentence(replace(RO, applied=True)).startswith("Speaker 4 is Ro (0.30), ")


def test_the_document_has_speakers_names_and_overlaps() -> None:
    document = as_document(result())
    assert [one["name"] for one in document["speakers"]] == ["陈倩", "Ethan", "Bruce"]
    assert document["names"][0] == {
        "voice": "Speaker 4",
        "name": "Ro",
        "score": 0.3,
        "applied": False,
        "start": 65,
        "reasons": ["The speaker before says: “是ro”."],
    }
    assert document["overlaps"] == {"count": 2, "seconds": 1.5}


def test_the_table_lists_everybody_and_prints_markup_literally(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = replace(RO, name="[red]Ro")
    print_speakers(replace(result(), name_proposals=(hostile,)))
    out = capsys.readouterr().out
    assert "陈倩" in out
    assert "may be [red]Ro" in out
    assert "Two or more speak at once in 2 places, 1.5 s." in out


def test_everybody_is_listed_with_what_he_says() -> None:
    result = sample()
    rows = speaker_rows(result)
    assert [row["name"] for row in rows] == ["陈倩", "Ethan", "Bruce"]
    assert sum(row["tokens"] for row in rows) == len(result.alignment.tokens)
    assert rows[0]["first"] == 0.0
    assert sum(row["seconds"] for row in rows) == pytest.approx(0.18 * len(result.alignment.tokens))
    assert all(row["stretches"] >= 1 for row in rows)


def test_who_is_never_heard_has_no_first_moment() -> None:
    result = sample(300)
    lost = tuple(replace(one, span=None) for one in result.alignment.tokens)
    (row, *_) = speaker_rows(replace(result, alignment=replace(result.alignment, tokens=lost)))
    assert (row["first"], row["seconds"]) == (None, 0)
