"""Cleaning inside the real job: hidden words are timed, a glossary's word is found, a retime cleans alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align import Cache, InputError, RunContext, RunOptions, Silent
from align.core.types import Result
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.realign.realign import realign
from align.pipeline.run import gather, run
from align.result.alignment_json import dump, load
from align.transcript.cleaning.apply_rules import FULL
from align.transcript.cleaning.glossary import read_glossary
from align.transcript.display_text import shown_at
from tests.changes import change_of_file
from tests.conftest import ROOT, Command, Talk

GLOSSARY = ROOT / "tests" / "data" / "show.toml"
OPTIONS = RunOptions(
    language="zh", second_language=None, device="cpu", speakers="off", clean=FULL, glossary=GLOSSARY
)


@pytest.fixture(scope="module")
def models(talk: Talk) -> Models:
    return load_models(OPTIONS, "zh", translate=False)


@pytest.fixture(scope="module")
def text(talk: Talk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The talk's text with fillers that nobody says, a stutter, and a garbled name."""
    path = tmp_path_factory.mktemp("garbled") / "talk.txt"
    before = talk.transcript.read_text("utf-8")
    assert "硅谷101" in before
    path.write_text(
        before.replace("硅谷101", "规股101").replace("今天其实是我们", "呃，今天其实是我我们"),
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def result(talk: Talk, models: Models, text: Path, done: Path) -> Result:
    inputs = gather(talk.audio, text, OPTIONS, Silent())
    return run(inputs, RunContext(models, Cache(talk.cache), OPTIONS, Silent()))


def test_what_is_hidden_is_in_no_cue_and_no_mismatch(result: Result, done: Path) -> None:
    (turn,) = result.turns
    assert "。今天其实是我们" in turn.text
    assert "。呃，今天其实是我我们" in turn.spoken
    assert not any("呃" in one.written for one in result.mismatches)
    plain = load(done / "talk.alignment.json")
    assert [phrase.text for phrase in result.phrases] == [phrase.text for phrase in plain.phrases]


def test_a_mended_name_is_shown_and_found(result: Result) -> None:
    tokens = [one.token for one in result.alignment.tokens]
    places = shown_at(result.turns[0], tokens)
    assert "".join(token.text for token in tokens).count("硅谷101") == 2
    hidden = [token.text for token, place in zip(tokens, places, strict=True) if place is None]
    assert hidden == ["呃", "我"]
    assert {one.text for one in result.turns[0].corrections} == {"规股101"}


def test_the_file_keeps_all_of_it(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "talk.alignment.json"
    path.write_text(dump(result), encoding="utf-8")
    kept = load(path)
    assert kept.turns == result.turns
    assert (kept.clean, kept.script, kept.glossary) == (FULL, "as-is", result.glossary)
    assert [row["shown"] for row in json.loads(dump(result))["tokens"]].count(None) == 2


def test_a_retime_cleans_in_the_same_way(
    result: Result, text: Path, models: Models, talk: Talk, tmp_path: Path
) -> None:
    path = tmp_path / "talk.alignment.json"
    path.write_text(dump(result), encoding="utf-8")
    with pytest.raises(InputError, match=r"was made with a glossary by an older version.*add --glossary"):
        change_of_file(path, text)
    edit = change_of_file(path, text, glossary=read_glossary(GLOSSARY))
    assert edit.changes == ()
    again = realign(edit, RunContext(models, Cache(talk.cache), OPTIONS, Silent()))
    assert dump(again) == dump(load(path))


def test_the_command_writes_three_files_and_says_what_it_did(
    align: Command, text: Path, tmp_path: Path
) -> None:
    ran = align("clean", text, "-o", tmp_path, "--glossary", GLOSSARY, "--json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert [Path(file).name for file in told["files"]] == [
        "talk.clean.txt",
        "talk.clean.json",
        "talk.clean.diff",
    ]
    assert told["rules"]["glossary"] == 2
    assert f"Changes: {told['changes']} (" in ran.stderr
    assert "硅谷101" in (tmp_path / "talk.clean.txt").read_text("utf-8")
    again = align(
        "clean", tmp_path / "talk.clean.txt", "-o", tmp_path, "--glossary", GLOSSARY, "-q", "--json"
    )
    counts = json.loads(again.stdout)["rules"]
    assert set(counts) <= {"label"}


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--glossary", "none.toml"], 3, "none.toml: cannot be read"),
        (["--clean", "off", "--script", "simplified"], 2, "--clean off leaves the text as it is"),
        (["--clean", "hard"], 2, "Invalid value for '--clean'"),
    ],
)
def test_the_command_says_what_is_wrong(
    options: list[str], code: int, sentence: str, align: Command, text: Path
) -> None:
    ran = align("clean", text, *options)
    assert ran.returncode == code
    assert ran.stderr.startswith("align: ")
    assert sentence in ran.stderr
