"""Plain texts as services, recognisers and people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcript.formats import ENGLISH, TWO, read, said


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
            "xunfei.txt",
            "[0:0.930,0:1.780,0]  大家好。\n[0:2.930,0:4.780,0]  谢谢。\n",
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
            "one-line.txt",
            "大家好，欢迎收听。 Hello and welcome to the show.\n我们先聊聊电力。 Let us talk about"
            " power first.\n"
            "电力是瓶颈。 Power is the bottleneck.\n",
            [(None, "大家好，欢迎收听。"), (None, "我们先聊聊电力。"), (None, "电力是瓶颈。")],
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
def test_texts_as_people_have_them(
    tmp_path: Path, name: str, content: str, expected: list[tuple[str | None, str]]
) -> None:
    assert said(read(tmp_path, name, content)) == expected


def test_instructions_are_no_speakers(tmp_path: Path) -> None:
    talk = [
        "SLIDE: Overview",
        "Let us begin.",
        "SLIDE: Power",
        "We need more.",
        "SLIDE: The end",
        "Thank you.",
    ]
    document = read(tmp_path, "a.txt", "\n\n".join(talk))
    assert said(document) == [(None, "Let us begin."), (None, "We need more."), (None, "Thank you.")]


def test_a_name_in_two_spellings_is_one_speaker(tmp_path: Path) -> None:
    text = "Ms. LEE: We are back.\nMr. Roe: Yes.\nMs. Lee: Go on.\nMs. Lee: And then?\nMr. Roe: Nothing."
    assert [name for name, _ in said(read(tmp_path, "a.txt", text))] == [
        "Ms. Lee", "Mr. Roe", "Ms. Lee", "Ms. Lee", "Mr. Roe",
    ]  # fmt: skip


def test_a_title_with_a_colon_is_no_speaker(tmp_path: Path) -> None:
    text = "Sidechain: a layer you know\nI talk about it.\nQ: Why?\nA: For speed.\nQ: How?\nA: With care.\n"
    assert {name for name, _ in said(read(tmp_path, "a.txt", text))} == {None, "Q", "A"}


def test_lines_of_addresses_and_marks_without_width(tmp_path: Path) -> None:
    text = "test\n\ufeff陈倩：大家好。\nBruce：谢谢。\nhttps://example.com/a and https://example.com/b\n陈倩：好。\n"
    assert said(read(tmp_path, "a.txt", text))[-3:] == [
        ("陈倩", "大家好。"),
        ("Bruce", "谢谢。"),
        ("陈倩", "好。"),
    ]


def test_a_break_between_two_times_is_no_turn(tmp_path: Path) -> None:
    text = "Ann: Good morning.\nBreak: [14:47] to [15:12]\nBob: Hi.\nAnn: Bye.\nBob: See you.\n"
    assert [name for name, _ in said(read(tmp_path, "a.txt", text))] == ["Ann", "Bob", "Ann", "Bob"]


def test_addresses_and_credits_below_the_last_turn(tmp_path: Path) -> None:
    talk = "Ann: Good morning.\nBob: Hi.\nAnn: See you.\n"
    for trailer in (
        "This transcript was generated automatically.\nVisit https://example.com to learn more\n",
        "Follow us: https://example.com and elsewhere\nMusic by Cid. License: CC-BY 4.0\n",
    ):
        document = read(tmp_path, "a.txt", talk + trailer)
        assert [text for _, text in said(document)] == ["Good morning.", "Hi.", "See you."]
    spoken = talk.replace("See you.", "See https://example.com for more") + "And that is it.\n"
    assert len(said(read(tmp_path, "b.txt", spoken))) == 4


def test_a_guest_with_a_profession_is_no_turn(tmp_path: Path) -> None:
    text = (
        "Hosts: Ann Lee, Bob Roe\nGuest: Cid Poe (investor)\n\nAnn Lee: Hello.\nCid Poe: Hi.\nBob Roe: Yes.\n"
    )
    document = read(tmp_path, "a.txt", text)
    assert document.participants == ("Ann Lee", "Bob Roe", "Cid Poe")
    assert len(said(document)) == 3
