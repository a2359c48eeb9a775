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
"""A language in Whisper's vocabulary; its other special tokens are longer words."""
_START = "<|startoftranscript|>"
_START_OF_ENGLISH_ONLY = 50257
"""Number of _START in English-only models, which have the language tokens too, and no use for them."""

PRONOUNCED = ("zh", "en")
"""The languages whose pronunciation align knows; a text of either may hold words of the other."""

HAN_SHARE = 0.2
"""Share of Han tokens from which a transcript is Chinese; Mandarin shows are full of English words."""


def transcript_language(chosen: str, tokens: Sequence[Token]) -> str:
    """The language as chosen, or guessed from the script of the tokens: Han is Chinese, Latin is English."""
    if chosen != AUTO:
        return chosen
    scripts = [unicodedata.name(token.text[0], "").split(" ")[0] for token in tokens]  # such as CJK or LATIN
    for script, language in (("HIRAGANA", "ja"), ("HANGUL", "ko"), ("CYRILLIC", "ru")):
        if scripts.count(script) > HAN_SHARE * len(scripts):
            return language
    return "zh" if scripts.count("CJK") > HAN_SHARE * len(scripts) else "en"


def second_language(chosen: str | None, first: str) -> str | None:
    """The language to translate into, None for no translation; "auto" is English, or Chinese for English.

    Raises:
        UsageError: the chosen language is unknown.
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
    """The chosen aligner, or the one for any language where the pronunciation of `language` is unknown."""
    return chosen if language in PRONOUNCED else ATTENTION


def check_spoken(language: str) -> None:
    """Raise ModelError if no Whisper model knows a language, before any model is downloaded."""
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
        numbers = {str(entry["content"]): entry["id"] for entry in added}
        start = numbers[_START]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(str(path), "is not a Whisper model's; name another folder with --model") from error
    if start == _START_OF_ENGLISH_ONLY:
        return ("en",)
    return tuple(match[1] for text in numbers if (match := _LANGUAGE_MARK.fullmatch(text)))


def check_known(language: str, known: Sequence[str], model: str) -> None:
    """Raise ModelError if a Whisper model, whose languages are `known`, does not know a language."""
    if language not in known:
        near = ", ".join(code for code in known if code[:1] == language[:1]) or ", ".join(known[:10])
        raise ModelError(
            model, f"does not know the language {language!r}; choose a code with --language, such as {near}"
        )
