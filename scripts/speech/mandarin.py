"""Mandarin syllables as Kokoro wants them: misaki's IPA with arrows for tones."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

FILLERS = {
    "嗯": "en1",
    "呃": "e4",
    "哎": "ai1",
    "唉": "ai4",
    "哈": "ha1",
    "啊": "a5",
    "诶": "ei4",
    "哦": "o4",
}
"""Fillers as people say them; the dictionary's readings are the literary ones."""

_TONES = (("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"))
_SYLLABIC = (("ɻ\u0329", "ɨ"), ("ɹ\u0329", "ɨ"))


def words(han: str) -> tuple[tuple[str, ...], ...]:
    """A run of Han characters as words, each a tuple of one IPA string a character.

    Example: "大家好" -> (("ta↘", "ʨja→"), ("xau↓",)).
    """
    from pypinyin import Style, lazy_pinyin
    from pypinyin.seg.mmseg import seg

    found = []
    for word in seg.cut(han):
        syllables = lazy_pinyin([word], style=Style.TONE3, neutral_tone_with_five=True)
        found.append(tuple(ipa(FILLERS.get(char, said)) for char, said in zip(word, syllables, strict=True)))
    return tuple(found)


@lru_cache(maxsize=2048)
def ipa(pinyin: str) -> str:
    """One syllable with its tone as a digit ("hao3") in Kokoro's letters ("xau↓").

    The table is misaki's, which the model was trained with.
    """
    from misaki.transcription import pinyin_to_ipa

    sound = "".join(pinyin_to_ipa(pinyin)[0])
    for written, wanted in (*_TONES, *_SYLLABIC):
        sound = sound.replace(written, wanted)
    return "".join(char for char in sound if not unicodedata.combining(char))
