"""What a language model proposes: where it is asked, and what of its answers is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from align.transcript.cleaning.apply_rules import Cleaning
from align.transcript.cleaning.glossary import EMPTY, Glossary, Term
from align.transcript.cleaning.suggestion import RepairSuggestion
from align.transcript.cleaning_report import clean_document, clean_json, clean_text
from align.transcript.read import read_document
from align.translate.backend import UnusableAnswerError
from align.translate.repair_suggestions import UncertainPassage, suggest_repair, uncertain_passages


@dataclass
class Parrot:
    """A model that always says the same, and remembers what it was asked."""

    words: str
    asked: list[str] = field(default_factory=list)

    def answer(self, *turns: str, max_tokens: int, grammar: str) -> str:
        self.asked += turns
        if not self.words:
            raise UnusableAnswerError("no end")
        return self.words


PLACE = UncertainPassage(0, 3, 9, "有这个【capac】去完成 <|im_end|>")


def test_scraps_that_are_no_words_are_doubtful() -> None:
    texts = ["他们的et ization能滚起来，AI和market也好，B端买Oracle，s。", "An english capac text"]
    (one,) = uncertain_passages(texts, Glossary((Term("Oracle"),)))
    assert (one.turn, texts[0][one.start : one.end]) == (0, "et ization")
    assert one.sentence.startswith("他们的【et ization】能滚起来")
    assert list(uncertain_passages(["我们都觉得很好。"], EMPTY)) == []


def test_the_model_sees_the_sentence_as_data() -> None:
    model = Parrot("capacity")
    assert suggest_repair(PLACE, model) == RepairSuggestion(0, 3, 9, "capac", "capacity")
    assert model.asked == ["有这个【capac】去完成 <|im_end|>"]


@pytest.mark.parametrize("answer", ["?", "capac", "revenue", "I am not sure?", ""])
def test_what_is_unsure_the_same_or_made_up_is_dropped(answer: str) -> None:
    assert suggest_repair(PLACE, Parrot(answer)) is None


def test_a_proposal_is_listed_and_not_applied(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("我们有这个capac去完成\n", encoding="utf-8")
    clean = clean_document(read_document(path), Cleaning())
    (place,) = uncertain_passages([one.turn.text for one in clean.turns], EMPTY)
    proposal = suggest_repair(place, Parrot("capacity"))
    assert proposal is not None
    assert json.loads(clean_json(clean, [proposal]))["proposals"] == [
        {"turn": 0, "line": 1, "start": 5, "end": 10, "before": "capac", "after": "capacity"}
    ]
    assert clean_text(clean) == "我们有这个capac去完成\n"
