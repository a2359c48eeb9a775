"""The tuning constants of cleaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CleaningParameters:
    """Tuned on the seed transcript.

    Attributes:
        max_passes: times that all rules are applied (3 to 50); two or three suffice for natural text.
        min_copies: copies of a small word that nobody means, though two may be meant (3 or 4).
        max_word_parts: parts of one word torn apart (2 to 6).
        min_joined_word: letters of a word that is put together (3 to 6).
        min_dictionary_word: letters from which the dictionary is trusted; shorter entries are surnames and
            initials as often as words (2 to 4).
        min_latin_term: letters of a Latin term that can be recognized by its letters (3 to 6).
        extra_term_parts: parts into which a Latin term may be torn, beyond its words (0 to 3).
    """

    max_passes: int = 20
    min_copies: int = 3
    max_word_parts: int = 4
    min_joined_word: int = 4
    min_dictionary_word: int = 3
    min_latin_term: int = 4
    extra_term_parts: int = 2


DEFAULTS = CleaningParameters()
