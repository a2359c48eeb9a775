"""The tuning constants of translation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranslationParameters:
    """Tuned on the synthetic show and on the demo unless stated otherwise. A cost of 1 is one word or column.

    Sentences:
        max_sentence: characters from which a sentence without spaces is cut at its clauses (60 to 120); a
            small model loses parts of longer ones.
        max_spaced_sentence: the same for languages with spaces (160 to 320).
        max_silence: seconds without speech that end a sentence (1 to 3).
        context_cues: cues before a sentence that a large model sees (1 to 8).
        request_sentences: sentences in one request to a service (4 to 16).
        request_examples: example pairs that a service sees (0 to 20); a large model needs few.
        local_requests: at the same time, to a server on this machine (1 to 8).
        answer_tokens, min_answer_tokens: tokens of an answer at most, for each character and in all.

    Retries:
        max_overflow: columns of a translation by the columns of its cues, from which a shorter one is
            requested (1 to 1.3).
        retry_temperature: sampling temperature (0.5 to 1); high enough for other words, low enough for sense.

    Plausible answers:
        letters_per_han: letters of English by Han characters, the median of the example pairs.
        min_length_ratio, max_length_ratio: of that median, outside of which an answer is no translation.
        min_judged_length: Han characters below which the length says nothing.
        min_borrowed_words: words in a row that two translations have in common only by mistake (4 to 7).
        source_similarity: similarity of their sentences from which that is no fault (60 to 85, of 100).

    Distribution of one text over several cues:
        uneven_cost: of a share twice as large as it should be, or empty.
        overflow_cost: per column beyond the limit of a cue.
        break_cost: factor on the cost of a line break; higher than in subtitles, since shares may be uneven.
        inside_phrase_cost: of a split between two words of English of which the second begins no phrase.
        shared_word_gain: for a word that a part has in common with its cue.
        empty_cost: of a cue without text.
        orphan_width, orphan_cost: columns, on a line of 42, below which a part that is no clause of its own
            leaves a word alone, and its cost.

    Alignment of a translation's sentences with cues:
        band: sentences on either side of the best path that are searched (8 to 30).
        expected_overlap: share of words that true pairs have in common at least (0.15 to 0.35).
        word_found, stem_meant: probability that a word's translation has one of its dictionary's words, and
            that a word of a translation is one of those (0.4 to 0.7).
        function_found, function_meant: the same for pronouns, negations and questions (0.6 to 0.9).
        rarest: occurrences in the text that a word without any counts for (0.2 to 1).
        max_found: log-likelihood ratio of a word that is found, at most (2 to 5); and of a name,
        name_gain: that is found in the pinyin.
        skip_cost: of a cue or a sentence without a partner; this and the next three in natural logarithms.
        merge_cost: per cue or sentence beyond the first two of a pair.
        unrelated_cost: of a cue or sentence of a pair with nothing in common with the other side.
        length_cost: of a length one standard deviation from the expected one.
        max_deviation: standard deviations from which the length cost stays the same.
        length_variance: of the length of a character's translation (Gale and Church 1993).
        diagonal_cost: pull towards the diagonal where the texts have nothing in common.
        max_foreign: share of sentences in another language from which a file is the wrong one (0.3 to 0.7).

    Speech translation:
        max_distance: seconds from a passage to the nearest cue that may have it (0.5 to 2).
    """

    max_sentence: int = 80
    max_spaced_sentence: int = 220
    max_silence: float = 1.5
    context_cues: int = 4
    request_sentences: int = 8
    request_examples: int = 12
    local_requests: int = 4
    answer_tokens: float = 2.0
    min_answer_tokens: int = 40
    max_overflow: float = 1.1
    retry_temperature: float = 0.7
    letters_per_han: float = 2.6
    min_length_ratio: float = 0.35
    max_length_ratio: float = 2.2
    min_judged_length: int = 8
    min_borrowed_words: int = 5
    source_similarity: float = 75.0
    uneven_cost: float = 10.0
    overflow_cost: float = 2.0
    break_cost: float = 3.0
    inside_phrase_cost: float = 2.0
    shared_word_gain: float = 10.0
    empty_cost: float = 60.0
    orphan_width: int = 9
    orphan_cost: float = 20.0
    band: int = 14
    expected_overlap: float = 0.24
    word_found: float = 0.6
    stem_meant: float = 0.5
    function_found: float = 0.75
    function_meant: float = 0.7
    rarest: float = 0.33
    max_found: float = 3.5
    name_gain: float = 2.0
    skip_cost: float = 3.4
    merge_cost: float = 2.0
    unrelated_cost: float = 1.6
    length_cost: float = 0.7
    max_deviation: float = 4.0
    length_variance: float = 3.3
    diagonal_cost: float = 0.01
    max_foreign: float = 0.5
    max_distance: float = 1.0


DEFAULTS = TranslationParameters()
