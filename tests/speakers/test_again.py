"""Who says the words of a changed text."""

from __future__ import annotations

from dataclasses import replace

from align.speakers.again import speakers_again
from align.timing.changed import same_tokens
from align.values import Alignment, Result, Span, TimedToken, Turn
from tests.results import sample, tokens_of

OLD = (Turn("陈倩", "今天天气很好", 1), Turn("Bruce", "我们开始直播", 2))


def result(turns: tuple[Turn, ...], speakers: dict[int, str] | None = None) -> Result:
    """A token a second; whoever speaks is told by the label, or by the number of the token."""
    timed = tuple(
        TimedToken(token, Span(k, k + 0.5), 0.9, (speakers or {}).get(k, turns[token.turn].speaker))
        for k, token in enumerate(tokens_of(turns))
    )
    return replace(sample(300), turns=turns, alignment=Alignment(timed, ()))


def speakers(old: Result, new: tuple[Turn, ...]) -> list[str | None]:
    """Of each token; new ones are placed in the middle of their old neighbours."""
    tokens, before = tokens_of(new), old.alignment.tokens
    origin = same_tokens([one.text for one in tokens], [one.token.text for one in before])
    timed = [
        TimedToken(token, None, 0.0) if k is None else replace(before[k], token=token)
        for token, k in zip(tokens, origin, strict=True)
    ]
    done = speakers_again(timed, new, old, origin, [k is not None for k in origin])
    return [one.speaker for one in done]


def test_a_new_word_is_said_by_whom_the_label_names() -> None:
    new = (OLD[0], replace(OLD[1], text="我们现在开始直播"))
    assert speakers(result(OLD), new) == ["陈倩"] * 6 + ["Bruce"] * 8


def test_what_was_mended_by_hand_stays() -> None:
    assert speakers(result(OLD, {2: "Ethan"}), OLD)[:4] == ["陈倩", "陈倩", "Ethan", "陈倩"]


def test_another_label_is_another_speaker() -> None:
    new = (OLD[0], replace(OLD[1], speaker="Ethan"))
    assert speakers(result(OLD), new) == ["陈倩"] * 6 + ["Ethan"] * 6


def test_a_label_counts_on_until_the_next() -> None:
    new = (OLD[0], replace(OLD[1], speaker=None))
    assert speakers(result(OLD), new) == ["陈倩"] * 12


def test_labels_that_were_taken_out_leave_the_names() -> None:
    new = tuple(replace(turn, speaker=None) for turn in OLD)
    assert speakers(result(OLD), new) == ["陈倩"] * 6 + ["Bruce"] * 6


def test_without_labels_a_new_word_is_said_by_whoever_speaks_at_its_time() -> None:
    bare = tuple(replace(turn, speaker=None) for turn in OLD)
    old = result(bare, dict.fromkeys(range(6), "A") | dict.fromkeys(range(6, 12), "B"))
    new = (bare[0], replace(bare[1], text="我们就开始直播"))
    assert speakers(old, new) == ["A"] * 6 + ["B"] * 7
    tokens, before = tokens_of(new), old.alignment.tokens
    origin = same_tokens([one.text for one in tokens], [one.token.text for one in before])
    timed = [TimedToken(token, Span(5.2, 5.3), 0.0) for token in tokens]
    done = speakers_again(timed, new, old, [None] * len(tokens), [False] * len(tokens))
    assert {one.speaker for one in done} == {"A"}
    assert origin[8] is None


def test_nobody_is_named_where_nobody_was() -> None:
    bare = tuple(replace(turn, speaker=None) for turn in OLD)
    assert set(speakers(result(bare), (bare[0], replace(bare[1], text="我们都开始直播")))) == {None}
