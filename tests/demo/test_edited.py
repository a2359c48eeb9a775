"""The exact text of the demo, edited on purpose: every edit is reported for what it is, and little else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from align import Cache, RunContext, RunOptions, Silent
from align.core.types import Mismatch, MismatchKind, Result, Severity, Span
from align.pipeline.loaded_models import load_models
from align.pipeline.run import gather, run
from align.pronounce.tokens import tokenize_text
from tests.demo.conftest import AUDIO, SEEDS
from tests.demo.truth import spoken_tokens, start_errors

OPTIONS = RunOptions(second_language=None, speakers="off", device="cpu")
MOVED = "然后我们现在是也在做一个自己独立的一个全球多空基本面分析这样一个基金。"


@dataclass(frozen=True)
class Edit:
    """What is done to the text, and what is to be reported.

    Attributes:
        said: what stands in the text, once.
        written: what stands there instead.
        about: the words of `said` that the report is about, "" where none is.
    """

    said: str
    written: str
    about: str
    kind: MismatchKind
    severity: Severity


LEFT_OUT = "这个主题最近不管是在华尔街还是在硅谷，"
PUT_IN = "本节目由一家与此无关的公司赞助播出，"
EDITS = (
    Edit(LEFT_OUT, "", LEFT_OUT, MismatchKind.MISSING_TEXT, Severity.HIGH),
    Edit("能在这里，能够", f"{PUT_IN}能在这里，能够", "", MismatchKind.UNSPOKEN, Severity.HIGH),
    Edit(MOVED, "", MOVED, MismatchKind.MOVED, Severity.HIGH),
    Edit("长视频比较多", "短文章挣钱快", "长视频比较多", MismatchKind.DIFFERENT, Severity.MEDIUM),
    Edit("嗯，两边的", "两边的", "嗯", MismatchKind.FILLER, Severity.LOW),
    Edit("非常非常，讨论", "非常，讨论", "非常非常", MismatchKind.FILLER, Severity.LOW),
)


def script() -> str:
    """The demo as it is spoken, a turn a line."""
    lines = (SEEDS / "demo" / "script.txt").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def edited() -> str:
    """The script with all edits; MOVED now ends the first turn."""
    text = script()
    for edit in EDITS:
        assert text.count(edit.said) == 1
        text = text.replace(edit.said, edit.written)
    first, _, others = text.partition("\n")
    return f"{first}{MOVED}\n{others}"


def when(edit: Edit) -> Span:
    """Where the truth has the words that an edit is about."""
    spoken = spoken_tokens()
    begin = script().index(edit.said) + edit.said.index(edit.about)
    before = sum(len(tokenize_text(line.partition("：")[2])) for line in script()[:begin].split("\n"))
    last = before + len(tokenize_text(edit.about)) - 1
    return Span(spoken[before].start, spoken[last].end)


def reported(result: Result, edit: Edit) -> list[Mismatch]:
    """The mismatches of an edit's kind where it was made."""
    same = [one for one in result.mismatches if one.kind is edit.kind]
    if not edit.about:
        return [one for one in same if one.written in edit.written]
    return [one for one in same if one.span.overlap(when(edit)) > 0]


@pytest.fixture(scope="module")
def result(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Of the edited text; the phones of the demo are heard but once for all tests."""
    transcript = tmp_path_factory.mktemp("edited") / "edited.txt"
    transcript.write_text(edited(), "utf-8")
    context = RunContext(load_models(OPTIONS, "zh", translate=False), Cache(cache), OPTIONS, Silent())
    return run(gather(AUDIO, transcript, OPTIONS, Silent()), context)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.kind.value)
def test_each_edit_is_reported_once_for_what_it_is_and_where_it_is(result: Result, edit: Edit) -> None:
    (one,) = reported(result, edit)
    assert one.severity is edit.severity
    if edit.about and edit.kind is not MismatchKind.FILLER:
        assert one.span.overlap(when(edit)) >= 0.8 * max(when(edit).duration, one.span.duration)


def test_the_reports_say_what_is_written_and_what_is_heard(result: Result) -> None:
    missing, unspoken, moved, different = (reported(result, edit)[0] for edit in EDITS[:4])
    assert (missing.written, unspoken.heard, moved.heard) == ("", "", "")
    assert "这个主题最近不管是在" in missing.heard
    assert unspoken.written == PUT_IN.rstrip("，")
    assert moved.written.endswith(MOVED.rstrip("。"))
    assert different.written.endswith("短文章挣钱快")
    assert "比较" in different.heard


def test_nothing_else_costs_the_viewer_much(result: Result) -> None:
    planted = [one for edit in EDITS for one in reported(result, edit)]
    others = [one for one in result.mismatches if one not in planted]
    assert [one for one in others if one.severity is Severity.HIGH] == []
    assert len([one for one in others if one.severity is Severity.MEDIUM]) <= 2


def test_the_rest_of_the_text_lies_where_it_is_said_and_what_nobody_says_there_has_no_time(
    result: Result,
) -> None:
    assert 0.9 < result.transcript_coverage < 0.97
    assert result.speech_coverage > 0.9
    absent = {k for edit in EDITS[1:3] for one in reported(result, edit) for k in range(*one.tokens)}
    assert all(result.alignment.tokens[k].span is None for k in absent)
    errors = sorted(map(abs, start_errors(result)))
    assert len(errors) > 0.95 * (len(result.alignment.tokens) - len(absent))
    assert median(errors) < 0.02
    assert errors[len(errors) * 98 // 100] < 0.1
