"""Words of any cutting, brought onto tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scripts.benchmarks.place import place, token_texts
from scripts.benchmarks.values import Word


def test_words_that_are_tokens_keep_their_times() -> None:
    tokens = token_texts("Don't go, 伊森!")
    words = (Word("don’t", 0.1, 0.4), Word("GO", 0.4, 0.6), Word("伊", 0.8, 1.0), Word("森", 1.0, 1.2))
    assert [(word.start, word.end) for word in place(tokens, words) if word] == [
        (0.1, 0.4),
        (0.4, 0.6),
        (0.8, 1.0),
        (1.0, 1.2),
    ]


def test_a_word_of_several_tokens_gives_its_outer_edges_alone() -> None:
    assert place(("观", "众", "们"), (Word("观众们", 1.0, 2.0),)) == (
        Word("观", 1.0, None),
        Word("众", None, None),
        Word("们", None, 2.0),
    )


def test_a_token_of_several_words_spans_them() -> None:
    words = (Word("e", 0.0, 0.2), Word("-", 0.2, 0.3), Word("mail", 0.3, 0.7))
    assert place(("e-mail",), words) == (Word("e-mail", 0.0, 0.7),)


def test_a_word_that_a_tool_left_out_is_placed_nowhere() -> None:
    words = (Word("the", 0.0, 0.1), Word("sat", 0.5, 0.8))
    assert place(("the", "cat", "sat"), words) == (Word("the", 0.0, 0.1), None, Word("sat", 0.5, 0.8))


def test_a_word_without_times_is_placed_nowhere() -> None:
    assert place(("go",), (Word("go", None, None),)) == (None,)


def test_words_that_are_not_in_the_text_are_passed_over() -> None:
    words = (Word("大", 0.0, 0.2), Word("呃", 0.2, 0.5), Word("家", 0.5, 0.7))
    assert place(("大", "家"), words) == (Word("大", 0.0, 0.2), Word("家", 0.5, 0.7))


def test_a_sentence_of_which_the_start_is_known_tells_its_first_token_alone() -> None:
    words = (Word("Oh, hello.", 8.4, None), Word("I know.", 8.9, None))
    starts = [word.start for word in place(("Oh", "hello", "I", "know"), words) if word]
    assert starts == [8.4, None, 8.9, None]


@given(st.lists(st.sampled_from(["大", "家", "好", "hello", "AI", "2024"]), max_size=12), st.data())
def test_any_cutting_of_a_text_keeps_its_outer_edges(tokens: list[str], data: st.DataObject) -> None:
    words, at = [], 0
    while at < len(tokens):
        many = data.draw(st.integers(1, len(tokens) - at))
        words.append(Word(" ".join(tokens[at : at + many]), float(at), float(at + many)))
        at += many
    placed = place(tokens, words)
    assert None not in placed
    starts = [word.start for word in placed if word and word.start is not None]
    ends = [word.end for word in placed if word and word.end is not None]
    assert (starts, ends) == ([word.start for word in words], [word.end for word in words])
