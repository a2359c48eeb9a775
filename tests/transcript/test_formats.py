"""What services, recognisers and editors write, in small."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from align.core.errors import InputError
from align.transcript.passages import Document
from align.transcript.read import Reading, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ASS = (
    "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: zh,Arial\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


def read(folder: Path, name: str, content: str | bytes, reading: Reading | None = None) -> Document:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_document(path, reading or Reading())


def said(document: Document) -> list[tuple[str | None, str]]:
    return [(passage.speaker, " ".join(part.said for part in passage.parts)) for passage in document.passages]


TWO = [("陈倩", "大家好，欢迎收听。"), ("Bruce", "谢谢，很高兴来到这里。"), ("陈倩", "我们开始吧。")]
ENGLISH = [
    ("Ann Lee", "Good morning everyone."),
    ("Bob", "Yes, let us start."),
    ("Ann Lee", "Thank you all."),
]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "meet.txt",
            "Weekly sync (2024-01-01 10:00 GMT) - Transcript\nAttendees\nAnn Lee, Bob\nTranscript\n"
            "Ann Lee: Good morning everyone.\nBob: Yes, let us start.\n00:05:00\nAnn Lee: Thank you all.\n"
            "Meeting ended after 00:45:10\n"
            "This editable transcript was computer generated and might contain errors.\n",
            ENGLISH,
        ),
        (
            "teams.txt",
            "Web Governance-20260615_133555-Meeting Transcript\n15 June 2026, 03:35am\n27m 42s\n"
            "Ann Lee started transcription\nAnn Lee   0:03\nGood morning everyone.\nBob   0:09\n"
            "Yes, let us start.\nAnn Lee   1:02:11\nThank you all.\nAnn Lee stopped transcription\n",
            ENGLISH,
        ),
        (
            "zoom.txt",
            "[Ann Lee] 10:05:15\nGood morning everyone.\n\n[Bob] 10:05:20\nYes, let us start.\n\n"
            "[Ann Lee] 10:05:30\nThank you all.\n",
            ENGLISH,
        ),
        (
            "tencent.txt",
            "陈倩(00:00:12): \n大家好，欢迎收听。\n\nBruce(00:00:20): \n谢谢，很高兴来到这里。\n\n"
            "陈倩(00:01:02): \n我们开始吧。\n",
            TWO,
        ),
        (
            "rev.txt",
            "Ann Lee (00:00):\nGood morning everyone.\n\nBob (00:07):\nYes, let us start.\n\n"
            "Ann Lee (00:12):\nThank you all.\n",
            ENGLISH,
        ),
        (
            "temi.txt",
            "Ann Lee:    00:00    Good morning everyone.\nBob:    00:07    Yes, let us start.\n"
            "Ann Lee:    00:12    Thank you all.\n",
            ENGLISH,
        ),
        (
            "descript.md",
            "[00:00:00] **Ann Lee:** Good morning everyone.\n\n[00:00:07] **Bob:** Yes, let us start.\n\n"
            "[00:00:12] **Ann Lee:** Thank you all.\n",
            ENGLISH,
        ),
        (
            "podcast.md",
            "# Episode 12: The grid\n\nPublished: May 10, 2026\n\n## Chapters\n\n- 00:00 Intro\n-"
            " 05:12 The grid\n"
            "- 20:01 Chips\n\n## Transcript\n\n**Ann Lee:** Good morning everyone.\n\n**Bob:** Yes,"
            " let us start.\n\n"
            "**Ann Lee:** Thank you all.\n",
            ENGLISH,
        ),
        (
            "bold.md",
            "**Ann Lee** Good morning everyone.\n\n**Bob** Yes, let us start.\n\n**Ann Lee** Thank"
            " you all.\n",
            ENGLISH,
        ),
        (
            "court.txt",
            " 1   THE COURT:  Good morning everyone.\n 2   MR. SMITH:  Yes, let us start.\n"
            " 3   THE COURT:  Thank you all.\n 4   MR. SMITH:  I call the first\n 5   THE COURT:  Go on.\n"
            " 6   MR. SMITH:  Yes.\n 7   THE COURT:  Next.\n 8   MR. SMITH:  Yes.\n 9   THE COURT:  Next.\n"
            "10   MR. SMITH:  Done.\n",
            [
                ("THE COURT", "Good morning everyone."),
                ("MR. SMITH", "Yes, let us start."),
                ("THE COURT", "Thank you all."),
                ("MR. SMITH", "I call the first"),
                ("THE COURT", "Go on."),
                ("MR. SMITH", "Yes."),
                ("THE COURT", "Next."),
                ("MR. SMITH", "Yes."),
                ("THE COURT", "Next."),
                ("MR. SMITH", "Done."),
            ],
        ),
        (
            "deposition.txt",
            "Q.  Where were you?\nA.  I was at home.\nQ.  Alone?\nA.  Yes.\n",
            [("Q", "Where were you?"), ("A", "I was at home."), ("Q", "Alone?"), ("A", "Yes.")],
        ),
        (
            "fomc.txt",
            "CHAIR POWELL. Good morning everyone.\n\nMR. LEE. Yes, let us start.\n\nCHAIR POWELL."
            " Thank you all.\n\n"
            "MR. LEE. Good.\n",
            [
                ("CHAIR POWELL", "Good morning everyone."),
                ("MR. LEE", "Yes, let us start."),
                ("CHAIR POWELL", "Thank you all."),
                ("MR. LEE", "Good."),
            ],
        ),
        (
            "copied.txt",
            "0:04\ngood morning everyone\n0:09\nyeah\n1:02\nthank you all\n",
            [(None, "good morning everyone"), (None, "yeah"), (None, "thank you all")],
        ),
        (
            "captions.sbv",
            "0:00:01.000,0:00:03.000\nGood morning everyone.\n\n0:00:03.000,0:00:05.500\nThank you all.\n",
            [(None, "Good morning everyone."), (None, "Thank you all.")],
        ),
        (
            "xunfei.txt",
            "[0:0.930,0:1.780,0]  大家好。\n[0:2.930,0:4.780,0]  谢谢。\n",
            [(None, "大家好。"), (None, "谢谢。")],
        ),
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
            "group.ass",
            ASS
            + "Dialogue: 0,0:00:00.00,0:00:05.00,Staff,,0,0,0,,翻译：某某 校对：某某\n"
            + "Dialogue: 0,0:00:01.00,0:00:02.00,CN,,0,0,0,,大家好，欢迎收看。\n"
            + "Dialogue: 0,0:00:01.02,0:00:02.00,JP,,0,0,0,,みなさん、こんにちは。\n"
            + "Dialogue: 0,0:00:03.00,0:00:04.00,CN,,0,0,0,,谢谢。\n"
            + "Dialogue: 0,0:00:03.00,0:00:04.00,JP,,0,0,0,,ありがとう。\n"
            + "Dialogue: 0,0:00:03.00,0:00:04.00,Sign,,0,0,0,,{\\pos(100,200)}东京站\n"
            + "Dialogue: 0,0:00:05.00,0:00:06.00,CN,,0,0,0,,{\\fad(100,100)}我们走吧。\n"
            + "Dialogue: 0,0:00:05.00,0:00:06.00,JP,,0,0,0,,行こう。\n"
            + "Comment: 0,0:00:05.00,0:00:06.00,JP,,0,0,0,,注\n"
            + "Dialogue: 1,0:00:05.00,0:00:06.00,CN,,0,0,0,,{\\blur2}我们走吧。\n",
            [(None, "大家好，欢迎收看。"), (None, "谢谢。"), (None, "我们走吧。")],
        ),
        (
            "mac.srt",
            "1\r00:00:01,000 --> 00:00:02,000\r大家好。\r\r2\r00:00:02,000 --> 00:00:03,000\r谢谢。\r",
            [(None, "大家好。"), (None, "谢谢。")],
        ),
        ("mac.txt", "陈倩：大家好，欢迎收听。\rBruce：谢谢，很高兴来到这里。\r陈倩：我们开始吧。\r", TWO),
        (
            "directions.txt",
            "陈倩：大家好，（众人笑）欢迎收听。\n[掌声]\nBruce：谢谢，很高兴来到这里。\n（音乐）\n"
            "陈倩：我们开始吧。\n",
            [("陈倩", "大家好， 欢迎收听。"), *TWO[1:]],
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
            "people.csv",
            'Start,End,Speaker,Text\n0.0,2.0,Ann Lee,Good morning everyone.\n2.0,3.0,Bob,"Yes, let'
            ' us start."\n'
            "3.0,4.0,Ann Lee,Thank you all.\n",
            ENGLISH,
        ),
        (
            "styles.ass",
            ASS + "Dialogue: 0,0:00:01.00,0:00:02.00,zh,陈倩,0,0,0,,大家好。\n"
            "Dialogue: 0,0:00:01.00,0:00:02.00,en,陈倩,0,0,0,,Hello everyone.\n"
            "Dialogue: 0,0:00:03.00,0:00:04.00,zh,Bruce,0,0,0,,谢谢。\n"
            "Dialogue: 0,0:00:03.00,0:00:04.00,en,Bruce,0,0,0,,Thank you.\n"
            "Dialogue: 0,0:00:03.00,0:00:09.00,sign,,0,0,0,,{\\pos(1,2)}门口\n",
            [("陈倩", "大家好。"), ("Bruce", "谢谢。")],
        ),
        (
            "karaoke.ass",
            ASS + "Dialogue: 0,0:00:01.00,0:00:02.00,zh,,0,0,0,,{\\k20}大{\\k20}家好。\n"
            "Dialogue: 1,0:00:01.00,0:00:02.00,zh,,0,0,0,,大家好。\n"
            "Dialogue: 0,0:00:01.00,0:00:01.20,zh,,0,0,0,fx,{\\pos(1,2)}大\n"
            "Dialogue: 0,0:00:02.00,0:00:03.00,zh,,0,0,0,,谢谢。\n",
            [(None, "大家好。"), (None, "谢谢。")],
        ),
        (
            "columns.ssa",
            "[Script Info]\nScriptType: v4.00\n\n[V4 Styles]\nFormat: Fontname, Name\nStyle: Arial,"
            " Default\n\n[Events]\n"
            "Format: Marked, Style, Start, End, Name, MarginL, MarginR, MarginV, Effect, Text\n"
            "Dialogue: Marked=0,Default,0:00:01.00,0:00:02.00,Ann Lee,0,0,0,,Good morning, everyone.\n",
            [("Ann Lee", "Good morning, everyone.")],
        ),
        (
            "empty-voice.vtt",
            "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>Good morning.\n\n00:01.000 --> 00:02.000\n<v"
            " >Somebody else.\n",
            [("Ann", "Good morning."), (None, "Somebody else.")],
        ),
        (
            "one-line.txt",
            "大家好，欢迎收听。 Hello and welcome to the show.\n我们先聊聊电力。 Let us talk about"
            " power first.\n"
            "电力是瓶颈。 Power is the bottleneck.\n",
            [(None, "大家好，欢迎收听。"), (None, "我们先聊聊电力。"), (None, "电力是瓶颈。")],
        ),
        (
            "table.md",
            "| 时间 | 说话人 | 中文 | English |\n| --- | --- | --- | --- |\n"
            "| 00:01 | 陈倩 | 大家好，欢迎收听。 | Hello and welcome. |\n"
            "| 00:05 | Bruce | 谢谢，很高兴来到这里。 | Thank you, glad to be here. |\n"
            "| 00:09 | 陈倩 | 我们开始吧。 | Let us start. |\n",
            TWO,
        ),
        (
            "dfxp.xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/2006/10/ttaf1"><body><div>'
            '<p begin="00:00:01.000" end="00:00:02.000">Good morning<br/>everyone.</p>'
            '<p begin="00:00:02.000" end="00:00:03.000">Thank you &amp; goodbye.</p></div></body></tt>',
            [(None, "Good morning everyone."), (None, "Thank you & goodbye.")],
        ),
        (
            "sentences.TextGrid",
            'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n3\n<exists>\n2\n'
            '"IntervalTier"\n"Ann"\n0\n3\n2\n'
            '0\n1\n"good morning"\n1\n3\n""\n"IntervalTier"\n"Bob"\n0\n3\n2\n0\n1\n""\n1\n3\n"thank you"\n',
            [("Ann", "good morning"), ("Bob", "thank you")],
        ),
        (
            "granola.txt",
            (
                "Speaker 1\n"
                "\n"
                "Yesterday, 11:00 AM\n"
                "Lisa, hi. Hello.\n"
                "Speaker 2\n"
                "\n"
                "Yesterday, 11:00 AM\n"
                "You're on mute. How is it going?\n"
                "Speaker 1\n"
                "\n"
                "Yesterday, 11:01 AM\n"
                "Good, thanks.\n"
            ),
            [
                ("Speaker 1", "Lisa, hi. Hello."),
                ("Speaker 2", "You're on mute. How is it going?"),
                ("Speaker 1", "Good, thanks."),
            ],
        ),
        (
            "earn.txt",
            (
                "Acme Corp. Q1 2026 Earnings Call Transcript\n"
                "\n"
                "Operator\n"
                "\n"
                "Good morning, and welcome to the call. Please go ahead.\n"
                "\n"
                "Ann Lee -- Chief Executive Officer\n"
                "\n"
                "Thank you, operator. Good morning everyone.\n"
                "\n"
                "We had a strong quarter.\n"
                "\n"
                "Bob Stone -- Chief Financial Officer\n"
                "\n"
                "Thank you, Ann. Revenue was $3 billion.\n"
                "\n"
                "Operator\n"
                "\n"
                "Our first question comes from Carl Wu.\n"
                "\n"
                "Carl Wu -- Big Bank -- Analyst\n"
                "\n"
                "Thanks for taking my question.\n"
                "\n"
                "Ann Lee -- Chief Executive Officer\n"
                "\n"
                "Sure.\n"
            ),
            [
                ("Operator", "Good morning, and welcome to the call. Please go ahead."),
                ("Ann Lee", "Thank you, operator. Good morning everyone."),
                ("Ann Lee", "We had a strong quarter."),
                ("Bob Stone", "Thank you, Ann. Revenue was $3 billion."),
                ("Operator", "Our first question comes from Carl Wu."),
                ("Carl Wu", "Thanks for taking my question."),
                ("Ann Lee", "Sure."),
            ],
        ),
        (
            "qa.txt",
            ("Q1: 您怎么看电力？\nA1: 我认为不够。\nQ2: 那芯片呢？\nA2: 也不够。\n"),
            [("Q", "您怎么看电力？"), ("A", "我认为不够。"), ("Q", "那芯片呢？"), ("A", "也不够。")],
        ),
        (
            "paren.txt",
            ("（主持人）大家好，欢迎收听。\n（嘉宾）谢谢。\n（主持人）我们开始吧。\n（嘉宾）好的。\n"),
            [
                ("主持人", "大家好，欢迎收听。"),
                ("嘉宾", "谢谢。"),
                ("主持人", "我们开始吧。"),
                ("嘉宾", "好的。"),
            ],
        ),
        (
            "h.md",
            (
                "### Ann\n"
                "\n"
                "Good morning everyone.\n"
                "\n"
                "### Bob\n"
                "\n"
                "Yes, let us start.\n"
                "\n"
                "### Ann\n"
                "\n"
                "Thank you all.\n"
            ),
            [("Ann", "Good morning everyone."), ("Bob", "Yes, let us start."), ("Ann", "Thank you all.")],
        ),
        (
            "tingwu.txt",
            (
                "访谈_原文\n"
                "2026年09月06日\n"
                "\n"
                "关键词\n"
                "大模型 电力 芯片\n"
                "\n"
                "全文摘要\n"
                "本次访谈讨论了大模型的电力需求。嘉宾认为电力是瓶颈。\n"
                "\n"
                "章节速览\n"
                "00:00 开场\n"
                "介绍嘉宾与主题。\n"
                "10:30 电力\n"
                "讨论电力瓶颈。\n"
                "\n"
                "发言人 1 00:05\n"
                "今天我们来聊聊大模型的电力需求。\n"
                "发言人 2 00:20\n"
                "好的，谢谢邀请。\n"
                "发言人 1 10:35\n"
                "我们再看电力。\n"
            ),
            [
                ("发言人 1", "今天我们来聊聊大模型的电力需求。"),
                ("发言人 2", "好的，谢谢邀请。"),
                ("发言人 1", "我们再看电力。"),
            ],
        ),
        (
            "feishu.txt",
            (
                "产品周会\n"
                "2026年6月15日 下午 3:00|58分钟 33秒\n"
                "\n"
                "关键词:\n"
                "增长、留存\n"
                "\n"
                "文字记录:\n"
                "张三 00:03\n"
                "大家好，我们开始今天的周会。先看一下数据。\n"
                "李四(产品部) 01:20\n"
                "好的，数据在这里。\n"
                "\n"
                "结论：先做A方案。\n"
                "张三 01:05:09\n"
                "谢谢。\n"
            ),
            [
                ("张三", "大家好，我们开始今天的周会。先看一下数据。"),
                ("李四", "好的，数据在这里。"),
                ("李四", "结论：先做A方案。"),
                ("张三", "谢谢。"),
            ],
        ),
        (
            "interviewzh.txt",
            (
                "专访任洋：电力是AI的瓶颈\n"
                "\n"
                "记者：您怎么看电力问题？\n"
                "\n"
                "任洋：我认为有三点。\n"
                "\n"
                "第一，成本很高。\n"
                "\n"
                "第二，建设很慢。\n"
                "\n"
                "记者：那芯片呢？\n"
                "\n"
                "任洋：芯片也一样。\n"
                "\n"
                "（完）\n"
            ),
            [
                ("记者", "您怎么看电力问题？"),
                ("任洋", "我认为有三点。"),
                ("任洋", "第一，成本很高。"),
                ("任洋", "第二，建设很慢。"),
                ("记者", "那芯片呢？"),
                ("任洋", "芯片也一样。"),
            ],
        ),
        (
            "wordgrow.srt",
            (
                "1\n"
                "00:00:00,000 --> 00:00:01,000\n"
                "hello\n"
                "\n"
                "2\n"
                "00:00:01,000 --> 00:00:02,000\n"
                "hello everyone\n"
                "\n"
                "3\n"
                "00:00:02,000 --> 00:00:03,000\n"
                "hello everyone and welcome\n"
                "\n"
                "4\n"
                "00:00:03,000 --> 00:00:04,000\n"
                "today\n"
                "\n"
                "5\n"
                "00:00:04,000 --> 00:00:05,000\n"
                "today we talk\n"
            ),
            [(None, "hello everyone and welcome"), (None, "today we talk")],
        ),
        (
            "ytauto.srt",
            (
                "1\n"
                "00:00:00,000 --> 00:00:03,000\n"
                "so today we are going to\n"
                "\n"
                "2\n"
                "00:00:01,500 --> 00:00:05,000\n"
                "so today we are going to\n"
                "talk about power grids\n"
                "\n"
                "3\n"
                "00:00:03,000 --> 00:00:07,000\n"
                "talk about power grids\n"
                "and about chips [Music]\n"
                "\n"
                "4\n"
                "00:00:05,000 --> 00:00:09,000\n"
                "and about chips [Music]\n"
                "thank you\n"
            ),
            [
                (None, "so today we are going to"),
                (None, "talk about power grids"),
                (None, "and about chips"),
                (None, "thank you"),
            ],
        ),
        (
            "recipe.txt",
            (
                "Power is the bottleneck. There are three things to know:\n"
                "Cost: it is high.\n"
                "Time: it is long.\n"
                "People: there are few.\n"
                "That is all I have to say today. Thank you.\n"
            ),
            [
                (None, "Power is the bottleneck. There are three things to know:"),
                (None, "Cost: it is high."),
                (None, "Time: it is long."),
                (None, "People: there are few."),
                (None, "That is all I have to say today. Thank you."),
            ],
        ),
    ],
)
def test_what_programs_write(
    tmp_path: Path, name: str, content: str, expected: list[tuple[str | None, str]]
) -> None:
    assert said(read(tmp_path, name, content)) == expected


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        (
            "page.html",
            "<!DOCTYPE html><html><p>Hello</p></html>",
            "is a web page, which is not read; copy its text",
        ),
        ("old.smi", "<SAMI><BODY></BODY></SAMI>", "is a SAMI file, which is not read; save it as SRT"),
        ("frames.sub", "{0}{25}Hello there.\n{25}{50}Bye.\n", "is a MicroDVD file"),
        ("captions.scc", "Scenarist_SCC V1.0\n\n00:00:01:00\t9420", "is an SCC file"),
        ("package.json", '{"name": "align", "version": "1"}', "is JSON without the segments of a transcript"),
        ("broken.json", '{"segments": [', "is damaged JSON"),
        ("feed.xml", '<?xml version="1.0"?><rss><channel/></rss>', "is XML of another kind"),
        (
            "bomb.ttml",
            '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY a "b">]><tt>&a;</tt>',
            "entities of its own",
        ),
        ("numbers.csv", "a,b,c\n1,2,3\n4,5,6\n", "is a table without a column of text"),
        (
            "elan.eaf",
            '<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT/>',
            "is an ELAN file; export it as TextGrid",
        ),
        (
            "polish.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nDzień dobry, proszę państwa. Żółta łódź.\n".encode("cp1250"),
            "cannot be decoded",
        ),
        (
            "odt.odt",
            b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text",
            "is an OpenDocument file",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, content: str | bytes, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        read(tmp_path, name, content)


def test_western_letters_in_windows_1252_are_read(tmp_path: Path) -> None:
    text = "Où est le café ? “Très bien”, dit-elle à l’hôtel."
    assert said(read(tmp_path, "a.txt", text.encode("cp1252"))) == [(None, text)]


def _document(document: object) -> bytes:
    content = io.BytesIO()
    document.save(content)  # type: ignore[attr-defined]
    return content.getvalue()


def test_a_table_in_word_is_read_by_rows(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("会议记录")
    table = document.add_table(4, 3)
    rows = [("时间", "说话人", "内容"), *(("00:01", name, text) for name, text in TWO)]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert said(read(tmp_path, "a.docx", _document(document)))[-3:] == TWO


def test_word_with_names_times_and_texts_in_one_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Call-20240301_100000-Meeting Recording\nMarch 1, 2024, 10:00AM\n35m 12s")
    for (name, text), time in zip(ENGLISH, ("0:03", "0:09", "1:02:11"), strict=True):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f"   {time}\n{text}")
    assert said(read(tmp_path, "a.docx", _document(document))) == ENGLISH


def test_comments_and_tracked_changes_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Ann: Good ")
    paragraph._p.append(parse_xml(f'<w:ins xmlns:w="{W}"><w:r><w:t>morning.</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del xmlns:w="{W}"><w:r><w:delText>night.</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:r xmlns:w="{W}"><w:commentReference w:id="0"/></w:r>'))
    document.add_paragraph("Bob: Thanks.")
    assert said(read(tmp_path, "a.docx", _document(document))) == [
        ("Ann", "Good morning."),
        ("Bob", "Thanks."),
    ]


def test_the_user_names_the_speakers(tmp_path: Path) -> None:
    text = "grid: it is on.\nfirst point: power.\nann: hello.\nann: bye.\n"
    assert said(read(tmp_path, "a.txt", text, Reading(("Grid",)))) == [
        ("grid", "it is on."),
        ("grid", "first point: power."),
        ("grid", "ann: hello."),
        ("grid", "ann: bye."),
    ]
    assert {speaker for speaker, _ in said(read(tmp_path, "a.txt", text, Reading(labels=False)))} == {None}


def test_the_user_names_the_format_and_the_spoken_language(tmp_path: Path) -> None:
    text = "陈倩：大家好。\n00:00:01,000 --> 00:00:02,000\nHello.\n"
    assert said(read(tmp_path, "a.srt", text, Reading(format="txt")))[0] == ("陈倩", "大家好。")
    both = (
        "大家好，欢迎收听。\nHello and welcome.\n我们先聊电力。\nLet us talk about power.\n电力是瓶颈。"
        "\nPower is the bottleneck.\n"
    )
    document = read(tmp_path, "b.txt", both, Reading(language="en"))
    assert said(document)[0] == (None, "Hello and welcome.")
    assert document.translation[0] == "大家好，欢迎收听。"
