from __future__ import annotations

import pytest

from align.core.types import Alignment, Span, TimedToken, Turn, Wording
from align.pronounce.tokens import tokenize
from align.subtitles.units import text_of, units_of
from tests.subtitles.made import aligned


def shown(text: str, unspoken: str = "") -> list[str]:
    """The text of each unit, with its space."""
    turns = [Turn("陈倩", text, 1)]
    return [text_of([unit]) for unit in units_of(aligned(turns, unspoken=unspoken), turns)]


def test_punctuation_stays_with_its_token() -> None:
    assert shown("他说：“好。”我") == ["他", "说：", "“好。”", "我"]
    assert shown('a "b c" $5 (d) e.') == ["a ", '"b ', 'c" ', "$5 ", "(d) ", "e."]


@pytest.mark.parametrize(
    ("text", "unspoken", "expected"),
    [
        ("好，呃，我们", "呃", "好，我们"),
        ("好，呃。我们", "呃", "好。我们"),
        ("呃，我们", "呃", "我们"),
        ("我们（笑）好", "笑", "我们好"),
        ("我们“笑好”", "笑", "我们“好”"),
        ("hello um, world", "um", "hello, world"),
        ("hello啊world", "啊", "hello world"),
        ("我们嗯", "嗯", "我们"),
    ],
)
def test_an_unspoken_token_takes_its_punctuation_with_it(text: str, unspoken: str, expected: str) -> None:
    assert "".join(shown(text, unspoken)).strip() == expected


@pytest.mark.parametrize(
    "text",
    [
        "AT&T & Co. pay",
        "it cost ~$150k more",
        "A + B = C",
        'he said -- "it\'s fine" -- and left',
        'a 5" screen -- good',
        "wait . . . what",
        "好？！我",
        "啊，。 ，我",
        "他说 “好” ，走",
        "( a ) b ,c",
    ],
)
def test_what_is_written_is_what_is_shown(text: str) -> None:
    assert "".join(shown(text)) == text


def test_a_mark_stays_with_the_word_that_it_touches() -> None:
    assert shown('about ~$5 -- "yes" & no') == ["about ", "~$5 -- ", '"yes" & ', "no"]


def test_of_the_marks_around_a_word_left_out_the_strongest_stays() -> None:
    assert "".join(shown("啊，呃。 ，我", "呃")) == "啊。我"


def test_a_run_ends_where_the_turn_or_speaker_changes() -> None:
    turns = [Turn("陈倩", "你好", 1), Turn("陈倩", "你好", 2), Turn("Ethan", "好", 3)]
    units = units_of(aligned(turns), turns)
    assert [(unit.run, unit.speaker) for unit in units] == [
        (0, "陈倩"), (0, "陈倩"), (1, "陈倩"), (1, "陈倩"), (2, "Ethan")
    ]  # fmt: skip


def test_a_filler_hidden_by_cleaning_is_not_shown() -> None:
    turn = Turn(
        "陈倩",
        "好，我们AI GPU",
        1,
        hidden=(Wording(1, 2, "，呃，"), Wording(2, 2, "我"), Wording(6, 7, "嗯")),
    )
    assert turn.spoken == "好，呃，我我们AI嗯GPU"
    timed = tuple(TimedToken(token, Span(k, k + 1), 1.0) for k, token in enumerate(tokenize([turn])))
    units = units_of(Alignment(timed, ()), [turn])
    assert [(unit.token, unit.text, unit.space) for unit in units] == [
        (0, "好，", False), (3, "我", False), (4, "们", False), (5, "AI", True), (7, "GPU", False)
    ]  # fmt: skip
