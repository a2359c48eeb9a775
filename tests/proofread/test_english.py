"""Garbled Latin words in Chinese text."""

from __future__ import annotations

import pytest

from align.proofread.english import latin_words, suspicious_latin

SHOW = (
    "对，伊than其实之前也在我们的节目当中出现过。Ethan徐是嘉宾，AI的数据中心，AI的基建，AI的电力，AI的模型。\n"
    "这个fuu nding market啊，funding是融资，hello，大家好，market cap到了三万亿，capex，capex和capex。"
)
TERMS = ("Ethan", "Oracle", "selloff")


def suspects(text: str, terms: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Each suspicious part of a text with its repairs."""
    found = suspicious_latin(text, latin_words(text, terms))
    return {text[each.start : each.end]: tuple(word for word, _ in each.repairs) for each in found}


def test_torn_and_garbled_words_are_suspicious_and_others_are_not() -> None:
    assert suspects(SHOW, TERMS).keys() == {"than", "fuu nding"}


def test_a_han_character_before_it_is_part_of_the_sound() -> None:
    assert suspects(SHOW, TERMS)["than"][0] == "Ethan"


@pytest.mark.parametrize(
    ("clause", "suspect", "repair"),
    [
        ("他们的acl e投了很多钱", "acl e", "Oracle"),
        ("市场这个off是不需要担心的", "off", "selloff"),
        ("这个inve stmnt很大", "inve stmnt", "investment"),
        ("从AA的话来看", "AA", "AI"),
    ],
)
def test_repairs_come_from_the_show_and_the_glossary(clause: str, suspect: str, repair: str) -> None:
    assert suspects(SHOW + clause, TERMS)[suspect][0] == repair


@pytest.mark.parametrize(
    "text", ["A股和B轮都很好", "我觉得OK的", "他在用GPU和TPU训练", "This is an English line, mon ami.", ""]
)
def test_what_people_say_in_chinese_is_no_suspicion(text: str) -> None:
    assert suspects(text) == {}
