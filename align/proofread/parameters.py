"""The tuning constants of proofreading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProofreadParameters:
    """Tuned on the first half of the planted errors; useful ranges in brackets."""

    max_word: int = 4  # characters of a word and its alternatives [3, 5]
    max_readings: int = 6  # of a word whose characters are read in several ways [1, 16]
    min_reading_share: float = 0.1  # of the words of a character that are read so [0.03, 0.3]
    max_characters: int = 200_000  # that are proofread; ten hours of speech [50_000, 1_000_000]
    min_show_count: int = 2  # times that the show has a word that counts as its own [2, 4]
    suffix_characters: int = 5  # behind a word by which its alternatives are judged [3, 10]
    chunk_characters: int = 900  # of the text that are read in one go [300, 2000]
    read_share: float = 0.25  # of the text that is read where only odd words are [0.1, 0.5]
    min_read_characters: int = 600  # of a short text [300, 2000]
    min_oddity: float = -1.5  # natural logarithm of a frequency; clauses below it are not read [-4, 2]
    min_frequency: float = -8.0  # natural logarithm; of an alternative, beside what is written [-10, -2]
    oddity_penalty: float = 3.0  # the same, for each step that an alternative sounds less alike [1, 4]
    overlap_characters: int = 30  # of the text before a chunk, as its context [20, 200]
    keywords: int = 12  # of the show, in front of each chunk [0, 30]
    min_left_gain: float = 0.0  # natural logarithm; alternatives below it are not scored [-4, 3]
    token_cost: float = 2.0  # natural logarithm, of a token that is not known yet [0, 4]
    frequency_weight: float = 0.5  # of the frequency of a word, for those tokens [0, 1]
    max_branches: int = 3  # alternatives of one place that are scored with what follows [2, 8]
    same_penalty: float = 0.0  # natural logarithm, by which an alternative of the same sound must win
    fuzzy_penalty: float = 1.0  # [0, 2]
    near_penalty: float = 3.0  # [2, 5]

    max_alternatives: int = 4  # shown of one place [1, 4]

    # Probability that a word is wrong, from the evidence in natural logarithms
    evidence_offset: float = 1.2  # [0, 4]
    evidence_slope: float = 0.6  # [0.3, 1]
    show_weight: float = 0.5  # of how much oftener the show has the alternative [0, 1]
    term_weight: float = 2.0  # of a term of the glossary [1, 4]
    min_score: float = 0.7  # below it nothing is reported [0.5, 0.95]
    single_penalty: float = 2.0  # natural logarithm, of a word of one character [0, 4]
    length_cost: float = 0.3  # natural logarithm, of each character, among words that overlap [0, 1]
    min_unheard_score: float = 0.3  # for a word that is compared with the sound next [0.1, 0.5]
    sound_weight: float = 0.7  # of how much better an alternative fits the sound [0.3, 1]
    max_sound_gain: float = 6.0  # natural logarithm, by which the sound counts at most [3, 10]
    min_sound_gain: float = -6.0  # the same; an alternative below it was not said [-10, -3]
    similarity_weight: float = 0.1  # natural logarithm for each point of similarity of 100 [0.05, 0.2]
    latin_score: float = 0.9  # of a garbled Latin word, as measured on the seed [0.8, 1]

    # English
    max_name_letters: int = 4  # shorter words of the pronouncing dictionary are mostly names [3, 5]
    min_established: int = 3  # times that the show has a word that no dictionary has [2, 5]
    min_established_letters: int = 4  # of such a word [3, 5]
    max_abbreviation_edits: int = 2  # letters by which a garbled abbreviation differs [1, 2]
    min_abbreviation_share: float = 4.0  # times that the right one is more frequent [3, 10]
    fragment_similarity: float = 70.0  # of a word and the beginning or end of it, 0 to 100 [60, 90]
    min_common_letters: int = 5  # of a garbled word that may be any common English word [4, 7]
    min_common_similarity: float = 85.0  # of it and that word, 0 to 100 [80, 95]
    term_similarity: float = 5.0  # by which a term of the glossary counts as more similar [0, 10]
    min_repair_similarity: float = 65.0  # of a garbled word and its repair, 0 to 100 [50, 80]


DEFAULTS = ProofreadParameters()
