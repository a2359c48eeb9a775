"""A review of the demo: twenty decisions of all kinds, and the subtitles have these and no others."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from align.core.types import Mismatch, MismatchKind, Result, Severity, Span
from align.export.write import write_all
from align.result.alignment_json import load
from align.review.recording import recording_of
from align.subtitles.options import CueOptions
from tests.demo.conftest import AUDIO
from tests.folders import files_in
from tests.review.served import Served, served

NAME = "livestream-demo"
KINDS = MismatchKind
Cue = tuple[str, str]


def find(result: Result, text: str, nth: int = 0) -> tuple[int, int]:
    """The tokens of some text."""
    tokens = [one.token.text for one in result.alignment.tokens]
    wanted = re.findall(r"[A-Za-z]+|\d+|.", text)
    places = [k for k in range(len(tokens)) if tokens[k : k + len(wanted)] == wanted]
    return places[nth], places[nth] + len(wanted)


def about(
    result: Result, kind: MismatchKind, tokens: tuple[int, int], heard: str = "", reason: str = ""
) -> Mismatch:
    """A mismatch that the demo does not have, at words that it has."""
    spans = [span for one in result.alignment.tokens[slice(*tokens)] if (span := one.span)]
    written = "".join(one.token.text for one in result.alignment.tokens[slice(*tokens)])
    span = Span(spans[0].start, spans[-1].end)
    return Mismatch(kind, span, tokens, written, heard, Severity.LOW, 0.5, (reason or "As a test has it.",))


@pytest.fixture
def folder(labelled_files: Path, tmp_path: Path) -> Path:
    """The demo's files with mismatches of more kinds, and the recording beside them."""
    shutil.copy(AUDIO, tmp_path)
    result = load(labelled_files / f"{NAME}.alignment.json")
    turn = [k for k, one in enumerate(result.alignment.tokens) if one.token.turn == 3]
    voice = "The label says Bruce; the voice is that of 任洋."
    more = (
        about(result, KINDS.SAME_SOUND, find(result, "主理人"), "主力人"),
        about(result, KINDS.SAME_SOUND, find(result, "嘉宾"), "佳宾"),
        about(result, KINDS.DIFFERENT, find(result, "热烈"), "激烈"),
        about(result, KINDS.DIFFERENT, find(result, "总监"), "总裁"),
        about(result, KINDS.DIFFERENT, find(result, "之前", 1), "以前"),
        about(result, KINDS.UNSPOKEN, find(result, "也好", 1)),
        about(result, KINDS.TIMING, find(result, "缺电")),
        about(result, KINDS.SPEAKER, (turn[0], turn[-1] + 1), "", voice),
    )
    listed = tuple(sorted((*result.mismatches, *more), key=lambda one: (one.span, one.tokens, one.kind)))
    recording = recording_of(result, tmp_path)
    write_all(replace(result, mismatches=listed), tmp_path, ["usual"], CueOptions(), recording=recording)
    return tmp_path


def cues(folder: Path, track: str) -> list[Cue]:
    """Times and text of each cue of an SRT file."""
    blocks = (folder / f"{NAME}.{track}.srt").read_text("utf-8").strip().split("\n\n")
    return [(lines[1], "\n".join(lines[2:])) for lines in (block.split("\n") for block in blocks)]


def files(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_in(folder).items() if "decisions" not in name}


class Reviewer:
    """Asks one decision after the other."""

    def __init__(self, review: Served, folder: Path) -> None:
        self.review = review
        listed = json.loads((folder / f"{NAME}.mismatches.json").read_text("utf-8"))["mismatches"]
        self.places: list[dict[str, Any]] = listed
        self.revision = review.state()["revision"]

    def id(self, kind: MismatchKind, written: str | None = None, nth: int = 0) -> str:
        fitting = [
            row["id"]
            for row in self.places
            if row["kind"] == kind.value and written in (None, row["written"])
        ]
        return str(fitting[nth])

    def ask(self, ask: str, **request: object) -> dict[str, Any]:
        state = self.review.decide(self.revision, ask, **request)
        self.revision = state["revision"]
        return state

    def post(self, path: str, **body: object) -> dict[str, Any]:
        status, answer = self.review.post(path, revision=self.revision, **body)
        assert status == 200, answer
        self.revision = answer["revision"]
        return answer


def test_twenty_decisions_change_what_they_say_and_nothing_else(folder: Path, cache: Path) -> None:
    alignment = folder / f"{NAME}.alignment.json"
    old, before = load(alignment), files(folder)
    zh, both = cues(folder, "zh"), cues(folder, "zh-en")
    environment = {"ALIGN_STAGES": str(cache)}
    with served(alignment, "--no-translate", changed=environment) as review:
        one = Reviewer(review, folder)
        one.ask("take", mismatch=one.id(KINDS.SAME_SOUND, "主理人"))
        one.ask("judge", mismatch=one.id(KINDS.SAME_SOUND, "嘉宾"), choice="keep")
        one.ask("take", mismatch=one.id(KINDS.DIFFERENT, "热烈"))
        one.ask("edit", mismatch=one.id(KINDS.DIFFERENT, "总监"), text="主管")
        one.ask("take", mismatch=one.id(KINDS.UNSPOKEN))
        one.ask("judge", mismatch=one.id(KINDS.TIMING), choice="fine")
        one.ask("take", mismatch=one.id(KINDS.SPEAKER))
        one.ask("take", mismatch=one.id(KINDS.MISSING_TEXT))
        one.ask("judge", mismatch=one.id(KINDS.MISSING_TEXT, nth=1), choice="fine")
        one.ask("rename", old="Rob", new="Robert")
    with served(alignment, "--no-translate", changed=environment) as review:  # it was killed
        one = Reviewer(review, folder)
        assert one.revision == 10
        phrase = next(p for p in old.phrases if "聊一聊" in p.text)
        one.ask("move cue", tokens=phrase.tokens, edge="end", to=phrase.span.end - 0.2)
        other = old.phrases[old.phrases.index(phrase) + 2]
        one.ask("move cue", tokens=other.tokens, edge="start", to=other.span.start + 0.12)
        one.ask("translate", tokens=old.phrases[0].tokens, text="Hello, and welcome.")
        one.ask("reword", tokens=old.phrases[1].tokens, text=old.phrases[1].text.replace("我们", "咱们"))
        one.ask("judge", mismatch=one.id(KINDS.DIFFERENT, "之前"), choice="keep")
        one.ask("edit", mismatch=one.id(KINDS.MISSING_TEXT, nth=1), text="一些")
        one.post("undo")
        one.ask("everywhere", find="老朋友", text="好朋友")
        one.ask("batch", choice="fine", mismatch=KINDS.FILLER.value)
        one.ask("rename", old="Robert", new="Ethan")
        one.post("undo")
        one.post("redo")
        one.post("undo")
        one.ask(
            "label",
            tokens=[0, 1 + max(k for k, t in enumerate(old.alignment.tokens) if t.token.turn == 0)],
            speaker="陈倩（主持）",
        )
        decided = review.state()
        applied = one.post("apply")
        assert "cues have no en line, because of --no-translate" in applied["left"]
        new, after = load(alignment), files(folder)
        check_words(old, new)
        check_cues(zh, cues(folder, "zh"))
        assert len(joined_discussion(cues(folder, "zh-en"))) == len(joined_discussion(both))
        undone = one.post("undo")
        assert files(folder) == before
        assert undone["decisions"] == decided["decisions"]
        one.post("redo")
        assert files(folder) == after


def check_words(old: Result, new: Result) -> None:
    """The words are those that were decided, and all others have the times that they had."""
    texts = ["".join(turn.text for turn in one.turns) for one in (old, new)]
    for gone, come in (
        ("视频的主理人", "视频的主力人"),
        ("讨论的很热烈", "讨论的很激烈"),
        ("科研总监", "科研主管"),
        ("我们的观众朋友们", "咱们的观众朋友们"),
        ("也是我们的老朋友", "也是我们的好朋友"),
        ("大家讨论的", "大家非常非常讨论的"),
        ("创业圈也好，", "创业圈，"),
    ):
        assert gone in texts[0]
        assert gone not in texts[1]
        assert come in texts[1]
    names = {turn.speaker for turn in new.turns}
    assert names == {"陈倩（主持）", "陈倩", "Ethan", "任洋", "Bruce", "Robert"}
    kept = {(one.token.text, one.span, one.score) for one in new.alignment.tokens}
    lost = [
        one.token.text for one in old.alignment.tokens if (one.token.text, one.span, one.score) not in kept
    ]
    assert "".join(lost) == "我理也好热总监老老老老"
    assert all(one.span for one in new.alignment.tokens)
    kinds = [one.kind for one in new.mismatches]
    assert not {KINDS.UNSPOKEN, KINDS.SPEAKER, KINDS.SAME_SOUND}.intersection(kinds)


def check_cues(before: list[Cue], after: list[Cue]) -> None:
    """Cue by cue: another text where it was decided, another time where an edge was moved, and the names."""
    before, after = joined_discussion(before), joined_discussion(after)
    assert len(after) == len(before)
    pairs = list(enumerate(zip(before, after, strict=True)))
    texts = {k for k, (one, other) in pairs if bare(one[1]) != bare(other[1])}
    times = {k for k, (one, other) in pairs if one[0] != other[0]}
    words = ("主理人", "热烈", "总监", "观众朋友", "老朋友", "创业圈", "大家讨论")
    assert texts == {k for k, one in enumerate(before) if any(word in one[1] for word in words)}
    (first,) = (k for k, one in enumerate(before) if "聊一聊" in one[1])
    moved = {first, first + 2}
    assert moved <= times <= texts | moved
    assert not moved & texts
    said = {(name(one[1]), name(other[1])) for _, (one, other) in pairs}
    changed = {("陈倩：", "陈倩（主持）："), ("Bruce：", "任洋："), ("Rob：", "Robert：")}
    assert {pair for pair in said if pair[0] != pair[1]} == changed


def joined_discussion(cues: list[Cue]) -> list[Cue]:
    """The cues with those of 创业圈 to 讨论 as one: words are added and left out there, so it is cut anew."""
    first, last = (next(k for k, one in enumerate(cues) if word in one[1]) for word in ("创业圈", "讨论"))
    times = f"{cues[first][0].split(' --> ')[0]} --> {cues[last][0].split(' --> ')[1]}"
    text = "".join(one[1] for one in cues[first : last + 1])
    return [*cues[:first], (times, text), *cues[last + 1 :]]


def bare(text: str) -> str:
    """The text of a cue without the name before it."""
    return re.sub(r"^[^：:\n]{1,12}[：:] ?", "", text)


def name(text: str) -> str:
    return text[: len(text) - len(bare(text))]
