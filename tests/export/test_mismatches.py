"""The mismatches as JSON and as a table that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given

from align.core.types import MismatchKind, Result
from align.export.mismatches import mismatches_csv, mismatches_json
from align.mismatch.entries import entries
from tests.results import results, sample


def rows(result: Result) -> list[dict[str, str]]:
    """What a spreadsheet reads."""
    return list(csv.DictReader(io.StringIO(mismatches_csv(entries(result)).removeprefix("\ufeff"))))


def test_a_row_says_where_what_and_why() -> None:
    row = rows(sample())[1]
    assert row.pop("id").startswith("m002-")
    assert row == {
        "kind": "different text",
        "severity": "medium",
        "start": "12.000",
        "end": "14.380",
        "timecode": "00:00:12.000",
        "speaker": "陈倩",
        "line": "1",
        "before": "呢其实是我们硅谷101的第一次直播。啊，。我们想做",
        "written": "这个尝试呢是因为可能大家",
        "heard": "嗯试着做这个尝试",
        "alternatives": "",
        "after": "都知道我们平时做深度的内容，做长视频比较多。",
        "translation": "This is English line 6.",
        "score": "0.700",
        "alternative_score": "0.000",
        "reasons": "The sounds differ.",
    }


def test_the_csv_has_a_byte_order_mark_for_excel() -> None:
    assert mismatches_csv(entries(sample())).encode("utf-8").startswith(b"\xef\xbb\xbfid,kind,")


def test_a_filler_has_its_own_row_and_may_have_no_heard_text() -> None:
    result = sample()
    filler = replace(result.mismatches[0], kind=MismatchKind.FILLER, heard="")
    filled = replace(result, mismatches=(*result.mismatches, filler, replace(filler, heard="呃")))
    assert [(row["kind"], row["heard"]) for row in rows(filled)[-2:]] == [("filler", ""), ("filler", "呃")]
    assert [row["kind"] for row in json.loads(mismatches_json(filled))["mismatches"]].count("filler") == 2


@pytest.mark.parametrize(
    "hostile",
    [
        '=HYPERLINK("http://x")',
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
    ],
)
def test_no_text_becomes_a_formula(hostile: str) -> None:
    result = sample()
    first, *others = result.mismatches
    spoiled = replace(first, written=hostile, heard=hostile, reasons=(hostile, "Indeed."))
    row = rows(replace(result, mismatches=(spoiled, *others)))[0]
    assert {row[name][0] for name in ("written", "heard", "reasons")} == {"'"}


@given(results())
def test_every_mismatch_is_one_row_whatever_it_says(result: Result) -> None:
    table = rows(result)
    assert len(table) == len(result.mismatches)
    for row, mismatch in zip(table, result.mismatches, strict=True):
        assert row["kind"] == mismatch.kind.value
        assert row["heard"] in (" ".join(mismatch.heard.split()), "'" + " ".join(mismatch.heard.split()))


@given(results())
def test_json_holds_the_texts_as_they_are(result: Result) -> None:
    document = json.loads(mismatches_json(result))
    assert [row["written"] for row in document["mismatches"]] == [each.written for each in result.mismatches]
    assert [row["reasons"] for row in document["mismatches"]] == [
        list(each.reasons) for each in result.mismatches
    ]


def test_json_and_csv_tell_the_same() -> None:
    document = json.loads(mismatches_json(sample()))
    assert [row["id"] for row in document["mismatches"]] == [row["id"] for row in rows(sample())]
    assert (document["version"], document["name"]) == (3, "livestream")
