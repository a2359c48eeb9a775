"""The files that `align clean` writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.export.write import destination
from align.transcript.cleaning.apply_rules import FULL, Cleaning
from align.transcript.cleaning.glossary import read_glossary
from align.transcript.cleaning_report import (
    CleanDocument,
    clean_diff,
    clean_document,
    clean_json,
    clean_text,
    write_clean,
)
from align.transcript.passages import Document, Part, Passage
from align.transcript.read import read_document, speakers_and_texts
from align.transcript.text_edits import TextEdit, undo_edits
from tests.transcript.cleaning.made import scraps

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "livestream.zh.txt"
LABELLED = "# 第一次直播\n\n陈倩：呃，大家好，。\nBruce: 谢谢 。\n陈倩：就就是202 1年\n……\n"


def cleaned(text: str, folder: Path, name: str = "talk.md") -> CleanDocument:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return clean_document(read_document(path), Cleaning(FULL))


def test_the_text_keeps_its_labels(tmp_path: Path) -> None:
    assert clean_text(cleaned(LABELLED, tmp_path)) == "陈倩：大家好。\n\nBruce: 谢谢。\n\n陈倩：就是2021年\n"


def test_a_label_that_would_not_be_seen_again_is_marked(tmp_path: Path) -> None:
    once = cleaned(">> bruce: 好\n>> 谢谢\n", tmp_path, "talk.txt")
    text = clean_text(once)
    assert text.startswith(">> bruce: 好\n")
    again = cleaned(text, tmp_path, "again.txt")
    assert [one.turn.speaker for one in again.turns] == ["bruce", None]


def test_every_change_has_its_place_its_rules_and_both_texts(tmp_path: Path) -> None:
    told = json.loads(clean_json(cleaned(LABELLED, tmp_path)))
    assert told["version"] == 2
    assert told["cleaning"] == {"level": "full", "script": "as-is", "glossary": None}
    assert told["left_out"] == [
        {"line": 1, "reason": "heading", "text": "第一次直播"},
        {"line": 6, "reason": "no words", "text": "……"},
    ]
    changes = [
        (row["line"], row["start"], row["rules"], row["before"], row["after"]) for row in told["changes"]
    ]
    assert changes == [
        (3, 0, ["label"], "陈倩：", ""),
        (3, 3, ["filler"], "呃", ""),
        (3, 4, ["punctuation"], "，", ""),
        (3, 8, ["punctuation"], "，。", "。"),
        (4, 0, ["label"], "Bruce: ", ""),
        (4, 9, ["space"], " ", ""),
        (5, 0, ["label"], "陈倩：", ""),
        (5, 3, ["stutter"], "就", ""),
        (5, 6, ["number"], "202 1", "2021"),
    ]


def test_the_diff_shows_a_few_words_around_each_change(tmp_path: Path) -> None:
    assert clean_diff(cleaned("大家好，。我们\n", tmp_path, "talk.txt")) == (
        "--- talk.txt\n+++ talk.clean.txt\n"
        "@@ line 1, character 4: punctuation @@\n-大家好，。我们\n+大家好。我们\n"
    )


def test_the_transcript_itself_is_never_written(tmp_path: Path) -> None:
    done = cleaned(LABELLED, tmp_path)
    files = write_clean(done, destination(tmp_path, "talk.clean"))
    assert [file.name for file in files] == ["talk.clean.txt", "talk.clean.json", "talk.clean.diff"]
    assert (tmp_path / "talk.md").read_text("utf-8") == LABELLED


@pytest.fixture(scope="module")
def seed() -> CleanDocument:
    glossary = read_glossary(ROOT / "seeds" / "glossary.toml")
    return clean_document(read_document(SEED), Cleaning(FULL, glossary=glossary))


def test_the_seed_is_cleaned_as_it_should_be(seed: CleanDocument) -> None:
    text = clean_text(seed)
    for wrong in (
        "，。",
        "。，",
        "？？",
        "202 1",
        " %",
        "acl e",
        "伊than",
        "op爱",
        "AAAI",
        "呃",
        "就就",
        "rry,",
    ):
        assert wrong not in text
    for right in ("2021的高点", "20%", "Oracle", "Ethan", "OpenAI", "Michael Burry"):
        assert right in text


def test_cleaning_the_cleaned_seed_changes_nothing(seed: CleanDocument, tmp_path: Path) -> None:
    path = tmp_path / "seed.txt"
    path.write_text(clean_text(seed), encoding="utf-8")
    again = clean_document(read_document(path), seed.cleaning)
    assert clean_text(again) == clean_text(seed)
    assert [one.edits for one in again.turns] == [()]


def test_the_list_of_the_seed_accounts_for_every_character(seed: CleanDocument) -> None:
    told = json.loads(clean_json(seed))
    (turn,) = told["turns"]
    assert turn["written"] == SEED.read_text("utf-8").strip()
    edits = [
        TextEdit(row["start"], row["end"], row["before"], row["after"], tuple(row["rules"]))
        for row in told["changes"]
    ]
    assert undo_edits(turn["text"], edits) == turn["written"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["陈倩", "Bruce", "一鸣"]), scraps), min_size=1, max_size=4))
def test_a_written_text_is_read_as_the_same_turns(turns: list[tuple[str, str]]) -> None:
    texts = [(name, f"大家好{text}".translate({ord(mark): None for mark in ":："})) for name, text in turns]
    passages = [Passage(name, (Part(line, text, ()),)) for line, (name, text) in enumerate(texts, 1)]
    once = clean_document(Document(Path("talk.txt"), tuple(passages)), Cleaning(FULL))
    assert speakers_and_texts(clean_text(once)) == [(one.turn.speaker, one.turn.text) for one in once.turns]
