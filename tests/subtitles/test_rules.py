from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError, UsageError
from align.subtitles.options import CueOptions
from align.subtitles.rules import NAMES, profile, read_profile, shipped


def test_sixteen_han_characters_fill_a_chinese_line_and_a_latin_letter_counts_half() -> None:
    chinese = CueOptions().rules("zh")
    assert chinese.width("一" * 16) == chinese.columns
    assert chinese.width("OpenAI") == chinese.width("三个字")


def test_marks_are_as_wide_as_the_fonts_of_the_language() -> None:
    assert CueOptions().rules("zh").width("“好”") == 6
    assert CueOptions().rules("en").width("“ok”") == 4


def test_lines_are_shorter_in_a_vertical_video() -> None:
    for name in NAMES:
        for code, rules in profile(name).languages:
            vertical = rules.for_vertical()
            assert vertical.columns < rules.columns, (name, code)
            assert vertical.lines == 2


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


def written(folder: Path, text: str) -> Path:
    path = folder / "house.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_each_shipped_profile_says_where_its_figures_are_from(name: str) -> None:
    one = profile(name)
    assert one.name == name
    assert len(one.about) > 80
    assert one.rules("zh").full_width
    assert not one.rules("en").full_width


def test_netflix_has_the_figures_of_its_guides() -> None:
    zh, en = (shipped("netflix-zh").rules(code) for code in ("zh", "en"))
    assert (zh.columns, zh.lines, zh.speed) == (32, 2, 18.0)
    assert (en.columns, en.lines, en.speed) == (42, 2, 20.0)
    assert (zh.shortest, zh.longest, zh.gap, zh.joined) == (0.833, 7.0, 2, 0.5)


def test_a_file_names_only_what_is_its_own(tmp_path: Path) -> None:
    own = read_profile(written(tmp_path, 'like = "bilibili"\n[zh]\nspeed = 7\n[timing]\ngap = 4\n'))
    base = shipped("bilibili")
    assert own.name == "house"
    assert (own.rules("zh").speed, own.rules("zh").gap) == (14.0, 4)
    assert own.rules("zh").columns == base.rules("zh").columns
    assert own.rules("en").speed == base.rules("en").speed


def test_a_file_may_know_more_languages(tmp_path: Path) -> None:
    table = '[ja]\nline = 13\nspeed = 4\nquiet_end = "。、"\n[de]\nspeed = 17\n'
    own = read_profile(written(tmp_path, table))
    assert (own.rules("ja").columns, own.rules("ja").lines, own.rules("ja").full_width) == (26, 2, True)
    assert (own.rules("de").columns, own.rules("de").speed) == (42, 17.0)
    assert own.rules("yue") == own.rules("zh")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[zh\nline = 3", r"is not TOML .*\(at line 1, column 4\)"),
        ('[zh]\nspeed = "fast"', "/zh/speed is a text; write a number"),
        ("[zh]\nspeed = 0", "/zh/speed is slower than anybody reads"),
        ("[zh]\nlines = 0", "/zh/lines is 0; write a whole number from 1 to 4"),
        ("[zh]\nfull_width = 1", "/zh/full_width is a number; write true or false"),
        ("[zh]\ncolour = 1", '/zh has the unknown field "colour"; correct its name or remove it'),
        ("[timing]\ngap = 1.5", "/timing/gap is a number; write a whole number"),
        ("[timing]\nshortest = 9.0", "/timing/shortest is not between 0 and longest"),
        ('like = "hulu"', "/like is none of its choices; write one of netflix-zh"),
        ("zh = 3", "/zh is a number; write an object in braces"),
        ("[timing]\ngap = 2024-01-01", "/timing/gap is of another kind; write a whole number"),
        ('[zh.style]\ncolour = "red"', '/zh/style/colour is not a colour; write one such as "#ffffff"'),
        ('[zh.style]\nfont = "A,B"', "/zh/style/font is not the name of one font"),
        ("[zh.style]\nsize = 2", "/zh/style/size is 2; write a whole number from 8 to 400"),
    ],
)
def test_the_error_names_the_invalid_value_and_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=rf"house\.toml: {sentence}"):
        read_profile(written(tmp_path, text))


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        profile(str(tmp_path / "none.toml"))
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="is not UTF-8"):
        profile(str(tmp_path / "odd.toml"))


def test_a_name_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="there is no profile 'netflix'; choose netflix-zh, netflix-en"):
        profile("netflix")
