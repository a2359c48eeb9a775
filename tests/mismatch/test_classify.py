"""The kind of a candidate, by the phones and by recognized words; and which windows are recognized."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.placement import NOWHERE, PlacedPhones, Placement, UntranscribedSpeech
from align.audio.recognition import Window
from align.core.types import HeardWord, MismatchKind, Span, Token
from align.mismatch.candidates import Candidate, find_candidates
from align.mismatch.classify import (
    classify,
    classify_by_phones,
    classify_by_words,
)
from align.mismatch.parameters import DEFAULTS
from tests.alignment.spoken import heard, written
from tests.mismatch.made import ABSENT, PACE, placed, placements

BEFORE, BEHIND = "我们来聊一聊人工智能", "这个话题非常重要大家"
START = 0.25 * len(BEFORE)


def classified(
    text: str, *said: str, untranscribed: float | None = None, evidence: float = -10
) -> tuple[Candidate, ...]:
    """A classified text between BEFORE and BEHIND, with `untranscribed` seconds of untranscribed speech."""
    tokens, _ = written(BEFORE + text + BEHIND)
    count = len(written(text)[0])
    inside = heard(*said)
    length = sum(word.span.duration for word in inside)
    candidate = Candidate(
        (len(BEFORE), len(BEFORE) + count),
        Span(START, START + length),
        length if untranscribed is None else untranscribed,
        evidence=evidence,
    )
    return classify_by_words(candidate, tokens, heard(BEFORE, *said, BEHIND))


def kind(
    text: str, *said: str, untranscribed: float | None = None, evidence: float = -10
) -> MismatchKind | None:
    (one,) = classified(text, *said, untranscribed=untranscribed, evidence=evidence)
    return one.kind


@pytest.mark.parametrize(
    ("text", "said", "wanted"),
    [
        ("", "天气很冷大风", MismatchKind.MISSING_TEXT),
        ("", "嗯那个", MismatchKind.FILLER),
        ("", "这个话题", MismatchKind.FILLER),
        ("大概明年", "可能后天", MismatchKind.DIFFERENT),
        ("数据中心", "数据中心", None),
        ("Say hi", "sayhi", None),
        ("101", "一零一", None),
        ("缺电", "确电", MismatchKind.SAME_SOUND),
        ("店里", "電力", MismatchKind.SAME_SOUND),
    ],
)
def test_a_doubt_is_what_its_text_is_beside_what_was_heard(
    text: str, said: str, wanted: MismatchKind | None
) -> None:
    (one,) = classified(text, said)
    assert one.kind is wanted
    assert not one.unspoken
    assert "".join(word.text for word in one.heard) == said


def test_text_without_room_for_speech_is_unspoken() -> None:
    (one,) = classified("本节目由一家公司赞助", untranscribed=0.1)
    assert (one.kind, one.heard, one.unspoken) == (MismatchKind.UNSPOKEN, (), True)
    assert kind("本节目由一家公司赞助", "天气", untranscribed=0.1) is MismatchKind.UNSPOKEN
    assert kind("本节目由一家公司赞助", "天气很冷大风", untranscribed=2.0) is MismatchKind.DIFFERENT


def test_a_few_tokens_count_as_said_where_nothing_else_was_heard() -> None:
    assert kind("缺电"[: DEFAULTS.few_tokens], untranscribed=0.4) is None
    assert kind("缺电了吗", untranscribed=0.9) is MismatchKind.DIFFERENT


def test_a_few_tokens_are_unspoken_where_the_sound_is_far_likelier_without_them() -> None:
    assert kind("不", untranscribed=0.05, evidence=DEFAULTS.max_unspoken_evidence) is MismatchKind.UNSPOKEN
    assert kind("不", untranscribed=0.05, evidence=DEFAULTS.max_doubtful_evidence) is MismatchKind.DIFFERENT
    assert kind("不", untranscribed=0.05, evidence=DEFAULTS.max_doubtful_evidence + 1) is None


def test_a_clause_that_is_said_again_is_missing_text_and_a_few_words_are_a_filler() -> None:
    again = "".join(token.text for token in written(BEFORE)[0][-DEFAULTS.max_repeats - 1 :])
    assert kind("", again) is MismatchKind.MISSING_TEXT
    assert kind("", again[1:]) is MismatchKind.FILLER


def test_one_word_in_long_untranscribed_speech_is_missing_text_only() -> None:
    lost, more = classified("也", "天气很冷大风呼啸树叶飘落")
    assert (lost.kind, lost.unspoken) == (None, False)
    assert (more.kind, more.count) == (MismatchKind.MISSING_TEXT, 0)
    assert more.untranscribed > DEFAULTS.max_extra_speech


def test_text_with_too_little_speech_and_only_fillers_is_unspoken() -> None:
    assert kind("本节目由一家公司赞助", "嗯", untranscribed=0.8) is MismatchKind.UNSPOKEN
    assert kind("本节目由一家公司赞助", "天气", untranscribed=0.8) is MismatchKind.DIFFERENT


def test_speech_that_sounds_like_the_words_beside_it_is_a_filler() -> None:
    assert kind("", "人工知") is MismatchKind.FILLER


def test_a_word_that_only_sounds_like_a_neighbour_is_missing_text_where_its_phones_are_others() -> None:
    tokens, _ = written("我判断一中文语音")
    place = Candidate((4, 4), Span(1.0, 1.25), 0.25, filled=80.0, spoken=160.0)
    (one,) = classify_by_words(place, tokens, heard("我判断一", "段", "中文语音"))
    assert one.kind is MismatchKind.MISSING_TEXT
    repeat = replace(place, filled=150.0)
    (one,) = classify_by_words(repeat, tokens, heard("我判断一", "仪", "中文语音"))
    assert one.kind is MismatchKind.FILLER
    (one,) = classify_by_words(repeat, tokens, heard("我判断一", "段", "中文语音"))
    assert one.kind is MismatchKind.MISSING_TEXT  # 断 is not beside it


def test_more_words_than_fit_in_the_speech_are_ignored() -> None:
    assert kind("", "天气很冷大风呼啸", untranscribed=0.7) is None


def test_words_long_after_a_candidate_are_not_in_it() -> None:
    tokens, _ = written(BEFORE + "缺电" + BEHIND)
    words_heard = heard(BEFORE, 2.0, "天气很冷")
    candidate = Candidate((len(BEFORE), len(BEFORE) + 2), Span(START, START + 0.5), 0.5)
    (one,) = classify_by_words(candidate, tokens, words_heard)
    assert one.heard == ()
    assert words_heard[len(BEFORE)].span.start > candidate.span.end + DEFAULTS.max_word_gap


@pytest.mark.parametrize(
    ("filled", "spoken", "wanted"),
    [
        (40.0, 50.0, MismatchKind.FILLER),
        (40.0, 130.0, MismatchKind.MISSING_TEXT),
        (5.0, 90.0, MismatchKind.MISSING_TEXT),
        (5.0, 50.0, None),
    ],
)
def test_a_syllable_that_was_not_recognized_is_what_its_phones_tell(
    filled: float, spoken: float, wanted: MismatchKind | None
) -> None:
    tokens, _ = written(BEFORE + BEHIND)
    place = len(BEFORE)
    brief = Candidate((place, place), Span(START, START + 0.2), 0.2, filled=filled, spoken=spoken)
    (one,) = classify_by_words(brief, tokens, heard(BEFORE, BEHIND))
    assert one.kind is wanted


def test_long_speech_without_a_recognized_word_is_missing_text() -> None:
    assert kind("", untranscribed=DEFAULTS.min_unread) is MismatchKind.MISSING_TEXT
    assert kind("", untranscribed=DEFAULTS.min_unread - 0.1) is None


def test_a_long_passage_unlike_its_speech_is_unspoken_and_missing_text() -> None:
    text, said = "天气很冷大风呼啸树叶飘落一夜之间" * 3, "明年可能后天再说公司不好融资困难太多" * 3
    assert len(text) > DEFAULTS.max_different_tokens
    gone, more = classified(text, said)
    first, last = len(BEFORE), len(BEFORE) + len(text)
    assert (gone.kind, gone.tokens, gone.heard) == (MismatchKind.UNSPOKEN, (first, last), ())
    assert gone.span == Span(START, START)
    assert (more.kind, more.tokens) == (MismatchKind.MISSING_TEXT, (last, last))
    assert more.span.duration == more.untranscribed == pytest.approx(0.25 * len(said))
    assert "".join(word.text for word in more.heard) == said
    assert kind(text[: DEFAULTS.max_different_tokens], said) is MismatchKind.DIFFERENT


def test_a_long_passage_that_sounds_much_like_its_speech_is_different_text() -> None:
    text = "天气很冷大风呼啸树叶飘落一夜之间" * 3
    said = text.replace("大风呼啸", "小雨点点").replace("树叶", "雪花")
    (one,) = classified(text, said)
    assert one.kind is MismatchKind.DIFFERENT
    assert one.similarity >= DEFAULTS.like_sound


def test_words_of_the_neighbours_are_not_words_of_the_candidate() -> None:
    """The words between the neighbours count, though the recogniser's times are a little off."""
    tokens, _ = written(BEFORE + "大概明年" + BEHIND)
    late = heard(0.3, BEFORE, "可能后天", BEHIND)
    (one,) = classify_by_words(
        Candidate((len(BEFORE), len(BEFORE) + 4), Span(START, START + 1), 1.0), tokens, late
    )
    assert "".join(word.text for word in one.heard) == "可能后天"


def test_neighbours_are_matched_by_sound() -> None:
    tokens, _ = written("人工智能大概明年非常重要")
    said = heard("人工之能可能后天飞长种要")
    (one,) = classify_by_words(Candidate((4, 8), Span(1, 2), 1.0), tokens, said)
    assert "".join(word.text for word in one.heard) == "可能后天"


@pytest.mark.parametrize("said", ["这个天气很冷", "智能大风", "这个话题非常重要", "人工智能", "能天气这"])
def test_speech_that_begins_or_ends_like_its_neighbours_is_kept_whole(said: str) -> None:
    (one,) = classified("", said)
    assert "".join(word.text for word in one.heard) == said


def test_without_a_recognized_neighbour_the_times_decide() -> None:
    tokens, _ = written("人工智能大概明年非常重要")
    said = heard("天气很冷可能后天大风呼啸")
    (one,) = classify_by_words(Candidate((4, 8), Span(1.15, 2.15), 1.0), tokens, said)
    assert "".join(word.text for word in one.heard) == "可能后天"


def test_at_the_ends_of_the_text_all_words_beyond_belong_to_the_candidate() -> None:
    tokens, _ = written("大概明年" + BEHIND)
    (one,) = classify_by_words(Candidate((0, 4), Span(0, 1), 1.0), tokens, heard("可能后天", BEHIND))
    assert "".join(word.text for word in one.heard) == "可能后天"
    tokens, _ = written(BEFORE + "大概明年")
    candidate = Candidate((len(BEFORE), len(BEFORE) + 4), Span(START, START + 1), 1.0)
    (one,) = classify_by_words(candidate, tokens, heard(BEFORE, "可能后天"))
    assert "".join(word.text for word in one.heard) == "可能后天"


TEXT = st.text(st.sampled_from("今天我们聊一聊人工智能嗯那个A 1，"), max_size=60)


@given(TEXT, TEXT, st.data())
def test_classified_candidates_cover_the_same_tokens(text: str, said: str, data: st.DataObject) -> None:
    tokens, _ = written(text)
    first = data.draw(st.integers(0, len(tokens)))
    last = data.draw(st.integers(first, len(tokens)))
    start = data.draw(st.floats(0, 10))
    span = Span(start, start + data.draw(st.floats(0, 10)))
    candidate = Candidate((first, last), span, data.draw(st.floats(0, span.duration)))
    said_words = heard(said)
    candidates = classify_by_words(candidate, tokens, said_words)
    assert {k for one in candidates for k in range(*one.tokens)} == set(range(first, last))
    for one in candidates:
        assert 0 <= one.similarity <= 100
        assert " ".join(word.text for word in one.heard) in " ".join(word.text for word in said_words)
        assert (one.kind in (MismatchKind.MISSING_TEXT, MismatchKind.FILLER)) <= (one.count == 0)
        assert (one.kind in (MismatchKind.UNSPOKEN, MismatchKind.DIFFERENT, MismatchKind.SAME_SOUND)) <= (
            one.count > 0
        )


@pytest.mark.parametrize(("count", "seconds_per_token", "unspoken"), [(3, 0.0, 1), (3, 1.0, 0), (10, 0.9, 1)])
def test_text_is_unspoken_where_there_is_no_room_for_it(
    count: int, seconds_per_token: float, unspoken: bool
) -> None:
    speech = count * seconds_per_token * DEFAULTS.min_speech_per_token
    classified = classify_by_phones(Candidate((5, 5 + count), Span(1, 3), speech))
    assert classified.kind is (MismatchKind.UNSPOKEN if unspoken else None)


def test_few_words_without_room_are_recognized_first() -> None:
    few = Candidate((4, 4 + DEFAULTS.few_tokens), Span(1, 1), 0.0)
    assert classify_by_phones(few).kind is None


def windows_of(
    candidates: Sequence[Candidate], tokens: Sequence[Token], lying: Sequence[PlacedPhones], duration: float
) -> tuple[Window, ...]:
    """The windows that are recognized for some candidates."""
    requested: list[Window] = []

    def recognize(windows: tuple[Window, ...]) -> list[tuple[HeardWord, ...]]:
        requested.extend(windows)
        return [()] * len(windows)

    classify(candidates, tokens, lying, duration, recognize)
    return tuple(requested)


def placement_of(count: int) -> Placement:
    return Placement(tuple(placed(PACE * k) for k in range(count)), ())


def test_only_undecided_candidates_are_recognized_all_in_one_call() -> None:
    text = BEFORE + "人工" + BEHIND
    tokens, _ = written(text)
    lying = [placed(0.25 * k) for k in range(len(tokens))]
    known, open_one = (
        Candidate((2, 2), Span(0.5, 0.6), 0.1),
        Candidate((10, 12), Span(START, START + 0.5), 0.5),
    )
    filler = replace(known, kind=MismatchKind.FILLER)
    requested: list[tuple[Window, ...]] = []

    def recognize(where: tuple[Window, ...]) -> list[tuple[HeardWord, ...]]:
        requested.append(where)
        return [heard(BEFORE, "智能", BEHIND)]

    first, second = classify([filler, open_one], tokens, lying, 99.0, recognize)
    assert first == filler
    assert second == classify_by_words(open_one, tokens, heard(BEFORE, "智能", BEHIND))[0]
    assert requested == [windows_of([open_one], tokens, lying, 99.0)]


def test_a_window_holds_the_neighbours_and_is_prompted_with_the_text_before() -> None:
    tokens, _ = written("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳" * 2)
    candidate = Candidate((45, 48), Span(9.0, 9.6), 0.6)
    (window,) = windows_of([candidate], tokens, placement_of(len(tokens)).tokens, 60.0)
    assert window.span.start == pytest.approx(PACE * (45 - DEFAULTS.context_tokens) - DEFAULTS.margin)
    assert window.span.end == pytest.approx(PACE * (48 + DEFAULTS.context_tokens) + DEFAULTS.margin)
    assert window.prompt == "".join(
        one.text
        for one in tokens[
            45 - DEFAULTS.context_tokens - DEFAULTS.prompt_tokens : 45 - DEFAULTS.context_tokens
        ]
    )


def test_a_distant_neighbour_is_only_partly_in_the_window() -> None:
    tokens, _ = written("天地玄黄宇宙洪荒")
    far = (*(placed(PACE * k) for k in range(4)), *(placed(50 + PACE * k) for k in range(4)))
    (window,) = windows_of([Candidate((4, 4), Span(20, 30), 5.0)], tokens, far, 60.0)
    assert window.span == Span(
        20 - DEFAULTS.max_reach - DEFAULTS.margin, 30 + DEFAULTS.max_reach + DEFAULTS.margin
    )
    assert window.prompt == ""


def test_a_candidate_without_neighbours_has_a_window_of_its_own() -> None:
    tokens, _ = written("天地")
    candidate = Candidate((0, 2), Span(0.05, 5.0), 5.0)
    (window,) = windows_of([candidate], tokens, (NOWHERE, NOWHERE), 5.0)
    assert window.span == Span(0, 5)
    assert windows_of((), tokens, (NOWHERE, NOWHERE), 5.0) == ()


@given(placements(), st.floats(0, 5))
def test_windows_lie_in_the_recording_and_around_their_candidates(found: Placement, more: float) -> None:
    tokens, _ = written("天" * len(found.tokens))
    spans = [*(one.span for one in found.tokens if one.span), *(one.span for one in found.others)]
    duration = max((span.end for span in spans), default=0.0) + more
    candidates = find_candidates(found)
    listened = windows_of(candidates, tokens, found.tokens, duration)
    assert len(listened) == len(candidates)
    for candidate, window in zip(candidates, listened, strict=True):
        assert 0 <= window.span.start <= candidate.span.start
        assert candidate.span.end <= window.span.end <= duration
        assert (
            window.span.duration
            <= candidate.span.duration + 2 * (DEFAULTS.max_reach + DEFAULTS.margin) + 1e-6
        )
        assert len(window.prompt) <= DEFAULTS.prompt_tokens


def test_only_unspoken_and_moved_text_counts_as_unspoken() -> None:
    candidate = Candidate((1, 2), Span(0, 0), 0.0)
    absent = {kind for kind in MismatchKind if replace(candidate, kind=kind).unspoken}
    assert absent == {MismatchKind.UNSPOKEN, MismatchKind.MOVED}


def test_speech_after_the_last_token_has_a_window() -> None:
    tokens, _ = written("天地玄黄宇宙洪荒")
    found = Placement(placement_of(8).tokens, (UntranscribedSpeech(Span(1.6, 3), 8),))
    (window,) = windows_of(find_candidates(found), tokens, found.tokens, 3.0)
    assert window.span == Span(0, 3)


def test_a_word_that_is_recognized_among_others_is_said() -> None:
    assert kind("Rob", "啊对Rob") is None
    assert kind("Rob", "啊对吧") is MismatchKind.DIFFERENT


def test_unspoken_text_is_reported_without_the_words_in_it_that_are_well_placed() -> None:
    tokens, _ = written("今天天气很好我们出发")
    text = Candidate((1, 8), Span(1, 1), 0.0, MismatchKind.UNSPOKEN, fitting=frozenset({3, 4}))
    lying = [placed(PACE * k) for k in range(len(tokens))]
    pieces = classify([text], tokens, lying, 9.0, lambda windows: ())
    assert [piece.tokens for piece in pieces] == [(1, 3), (5, 8)]
    assert {piece.kind for piece in pieces} == {MismatchKind.UNSPOKEN}


def test_text_is_not_of_the_same_sound_where_less_of_it_fits_better() -> None:
    tokens, _ = written("preserve useful signals such as not pauses")
    place = Candidate((0, 6), Span(0.0, 1.3), 1.2, fitting=frozenset(range(5)), evidence=ABSENT)
    (one,) = classify_by_words(place, tokens, heard("preserve useful signals such as"))
    assert one.kind is MismatchKind.DIFFERENT
    without = replace(place, tokens=(0, 5))
    (one,) = classify_by_words(without, tokens, heard("preserve useful signals such az"))
    assert one.kind is MismatchKind.SAME_SOUND


def test_words_recognized_beside_text_in_doubt_may_be_missing_text() -> None:
    tokens, _ = written("stress background noise")
    place = Candidate((1, 2), Span(0.25, 0.75), 0.4, evidence=ABSENT)
    text, more = classify_by_words(place, tokens, heard("stress", "intonation background", "noise"))
    assert (text.kind, text.tokens) == (None, (1, 2))
    assert (more.kind, more.tokens) == (MismatchKind.MISSING_TEXT, (1, 1))
    assert [word.text for word in more.heard] == ["intonation"]
