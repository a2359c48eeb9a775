from __future__ import annotations

import pytest

from align.core.types import Alignment, Span, TimedToken, Turn, Wording
from align.pronounce.tokens import tokenize
from align.subtitles.units import runs
from tests.subtitles.made import aligned


def shown(text: str, unspoken: str = "") -> list[str]:
    """The pieces of `text`, each with its space."""
    turns = [Turn("陈倩", text, 1)]
    return [
        p.text + " " * p.space for run in runs(aligned(turns, unspoken=unspoken), turns) for p in run.pieces
    ]


def test_marks_stay_with_the_token_that_they_belong_to() -> None:
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
def test_an_unspoken_token_takes_its_marks_with_it(text: str, unspoken: str, expected: str) -> None:
    assert "".join(shown(text, unspoken)).strip() == expected


def test_a_muddle_of_marks_becomes_the_strongest_of_them() -> None:
    assert shown("啊，。 ，我") == ["啊。", "我"]
    assert shown("好？！我") == ["好？！", "我"]


def test_a_run_ends_where_turn_or_speaker_changes() -> None:
    turns = [Turn("陈倩", "你好", 1), Turn("陈倩", "你好", 2), Turn("Ethan", "好", 3)]
    found = runs(aligned(turns), turns)
    assert [(run.speaker, len(run.pieces)) for run in found] == [("陈倩", 2), ("陈倩", 2), ("Ethan", 1)]


def test_a_filler_that_cleaning_hides_has_a_time_and_no_place_on_screen() -> None:
    turn = Turn(
        "陈倩",
        "好，我们AI GPU",
        1,
        hidden=(Wording(1, 2, "，呃，"), Wording(2, 2, "我"), Wording(6, 7, "嗯")),
    )
    assert turn.spoken == "好，呃，我我们AI嗯GPU"
    timed = tuple(TimedToken(token, Span(k, k + 1), 1.0) for k, token in enumerate(tokenize([turn])))
    (run,) = runs(Alignment(timed, ()), [turn])
    assert [(piece.token, piece.text, piece.space) for piece in run.pieces] == [
        (0, "好，", False), (3, "我", False), (4, "们", False), (5, "AI", True), (7, "GPU", False)
    ]  # fmt: skip
