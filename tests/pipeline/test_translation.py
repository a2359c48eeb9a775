"""Each translator writes the second language of the same phrases, through the same door."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align import Cache, RunContext, RunOptions, Silent
from align.core.device import CPU, Device
from align.core.errors import InputError, ModelError
from align.core.types import Phrase, Recording, Span, Turn
from align.pipeline.loaded_models import Models
from align.pipeline.translation import MEMORY, job_for, translate, update_notes, with_old_lines
from align.registry import ensure, find
from align.subtitles.options import CueOptions
from align.transcript.cleaning.glossary import Glossary, Term
from align.translate.factory import VerifiedModel
from align.translate.from_speech import SpeechPassage
from align.translate.notes import not_translated, notes_on
from align.translate.options import TranslationOptions
from tests.translate.made import job, phrases
from tests.translate.tiny import write_model

TURNS = (Turn("陈倩", "大家好", 1),)
SAID = phrases("我父亲是工程师。", "他喜欢喝茶。", "OK")


def context(folder: Path, chosen: TranslationOptions, translator: VerifiedModel | None = None) -> RunContext:
    base = VerifiedModel("whisper-base", ensure("whisper-base"), find("whisper-base").digest)
    models = Models(base, base, translator, Device(CPU), CPU, 1, chosen)
    return RunContext(
        models, Cache(folder / "stages"), RunOptions(translation=chosen, device="cpu"), Silent()
    )


def second(said: tuple[Phrase, ...], context: RunContext) -> list[str]:
    english = job_for(TURNS, Glossary(), "zh", "en", CueOptions())
    return [phrase.translation for phrase in translate(said, english, context, None, tuple)]


def test_a_job_has_the_names_of_speakers_and_the_terms_of_the_glossary() -> None:
    terms = Glossary((Term("影子银行", english="shadow banks"),))
    english = job_for(TURNS, terms, "zh", "en", CueOptions(max_lines=1))
    assert english.names == (("影子银行", "shadow banks"), ("陈倩", "Chen Qian"))
    assert (english.rules.lines, english.rules.columns, english.rules.speed) == (1, 42, 20)


def test_a_file_is_brought_to_the_phrases(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("My father is an engineer. He likes to drink tea. OK.", "utf-8")
    lines = second(SAID, context(tmp_path, TranslationOptions("file", given=path)))
    assert lines == ["My father is an engineer.", "He likes to drink tea.", "OK."]
    path.unlink()
    with pytest.raises(InputError, match=r"en\.txt: cannot be read"):
        second(SAID, context(tmp_path, TranslationOptions("file", given=path)))


def test_what_has_a_line_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("My father is an engineer. He likes to drink tea. OK.", "utf-8")
    said = (SAID[0], replace(SAID[1], translation="Tea for him"), SAID[2])
    lines = second(said, context(tmp_path, TranslationOptions("file", given=path)))
    assert lines == ["My father is an engineer.", "Tea for him", "OK."]


def test_a_model_is_asked_and_its_lines_are_remembered(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model", many=False)
    chosen = TranslationOptions("ctranslate2", str(folder))
    one = context(tmp_path, chosen, VerifiedModel("tiny", folder, "1"))
    lines = second(SAID, one)
    assert all(lines)
    assert lines[2] == "OK"
    assert (tmp_path / "stages" / MEMORY).is_file()


def test_whisper_needs_the_recording_and_keeps_what_it_heard(tmp_path: Path) -> None:
    one = context(tmp_path, TranslationOptions("whisper"))
    with pytest.raises(ModelError, match="translates from the audio; give the recording with --audio"):
        second(SAID, one)
    import numpy as np

    recording = Recording(Path("talk.wav"), np.zeros(16_000 * 9, np.float32), "digest")
    key = ("digest", find("whisper-base").digest, "zh", "cpu")
    heard = (
        SpeechPassage(Span(0, 3), "My father is an engineer."),
        SpeechPassage(Span(3, 6), "He likes tea."),
    )
    one.cache.get_or_compute("passages", key, tuple[SpeechPassage, ...], lambda: heard)
    english = job_for(TURNS, Glossary(), "zh", "en", CueOptions())
    done = translate(SAID, english, one, recording, tuple)
    assert [phrase.translation for phrase in done] == [
        "My father is an engineer.",
        "He likes tea.",
        "[not translated]",
    ]


def phrase(text: str, first: int, line: str = "") -> Phrase:
    """A phrase of two tokens."""
    return Phrase(Span(first, first + 1), (first, first + 2), text, line, None)


def test_the_same_text_keeps_its_line_wherever_it_is() -> None:
    old = [phrase("你好", 0, "Hello"), phrase("再见", 2, "Bye"), phrase("你好", 4, "Hi")]
    new = [phrase("你好", 1), phrase("你好", 3), phrase("再来", 5), phrase("你好", 7)]
    origin = [None, 0, 1, 4, 5, None, None, None, None]
    assert [one.translation for one in with_old_lines(new, old, origin)] == ["Hello", "Hi", "", "Hello"]


def test_notes_tell_what_is_missing_now() -> None:
    bad = phrase("你好", 0, not_translated("en"))
    good, bare = phrase("你好", 0, "Hello"), phrase("再见", 2)
    notes = ("The last 3 s could not be decoded.", *notes_on([bad], job()))
    assert update_notes(notes, [bad], [good], job()) == notes[:1]
    left = update_notes(notes, [bad], [good, bare], job())
    assert left == (notes[0], "1 of 2 phrases have no translation, since their text was changed.")
    assert update_notes(left, [good, bare], [good, good], job()) == notes[:1]
    assert update_notes(notes, [bad], [bare], None) == notes
