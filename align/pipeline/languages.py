"""Which language a transcript is in, and whether the models know it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from align.core.errors import ModelError, UsageError
from align.core.types import Token
from align.pipeline.options import ATTENTION, AUTO
from align.translate.prompt import name_of

_LANGUAGE_MARK = re.compile(r"<\|([a-z]{2,3})\|>")
"""What Whisper's vocabulary has for each language; its other marks are longer words."""
_START = "<|startoftranscript|>"
_START_OF_ENGLISH_ONLY = 50257
"""Number of _START in models of English alone, which have the languages' marks too, and no use for them."""

PRONOUNCED = ("zh", "en")
"""The languages whose pronunciation align knows; a text of either may hold words of the other."""

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
    """The language to translate into: by itself English for all but English, which gets Chinese.

    None where no translation is wanted or needed.

    Raises:
        UsageError: nobody knows the language that was chosen.
    """
    if chosen == AUTO:
        return "zh" if first == "en" else "en"
    if chosen is None or chosen == first:
        return None
    if name_of(chosen) is None:
        raise UsageError(
            f"there is no language {chosen!r} to translate into; choose a code such as en, zh or fr"
        )
    return chosen


def usable_aligner(chosen: str, language: str) -> str:
    """The aligner that was chosen, or the one for any language where that cannot say the text."""
    return chosen if language in PRONOUNCED else ATTENTION


def check_spoken(language: str) -> None:
    """Make sure that there is a Whisper model for a language, before any is pulled.

    Raises:
        ModelError: there is none.
    """
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    check_known(language, _LANGUAGE_CODES, "Whisper")


def whisper_languages(folder: Path) -> tuple[str, ...]:
    """The codes of the languages that a Whisper model knows, by its tokenizer.

    faster-whisper names Cantonese for every model, and only large-v3 and its kin know it.

    Raises:
        ModelError: the tokenizer cannot be read.
    """
    path = folder / "tokenizer.json"
    try:
        added = json.loads(path.read_bytes())["added_tokens"]
        marks = {str(entry["content"]): entry["id"] for entry in added}
        start = marks[_START]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(str(path), "is not a Whisper model's; name another folder with --model") from error
    if start == _START_OF_ENGLISH_ONLY:
        return ("en",)
    return tuple(found[1] for mark in marks if (found := _LANGUAGE_MARK.fullmatch(mark)))


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
