from __future__ import annotations

from dataclasses import replace

import pytest

from align.core.errors import UsageError
from align.core.types import Result, Span
from align.export.options import FileOptions
from align.export.outputs import KINDS, check_kinds, outputs
from align.subtitles.options import CueOptions
from tests.results import sample


def kinds_of(result: Result) -> dict[str, tuple[str, ...]]:
    return {one.ending: one.kinds for one in outputs(result, CueOptions(), FileOptions())}


def test_every_word_chooses_a_file_and_every_file_has_a_word() -> None:
    found = kinds_of(sample())
    assert {kind for kinds in found.values() for kind in kinds} | {"all"} == set(KINDS)
    assert all(found.values())


def test_what_is_not_usual_does_not_come_with_a_usual_ending() -> None:
    found = kinds_of(sample())
    for ending in ("zh.karaoke.vtt", "zh-en.karaoke.ass", "words.json", "words.csv", "mismatches.ass"):
        assert not {"usual", "vtt", "ass", "json", "csv"} & set(found[ending])


def test_without_a_second_language_there_is_one_file_of_each() -> None:
    endings = kinds_of(replace(sample(), second_language=None))
    assert {"zh.ttml", "zh.bcc", "zh.karaoke.vtt", "zh.karaoke.ass", "zh.txt", "zh.docx"} <= set(endings)
    assert not any("en" in ending.split(".")[0].split("-") for ending in endings)


def test_many_places_take_more_lists_for_resolve() -> None:
    first = sample().mismatches[0]
    many = tuple(replace(first, span=Span(k, k + 0.5)) for k in range(1000))
    endings = [ending for ending in kinds_of(replace(sample(), mismatches=many)) if ending.endswith("edl")]
    assert endings == ["mismatches.edl", "mismatches.2.edl"]


def test_a_kind_is_a_word_or_ends_like_a_file() -> None:
    check_kinds([*KINDS, "zh-en.srt", "TextGrid", "mismatches.2.edl"])
    with pytest.raises(UsageError, match='unknown kind of file "stl"'):
        check_kinds(["srt", "stl"])
