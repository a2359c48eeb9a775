"""JSON and XML as recognisers and services write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.transcript.structured import read_json, read_xml
from tests.transcript.formats import read, said


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "deepgram.json",
            json.dumps(
                {
                    "results": {
                        "channels": [
                            {
                                "alternatives": [
                                    {
                                        "transcript": "good morning thanks",
                                        "words": [
                                            {"word": "good", "start": 0.1},
                                            {"word": "morning", "start": 0.3},
                                            {"word": "thanks", "start": 1.0},
                                        ],
                                    }
                                ]
                            }
                        ],
                        "utterances": [
                            {
                                "start": 0.1,
                                "end": 0.5,
                                "transcript": "good morning",
                                "speaker": 0,
                                "words": [{"word": "good", "start": 0.1}],
                            },
                            {"start": 1.0, "end": 1.2, "transcript": "thanks", "speaker": 1},
                        ],
                    }
                }
            ),
            [("Speaker 0", "good morning"), ("Speaker 1", "thanks")],
        ),
        (
            "whisperx.json",
            json.dumps(
                {
                    "segments": [
                        {
                            "start": 0.1,
                            "end": 2.0,
                            "text": " Good morning everyone.",
                            "speaker": "SPEAKER_00",
                            "words": [{"word": "Good", "start": 0.1, "end": 0.3}],
                        },
                        {
                            "start": 2.0,
                            "end": 3.0,
                            "text": " Thank you.",
                            "speaker": "SPEAKER_01",
                            "words": [],
                        },
                    ],
                    "word_segments": [{"word": "Good", "start": 0.1, "end": 0.3}],
                }
            ),
            [("SPEAKER_00", "Good morning everyone."), ("SPEAKER_01", "Thank you.")],
        ),
        (
            "youtube.json",
            json.dumps(
                {
                    "wireMagic": "pb3",
                    "events": [
                        {"tStartMs": 0, "segs": [{"utf8": "good"}, {"utf8": " morning"}]},
                        {"tStartMs": 2000, "segs": [{"utf8": "\n"}]},
                        {"tStartMs": 2100, "segs": [{"utf8": "thank you"}]},
                    ],
                }
            ),
            [(None, "good morning"), (None, "thank you")],
        ),
        (
            "aws.json",
            json.dumps(
                {
                    "results": {
                        "transcripts": [{"transcript": "Good morning. Thank you."}],
                        "audio_segments": [
                            {
                                "id": 0,
                                "transcript": "Good morning.",
                                "start_time": "0.0",
                                "end_time": "1.0",
                                "speaker_label": "spk_0",
                            },
                            {
                                "id": 1,
                                "transcript": "Thank you.",
                                "start_time": "1.0",
                                "end_time": "2.0",
                                "speaker_label": "spk_1",
                            },
                        ],
                    }
                }
            ),
            [("spk_0", "Good morning."), ("spk_1", "Thank you.")],
        ),
        (
            "rev.json",
            json.dumps(
                {
                    "monologues": [
                        {
                            "speaker": 0,
                            "elements": [
                                {"type": "text", "value": "Good", "ts": 0.1},
                                {"type": "punct", "value": " "},
                                {"type": "text", "value": "morning", "ts": 0.3},
                            ],
                        },
                        {
                            "speaker": 1,
                            "elements": [
                                {"type": "text", "value": "Thanks", "ts": 1.1},
                                {"type": "punct", "value": "."},
                            ],
                        },
                    ]
                }
            ),
            [("Speaker 0", "Good morning"), ("Speaker 1", "Thanks.")],
        ),
        (
            "funasr.json",
            json.dumps(
                [
                    {
                        "text": "大家好，欢迎收听。谢谢。",
                        "sentence_info": [
                            {"text": "大家好，欢迎收听。", "start": 10, "end": 900, "spk": 0},
                            {"text": "谢谢。", "start": 900, "end": 1500, "spk": 1},
                        ],
                    }
                ]
            ),
            [("Speaker 0", "大家好，欢迎收听。"), ("Speaker 1", "谢谢。")],
        ),
        (
            "bilibili.json",
            json.dumps(
                {
                    "font_size": 0.4,
                    "body": [
                        {"from": 0.1, "to": 2, "location": 2, "content": "大家好。"},
                        {"from": 2, "to": 3, "location": 2, "content": "谢谢。"},
                    ],
                }
            ),
            [(None, "大家好。"), (None, "谢谢。")],
        ),
        (
            "dfxp.xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/2006/10/ttaf1"><body><div>'
            '<p begin="00:00:01.000" end="00:00:02.000">Good morning<br/>everyone.</p>'
            '<p begin="00:00:02.000" end="00:00:03.000">Thank you &amp; goodbye.</p></div></body></tt>',
            [(None, "Good morning everyone."), (None, "Thank you & goodbye.")],
        ),
    ],
)
def test_what_programs_write(
    tmp_path: Path, name: str, content: str, expected: list[tuple[str | None, str]]
) -> None:
    assert said(read(tmp_path, name, content)) == expected


def test_speakers_in_a_list_of_their_own(tmp_path: Path) -> None:
    words = ["Good", "morning.", "Thank", "you."]
    document = {
        "job": {"name": "talk.mp4", "duration": 4},
        "speakers": [
            {"name": "F1", "time": "0.0", "duration": "2"},
            {"name": "M1", "time": 2, "duration": 2},
        ],
        "words": [{"name": word, "time": str(time), "duration": "0.5"} for time, word in enumerate(words)],
    }
    assert said(read(tmp_path, "a.json", json.dumps(document))) == [
        ("F1", "Good morning."),
        ("M1", "Thank you."),
    ]


def test_words_that_are_listed_again_with_speakers(tmp_path: Path) -> None:
    words = [{"startTime": "1s", "word": word} for word in ("Good", "morning.", "Thank", "you.")]
    tagged = [{**word, "speakerTag": 1 + (k > 1)} for k, word in enumerate(words)]
    results = [{"alternatives": [{"words": each}]} for each in (words, tagged)]
    assert said(read(tmp_path, "a.json", json.dumps({"results": results}))) == [
        ("Speaker 1", "Good morning."),
        ("Speaker 2", "Thank you."),
    ]


def test_a_ttml_span_that_says_the_line_again_is_its_translation(tmp_path: Path) -> None:
    path = tmp_path / "song.ttml"
    path.write_text(
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"><body><div>'
        '<p begin="1s" end="2s">雨 落<span ttm:role="x-translation">rain falls</span></p></div></body></tt>',
        "utf-8",
    )
    lines = read_xml(path.read_text("utf-8"), path)
    assert [(line.text, line.excluded) for line in lines] == [("雨 落", ""), ("rain falls", "translation")]


def test_lists_side_by_side_without_times_are_one_talk(tmp_path: Path) -> None:
    document = {
        "remarks": [{"speaker": "Ann", "speech": ["Good day.", "We begin."]}],
        "questions": [{"speaker": "Bo", "speech": ["Why so late?"]}],
    }
    lines = read_json(json.dumps(document), tmp_path / "call.json")
    assert [(line.speaker, line.text) for line in lines] == [
        ("Ann", "Good day."), ("Ann", "We begin."), ("Bo", "Why so late?"),
    ]  # fmt: skip


def test_a_name_is_preferred_to_its_number_and_a_tag_is_not_said(tmp_path: Path) -> None:
    words = ("We", " ", "begin", " ", "here", ".")
    elements = [{"type": "text", "value": word} for word in words] + [{"type": "tag", "value": "inaudible"}]
    document = {"monologues": [{"speaker": 1, "speaker_name": "Ann", "elements": elements}]}
    lines = read_json(json.dumps(document), tmp_path / "talk.json")
    assert [(line.speaker, line.text) for line in lines] == [("Ann", "We begin here.")]
