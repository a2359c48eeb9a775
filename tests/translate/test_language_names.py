from __future__ import annotations

from align.translate.language_names import NAMES, name_of


def test_a_language_goes_by_its_code_and_a_region_adds_little() -> None:
    assert name_of("en") == name_of("en-GB") == "English"
    assert (name_of("zh"), name_of("zh-TW"), name_of("ZH-Hant")) == (
        "Simplified Chinese", "Traditional Chinese", "Traditional Chinese"
    )  # fmt: skip
    assert name_of("xx") is None
    assert all(code == code.lower() for code in NAMES)
