"""With a real model of random weights: the requests are right, the answers are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import ModelError
from align.translate.backend import Fault, FaultKind, RejectedAnswer, Sentence
from align.translate.ctranslate2 import CTranslate2Translator, model_folder
from tests.translate.made import job
from tests.translate.tiny import WORDS, write_model

REJECTED = RejectedAnswer("x", (Fault(FaultKind.LONG, "it is too long"),))


def translator(folder: Path, *, many: bool) -> CTranslate2Translator:
    return CTranslate2Translator("tiny", write_model(folder, many=many), "1", "cpu", 1)


def only_words(text: str) -> bool:
    for word in sorted((word.replace("▁", "") for word in WORDS), key=len, reverse=True):
        text = text.replace(word, "")
    return not text.strip()


@pytest.mark.parametrize("many", [False, True])
def test_each_line_is_translated_by_itself_and_always_alike(tmp_path: Path, many: bool) -> None:
    model = translator(tmp_path, many=many)
    lines = [Sentence("hello world", 60), Sentence("thanks", 60)]
    both = model.translate(lines, job())
    assert len(both) == 2
    assert both == tuple(model.translate([line], job())[0] for line in lines)
    assert all(only_words(text) for text in both)
    assert not any(mark in text for text in both for mark in ("</s>", "eng_Latn", "▁", "<unk>"))


def test_a_rejected_line_gets_the_next_hypothesis(tmp_path: Path) -> None:
    model = translator(tmp_path, many=True)
    first, second = (
        model.translate([Sentence("hello world", 60, rejected=rejected)], job())
        for rejected in (None, REJECTED)
    )
    assert first != second


def test_a_multilingual_model_is_told_the_language(tmp_path: Path) -> None:
    many, pair = translator(tmp_path / "many", many=True), translator(tmp_path / "pair", many=False)
    assert many.encode("hello world", job()) == ["zho_Hans", "▁hello", "▁world", "</s>"]
    assert pair.encode("hello world", job()) == ["▁hello", "▁world", "</s>"]
    with pytest.raises(ModelError, match="tiny: has no name for the language 'sq'"):
        many.translate([Sentence("hello", 60)], job((), "sq", "en"))


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    write_model(tmp_path, many=False)
    (tmp_path / "model.bin").write_bytes(b"x")
    with pytest.raises(ModelError, match="tiny: cannot be loaded"):
        CTranslate2Translator("tiny", tmp_path, "1", "cpu", 1).translate([Sentence("hello", 60)], job())
    (tmp_path / "tokenizer.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be read"):
        CTranslate2Translator("tiny", tmp_path, "1", "cpu", 1).encode("hello", job())


def test_without_network_a_model_of_the_hub_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="owner/name: is not on this machine and cannot be fetched"):
        model_folder("owner/name", offline=True)
    with pytest.raises(ModelError, match="nowhere: there is no such folder; name one, or OWNER/NAME"):
        model_folder("nowhere", offline=True)
