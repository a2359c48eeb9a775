from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.errors import InputError
from align.core.types import Cue, Span, Track
from align.export.formats.ass import ass
from align.export.formats.srt import srt
from align.export.formats.vtt import vtt
from align.subtitles.check import check, check_audio
from align.subtitles.options import CueOptions
from align.subtitles.read import read_subtitles
from tests.subtitles.made import HOSTILE

SRT = """1
00:00:01,000 --> 00:00:02,500
陈倩：大家好

2
00:00:03,000 --> 00:00:02,000
欢迎

3
00:01:00,000 --> 00:01:02,000
Bruce：<i>你好</i>
第二行

4
00:01:03,000 --> 00:01:04,000
陈倩：好
"""


def read(folder: Path, text: str, name: str = "talk.srt") -> Track:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_subtitles(path).track


def test_srt_keeps_times_lines_and_speakers(tmp_path: Path) -> None:
    track = read(tmp_path, SRT)
    assert track.languages == ("zh",)
    assert track.cues == (
        Cue(Span(1.0, 2.5), (("大家好",),), "陈倩"),
        Cue(Span(3.0, 3.0), (("欢迎",),), "陈倩"),
        Cue(Span(60.0, 62.0), (("你好", "第二行"),), "Bruce"),
        Cue(Span(63.0, 64.0), (("好",),), "陈倩"),
    )


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        (">> 一鸣: 好的", ("一鸣", "好的")),
        ("Bruce：好的", ("Bruce", "好的")),
        ("时间：三点", (None, "时间：三点")),
        ("一鸣：好的", (None, "一鸣：好的")),
        ("at 10:30 我们", (None, "at 10:30 我们")),
    ],
)
def test_a_name_needs_evidence(tmp_path: Path, line: str, cue: tuple[str | None, str]) -> None:
    track = read(tmp_path, f"1\n00:00:01,000 --> 00:00:02,000\n{line}\n")
    assert [(one.speaker, *one.lines[0]) for one in track.cues] == [cue]


def test_cues_come_in_the_order_of_time(tmp_path: Path) -> None:
    text = "1\n00:00:05,000 --> 00:00:06,000\nlater\n\n2\n00:00:01,000 --> 00:00:02,000\nfirst\n"
    assert [cue.lines for cue in read(tmp_path, text).cues] == [(("first",),), (("later",),)]


def test_a_file_with_both_scripts_has_two_languages(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 陈倩>Hello\n大家好\n\n00:03.000 --> 00:04.000\nYes\n好\n"
    track = read(tmp_path, text, "talk.vtt")
    assert track.languages == ("en", "zh")
    assert track.cues[0] == Cue(Span(1.0, 2.0), (("Hello",), ("大家好",)), "陈倩")


def test_ass_events_of_one_time_are_one_cue(tmp_path: Path) -> None:
    fields = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    head = f"[Script Info]\n[Events]\nFormat: {fields}\n"
    events = "".join(
        f"Dialogue: 0,0:00:01.00,0:00:02.50,{style},Bruce,0,0,0,,{text}\n"
        for style, text in (("zh", "{\\an8}你好\\N朋友"), ("en", "Hello"))
    )
    track = read(tmp_path, head + events, "talk.ass")
    assert track.cues == (Cue(Span(1.0, 2.5), (("你好", "朋友"), ("Hello",)), "Bruce"),)
    assert read_subtitles(tmp_path / "talk.ass").unit == 0.01


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("hello", "is not an SRT, VTT or ASS file"), ("WEBVTT\n", "has no cue with text in it")],
)
def test_what_is_no_subtitle_file_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read(tmp_path, text)
    with pytest.raises(InputError, match="cannot be read"):
        read_subtitles(tmp_path / "none.srt")


SAID = st.text(st.sampled_from("我们直播科技公司的发展abc, 好？"), min_size=3, max_size=12).map(
    lambda text: "好" + " ".join(text.split())
)


@given(st.lists(SAID, min_size=1, max_size=6), st.sampled_from(["srt", "vtt", "ass"]))
def test_what_align_writes_reads_back(
    tmp_path_factory: pytest.TempPathFactory, said: list[str], ending: str
) -> None:
    write = {"srt": srt, "vtt": vtt, "ass": ass}[ending]
    cues = tuple(Cue(Span(3.0 * n, 3.0 * n + 2), ((text,),), None) for n, text in enumerate(said))
    track = Track(("zh",), cues)
    path = tmp_path_factory.mktemp("read") / f"talk.{ending}"
    path.write_text(write(track, CueOptions()), "utf-8")
    assert read_subtitles(path).track == track


PARTS = st.sampled_from(
    ["1", "00:00:01,000 --> 00:00:02,000", "9:59:59.9-->0:00", "00:00:03,000 --> 00:00:02,5", "WEBVTT", "",
     "NOTE x", "[Script Info]", "[Events]", "Dialogue: 0,0:00:01.00,0:00:02.00,zh,,0,0,0,,好", "<v Bob>hi",
     "99:99:99,999 --> x",
     *HOSTILE]
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(PARTS | st.text(max_size=20), max_size=20).map("\n".join), st.sampled_from(["srt", "vtt", "ass"])
)
def test_any_file_is_read_and_checked_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, ending: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"talk.{ending}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_track = read_subtitles(path).track
    except InputError:
        return
    assert all(cue.lines for cue in read_track.cues)
    found = check(read_track, CueOptions(), 0.001) + check_audio(read_track, [Span(0, 5)], CueOptions())
    for one in found:
        assert one.reason
        assert one.measured != one.limit


@pytest.mark.parametrize("clock", ["00:00:02,5-->00", "00:00:02,5x", f"{'9' * 5000}:00:00:02,500"])
def test_the_error_names_an_invalid_time(tmp_path: Path, clock: str) -> None:
    path = tmp_path / "a.srt"
    path.write_text(f"1\n00:00:01,000 --> {clock}\n好\n", "utf-8")
    with pytest.raises(InputError, match=r"cue 1 has no two times in|is not an SRT"):
        read_subtitles(path)


def test_a_cue_in_one_script_of_a_file_in_two_languages_is_divided_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    cues = (*["大家好\nHello all"] * 9, "asset management\nAsset management,\nand more")
    blocks = (f"{k}\n00:00:0{k},000 --> 00:00:0{k},900\n{text}" for k, text in enumerate(cues))
    path.write_text("\n\n".join(blocks), "utf-8")
    track = read_subtitles(path).track
    assert track.languages == ("zh", "en")
    assert track.cues[-1].lines == (("asset management",), ("Asset management,", "and more"))
