"""Markdown as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcript.formats import ENGLISH, TWO, read, said


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
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
            "table.md",
            "| 时间 | 说话人 | 中文 | English |\n| --- | --- | --- | --- |\n"
            "| 00:01 | 陈倩 | 大家好，欢迎收听。 | Hello and welcome. |\n"
            "| 00:05 | Bruce | 谢谢，很高兴来到这里。 | Thank you, glad to be here. |\n"
            "| 00:09 | 陈倩 | 我们开始吧。 | Let us start. |\n",
            TWO,
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
    ],
)
def test_markdown(tmp_path: Path, name: str, content: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(read(tmp_path, name, content)) == expected


def test_names_in_emphasis_above_paragraphs(tmp_path: Path) -> None:
    turns = [
        "*Adam*",
        "Let us begin.",
        "More of it.",
        "*Ann Lee*",
        "Thank you.",
        "*Adam*",
        "Welcome.",
        "*Bob*",
        "Hi.",
    ]
    assert said(read(tmp_path, "a.md", "# Town hall\n\n" + "\n\n".join(turns))) == [
        ("Adam", "Let us begin."), ("Adam", "More of it."), ("Ann Lee", "Thank you."), ("Adam", "Welcome."),
        ("Bob", "Hi."),
    ]  # fmt: skip


def test_titles_and_references_around_a_talk(tmp_path: Path) -> None:
    talk = ["Hello to you all.", "The grid is old.", "Nothing is new.", "It is on. It is off.", "Goodbye."]
    text = (
        "The future of power\n\nhttps://example.com/1\n\n" + "\n\n".join(talk) + "\n\n## References\n\n"
        "Lee, A. (2011). On power.\n\nRoe, B. (n.d.). On chips. https://example.com/2\n"
    )
    assert said(read(tmp_path, "a.md", text)) == [(None, line) for line in talk]
