"""The files that the pictures become."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from align.core.errors import ModelError, UsageError
from align.core.types import Turn
from align.export.plots.write import forms_named, pictures, write_pictures
from align.export.write import destination
from align.subtitles.options import CueOptions
from tests.results import sample

NAMES = ["timeline", "speakers", "reading-speed"]


def test_each_picture_in_each_form_twice_the_same(tmp_path: Path) -> None:
    first, _ = write_pictures(
        sample(), destination(tmp_path / "one", "livestream"), ("png", "svg"), CueOptions()
    )
    again, _ = write_pictures(
        sample(), destination(tmp_path / "two", "livestream"), ("png", "svg"), CueOptions()
    )
    assert [path.name for path in first] == [
        f"livestream.{name}.{form}" for name in NAMES for form in ("png", "svg")
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_hostile_names_are_plotted_as_text(tmp_path: Path) -> None:
    result = sample()
    evil = "</text><script>alert(1)</script>$\\x$\u202e\x1b\0\ufffe"
    turns = tuple(Turn(evil, turn.text, turn.line) for turn in result.turns)
    nobody = tuple(replace(one, speaker=None) for one in result.alignment.tokens)
    alignment = replace(result.alignment, tokens=nobody)
    spoiled = replace(result, name=f"a/{evil}", turns=turns, alignment=alignment)
    paths, _ = write_pictures(spoiled, destination(tmp_path, spoiled.name), ("svg",), CueOptions())
    for path in paths:
        assert path.parent == tmp_path
        text = path.read_text("utf-8")
        ElementTree.fromstring(text)
        assert "<script" not in text
        assert not set(text) & set("\u202e\x1b\0\ufffe")


def test_characters_without_a_font_are_reported(tmp_path: Path) -> None:
    turns = tuple(replace(turn, speaker="Eva\U000e0fff") for turn in sample().turns)
    nobody = tuple(replace(one, speaker=None) for one in sample().alignment.tokens)
    result = replace(sample(), turns=turns, alignment=replace(sample().alignment, tokens=nobody))
    _, lacking = write_pictures(result, destination(tmp_path, "livestream"), ("png",), CueOptions())
    assert "\U000e0fff" in lacking


def test_each_plot_has_a_description() -> None:
    for description, _ in pictures(sample(), CueOptions()):
        assert description.startswith("livestream: ")
        assert description.endswith(".")


@pytest.mark.parametrize(("words", "forms"), [("png", ("png",)), ("SVG, png", ("png", "svg"))])
def test_forms_go_by_name(words: str, forms: tuple[str, ...]) -> None:
    assert forms_named(words) == forms


@pytest.mark.parametrize("words", ["pdf", "", "png,gif"])
def test_there_are_no_other_forms(words: str) -> None:
    with pytest.raises(UsageError, match="choose from png, svg"):
        forms_named(words)


def test_without_matplotlib_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ModelError, match=r"matplotlib: is not installed; .* pip install .*\[plot\]"):
        write_pictures(sample(), destination(tmp_path, "livestream"), ("png",), CueOptions())
