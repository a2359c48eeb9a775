"""Clones of public repositories, here with a file or two as theirs are."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from scripts.benchmarks.corpora import CORPORA, Corpus, read_corpus
from scripts.benchmarks.place import place, token_texts
from scripts.benchmarks.values import Word


def test_a_missing_clone_is_told_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"git clone https://github\.com/IPS-LMU/emuR && git -C emuR checkout"
    ):
        read_corpus("emuR", tmp_path)


def test_of_utterances_the_starts_are_known(tmp_path: Path) -> None:
    folder = tmp_path / "pyannote-audio/src/pyannote/audio/sample"
    folder.mkdir(parents=True)
    (folder / "sample.wav").touch()
    rows = "sample 1 Diane 8.436 8.876 Oh, hello.\nsample 1 Sheila 9.838 10.78 Neither did I.\n"
    (folder / "sample.stm").write_text(rows, "utf-8")
    (sample,) = read_corpus("pyannote", tmp_path)
    assert sample.text == "Oh, hello. Neither did I."
    assert sample.truth == (Word("Oh, hello.", 8.436, None), Word("Neither did I.", 9.838, None))


def test_sentences_get_the_marks_of_their_words(tmp_path: Path) -> None:
    raw = tmp_path / "emuR/inst/extdata/rawDemoData"
    for name in ("wavFiles", "txtFiles", "annotationFiles"):
        (raw / name).mkdir(parents=True)
    (raw / "wavFiles/msajc1.wav").touch()
    (raw / "txtFiles/msajc1.txt").write_text("itches scratch", "utf-8")
    marks = 'class = "IntervalTier"\nname = "Text"\n' + "".join(
        f"intervals [1]:\nxmin = {start}\nxmax = {start + 1}\ntext = {text}\n"
        for start, text in enumerate(['""', '"itches"', '"scratch"'])
    )
    (raw / "annotationFiles/msajc1.TextGrid").write_text(marks, "utf-8")
    (sample,) = read_corpus("emuR", tmp_path)
    assert sample.text == "Itches scratch."
    placed = place(token_texts(sample.text), sample.truth)
    assert placed == (Word("Itches", 1.0, 2.0), Word("scratch", 2.0, 3.0))


@pytest.mark.parametrize("corpus", CORPORA.values(), ids=list(CORPORA))
def test_every_clone_is_of_one_commit(corpus: Corpus) -> None:
    assert len(corpus.commit) == len("400407d76b2879ce22388f11f0b0b3dbdf29b076")
