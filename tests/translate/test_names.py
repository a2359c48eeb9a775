from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Turn
from align.transcript.cleaning.glossary import Glossary, Term
from align.translate.names import latin_name, name_translations, substitute_names


def english_names(*speakers: str | None) -> tuple[tuple[str, str], ...]:
    return name_translations([Turn(speaker, "好", 1) for speaker in speakers], Glossary(), "en")


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("陈倩", "Chen Qian"),
        ("李小龙", "Li Xiaolong"),
        ("欧阳修", "Ouyang Xiu"),
        ("曾国藩", "Zeng Guofan"),
        ("一鸣", "Yiming"),
        ("Ethan徐", "Ethan Xu"),
        ("Bruce Liu", "Bruce Liu"),
        ("主持人", "Host"),
        ("嘉宾2", "Guest 2"),
        ("林教授", "Professor Lin"),
        ("小何", "Xiao He"),
    ],
)
def test_a_name_in_latin_letters(written: str, latin: str) -> None:
    assert latin_name(written) == latin


def test_the_glossary_has_people_longest_first_and_no_labels() -> None:
    names = english_names("任洋", "主持人", None, "欧阳任洋", "Bruce", "任洋", "嘉宾1")
    assert names == (("欧阳任洋", "Ouyang Renyang"), ("任洋", "Ren Yang"))


def test_a_longer_name_is_put_before_the_shorter_one_inside_it() -> None:
    names = english_names("任洋", "欧阳任洋")
    assert substitute_names("欧阳任洋和任洋", names) == "Ouyang Renyang和Ren Yang"


def test_two_names_in_a_row_do_not_touch() -> None:
    names = (("联合创始人", "co-founder"), ("大盘", "the market"), ("陈倩", "Chen Qian"))
    assert substitute_names("联合创始人陈倩说大盘QQQ", names) == "co-founder Chen Qian说the market QQQ"


def test_a_speaker_may_have_a_chinese_surname_behind_a_latin_name() -> None:
    turns = [
        Turn("陈倩", "首先是Ethan徐，然后是Rob说的Bruce高见和Ann马。", 1),
        Turn("Ethan", "你好", 2),
        Turn("Bruce", "好", 3),
    ]
    assert name_translations(turns, Glossary(), "en") == (("Ethan徐", "Ethan Xu"), ("陈倩", "Chen Qian"))


def test_a_latin_term_is_put_in_any_case_and_as_a_word_of_its_own() -> None:
    terms = (("shadow banks", "影子银行"), ("AI", "人工智能"))
    assert substitute_names("Shadow banks said AI", terms) == "影子银行 said 人工智能"
    assert substitute_names("They paid in Dubai", terms) == "They paid in Dubai"


@given(st.text(alphabet="陈倩任洋主持人一Bruce 12", max_size=8))
def test_no_name_keeps_a_han_character(name: str) -> None:
    assert not any("\u3400" <= character <= "\u9fff" for character in latin_name(name))


def test_the_users_terms_go_before_the_spelling_of_a_name() -> None:
    turns = [Turn("一鸣", "好", 1), Turn("任洋", "好", 2)]
    terms = Glossary((Term("一鸣", english="Yi-Ming"), Term("影子银行", english="shadow banks")))
    assert name_translations(turns, terms, "en") == (
        ("影子银行", "shadow banks"), ("一鸣", "Yi-Ming"), ("任洋", "Ren Yang")
    )  # fmt: skip
    assert name_translations(turns, terms, "zh") == ()


def test_latin_names_of_speakers_stay_in_chinese_unless_the_glossary_has_them() -> None:
    turns = [Turn(name, "Hello", 1) for name in ("Dr. Ellis", "Host", "Jensen Huang")]
    glossary = Glossary((Term("Jensen", chinese="仁勋"),))
    assert name_translations(turns, glossary, "zh") == (
        ("Jensen", "仁勋"), ("Ellis", "Ellis"), ("Huang", "Huang")
    )  # fmt: skip
