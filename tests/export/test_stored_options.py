from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from align.core.audio_choice import AudioChoice
from align.core.errors import InputError
from align.export.options import FileOptions
from align.export.stored_options import StoredOptions, stored_options, with_options
from align.pronounce.lexicon import read_lexicon
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions, Dialogue, Layout, SpeakerLabels
from align.subtitles.rules import NAMES, read_profile, shipped
from align.transcript.cleaning.glossary import read_glossary
from align.transcript.read import Reading
from align.translate.options import TranslationOptions
from tests.results import sample

PATH = Path("talk.alignment.json")
GLOSSARY = Path(__file__).parents[2] / "seeds" / "glossary.toml"


def through_json(options: StoredOptions) -> StoredOptions:
    document = json.loads(json.dumps(with_options(sample(), options).options))
    return stored_options(replace(sample(), options=document), PATH)


def test_a_result_without_options_has_the_defaults() -> None:
    assert stored_options(replace(sample(), options={}), PATH) == StoredOptions()


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_profile_survives(name: str) -> None:
    options = StoredOptions(cues=CueOptions(profile=shipped(name)))
    assert through_json(options) == options


def test_every_option_survives(tmp_path: Path) -> None:
    lexicon, profile = tmp_path / "words.txt", tmp_path / "house.toml"
    lexicon.write_text("伊森 = Ethan\n", "utf-8")
    profile.write_text('like = "bilibili"\nabout = "ours"\n[timing]\ngap = 3\n[ja]\nline = 13\n', "utf-8")
    options = StoredOptions(
        formats=("srt", "zh-en.ass"),
        cues=CueOptions(
            profile=read_profile(profile),
            fps=FrameRate.of("29.97ndf"),
            lines=2,
            labels=SpeakerLabels.CHEVRONS,
            translation_first=True,
            max_lines=1,
            two_speaker_cues=Dialogue.SHORT,
            shots=(1.5, 20.04),
            layout=Layout.VERTICAL,
        ),
        files=FileOptions(bom=True, crlf=True, offset=-1.5, timeline_start=90_000),
        translation=TranslationOptions("openai", "gpt", "http://127.0.0.1:8080/v1"),
        glossary=read_glossary(GLOSSARY),
        lexicon=read_lexicon(lexicon),
        audio=AudioChoice(track=1, channel=0, jumps="keep", from_start=True),
        reading=Reading(("Ann", "陈倩"), format="txt"),
    )
    assert through_json(options) == options


def test_a_result_of_an_earlier_version_has_the_defaults_of_later_options() -> None:
    document = {name: value for name, value in sample().options.items() if name not in ("audio", "reading")}
    options = stored_options(replace(sample(), options=document), PATH)
    assert (options.audio, options.reading) == (AudioChoice(), Reading())


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("cues", "lines"), 5, "/options/cues/lines is 5; write a whole number from 1 to 2"),
        (("cues", "fps"), "24/0", "/options/cues/fps cannot be used: '24/0' is not a frame rate"),
        (("cues", "profile", "zh", "speed"), 0, "/options/cues/profile/zh/speed is slower than"),
        (("cues", "shot_changes"), [1, "a"], "/options/cues/shot_changes/1 is a text"),
        (("files", "bom"), 3, "/options/files/bom is a number; write true or false"),
        (("files", "offset"), "x", "/options/files/offset is a text; write a number"),
        (("translation", "backend"), "openai", "/options/translation cannot be used: --translation-backend"),
        (("glossary",), "[[term]]", "term 1 has no text"),
        (("lexicon",), "Ethan", 'line 1: has no "="'),
        (("audio", "time_jumps"), "no", "/options/audio/time_jumps is none of its choices"),
        (("reading", "format"), "pages", "/options/reading/format is none of its choices"),
        (("reading", "labels"), 1, "/options/reading/labels is a number; write true or false"),
        (("formats",), None, "/options/formats is null; write a list"),
    ],
)
def test_a_wrong_option_is_refused_with_its_place(
    place: tuple[str, ...], value: object, problem: str
) -> None:
    document: dict[str, Any] = json.loads(json.dumps(with_options(sample(), StoredOptions()).options))
    inside = document
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = value
    with pytest.raises(InputError) as error:
        stored_options(replace(sample(), options=document), PATH)
    assert str(error.value).startswith(f"{PATH}: ")
    assert problem in str(error.value)
