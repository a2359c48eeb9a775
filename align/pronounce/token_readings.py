"""Readings of each token of a text, by the rules of its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from align.core.types import Token, Turn
from align.pronounce.english_phones import dictionary_readings, latin_readings, plain_word, spell_out, with_s
from align.pronounce.mandarin_phones import character_readings
from align.pronounce.number_readings import NumberContext, number_readings, ordinal
from align.pronounce.phones import SILENCE, Reading, distinct, joined
from align.pronounce.sound_key import HAN
from align.pronounce.symbols import currency_names, currency_of, spoken_forms
from align.pronounce.tokens import tokenize
from align.pronounce.units_of_measure import UNITS

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z&'\-\d.]*[A-Za-z][A-Za-z&'\-\d.]*")
_PART = re.compile(r"\d+(?:[.．]\d+)*|[A-Za-z']+|&")
"""Stretches of letters, numbers and "&", without hyphens."""
_NUMBER = re.compile(r"\d[\d.,:/]*[%‰]?")
_RANGE = re.compile(
    r"(?<!\d[-–~～])(?<![\d.,])\d[\d.,]*(?:[%％年月日号點点个℃°]|°[CF]|[A-Za-z]{1,3})?\s*[-–~～]\s*[$£€¥￥]?$"
)
_NEXT = re.compile(r"\s*([A-Za-z]+|\S)?")
_COUNT = re.compile(r"[\d几一二三四五六七八九十百千万亿]$")
"""The end of a token after which a unit is one."""
_TO: dict[str, Reading] = {"zh": ("d", "Ao"), "en": ("t", "uw")}
_RATIO = re.compile(r"(\d+)([:：/])(\d+)")
_RATIO_FORMS = {
    (False, "zh"): ("{0}点{2}", "{0}比{2}"), (False, "en"): ("{0} {2}", "{0} to {2}"),
    (True, "zh"): ("{2}分之{0}",), (True, "en"): ("{0} {2}",),
}  # fmt: skip
"""A clock time, a score or a fraction as words, between which people pause."""
_LONGEST_AMOUNT = 4
"""Tokens from a currency to the last multiple: ¥1.4 万 亿."""
MOST_SYMBOLS = 24
"""Readings of one token with symbols that the aligner has to try."""
_MOST_PAUSED = 6
"""Readings with a pause between all words of a form."""
_MOST_OF_FORM = 5
"""Readings of one of its forms."""
_BEFORE = 16
"""Characters before a number that can decide how it is read."""
_SPELLED = 3
"""So few capitals beside a digit, a hyphen or "&" are letters and never a word."""
_MIXED = NumberContext(languages=("en", "zh"))
"""Mandarin speakers say a number inside a word in either language: GPT four, GPT si."""
_MULTIPLES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion"}


def token_readings(turns: Sequence[Turn], tokens: Sequence[Token]) -> tuple[tuple[Reading, ...], ...]:
    """Readings of each token, the likeliest first; () for a token of an unknown script."""
    readings: list[tuple[Reading, ...]] = []
    paid: dict[int, str] = {}  # index of a multiple to the token whose currency is said after it
    for index, token in enumerate(tokens):
        following = [each.text for each in tokens[index : index + _LONGEST_AMOUNT] if each.turn == token.turn]
        at = currency_of(following)
        if at:
            paid[index + at] = token.text
        unit = UNITS.get(token.text) if index and _COUNT.search(tokens[index - 1].text) else None
        if spoken_forms(token.text, "en"):
            context = _context(turns[token.turn].spoken, tokens, index)
            readings.append(symbol_readings(token.text, context, bare=at > 0))
        elif unit and token.text.isalpha():
            context = _context(turns[token.turn].spoken, tokens, index)
            forms = [(unit[language == "en"], language) for language in context.languages]
            readings.append(distinct([*_forms_readings(forms), *word_readings(token.text)], MOST_SYMBOLS))
        elif _HAN.match(token.text):
            readings.append(character_readings(token.text[0], token.sound))
        elif not token.text.isalpha() and is_number(token.text):
            context = _context(turns[token.turn].spoken, tokens, index)
            said = number_readings(token.text, context)
            if context.ranged:  # people pause after "to"
                number = number_readings(token.text, replace(context, ranged=False))[:2]
                said += joined([[_TO[language] for language in context.languages], [(SILENCE,)], number])
            if parts := _RATIO.fullmatch(token.text):
                forms = [
                    (
                        tuple(
                            form.format(*parts.groups()) for form in _RATIO_FORMS[parts[2] == "/", language]
                        ),
                        language,
                    )
                    for language in context.languages
                ]
                said += tuple(reading for reading in _forms_readings(forms) if SILENCE in reading)
            readings.append(said)
        else:
            readings.append(word_readings(token.text))
    for index, symbol in paid.items():
        languages = ("zh", "en") if _HAN.match(tokens[index].text) else ("en", "zh")
        named = [(currency_names(symbol, language), language) for language in languages]
        whole = joined([readings[index], _forms_readings(named)], MOST_SYMBOLS)
        paused = joined([readings[index], [(SILENCE,)], _forms_readings(named)])
        readings[index] = distinct([*whole, *paused, *readings[index]], 2 * MOST_SYMBOLS)
    return tuple(readings)


@lru_cache(maxsize=16_384)
def symbol_readings(text: str, context: NumberContext, *, bare: bool = False) -> tuple[Reading, ...]:
    """Readings of a token with symbols, such as "-40°F", in all languages of the context.

    Args:
        bare: without the currency, which a later token has.
    """
    links = {"zh": "到", "en": "to "} if context.ranged else {}
    forms = []
    for language in context.languages:
        said = spoken_forms(text, language, bare=bare)
        to = tuple(links[language] + form for form in said[:2]) if links else ()
        forms.append(((*to, *said), language))
    as_word = word_readings(text) if text.isalnum() else ()
    return distinct([*_forms_readings(forms), *as_word], 4 * MOST_SYMBOLS)


def _forms_readings(forms: Sequence[tuple[tuple[str, ...], str]]) -> tuple[Reading, ...]:
    """Readings of texts, each with its language; the likeliest of every text first."""
    by_form = [
        [form_readings(text, language) for text in texts] for texts, language in forms
    ]  # language, text, reading
    ranked = sorted(
        (rank + place, place, number, reading)
        for number, texts in enumerate(by_form)
        for place, readings in enumerate(texts)
        for rank, reading in enumerate(readings)
    )
    plain = [tuple(phone for phone in reading if phone != SILENCE) for *_, reading in ranked]
    best = [reading for *_, reading in ranked if SILENCE in reading][:_MOST_PAUSED]
    single = [
        tuple(phone for at, phone in enumerate(reading) if phone != SILENCE or at == kept)
        for reading in best[:2]
        for kept, phone in enumerate(reading)
        if phone == SILENCE
    ]
    return distinct([*plain[:MOST_SYMBOLS], *best, *single[:MOST_SYMBOLS]], 3 * MOST_SYMBOLS)


@lru_cache(maxsize=16_384)
def form_readings(text: str, language: str) -> tuple[Reading, ...]:
    """Readings of plain words and numbers, with the numbers in one language; between the tokens SILENCE."""
    turn = Turn(None, text, 1)
    tokens = tokenize([turn])
    parts: list[tuple[Reading, ...]] = []
    for index, token in enumerate(tokens):
        if _HAN.match(token.text):
            parts.append(character_readings(token.text[0], token.sound)[:1])
        elif not token.text.isalpha() and is_number(token.text):
            context = replace(_context(text, tokens, index), languages=(language,))
            parts.append(number_readings(token.text, context))
        else:
            parts.append(word_readings(token.text)[:2])
    spaced = [piece for part in parts if part for piece in (((SILENCE,),), part)]
    return joined(spaced[1:], _MOST_OF_FORM)


def is_number(text: str) -> bool:
    """Whether a token is read as a number; ① and ½ are."""
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace("⁄", "/")) is not None


@lru_cache(maxsize=16_384)
def word_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a Latin word with the digits inside it; () for a word of another script."""
    plain = plain_word(word)
    if len(word) == 1 and unicodedata.name(word, "").startswith("GREEK"):
        return latin_readings(unicodedata.name(word).split(" ")[-1].lower())  # π is "pi"
    if not _LATIN.fullmatch(plain):
        return ()
    whole = dictionary_readings(plain.lower())
    if whole and "-" in plain:
        return whole
    parts = _PART.findall(plain)
    suffixed = _suffixed(*parts) if len(parts) == 2 and parts[0].isdigit() else ()
    if suffixed:
        return suffixed
    readings: list[tuple[Reading, ...]] = []
    for part in parts:
        spelled = len(parts) > 1 and (len(part) == 1 or (part.isupper() and len(part) <= _SPELLED))
        if part[0].isdigit():
            readings.append(number_readings(part, _MIXED))
        else:
            readings.append((spelled and spell_out(part.lower())) or latin_readings(part))
    return joined([part for part in readings if part])


def _suffixed(number: str, suffix: str) -> tuple[Reading, ...]:
    """21st, 1990s and 5B; () for any other suffix."""
    ending = suffix.lower()
    if ending in ("st", "nd", "rd", "th"):
        return joined([dictionary_readings(word)[:1] for word in ordinal(number).split(" ")])
    if ending == "s":
        return with_s(number_readings(number, NumberContext(languages=("en",))))
    if ending not in _MULTIPLES:
        return ()
    names = latin_readings(suffix)[:1] + dictionary_readings(_MULTIPLES[ending])[:1]
    return joined([number_readings(number, _MIXED), names])


def _context(text: str, tokens: Sequence[Token], index: int) -> NumberContext:
    """What stands around a number, and in which languages it is said: by the words beside it."""
    token = tokens[index]
    before = text[max(0, token.start - _BEFORE) : token.start]
    after = _NEXT.match(text, token.end)
    beside: set[str] = set()  # languages of the nearest tokens in the turn that are not numbers
    for places in (range(index - 1, -1, -1), range(index + 1, len(tokens))):
        for at in places:
            is_han = _HAN.match(tokens[at].text) is not None
            if tokens[at].turn != token.turn:
                break
            if is_han or tokens[at].text[0].isalpha():
                beside.add("zh" if is_han else "en")
                break
    languages: tuple[str, ...] = ("zh",) if beside == {"zh"} else ("zh", "en")
    if beside == {"en"}:
        languages = ("en", "zh") if _HAN.search(text) else ("en",)
    return NumberContext(
        before=unicodedata.normalize("NFKC", before.rstrip()[-1:]),
        after=unicodedata.normalize("NFKC", after[1].lower()) if after and after[1] else "",
        ranged=_RANGE.search(before) is not None,
        languages=languages,
    )
