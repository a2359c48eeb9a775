"""Every example of docs/guides/transcripts.md is read as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.read import read_transcript

PAGE = (Path(__file__).parents[2] / "docs" / "guides" / "transcripts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```text\n(.*?)```\n\n```turns\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 5
    assert PAGE.count("```text") == len(EXAMPLES)


@pytest.mark.parametrize(("written", "turns"), EXAMPLES)
def test_examples(tmp_path: Path, written: str, turns: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(written, encoding="utf-8")
    read = [f"{turn.speaker or '-'} | {turn.text}\n" for turn in read_transcript(path, Cleaning()).turns]
    assert "".join(read) == turns
