"""Every kind of mismatch by an example, and none where text and speech only look different."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.attention_aligner import AttentionTime, tidy
from align.alignment.text_comparison import Block, compare
from align.core.types import (
    HeardWord,
    Mismatch,
    MismatchKind,
    Severity,
    Span,
    TimedToken,
    Token,
    Turn,
    Wording,
)
from align.mismatch.candidates import Candidate
from align.mismatch.find import find_mismatches, text_of, untranscribed_speech
from align.mismatch.from_recognition import classify_blocks
from align.pronounce.tokens import tokenize
from align.speakers.label_check import LabelConflict
from tests.alignment.spoken import PACE, all_through, heard, written

SAID = "今天我们来聊一聊人工智能和数据中心的电力问题"
NEXT = "首先请两位嘉宾给大家打个招呼介绍一下自己"
MISSING, UNSPOKEN, DIFFERENT = MismatchKind.MISSING_TEXT, MismatchKind.UNSPOKEN, MismatchKind.DIFFERENT
FILLER, SAME_SOUND, MOVED = MismatchKind.FILLER, MismatchKind.SAME_SOUND, MismatchKind.MOVED


def placed(tokens: tuple[Token, ...], blocks: tuple[Block, ...], words: tuple[HeardWord, ...],
           speech: tuple[Span, ...]) -> tuple[TimedToken, ...]:  # fmt: skip
    """Each spoken token an even share of what its block heard."""
    rough: list[AttentionTime] = []
    for block in blocks:
        if not block.spoken:
            continue
        count = block.written[1] - block.written[0]
        some = words[slice(*block.heard)]
        start = some[0].span.start if some else words[block.heard[0] - 1].span.end
        end = some[-1].span.end if some else start + PACE * count
        step = (end - start) / count
        rough += [
            AttentionTime(block.written[0] + k, Span(start + step * k, start + step * (k + 1)), 0.9)
            for k in range(count)
        ]
    return tidy(tokens, rough, blocks, words, speech)


def mismatches_of(text: str, *said: str | float, longer: float = 0.0) -> tuple[Mismatch, ...]:
    """The mismatches of a text beside what was heard."""
    tokens, turns = written(*text.split("\n"))
    words = heard(*said)
    speech = all_through(words, longer)
    blocks = compare(tokens, words, speech)
    timed = placed(tokens, blocks, words, speech)
    return find_mismatches(classify_blocks(blocks, timed, words, speech), timed, turns, ())


def only(text: str, *said: str | float) -> Mismatch:
    (one,) = mismatches_of(text, *said)
    return one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SAID, SAID),
        (SAID, "今天我們來聊一聊人工智能和數據中心的店裏問題"),
        (f"{SAID}100{NEXT}", f"{SAID}一百{NEXT}"),
        (f"{SAID}101{NEXT}", f"{SAID}一百零一{NEXT}"),
        (f"{SAID}101{NEXT}", f"{SAID}一零一{NEXT}"),
        (f"{SAID}1350{NEXT}", f"{SAID}一千三百五十{NEXT}"),
        (f"{SAID}二零二六{NEXT}", f"{SAID}2026{NEXT}"),
        (f"{SAID} say hi {NEXT}", f"{SAID} Sayhi {NEXT}"),
    ],
)
def test_texts_that_sound_the_same_are_no_mismatch(text: str, said: str) -> None:
    assert mismatches_of(text, said) == ()


def test_fillers_missing_from_the_text_are_of_low_severity() -> None:
    one = only(SAID + NEXT, SAID, "嗯那个", NEXT)
    assert (one.kind, one.severity, one.heard, one.written) == (FILLER, Severity.LOW, "嗯那个", "")
    assert one.tokens == (len(SAID), len(SAID))
    assert one.span == Span(PACE * len(SAID), PACE * (len(SAID) + 3))
    assert one.reasons == ("Only fillers are spoken here, which a cleaned text leaves out.",)


def test_a_stutter_is_of_low_severity() -> None:
    one = only(SAID + NEXT, SAID, "首先请", "首先请", NEXT)
    assert (one.kind, one.severity) == (FILLER, Severity.LOW)
    assert "repeats" in one.reasons[0]


@pytest.mark.parametrize(
    ("more", "severity"),
    [("天气", Severity.LOW), ("天气很冷", Severity.MEDIUM), ("天气很冷大风呼啸树叶飘落", Severity.HIGH)],
)
def test_untranscribed_speech_is_missing_text(more: str, severity: Severity) -> None:
    one = only(SAID + NEXT, SAID, more, NEXT)
    assert (one.kind, one.heard, one.severity) == (MISSING, more, severity)
    assert one.score == pytest.approx(0.9)


def test_text_without_speech_is_unspoken_at_the_moment_where_it_would_come() -> None:
    put_in = "本节目由一家与此无关的公司赞助播出"
    one = only(SAID + put_in + NEXT, SAID, NEXT)
    assert (one.kind, one.severity, one.written, one.heard) == (UNSPOKEN, Severity.HIGH, put_in, "")
    assert one.tokens == (len(SAID), len(SAID + put_in))
    assert one.span == Span(PACE * len(SAID), PACE * len(SAID))


def test_other_words_are_different_and_similar_sounds_are_less_severe() -> None:
    unlike = only(f"{SAID}大概明年开始{NEXT}", f"{SAID}可能后天开始{NEXT}")
    near = only(f"{SAID}太难了{NEXT}", f"{SAID}才男呢{NEXT}")
    assert (unlike.kind, unlike.written, unlike.heard) == (DIFFERENT, "大概明年", "可能后天")
    assert unlike.severity is Severity.MEDIUM
    assert near.kind is DIFFERENT
    assert near.severity is Severity.LOW
    assert near.score < unlike.score


def test_speech_without_text_or_recognition_is_listed_once() -> None:
    mismatches = mismatches_of(SAID, SAID, longer=2.0)
    end = PACE * len(SAID)
    assert [(one.kind, one.span, one.heard, one.severity) for one in mismatches] == [
        (MISSING, Span(end, end + 2.0), "", Severity.HIGH)
    ]
    assert mismatches[0].tokens == (len(SAID), len(SAID))
    assert mismatches_of(SAID, SAID, longer=1.0) == ()


def timed_at(*starts: float, length: float = 0.05) -> tuple[tuple[TimedToken, ...], tuple[Turn, ...]]:
    tokens, turns = written("今天我们来聊一聊人工智能和数据中心"[: len(starts)])
    return tuple(
        TimedToken(one, Span(start, start + length), 0.5) for one, start in zip(tokens, starts, strict=True)
    ), turns


def test_words_too_close_to_be_spoken_are_one_mismatch() -> None:
    crowd, turns = timed_at(0, 0.5, *(1 + k * 0.06 for k in range(8)), 2, 3)
    (one,) = find_mismatches((), crowd, turns, ())
    assert (one.kind, one.tokens) == (MismatchKind.TIMING, (2, 10))
    assert one.reasons == ("More words in a moment than anyone can speak.",)
    assert one.written == turns[0].text[2:10]


def test_a_word_that_lasts_too_long_is_implausible_and_a_steady_pace_is_not() -> None:
    long, turns = timed_at(0, 3, 6, length=2.6)
    assert [one.kind for one in find_mismatches((), long, turns, ())] == [MismatchKind.TIMING]
    steady, turns = timed_at(*(k / 5 for k in range(10)))
    assert find_mismatches((), steady, turns, ()) == ()


def test_a_wrong_speaker_mismatch_names_label_and_voice() -> None:
    timed, turns = timed_at(*range(6))
    conflict = LabelConflict((1, 4), Span(1, 4), "陈倩", "Ethan", 0.9, "Its similarity is 0.8.")
    (one,) = find_mismatches((), timed, turns, (conflict,))
    assert (one.kind, one.tokens, one.score, one.severity) == (
        MismatchKind.SPEAKER, (1, 4), 0.9, Severity.MEDIUM
    )  # fmt: skip
    assert one.reasons == ("The label says 陈倩; the voice is that of Ethan.", "Its similarity is 0.8.")


def test_the_text_of_a_range_is_the_transcripts_own_marks_included() -> None:
    tokens, turns = written('好，"a</script>" & <b>是！', "{\\an8}对。")
    timed = tuple(TimedToken(token, None, 0) for token in tokens)
    assert text_of(timed, (0, 5), turns) == '好，"a</script>" & <b>是'
    assert text_of(timed, (4, 7), turns) == "是 an8}对"
    assert text_of(timed, (3, 3), turns) == ""


TEXT = st.text(st.sampled_from("今天我们聊一聊人工智能电力嗯那个A 1，\n"), max_size=60)


@given(TEXT, st.lists(TEXT | st.floats(0.1, 4), max_size=5), st.floats(0.1, 5))
def test_mismatches_are_sorted_and_in_bounds(text: str, said: list[str | float], longer: float) -> None:
    mismatches = mismatches_of(text, *said, longer=longer)
    count = len(written(*text.split("\n"))[0])
    assert [one.span for one in mismatches] == sorted(one.span for one in mismatches)
    assert all(0 <= one.tokens[0] <= one.tokens[1] <= count for one in mismatches)
    assert all(0 <= one.score <= 1 and one.reasons for one in mismatches)
    assert all((one.tokens[0] == one.tokens[1]) == (one.kind in (MISSING, FILLER)) for one in mismatches)
    assert all(bool(one.written) == (one.kind not in (MISSING, FILLER)) for one in mismatches)


@given(TEXT, st.lists(TEXT | st.floats(0.1, 4), max_size=5), st.floats(0.1, 5))
def test_untranscribed_speech_is_sorted_and_disjoint(
    text: str, said: list[str | float], longer: float
) -> None:
    tokens, _ = written(*text.split("\n"))
    words = heard(*said)
    speech = all_through(words, longer)
    blocks = compare(tokens, words, speech)
    untranscribed = untranscribed_speech(
        classify_blocks(blocks, placed(tokens, blocks, words, speech), words, speech)
    )
    assert list(untranscribed) == sorted(untranscribed)
    assert all(one.end <= other.start + 1e-6 for one, other in pairwise(untranscribed))
    assert all(one.end <= speech[-1].end + 1e-6 for one in untranscribed)


def candidate(
    kind: MismatchKind, tokens: tuple[int, int], span: Span, *said: str, likeness: float = 0.0
) -> Candidate:
    """A candidate whose span is untranscribed speech."""
    return Candidate(tokens, span, span.duration, kind, heard(*said), likeness)


def explained(candidate: Candidate) -> Mismatch:
    """The mismatch that a candidate in a text of one steady line becomes."""
    timed, turns = timed_at(*(k / 4 for k in range(12)))
    (one,) = find_mismatches((candidate,), timed, turns, ())
    return one


@pytest.mark.parametrize(
    ("candidate", "kind", "severity", "said"),
    [
        (
            candidate(FILLER, (3, 3), Span(1, 2)),
            FILLER,
            Severity.LOW,
            "A filler or a repeat is spoken here",
        ),
        (
            candidate(MISSING, (3, 3), Span(1, 1.3)),
            MISSING,
            Severity.LOW,
            "neither the transcript nor",
        ),
        (
            candidate(MISSING, (3, 3), Span(1, 1.7)),
            MISSING,
            Severity.MEDIUM,
            "neither the transcript nor",
        ),
        (
            candidate(MISSING, (3, 3), Span(1, 3)),
            MISSING,
            Severity.HIGH,
            "neither the transcript nor",
        ),
        (candidate(MOVED, (2, 4), Span(7, 9), likeness=50), MOVED, Severity.HIGH, "in another place"),
        (
            candidate(SAME_SOUND, (2, 4), Span(1, 2), "金田"),
            SAME_SOUND,
            Severity.LOW,
            "sound the same",
        ),
        (candidate(DIFFERENT, (2, 5), Span(1, 2)), DIFFERENT, Severity.MEDIUM, "does not fit"),
        (
            candidate(DIFFERENT, (2, 3), Span(1, 2), "好", likeness=70),
            DIFFERENT,
            Severity.LOW,
            "nearly",
        ),
    ],
)
def test_every_kind_has_its_severity_and_reason(
    candidate: Candidate, kind: MismatchKind, severity: Severity, said: str
) -> None:
    one = explained(candidate)
    assert (one.kind, one.severity, one.tokens, one.span) == (
        kind, severity, candidate.tokens, candidate.span
    )  # fmt: skip
    assert said in one.reasons[0]


def test_a_candidate_without_a_kind_is_no_mismatch() -> None:
    timed, turns = timed_at(*(k / 4 for k in range(12)))
    assert find_mismatches((Candidate((2, 4), Span(1, 2), 1.0),), timed, turns, ()) == ()


def test_unspoken_text_is_at_the_start_of_its_candidate() -> None:
    assert explained(candidate(UNSPOKEN, (2, 4), Span(1, 2))).span == Span(1, 1)


def test_only_speech_without_text_is_untranscribed_and_what_meets_is_join_words() -> None:
    candidates = (
        candidate(MISSING, (9, 9), Span(6, 8)),
        candidate(UNSPOKEN, (1, 4), Span(2, 2)),
        candidate(DIFFERENT, (4, 8), Span(2, 5)),
        candidate(FILLER, (2, 2), Span(1, 1.5)),
        candidate(MISSING, (2, 2), Span(1.5, 2)),
        candidate(MISSING, (9, 9), Span(7, 7.5)),
    )
    assert untranscribed_speech(candidates) == (Span(1, 2), Span(6, 8))


def test_a_hidden_filler_is_no_mismatch() -> None:
    turn = Turn(None, "我们，好", 1, hidden=(Wording(2, 3, "，呃，"),))
    tokens = tokenize([turn])
    timed = [
        TimedToken(token, None if token.text == "呃" else Span(k, k + 1), 0.9)
        for k, token in enumerate(tokens)
    ]
    candidate = Candidate((2, 3), Span(2, 2), 0.0, MismatchKind.UNSPOKEN, (), 0.0)
    assert find_mismatches([candidate], timed, [turn], ()) == ()
    shown = Turn(None, turn.spoken, 1)
    (one,) = find_mismatches([candidate], timed, [shown], ())
    assert (one.kind, one.written) == (UNSPOKEN, "呃")
