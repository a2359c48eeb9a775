from __future__ import annotations

import pytest

from align.core.errors import UsageError
from align.subtitles.options import CueOptions


def test_sixteen_han_characters_fill_a_chinese_line_and_a_latin_letter_counts_half() -> None:
    chinese = CueOptions().rules("zh")
    assert chinese.width("一" * 16) == chinese.columns
    assert chinese.width("OpenAI") == chinese.width("三个字")


def test_marks_are_as_wide_as_the_fonts_of_the_language() -> None:
    assert CueOptions().rules("zh").width("“好”") == 6
    assert CueOptions().rules("en").width("“ok”") == 4


def test_accents_and_joiners_take_no_room() -> None:
    assert CueOptions().rules("en").width("e\u0301\u200d") == 1


@pytest.mark.parametrize(
    ("language", "same_as"), [("zh-Hans", "zh"), ("yue", "zh"), ("ja", "zh"), ("de", "en")]
)
def test_other_languages_follow_the_one_with_the_same_kind_of_script(language: str, same_as: str) -> None:
    assert CueOptions().rules(language) == CueOptions().rules(same_as)


def test_options_that_cannot_be_met_are_refused_with_a_value_to_try() -> None:
    with pytest.raises(UsageError, match="choose 1 or 2"):
        CueOptions(lines=3)
