"""Comparing text and audio: by phones on synthetic posteriors, by attention on synthetic words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from align import Cache, RunContext, RunOptions, Silent
from align.alignment.attention_aligner import AttentionTime, SpokenPiece
from align.audio.phone_head import PhoneHead
from align.audio.recognition import Window
from align.audio.wordings import Wordings
from align.core.device import CPU, Device
from align.core.types import HeardWord, MismatchKind, Posteriors, Recording, Span, Transcript
from align.pipeline import compare
from align.pipeline.context import Inputs
from align.pipeline.loaded_models import Models
from align.pronounce.lexicon import EMPTY
from align.pronounce.readings import readings
from align.transcript.cleaning.apply_rules import Cleaning
from align.translate.factory import VerifiedModel
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken
from tests.alignment.spoken import heard, written

BEFORE, AFTER = "我们来聊一聊人工智能", "这个话题非常重要大家"
FRAMES = 6
"""Frames (10 ms) of each phone in the synthetic posteriors."""
MODEL = VerifiedModel("whisper-base", Path(), "digest of whisper-base")


class LoadedModels(Models):
    """Models that are already loaded; what would call them is replaced."""

    @property
    def aligner(self) -> object:
        return "aligner"

    @property
    def recogniser(self) -> object:
        return "recogniser"

    @property
    def phone_head(self) -> PhoneHead:
        return HEAD


@dataclass
class Audio:
    """What the models would find in a recording, and what they were asked for.

    Attributes:
        phone_rows: log posteriors of the whole recording, shape (T, P).
        words: what Whisper recognizes, with their times.
        stages: the model calls made, in order.
        windows: the places that Whisper was given.
    """

    phone_rows: NDArray[np.float32]
    words: tuple[HeardWord, ...]
    stages: list[str] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    def posterior_blocks(self, *_: object) -> Iterator[NDArray[np.float16]]:
        self.stages.append("posteriors")
        half = len(self.phone_rows) // 2
        yield from (self.phone_rows[:half].astype(np.float16), self.phone_rows[half:].astype(np.float16))

    def recognise_places(
        self, _: Recording, places: Sequence[Window], *__: object
    ) -> tuple[tuple[HeardWord, ...], ...]:
        self.stages.append("places")
        self.windows += places
        return tuple(
            tuple(word for word in self.words if word.span.overlap(place.span) > 0) for place in places
        )

    def score_wordings(self, _: Recording, questions: Sequence[Wordings], *__: object) -> Scores:
        """All wordings are equally likely, so that the phones decide."""
        self.stages.append("wordings")
        return tuple((0.0,) * len(question.texts) for question in questions)

    def find_speech(self, _: Recording) -> tuple[Span, ...]:
        self.stages.append("speech")
        return (Span(0.0, self.words[-1].span.end),)

    def recognise(self, *_: object) -> tuple[HeardWord, ...]:
        self.stages.append("recognition")
        return self.words

    def place_by_attention(
        self, _: Recording, __: object, pieces: Sequence[SpokenPiece], *___: object
    ) -> tuple[AttentionTime, ...]:
        self.stages.append("attention")
        return tuple(
            AttentionTime(piece.token, Span(piece.at, piece.at + 0.2), 0.9)
            for piece in pieces
            if piece.token is not None
        )

    @property
    def seconds(self) -> float:
        return max(len(self.phone_rows) / 100, self.words[-1].span.end if self.words else 0.0)


def audio_saying(text: str) -> Audio:
    """A recording in which a text is said between two silences; recognition hears it word for word."""
    tokens, turns = written(text)
    spoken_phones = [options[0] for options in readings(turns, tokens)]
    ends = np.cumsum([QUIET[1], *(FRAMES * len(phones) for phones in spoken_phones)]) / 100
    words = tuple(
        HeardWord(token.text, token.sound, Span(float(start), float(end)), 0.9)
        for token, start, end in zip(tokens, ends, ends[1:], strict=False)
    )
    return Audio(posteriors([QUIET, *spoken(spoken_phones, FRAMES), QUIET]), words)


Scores = tuple[tuple[float, ...], ...]
Listen = Callable[[Audio], None]
Comparer = Callable[[Inputs, RunContext], compare.TextAudioComparison]


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch) -> Listen:
    """Let the models find what an Audio holds."""

    def replace_models(audio: Audio) -> None:
        for name in (
            "posterior_blocks",
            "recognise_places",
            "score_wordings",
            "find_speech",
            "recognise",
            "place_by_attention",
        ):
            monkeypatch.setattr(compare, name, getattr(audio, name))

    return replace_models


@pytest.fixture
def context(tmp_path: Path) -> RunContext:
    models = LoadedModels(MODEL, MODEL, None, Device(CPU), CPU, 1)
    options = RunOptions(second_language=None, device=CPU, speakers="off")
    return RunContext(models, Cache(tmp_path / "cache"), options, Silent())


def inputs_of(text: str, audio: Audio, digest: str = "digest of the recording") -> Inputs:
    tokens, turns = written(text)
    samples = np.zeros(round(audio.seconds * 16_000), np.float32)
    transcript = Transcript(Path("talk.txt"), turns)
    return Inputs(
        Recording(Path("talk.wav"), samples, digest), transcript, tokens, "zh", None, EMPTY, Cleaning()
    )


def causes(comparison: compare.TextAudioComparison) -> list[MismatchKind | None]:
    return [candidate.kind for candidate in comparison.candidates if candidate.kind]


def test_text_that_is_all_said_is_placed_where_it_is_said_and_whisper_never_listens(
    listen: Listen, context: RunContext
) -> None:
    audio = audio_saying(BEFORE + AFTER)
    listen(audio)
    comparison = compare.compare_by_phones(inputs_of(BEFORE + AFTER, audio), context)
    assert (comparison.transcript_coverage, comparison.candidates) == (1.0, ())
    assert comparison.speech_coverage > 0.95
    for timed, word in zip(comparison.timed, audio.words, strict=True):
        assert timed.token.text == word.text
        assert timed.span is not None
        assert timed.span.start == pytest.approx(word.span.start, abs=0.03)
    assert audio.stages == ["posteriors"]


def test_text_that_nobody_says_gets_no_time_and_needs_no_recognition(
    listen: Listen, context: RunContext
) -> None:
    audio = audio_saying(BEFORE + AFTER)
    listen(audio)
    comparison = compare.compare_by_phones(inputs_of(BEFORE + "后天下雨" + AFTER, audio), context)
    assert causes(comparison) == [MismatchKind.UNSPOKEN]
    assert "".join(timed.token.text for timed in comparison.timed if timed.span is None) == "后天下雨"
    assert comparison.transcript_coverage == pytest.approx(20 / 24, abs=1e-3)
    assert comparison.speech_coverage > 0.95
    assert "places" not in audio.stages


def test_whisper_listens_only_where_other_words_may_be_said(listen: Listen, context: RunContext) -> None:
    audio = audio_saying(BEFORE + AFTER + "可能后天下雨" + AFTER + BEFORE)
    listen(audio)
    text = BEFORE + AFTER + "大家明年发财" + AFTER + BEFORE
    comparison = compare.compare_by_phones(inputs_of(text, audio), context)
    assert causes(comparison) == [MismatchKind.DIFFERENT]
    (difference,) = comparison.candidates
    assert "".join(word.text for word in difference.heard) == "可能后天下雨"
    assert comparison.transcript_coverage < 1
    assert comparison.speech_coverage < 0.95
    assert audio.stages == ["posteriors", "places"]
    (window,) = audio.windows
    assert window.core.overlap(Span(audio.words[20].span.start, audio.words[25].span.end)) > 0.5
    assert window.span.duration < audio.seconds / 2


def test_speech_without_text_is_missing_text(listen: Listen, context: RunContext) -> None:
    audio = audio_saying(BEFORE + "可能后天下雨" + AFTER)
    listen(audio)
    comparison = compare.compare_by_phones(inputs_of(BEFORE + AFTER, audio), context)
    assert causes(comparison) == [MismatchKind.MISSING_TEXT]
    assert all(timed.span for timed in comparison.timed)
    assert comparison.speech_coverage < 0.9


def test_the_text_of_another_recording_is_not_searched_for_mismatches(
    listen: Listen, context: RunContext
) -> None:
    audio = audio_saying("今天早上天气很冷风也很大所以没有出门去买东西" * 2)
    listen(audio)
    comparison = compare.compare_by_phones(inputs_of((BEFORE + AFTER) * 2, audio), context)
    assert comparison.transcript_coverage < 0.3
    assert set(causes(comparison)) == {MismatchKind.UNSPOKEN}
    placed = sum(timed.span is not None for timed in comparison.timed)
    assert placed / len(comparison.timed) == pytest.approx(comparison.transcript_coverage, abs=1e-3)
    assert audio.stages == ["posteriors", "speech"]


def test_a_short_text_is_listened_to_and_placed_where_it_is_recognized(
    listen: Listen, context: RunContext
) -> None:
    audio = audio_saying((BEFORE + AFTER) * 2)
    listen(audio)
    comparison = compare.compare_by_phones(inputs_of(AFTER[:3], audio), context)
    assert comparison.transcript_coverage == 1
    assert all(timed.span for timed in comparison.timed)
    assert set(causes(comparison)) == {MismatchKind.MISSING_TEXT}
    assert len(audio.windows) > 1


def test_a_short_text_that_is_recognized_nowhere_is_of_another_recording(
    listen: Listen, context: RunContext
) -> None:
    audio = audio_saying((BEFORE + AFTER) * 2)
    listen(replace(audio, words=tuple(replace(word, text="雪", sound="xue") for word in audio.words)))
    comparison = compare.compare_by_phones(inputs_of(AFTER[:3], audio), context)
    assert (comparison.transcript_coverage, comparison.speech_coverage) == (0, 0)
    assert causes(comparison) == [MismatchKind.UNSPOKEN]
    assert not any(timed.span for timed in comparison.timed)


def test_recognizing_all_speech_finds_other_characters_of_the_same_sound(
    listen: Listen, context: RunContext
) -> None:
    audio = audio_saying(BEFORE + "缺电" + AFTER)
    listen(audio)
    text = inputs_of(BEFORE + "确电" + AFTER, audio)
    assert causes(compare.compare_by_phones(text, context)) == []
    every = replace(context, options=replace(context.options, recognize="all"))
    assert causes(compare.compare_by_phones(text, every)) == [MismatchKind.SAME_SOUND]
    assert audio.stages == ["posteriors", "speech", "recognition"]


@pytest.mark.parametrize("compared", [compare.compare_by_phones, compare.compare_by_attention])
def test_finished_stages_are_not_computed_again(
    listen: Listen, context: RunContext, compared: Comparer
) -> None:
    audio = audio_saying(BEFORE + "可能后天下雨" + AFTER)
    listen(audio)
    inputs = inputs_of(BEFORE + "大家明年发财" + AFTER, audio)
    first, stages = compared(inputs, context), list(audio.stages)
    assert len(stages) > 1
    assert compared(inputs, context) == first
    assert audio.stages == stages
    compared(replace(inputs, recording=replace(inputs.recording, digest="another recording")), context)
    assert audio.stages == stages * 2


def test_another_text_uses_the_posteriors_of_the_first(listen: Listen, context: RunContext) -> None:
    audio = audio_saying(BEFORE + AFTER)
    listen(audio)
    for text in (BEFORE + AFTER, BEFORE):
        compare.compare_by_phones(inputs_of(text, audio), context)
    assert audio.stages.count("posteriors") == 1


def test_posteriors_are_found_whatever_device_computed_them(listen: Listen, context: RunContext) -> None:
    audio = audio_saying(BEFORE + AFTER)
    listen(audio)
    inputs = inputs_of(BEFORE + AFTER, audio)
    assert compare.kept_posteriors(inputs.recording.digest, context) is None
    compare.compare_by_phones(inputs, context)
    on_gpu = replace(context, models=replace(context.models, where=Device("cuda")))
    for other in (context, on_gpu):
        stored: Posteriors | None = compare.kept_posteriors(inputs.recording.digest, other)
        assert stored is not None
        assert np.array_equal(stored[:], audio.phone_rows.astype(np.float16))
    assert compare.kept_posteriors("another recording", context) is None
    compare.compare_by_phones(inputs, on_gpu)  # whose own posteriors differ in their last bits
    assert audio.stages.count("posteriors") == 2


def test_by_attention_every_spoken_token_has_the_time_of_its_word(
    listen: Listen, context: RunContext
) -> None:
    audio = replace(audio_saying(""), words=heard(BEFORE + AFTER))
    listen(audio)
    comparison = compare.compare_by_attention(inputs_of(BEFORE + AFTER, audio), context)
    assert (comparison.transcript_coverage, comparison.speech_coverage) == (1.0, 1.0)
    assert comparison.candidates == ()
    for timed, word in zip(comparison.timed, audio.words, strict=True):
        assert timed.span is not None
        assert timed.span.start == pytest.approx(word.span.start, abs=0.01)
    assert sorted(audio.stages) == ["attention", "recognition", "speech"]


def test_by_attention_text_and_speech_without_each_other_lower_both_coverages(
    listen: Listen, context: RunContext
) -> None:
    audio = replace(audio_saying(""), words=heard(BEFORE + "可能后天下雨", 1.0, AFTER))
    listen(audio)
    comparison = compare.compare_by_attention(inputs_of(BEFORE + AFTER + "大家明年发财", audio), context)
    assert MismatchKind.MISSING_TEXT in causes(comparison)
    assert MismatchKind.UNSPOKEN in causes(comparison)
    assert 0.7 < comparison.transcript_coverage < 0.9
    assert 0.7 < comparison.speech_coverage < 0.9
