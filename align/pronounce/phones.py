"""The inventory: every sound that a token may be made of, and every sound that is no speech.

English phones are ARPAbet in lower case without stress ("hh", "ah", "l", "ow"). What only Mandarin has
begins with a capital: initials ("Zh", "X") and whole finals ("Iang", "Ve"), in pinyin without tones. Eleven
consonants are so alike in both that they are one phone. The phone head has one output for each name here.
"""

from __future__ import annotations

SHARED = ("b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "s")
"""Consonants of both languages."""

MANDARIN_INITIALS = ("H", "J", "Q", "X", "Zh", "Ch", "Sh", "R", "Z", "C")
"""Initials that are Mandarin's own; the others of its 21 are SHARED."""

MANDARIN_FINALS = (
    "A", "O", "E", "Ai", "Ei", "Ao", "Ou", "An", "En", "Ang", "Eng", "Ong", "Er",
    "I", "Iz", "Ir", "Ia", "Ie", "Iao", "Iou", "Ian", "In", "Iang", "Ing", "Iong",
    "U", "Ua", "Uo", "Uai", "Uei", "Uan", "Uen", "Uang", "Ueng",
    "V", "Ve", "Van", "Vn",
)  # fmt: skip
"""Finals, with their glide; Iz is the vowel of zi, ci, si, Ir that of zhi, chi, shi, ri."""

ENGLISH = (
    "aa", "ae", "ah", "ao", "aw", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw",
    "ch", "dh", "hh", "jh", "ng", "r", "sh", "th", "v", "w", "y", "z", "zh",
)  # fmt: skip
"""Phones that are English's own."""

SILENCE, BREATH, LAUGHTER, NOISE = "(silence)", "(breath)", "(laughter)", "(noise)"
NO_SPEECH = (SILENCE, BREATH, LAUGHTER, NOISE)
"""What may lie between two tokens."""

PHONES = (*NO_SPEECH, *SHARED, *MANDARIN_INITIALS, *MANDARIN_FINALS, *ENGLISH)
"""The whole inventory; a phone's index is its class in the phone head."""

PHONE_INDEX = {phone: index for index, phone in enumerate(PHONES)}

Reading = tuple[str, ...]
"""One way to say a token: its phones, in order, none of NO_SPEECH."""
