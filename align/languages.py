"""Which language a transcript is in, and whether the models know it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from align.errors import ModelError
from align.options import AUTO
from align.values import Token

HAN_SHARE = 0.2
"""Share of Han tokens from which a transcript is Chinese; Mandarin shows are full of English words."""


def transcript_language(chosen: str, tokens: Sequence[Token]) -> str:
    """The language as chosen, or told by the script of the tokens: Han is Chinese, Latin is English."""
    if chosen != AUTO:
        return chosen
    scripts = [_script(token.text) for token in tokens]
    for script, language in (("HIRAGANA", "ja"), ("HANGUL", "ko"), ("CYRILLIC", "ru")):
        if scripts.count(script) > HAN_SHARE * len(scripts):
            return language
    return "zh" if scripts.count("CJK") > HAN_SHARE * len(scripts) else "en"


def second_language(chosen: str | None, first: str) -> str | None:
    """The language to translate into: English for all but English, which gets Chinese."""
    if chosen == AUTO:
        return "zh" if first == "en" else "en"
    return None if chosen == first else chosen


def check_known(language: str, known: Sequence[str], model: str) -> None:
    """Make sure that a Whisper model knows a language.

    Raises:
        ModelError: it does not.
    """
    if language not in known:
        near = ", ".join(code for code in known if code[:1] == language[:1]) or ", ".join(known[:10])
        raise ModelError(
            model, f"does not know the language {language!r}; choose a code with --language, such as {near}"
        )


def _script(text: str) -> str:
    """The first word of the Unicode name of a token's first character, such as CJK or LATIN."""
    return unicodedata.name(text[0], "").split(" ")[0]
