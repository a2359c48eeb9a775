"""`align check` from the command line to its exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from align.cli.main import main
from align.core.types import Alignment, Span, TimedToken, Track, Turn
from align.export.formats.srt import srt
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from tests.recordings import DEMO, SEEDS
from tests.results import tokens_of

GOOD = "1\n00:00:01,000 --> 00:00:03,000\n大家好\n"
FAST = "1\n00:00:01,000 --> 00:00:02,000\n我们今天来聊一聊人工智能数据中心\n"


def checked(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def written(folder: Path, text: str) -> str:
    path = folder / "talk.srt"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_good_file_is_exit_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = checked([written(tmp_path, GOOD)], capsys)
    assert (code, err) == (0, "")
    assert "1 of 1 cues keep all rules (zh)." in out


def test_a_broken_rule_is_exit_1_and_says_what_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = checked([written(tmp_path, FAST)], capsys)
    assert code == 1
    assert "extend it to 00:00:02.777" in " ".join(out.split())
    assert "1 of 1 cues break a rule of netflix-zh" in err


def test_several_files_are_checked_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = []
    for name, text in (("good", GOOD), ("fast", FAST)):
        (tmp_path / name).mkdir()
        paths.append(written(tmp_path / name, text))
    code, out, err = checked(paths, capsys)
    assert code == 1
    assert "1 of 1 cues keep all rules" in out
    assert err.startswith(f"align: {paths[1]}: 1 of 1 cues break a rule")
    code, out, _ = checked([*paths, "--json"], capsys)
    document = json.loads(out)
    assert (code, document["ok"], len(document["files"])) == (1, False, 2)
    assert checked([*paths, "--csv"], capsys)[0] == 2
    assert checked([], capsys)[0] == 2


def test_json_is_one_document_and_csv_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, FAST)
    code, out, _ = checked([path, "--json"], capsys)
    assert (code, json.loads(out)["rules"]["speed"]) == (1, 1)
    code, out, _ = checked([path, "--csv"], capsys)
    assert (code, out.splitlines()[1].split(",")[4]) == (1, "speed")
    assert checked([path, "--csv", "--json"], capsys)[0] == 2


def test_rules_can_be_left_out_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, FAST)
    assert checked([path, "--ignore", "speed, word"], capsys)[0] == 0
    code, _, err = checked([path, "--ignore", "haste"], capsys)
    assert (code, "there is no rule 'haste'; choose from columns, lines" in err) == (2, True)


def test_the_profile_and_frame_rate_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    close = "1\n00:00:01,000 --> 00:00:03,000\n大家好\n\n2\n00:00:03,080 --> 00:00:05,000\n好\n"
    path = written(tmp_path, close)
    assert checked([path], capsys)[0] == 0
    assert checked([path, "--fps", "24"], capsys)[0] == 1
    assert checked([path, "--fps", "24", "--profile", "youtube", "--ignore", "gap"], capsys)[0] == 0


def test_an_unusable_file_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = checked([written(tmp_path, "hello")], capsys)
    assert (code, "is not an SRT, VTT or ASS file" in err) == (3, True)


def test_cues_are_held_against_the_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = _demo_track()
    late = replace(
        right, cues=tuple(replace(cue, span=Span(cue.span.start + 5, cue.span.end + 5)) for cue in right.cues)
    )
    counts = []
    for track in (right, late):
        path = written(tmp_path, srt(track, CueOptions()))
        _, out, _ = checked([path, "--audio", str(DEMO), "--json"], capsys)
        rules = json.loads(out)["rules"]
        counts.append(sum(rules[name] for name in ("early", "late", "ends", "silence", "stays", "uncovered")))
    assert counts[0] <= 3
    assert counts[1] > 3 * max(1, counts[0])


def _demo_track() -> Track:
    """The demo's Han characters in cues, by its true times."""
    rows = json.loads((SEEDS / "demo" / "truth.json").read_text("utf-8"))["tokens"]
    said = [row for row in rows if "\u4e00" <= row["text"][0] <= "\u9fff"]
    turn = Turn(None, "".join(row["text"] for row in said), 1)
    tokens = tuple(
        TimedToken(token, Span(row["start"], row["end"]), 1.0)
        for token, row in zip(tokens_of((turn,)), said, strict=True)
    )
    phrases = segment(Alignment(tokens, ()), [turn], said[-1]["end"] + 1, "zh", CueOptions())
    return lay_out(phrases, ("zh",), "zh", CueOptions())
