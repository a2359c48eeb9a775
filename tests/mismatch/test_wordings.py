"""The kind of a place by how likely each of its wordings is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from align.audio.wordings import Wordings
from align.core.types import MismatchKind, Span
from align.mismatch.candidates import Candidate
from align.mismatch.parameters import DEFAULTS
from align.mismatch.wordings import weigh_wordings
from align.pronounce.readings import readings
from tests.alignment.phones import HEAD, posteriors, spoken
from tests.alignment.spoken import heard, written
from tests.mismatch.made import placed

TEXT = "今天天气很好，我们不出发"
PACE = 0.2


class Decoder:
    """Likes some texts, the others by so much less, and keeps the questions."""

    def __init__(self, *liked: str, by: float = 2 * DEFAULTS.min_unspoken_gain) -> None:
        self.liked, self.by = liked, by
        self.questions: list[Wordings] = []

    def __call__(self, questions: tuple[Wordings, ...]) -> list[tuple[float, ...]]:
        self.questions += questions
        return [tuple(0.0 if text in self.liked else -self.by for text in each.texts) for each in questions]


def all_weighed(
    candidate: Candidate, decoder: Decoder, text: str = TEXT, said: str = "", clear: float = 0.01
) -> tuple[Candidate, ...]:
    """What becomes of a candidate, where the phones are those of the text or of what is said."""
    tokens, turns = written(text)
    pronunciations = readings(turns, tokens)
    phones = readings(*written(said or text)[::-1])
    sound = posteriors(spoken([each[0] for each in phones], 8)).astype(np.float16) * np.float16(clear)
    lying = [placed(PACE * k) for k in range(len(tokens))]
    for k in set(range(*candidate.tokens)) - candidate.fitting:
        lying[k] = replace(lying[k], evidence=candidate.evidence)
    return weigh_wordings([candidate], turns, tokens, pronunciations, lying, sound, HEAD, decoder)


def weighed(candidate: Candidate, decoder: Decoder, text: str = TEXT) -> MismatchKind | None:
    """The kind of a candidate."""
    (one,) = all_weighed(candidate, decoder, text)
    return one.kind


def candidate(
    tokens: tuple[int, int], *said: str, kind: MismatchKind | None = None, evidence: float = -50.0
) -> Candidate:
    span = Span(PACE * tokens[0], PACE * tokens[1])
    return Candidate(tokens, span, span.duration, kind, heard(*said), evidence=evidence)


def test_a_word_that_the_sentence_is_likelier_without_is_unspoken() -> None:
    without = Decoder("今天天气很好，我们出发")
    assert weighed(candidate((8, 9), kind=MismatchKind.DIFFERENT), without) is MismatchKind.UNSPOKEN
    (question,) = without.questions
    assert question.texts == (TEXT, "今天天气很好，我们出发")


@pytest.mark.parametrize(
    ("evidence", "gain", "wanted"),
    [
        (DEFAULTS.max_unspoken_evidence, DEFAULTS.min_unspoken_gain, MismatchKind.UNSPOKEN),
        (DEFAULTS.max_unspoken_evidence + 1, DEFAULTS.min_unspoken_gain, MismatchKind.DIFFERENT),
        (DEFAULTS.max_denied_evidence, DEFAULTS.min_denied_gain, MismatchKind.UNSPOKEN),
        (DEFAULTS.max_denied_evidence + 1, DEFAULTS.min_denied_gain, MismatchKind.DIFFERENT),
        (DEFAULTS.max_unspoken_evidence, DEFAULTS.min_unspoken_gain - 1, MismatchKind.DIFFERENT),
    ],
)
def test_the_clearer_the_decoder_denies_a_word_the_less_its_sound_must_contradict_it(
    evidence: float, gain: float, wanted: MismatchKind
) -> None:
    decoder = Decoder("今天天气很好，我们出发", by=gain)
    assert weighed(candidate((8, 9), evidence=evidence), decoder) is wanted


def test_of_several_words_in_doubt_only_those_that_nobody_says_are_unspoken() -> None:
    doubtful = replace(candidate((6, 9)), fitting=frozenset({7}))
    (one,) = all_weighed(doubtful, Decoder("今天天气很好，我们出发", "今天天气很好，们出发"))
    assert (one.tokens, one.kind) == ((8, 9), MismatchKind.UNSPOKEN)
    both = all_weighed(doubtful, Decoder("今天天气很好，们出发"))
    assert [(one.tokens, one.kind) for one in both] == [
        ((6, 7), MismatchKind.UNSPOKEN),
        ((8, 9), MismatchKind.UNSPOKEN),
    ]


def test_a_word_that_the_phones_deny_more_than_the_decoder_is_reported() -> None:
    without = "今天天气很，我们不出发"
    decoder = Decoder(without, by=DEFAULTS.min_wording_gain - 1)
    (one,) = all_weighed(candidate((5, 6), evidence=-60.0), decoder, said=without, clear=1.0)
    assert one.kind is MismatchKind.DIFFERENT


def test_a_word_is_unspoken_too_where_the_recognized_text_is_the_text_without_it() -> None:
    doubtful = replace(candidate((7, 9), "们"), fitting=frozenset({7}))
    (one,) = all_weighed(doubtful, Decoder("今天天气很好，我们出发"))
    assert (one.tokens, one.kind) == ((8, 9), MismatchKind.UNSPOKEN)


def test_one_of_several_recognized_words_may_be_the_missing_one() -> None:
    missing = candidate((8, 8), "又出", kind=MismatchKind.MISSING_TEXT)
    (one,) = all_weighed(missing, Decoder("今天天气很好，我们又不出发"))
    assert (one.kind, [word.text for word in one.heard]) == (MismatchKind.MISSING_TEXT, ["又"])


def test_speech_whose_phones_are_clear_is_missing_text_whatever_the_sentence_says() -> None:
    clear = candidate((8, 8), "又", kind=MismatchKind.MISSING_TEXT)
    clear = replace(clear, filled=0.0, spoken=DEFAULTS.min_spoken)
    assert weighed(clear, Decoder(TEXT)) is MismatchKind.MISSING_TEXT
    assert weighed(replace(clear, tokens=(8, 9)), Decoder(TEXT)) is MismatchKind.DIFFERENT


def test_a_word_that_the_sentence_needs_is_said_whatever_was_recognized() -> None:
    decoder = Decoder(TEXT)
    assert weighed(candidate((8, 9), "才", kind=MismatchKind.DIFFERENT), decoder) is None
    assert decoder.questions[0].texts[2] == "今天天气很好，我们才出发"


def test_the_recognized_word_is_another_one_where_it_is_likelier() -> None:
    other = Decoder("今天天气很好，我们才出发")
    assert weighed(candidate((8, 9), "才"), other) is MismatchKind.DIFFERENT


@pytest.mark.parametrize(
    ("liked", "wanted"), [("我们又不出发", MismatchKind.MISSING_TEXT), ("我们不出发", None)]
)
def test_missing_text_is_reported_where_it_makes_the_sentence_likelier(
    liked: str, wanted: MismatchKind | None
) -> None:
    missing = candidate((8, 8), "又", kind=MismatchKind.MISSING_TEXT)
    assert weighed(missing, Decoder("今天天气很好，" + liked)) is wanted


def test_an_unlikely_word_that_sounds_like_a_filler_is_one() -> None:
    missing = replace(candidate((8, 8), "又", kind=MismatchKind.MISSING_TEXT), filled=90.0, spoken=100.0)
    assert weighed(missing, Decoder(TEXT)) is MismatchKind.FILLER


def test_a_missing_word_may_stand_before_a_mark_or_behind_it() -> None:
    decoder = Decoder("今天天气很好吧，我们不出发")
    missing = candidate((6, 6), "吧", kind=MismatchKind.MISSING_TEXT)
    assert weighed(missing, decoder) is MismatchKind.MISSING_TEXT
    assert decoder.questions[0].texts == (TEXT, "今天天气很好，吧我们不出发", "今天天气很好吧，我们不出发")


def test_marks_stay_behind_a_word_that_is_another_one() -> None:
    decoder = Decoder("今天天气很坏，我们不出发")
    assert weighed(candidate((5, 6), "坏"), decoder) is MismatchKind.DIFFERENT


@pytest.mark.parametrize(
    "decided",
    [
        candidate((8, 8), kind=MismatchKind.FILLER),
        candidate((8, 8), kind=MismatchKind.MISSING_TEXT),
        candidate((8, 9), "不"),
        candidate((8, 9), "才不"),
        candidate((8, 9), "一二三四五六七八九", kind=MismatchKind.DIFFERENT),
        candidate((2, 9), kind=MismatchKind.UNSPOKEN),
    ],
)
def test_other_places_are_not_asked_about(decided: Candidate) -> None:
    decoder = Decoder()
    assert weighed(decided, decoder) is decided.kind
    assert decoder.questions == []


def test_words_far_away_in_time_are_no_context() -> None:
    tokens, turns = written(TEXT)
    pronunciations: Sequence[Sequence[tuple[str, ...]]] = readings(turns, tokens)
    lying = [placed(PACE * k + (60 if k > 8 else 0)) for k in range(len(tokens))]
    sound = posteriors([("A", 300)]).astype(np.float16)
    decoder = Decoder()
    weigh_wordings([candidate((8, 9))], turns, tokens, pronunciations, lying, sound, HEAD, decoder)
    (question,) = decoder.questions
    assert question.texts[0] == "今天天气很好，我们不"
    assert question.span.end < 3
