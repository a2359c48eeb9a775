"""Every format from file to turns."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from pathlib import Path
from types import FrameType

import docx
import pytest
from docx.oxml import parse_xml

from align.core.errors import InputError
from align.core.input_files import LONGEST_TEXT
from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.read import read_document, read_transcript

DATA = Path(__file__).parents[1] / "data" / "transcripts"
SEED = Path(__file__).parents[2] / "seeds" / "livestream.zh.txt"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def turns(path: Path) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in read_transcript(path, Cleaning()).turns]


def calls_to_read(path: Path, content: str) -> int:
    """How many functions, of Python and of C, are called to read a document."""
    path.write_text(content, "utf-8")
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read_document(path)
    finally:
        sys.setprofile(None)
    return calls


def test_plain_text_with_labels() -> None:
    assert turns(DATA / "labels.txt") == [
        ("陈倩", "大家好，时间：三点。"),
        ("陈倩", "问题是：我们怎么办？"),
        ("Bruce", "10:30见，地址是https://example.com/a"),
        ("Bruce", "10:30我们开会"),
        ("Bruce", "注意：这里有风险。"),
        ("陈倩", "好。"),
        ("Ethan", "谢谢"),
    ]


def test_minutes_with_times() -> None:
    assert turns(DATA / "minutes.txt") == [
        ("发言人 1", "大家好，欢迎来到直播。"),
        ("发言人 2", "谢谢，很高兴来到这里。"),
        ("发言人 1", "我们开始吧。"),
    ]


def test_names_above_the_text_and_the_lines_where_turns_begin() -> None:
    transcript = read_transcript(DATA / "names-above.txt", Cleaning())
    assert [(turn.speaker, turn.line) for turn in transcript.turns] == [
        ("陈倩", 2),
        ("陈倩", 3),
        ("Bruce", 6),
        ("陈倩", 9),
        ("Ethan", 12),
    ]


def test_markdown() -> None:
    assert turns(DATA / "talk.md") == [
        ("陈倩", "大家好，今天聊GPU和能源。"),
        ("Bruce", "谢谢陈倩。"),
        ("Bruce", "缩进的一段"),
        ("Bruce", "引用"),
    ]
    assert [turn.line for turn in read_transcript(DATA / "talk.md", Cleaning()).turns] == [7, 8, 13, 14]


def test_srt_loses_no_word() -> None:
    assert turns(DATA / "talk.srt") == [
        ("陈倩", "大家好，现在是2025年 {不是标签}。今天a<b"),
        ("Bruce", "Tom & Jerry 2026"),
    ]


def test_vtt_takes_speakers_from_voice_tags() -> None:
    assert turns(DATA / "talk.vtt") == [
        ("陈倩", "大家好，我们开始吧。"),
        ("Bruce", "Tom & Jerry <3"),
    ]


def test_ass_takes_speakers_from_the_name_column_and_order_from_the_times() -> None:
    assert turns(DATA / "talk.ass") == [("陈倩", "大家好，欢迎。"), ("Bruce", "谢谢，很高兴。")]


def test_a_bilingual_file_gives_its_chinese() -> None:
    assert turns(DATA / "bilingual.srt") == [
        (None, "大家好，今天聊AI。"),
        (None, "欢迎Bruce。"),
        (None, "Thank you."),
    ]


def test_subtitles_without_punctuation_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "00:01.000 --> 00:02.000\n大家好\n我是\n\n00:02.000 --> 00:03.000\n陈倩\n", encoding="utf-8"
    )
    assert turns(path) == [(None, "大家好我是"), (None, "陈倩")]


def test_a_docx_is_known_by_its_content(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("第一次直播", 1)
    paragraph = document.add_paragraph("")
    paragraph.add_run("陈倩：").bold = True
    paragraph.add_run("大家好，")
    paragraph._p.append(parse_xml(f'<w:ins xmlns:w="{W}"><w:r><w:t>欢迎</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del xmlns:w="{W}"><w:r><w:delText>删掉</w:delText></w:r></w:del>'))
    document.add_paragraph("Bruce: 谢谢\n你")
    document.add_table(1, 1).cell(0, 0).text = "陈倩：表格里"
    path = tmp_path / "talk.txt"
    document.save(str(path))
    assert turns(path) == [("陈倩", "大家好，欢迎"), ("Bruce", "谢谢"), ("Bruce", "你"), ("陈倩", "表格里")]


def test_a_damaged_docx(tmp_path: Path) -> None:
    whole = io.BytesIO()
    docx.Document().save(whole)
    path = tmp_path / "talk.docx"
    path.write_bytes(whole.getvalue().replace(b"[Content_Types].xml", b"[Content_Typos].xml"))
    with pytest.raises(InputError, match="is a damaged Word document"):
        read_transcript(path, Cleaning())


def test_the_seed_is_one_turn() -> None:
    (turn,) = read_transcript(SEED, Cleaning()).turns
    assert turn.speaker is None
    assert turn.text.startswith("好，hello啊，我们的观众朋友们，大家好，我是硅谷101的联合创始人陈倩")
    assert "，。" not in turn.text


def test_prose_wrapped_at_a_margin_is_one_turn(tmp_path: Path) -> None:
    path = tmp_path / "talk.unknown"
    path.write_bytes(
        b"We talk about power grids and the data centers\r\nin Texas, today and\r\nNext one.\r\n"
    )
    assert len(turns(path)) == 3
    path.write_bytes(b"We talk about power grids and about the data centers\r\nof Texas.\r\nNext one.\r\n")
    assert turns(path) == [
        (None, "We talk about power grids and about the data centers of Texas."),
        (None, "Next one."),
    ]


@pytest.mark.parametrize("content", ["", " \r\n\u3000\ufeff", "……？😀", "[00:12:33]", "WEBVTT\n\n"])
def test_a_file_without_words_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="has no words in it"):
        read_transcript(path, Cleaning())


@pytest.mark.parametrize("unit", ["[(", " ", "1:", "x ", "「", "00:00:0"])
def test_a_long_line_of_repeated_marks_is_one_turn(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(f"好{unit * 20_000}好", encoding="utf-8")
    assert len(read_transcript(path, Cleaning()).turns) == 1


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError, match=r"cannot be read|is a folder"):
            read_transcript(path, Cleaning())


@pytest.mark.parametrize(
    ("part", "chunk", "count"),
    [
        ("word/document.xml", bytes(1 << 20), 65),
        ("word/more.xml", b"<w:p/>" * (1 << 17), 100),
        ("word/media/a.png", bytes(1 << 20), 257),
    ],
)
def test_a_document_that_unpacks_to_more_than_any_text_is_refused_before_it_is_unpacked(
    tmp_path: Path, part: str, chunk: bytes, count: int
) -> None:
    path = tmp_path / "bomb.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path) as archive:
        rest = {name: archive.read(name) for name in archive.namelist() if name != part}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in rest.items():
            archive.writestr(name, content)
        with archive.open(part, "w") as file:
            for _ in range(count):
                file.write(chunk)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(InputError, match=r"bomb\.docx: has more than (64|256) MB"):
        read_transcript(path, Cleaning())


def test_a_text_longer_than_anybody_talks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * (LONGEST_TEXT + 1))
    with pytest.raises(InputError, match="has more than 8 MB"):
        read_transcript(path, Cleaning())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "<!--" * 50_000 + "好"),
        (
            "a.txt",
            "all of this goes on and on, as a text does that was wrapped at a margin of paper\n" * 3_000,
        ),
        ("a.md", "*[" * 20_000 + "好"),
    ],
    ids=["comments", "wrapped", "nested"],
)
def test_the_number_of_calls_grows_with_the_text_and_no_faster(
    tmp_path: Path, name: str, content: str
) -> None:
    half, whole = (
        calls_to_read(tmp_path / name, content[-length:]) for length in (len(content) // 2, len(content))
    )
    assert whole < 2.5 * half + 1000


def test_a_comment_without_an_end_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("陈倩：好<!-- 不说\n不说 -->的\n\n陈倩：行 <!-- 嗯", "utf-8")
    assert turns(path) == [("陈倩", "好"), ("陈倩", "的"), ("陈倩", "行 <!-- 嗯")]


def test_an_archive_of_a_million_parts_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "parts.docx"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 5 << 20, 0, 0)
    path.write_bytes(b"PK\3\4" + b"PK\1\2" * (1 << 20) + end)
    with pytest.raises(InputError, match="is a ZIP archive without a Word document"):
        read_transcript(path, Cleaning())


def test_what_a_language_model_thought_first_is_no_speech(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text(
        "<think>\nThey want me to tidy this.\n</think>\n\n**Ann:** We begin.\n\n**Bo:** We do.\n", "utf-8"
    )
    assert [part.said for passage in read_document(path).passages for part in passage.parts] == [
        "We begin.",
        "We do.",
    ]


def test_a_text_and_its_translation_below_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    chinese = "\n\n".join(f"今天我们先聊第{k}个问题。" for k in range(6))
    english = "\n\n".join(f"Today we first talk about question {k}." for k in range(6))
    path.write_text(f"## 中文全文\n\n{chinese}\n\n## English\n\n{english}\n", "utf-8")
    document = read_document(path)
    assert len(document.passages) == len(document.translation) == 6
