from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pysubs2
from hypothesis import given, settings

from align.core.types import MismatchKind, Result, Severity, Span
from align.export.markers.ass_comments import commented_ass
from align.mismatch.entries import entries
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from tests.export.formats.readers import count_cues_ffmpeg
from tests.results import results, sample


def written(result: Result) -> str:
    return commented_ass(
        lay_out(result.phrases, ("zh", "en"), "zh", CueOptions()), entries(result), CueOptions()
    )


def test_a_comment_stands_beside_the_line_that_it_is_about(tmp_path: Path) -> None:
    read = pysubs2.SSAFile.from_string(written(sample()), "ass")
    comment = next(event for event in read if event.name == "different text")
    assert (comment.type, comment.effect, comment.start, comment.end) == ("Comment", "medium", 12_000, 14_380)
    assert comment.text.startswith("m002-")
    assert comment.text.endswith("这个尝试呢是因为可能大家 → 嗯试着做这个尝试 (The sounds differ.)")
    behind = list(read)[list(read).index(comment) + 1 :]
    assert next(event for event in behind if event.style == "zh").text.startswith("这个尝试呢是因为可能大家")
    path = tmp_path / "talk.ass"
    path.write_text(written(sample()), "utf-8")
    assert count_cues_ffmpeg(path) == 2 * len(sample().phrases)  # an event in each language


def test_a_comment_is_long_enough_to_be_visible_and_fillers_are_left_out() -> None:
    first, *others = sample().mismatches
    moment = replace(first, span=Span(1, 1), written="{\\an8}\\N", severity=Severity.HIGH)
    fillers = tuple(replace(one, kind=MismatchKind.FILLER) for one in others)
    read = pysubs2.SSAFile.from_string(written(replace(sample(), mismatches=(moment, *fillers))), "ass")
    (comment,) = (event for event in read if event.is_comment)
    assert (comment.start, comment.end) == (1000, 1500)
    assert "{" not in comment.text
    assert "\\N" not in comment.text


@settings(deadline=None)
@given(results())
def test_every_place_is_one_comment_whatever_it_says(result: Result) -> None:
    read = pysubs2.SSAFile.from_string(written(result), "ass")
    shown = [one for one in result.mismatches if one.kind is not MismatchKind.FILLER]
    assert sum(event.is_comment for event in read) == len(shown)
    assert not any("{" in event.text for event in read if event.is_comment)
