"""What a doubt turns out to be, by the phones and by what was heard; and where to listen for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.phone_aligner import NOWHERE, Placement, UntranscribedSpeech
from align.audio.recognition import Window
from align.core.types import HeardWord, Span
from align.mismatch.candidates import BRIEF, Candidate, find_candidates
from align.mismatch.classify import (
    BESIDE,
    FARTHEST,
    FEW,
    LOST,
    MARGIN,
    MOST_DIFFERENT,
    NEAR,
    PROMPT,
    SYLLABLE,
    UNREAD,
    Cause,
    Classification,
    classify,
    classify_by_phones,
    judge,
    places,
    silent,
)
from align.mismatch.similarity import LIKE_SOUND
from tests.alignment.phones import HEAD, posteriors, spoken, words
from tests.alignment.spoken import heard, written
from tests.mismatch.made import PACE, placed, placements

BEFORE, BEHIND = "我们来聊一聊人工智能", "这个话题非常重要大家"
START = 0.25 * len(BEFORE)


def judged(text: str, *said: str, unowned: float | None = None) -> tuple[Classification, ...]:
    """Verdicts on a text between BEFORE and BEHIND, where so much was said between them."""
    tokens, _ = written(BEFORE + text + BEHIND)
    count = len(written(text)[0])
    inside = heard(*said)
    length = sum(word.span.duration for word in inside)
    candidate = Candidate(
        (len(BEFORE), len(BEFORE) + count),
        Span(START, START + length),
        length if unowned is None else unowned,
    )
    return judge(candidate, tokens, heard(BEFORE, *said, BEHIND))


def kind(text: str, *said: str, unowned: float | None = None) -> Cause:
    (one,) = judged(text, *said, unowned=unowned)
    return one.kind


@pytest.mark.parametrize(
    ("text", "said", "wanted"),
    [
        ("", "天气很冷大风", Cause.MISSING),
        ("", "嗯那个", Cause.FILLER),
        ("", "这个话题", Cause.FILLER),
        ("大概明年", "可能后天", Cause.DIFFERENT),
        ("数据中心", "数据中心", Cause.NOTHING),
        ("Say hi", "sayhi", Cause.NOTHING),
        ("101", "一零一", Cause.NOTHING),
        ("缺电", "确电", Cause.SAME_SOUND),
        ("店里", "電力", Cause.SAME_SOUND),
    ],
)
def test_a_doubt_is_what_its_text_is_beside_what_was_heard(text: str, said: str, wanted: Cause) -> None:
    (one,) = judged(text, said)
    assert one.kind is wanted
    assert not one.unspoken
    assert "".join(word.text for word in one.heard) == said


def test_text_without_room_for_speech_is_unspoken_whatever_was_heard() -> None:
    (one,) = judged("本节目由一家公司赞助", unowned=0.1)
    assert (one.kind, one.heard, one.unspoken) == (Cause.UNSPOKEN, (), True)
    assert kind("本节目由一家公司赞助", "天气", unowned=0.1) is Cause.UNSPOKEN
    assert kind("本节目由一家公司赞助", "天气很冷大风", unowned=2.0) is Cause.DIFFERENT


def test_a_few_tokens_are_believed_to_be_said_where_nothing_else_was_heard() -> None:
    assert kind("缺电"[:FEW], unowned=0.4) is Cause.NOTHING
    assert kind("缺电了吗", unowned=0.9) is Cause.DIFFERENT


def test_a_word_lost_in_a_long_stretch_without_text_is_no_difference() -> None:
    lost, more = judged("也", "天气很冷大风呼啸树叶飘落")
    assert (lost.kind, lost.unspoken) == (Cause.NOTHING, False)
    assert (more.kind, more.candidate.count) == (Cause.MISSING, 0)
    assert more.candidate.untranscribed > LOST


def test_too_little_speech_with_nothing_but_small_words_in_it_leaves_the_text_unspoken() -> None:
    assert kind("本节目由一家公司赞助", "嗯", unowned=0.8) is Cause.UNSPOKEN
    assert kind("本节目由一家公司赞助", "天气", unowned=0.8) is Cause.DIFFERENT


def test_what_sounds_like_the_words_beside_it_is_no_missing_text() -> None:
    assert kind("", "人工知") is Cause.FILLER


def test_more_words_than_anyone_can_say_in_a_moment_are_not_believed() -> None:
    assert kind("", "天气很冷大风呼啸", unowned=0.7) is Cause.NOTHING


def test_words_heard_long_after_a_doubt_are_not_in_it() -> None:
    tokens, _ = written(BEFORE + "缺电" + BEHIND)
    words_heard = heard(BEFORE, 2.0, "天气很冷")
    candidate = Candidate((len(BEFORE), len(BEFORE) + 2), Span(START, START + 0.5), 0.5)
    (one,) = judge(candidate, tokens, words_heard)
    assert one.heard == ()
    assert words_heard[len(BEFORE)].span.start > candidate.span.end + NEAR


def test_a_syllable_without_text_is_told_without_listening() -> None:
    tokens = words(20)
    readings = [(token,) for token in tokens]
    seen = posteriors(spoken(tokens)).astype("float16")
    brief = classify_by_phones(Candidate((9, 9), Span(1.0, 1.0 + BRIEF / 2), BRIEF / 2), readings, seen, HEAD)
    assert brief is not None
    assert brief.kind is Cause.FILLER


def test_speech_that_the_recogniser_has_no_word_for_is_worth_a_look_where_it_is_long() -> None:
    assert kind("", unowned=UNREAD) is Cause.MISSING
    assert kind("", unowned=UNREAD - 0.1) is Cause.NOTHING


def test_a_long_passage_unlike_its_speech_is_unspoken_text_and_missing_text() -> None:
    text, said = "天气很冷大风呼啸树叶飘落一夜之间" * 3, "明年可能后天再说公司不好融资困难太多" * 3
    assert len(text) > MOST_DIFFERENT
    gone, more = judged(text, said)
    first, last = len(BEFORE), len(BEFORE) + len(text)
    assert (gone.kind, gone.candidate.tokens, gone.heard) == (Cause.UNSPOKEN, (first, last), ())
    assert gone.candidate.span == Span(START, START)
    assert (more.kind, more.candidate.tokens) == (Cause.MISSING, (last, last))
    assert more.candidate.span.duration == more.candidate.untranscribed == pytest.approx(0.25 * len(said))
    assert "".join(word.text for word in more.heard) == said
    assert kind(text[:MOST_DIFFERENT], said) is Cause.DIFFERENT


def test_a_long_passage_that_sounds_much_like_its_speech_is_the_same_otherwise_put() -> None:
    text = "天气很冷大风呼啸树叶飘落一夜之间" * 3
    said = text.replace("大风呼啸", "小雨点点").replace("树叶", "雪花")
    (one,) = judged(text, said)
    assert one.kind is Cause.DIFFERENT
    assert one.similarity >= LIKE_SOUND


def test_what_was_heard_beside_a_doubt_is_not_held_against_it() -> None:
    """The words between the neighbours count, though the recogniser's times are a little off."""
    tokens, _ = written(BEFORE + "大概明年" + BEHIND)
    late = heard(0.3, BEFORE, "可能后天", BEHIND)
    (one,) = judge(Candidate((len(BEFORE), len(BEFORE) + 4), Span(START, START + 1), 1.0), tokens, late)
    assert "".join(word.text for word in one.heard) == "可能后天"


def test_neighbours_count_by_their_sound() -> None:
    tokens, _ = written("人工智能大概明年非常重要")
    said = heard("人工之能可能后天飞长种要")
    (one,) = judge(Candidate((4, 8), Span(1, 2), 1.0), tokens, said)
    assert "".join(word.text for word in one.heard) == "可能后天"


@pytest.mark.parametrize("said", ["这个天气很冷", "智能大风", "这个话题非常重要", "人工智能", "能天气这"])
def test_speech_that_begins_or_ends_like_what_stands_beside_it_is_heard_whole(said: str) -> None:
    (one,) = judged("", said)
    assert "".join(word.text for word in one.heard) == said


def test_without_a_neighbour_that_was_recognised_the_time_decides() -> None:
    tokens, _ = written("人工智能大概明年非常重要")
    said = heard("天气很冷可能后天大风呼啸")
    (one,) = judge(Candidate((4, 8), Span(1.15, 2.15), 1.0), tokens, said)
    assert "".join(word.text for word in one.heard) == "可能后天"


def test_at_the_ends_of_a_text_all_that_lies_beyond_was_heard_in_it() -> None:
    tokens, _ = written("大概明年" + BEHIND)
    (one,) = judge(Candidate((0, 4), Span(0, 1), 1.0), tokens, heard("可能后天", BEHIND))
    assert "".join(word.text for word in one.heard) == "可能后天"
    tokens, _ = written(BEFORE + "大概明年")
    candidate = Candidate((len(BEFORE), len(BEFORE) + 4), Span(START, START + 1), 1.0)
    (one,) = judge(candidate, tokens, heard(BEFORE, "可能后天"))
    assert "".join(word.text for word in one.heard) == "可能后天"


TEXT = st.text(st.sampled_from("今天我们聊一聊人工智能嗯那个A 1，"), max_size=60)


@given(TEXT, TEXT, st.data())
def test_verdicts_cover_the_doubt_and_nothing_else(text: str, said: str, data: st.DataObject) -> None:
    tokens, _ = written(text)
    first = data.draw(st.integers(0, len(tokens)))
    last = data.draw(st.integers(first, len(tokens)))
    start = data.draw(st.floats(0, 10))
    span = Span(start, start + data.draw(st.floats(0, 10)))
    candidate = Candidate((first, last), span, data.draw(st.floats(0, span.duration)))
    said_words = heard(said)
    classifications = judge(candidate, tokens, said_words)
    assert {k for one in classifications for k in range(*one.candidate.tokens)} == set(range(first, last))
    for one in classifications:
        assert 0 <= one.similarity <= 100
        assert " ".join(word.text for word in one.heard) in " ".join(word.text for word in said_words)
        assert (one.kind in (Cause.MISSING, Cause.FILLER)) <= (one.candidate.count == 0)
        assert (one.kind in (Cause.UNSPOKEN, Cause.DIFFERENT, Cause.SAME_SOUND)) <= (one.candidate.count > 0)


@pytest.mark.parametrize(
    ("count", "unowned", "nothing"),
    [(0, 0.0, False), (3, 0.0, True), (3, 3 * SYLLABLE, False), (10, 9 * SYLLABLE, True), (1, 0.5, False)],
)
def test_text_is_silent_where_there_is_no_room_for_it(count: int, unowned: float, nothing: bool) -> None:
    assert silent(Candidate((5, 5 + count), Span(1, 3), unowned)) is nothing


def test_the_phones_tell_text_without_sound_fillers_and_repeats_and_nothing_else() -> None:
    tokens = words(20, 3)
    filler, other = ("n", "A", "g", "E"), words(2, 8)
    readings = [(token,) for token in tokens]

    def told(candidate: Candidate, said: list[tuple[str, ...]]) -> Cause | None:
        seen = posteriors(spoken(said, 8))
        classification = classify_by_phones(candidate, readings, seen.astype("float16"), HEAD)
        return classification.kind if classification else None

    def between(*said: tuple[str, ...]) -> tuple[Candidate, list[tuple[str, ...]]]:
        start, length = 0.08 * sum(map(len, tokens[:10])), 0.08 * sum(map(len, said))
        candidate = Candidate((10, 10), Span(start, start + length), length)
        return candidate, [*tokens[:10], *said, *tokens[10:]]

    assert told(Candidate((4, 8), Span(1, 1), 0.0), tokens) is Cause.UNSPOKEN
    assert told(Candidate((4, 4 + FEW), Span(1, 1), 0.0), tokens) is None
    assert told(Candidate((4, 8), Span(1, 2), 1.0), tokens) is None
    assert told(*between(filler)) is Cause.FILLER
    assert told(*between(tokens[9])) is Cause.FILLER
    assert told(*between(*tokens[10:12])) is Cause.FILLER
    assert told(*between(*other)) is None


def placement_of(count: int) -> Placement:
    return Placement(tuple(placed(PACE * k) for k in range(count)), ())


def test_only_what_the_phones_do_not_tell_is_listened_to_and_all_of_it_at_once() -> None:
    text = BEFORE + "人工" + BEHIND
    tokens, _ = written(text)
    lying = [placed(0.25 * k) for k in range(len(tokens))]
    known, open_one = (
        Candidate((2, 2), Span(0.5, 0.6), 0.1),
        Candidate((10, 12), Span(START, START + 0.5), 0.5),
    )
    filler = Classification(known, Cause.FILLER, (), 0.0)
    asked: list[tuple[Window, ...]] = []

    def hear(where: tuple[Window, ...]) -> list[tuple[HeardWord, ...]]:
        asked.append(where)
        return [heard(BEFORE, "智能", BEHIND)]

    first, second = classify({known: filler, open_one: None}, tokens, lying, 99.0, hear)
    assert first == filler
    assert second == judge(open_one, tokens, heard(BEFORE, "智能", BEHIND))[0]
    assert asked == [places([open_one], tokens, lying, 99.0)]


def test_a_place_holds_the_doubt_and_the_tokens_beside_it_and_is_told_what_comes_before() -> None:
    tokens, _ = written("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳" * 2)
    candidate = Candidate((45, 48), Span(9.0, 9.6), 0.6)
    (place,) = places([candidate], tokens, placement_of(len(tokens)).tokens, 60.0)
    assert place.span.start == pytest.approx(PACE * (45 - BESIDE) - MARGIN)
    assert place.span.end == pytest.approx(PACE * (48 + BESIDE) + MARGIN)
    assert place.prompt == "".join(one.text for one in tokens[45 - BESIDE - PROMPT : 45 - BESIDE])


def test_a_neighbour_far_away_is_listened_to_only_in_part() -> None:
    tokens, _ = written("天地玄黄宇宙洪荒")
    far = (*(placed(PACE * k) for k in range(4)), *(placed(50 + PACE * k) for k in range(4)))
    (place,) = places([Candidate((4, 4), Span(20, 30), 5.0)], tokens, far, 60.0)
    assert place.span == Span(20 - FARTHEST - MARGIN, 30 + FARTHEST + MARGIN)
    assert place.prompt == ""


def test_a_doubt_without_neighbours_is_listened_to_alone() -> None:
    tokens, _ = written("天地")
    candidate = Candidate((0, 2), Span(0.05, 5.0), 5.0)
    (place,) = places([candidate], tokens, (NOWHERE, NOWHERE), 5.0)
    assert place.span == Span(0, 5)
    assert places((), tokens, (NOWHERE, NOWHERE), 5.0) == ()


@given(placements(), st.floats(0, 5))
def test_places_lie_in_the_recording_and_around_their_doubts(found: Placement, more: float) -> None:
    tokens, _ = written("天" * len(found.tokens))
    spans = [*(one.span for one in found.tokens if one.span), *(one.span for one in found.others)]
    duration = max((span.end for span in spans), default=0.0) + more
    candidates = find_candidates(found)
    listened = places(candidates, tokens, found.tokens, duration)
    assert len(listened) == len(candidates)
    for candidate, place in zip(candidates, listened, strict=True):
        assert 0 <= place.span.start <= candidate.span.start
        assert candidate.span.end <= place.span.end <= duration
        assert place.span.duration <= candidate.span.duration + 2 * (FARTHEST + MARGIN) + 1e-6
        assert len(place.prompt) <= PROMPT


def test_only_unspoken_and_moved_text_is_absent() -> None:
    candidate = Candidate((1, 2), Span(0, 0), 0.0)
    absent = {one for one in Cause if Classification(candidate, one, (), 0.0).unspoken}
    assert absent == {Cause.UNSPOKEN, Cause.MOVED}


def test_speech_behind_the_last_token_has_its_place() -> None:
    tokens, _ = written("天地玄黄宇宙洪荒")
    found = Placement(placement_of(8).tokens, (UntranscribedSpeech(Span(1.6, 3), 8),))
    (place,) = places(find_candidates(found), tokens, found.tokens, 3.0)
    assert place.span == Span(0, 3)
