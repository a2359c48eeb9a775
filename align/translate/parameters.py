"""The tuning constants of translation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranslationParameters:
    """Tuned on the synthetic show and on the demo unless stated otherwise. A cost of 1 is one word or column.

    Batches of cues for a language model:
        min_batch, target_batch, max_batch: cues in a batch (4 to 12); enough to understand a sentence, few
            enough for progress every few seconds.
        context_cues: cues shown on either side of a batch (1 to 4).
        min_pause: seconds of silence that separate thoughts (0.3 to 1).
        summary_cues: cues, about a minute, that one sentence of the summary covers (12 to 48).

    Retries:
        max_retries: further requests for a line with a fault (2 to 8).
        split_overflow_cost: per column beyond the limit when one answer is split over two cues; above the
            cost of a break between small words.
        split_balance_cost: of a split out of proportion to the cues' limits.
        retry_temperature: sampling temperature (0.5 to 1); high enough for other words, low enough for sense.

    Repeated answers:
        min_echo_length: characters below which two lines may well be equal (8 to 20).
        echo_similarity: similarity from which two answers are equal (85 to 95, of 100).
        source_similarity: similarity of the sources from which equal answers are no fault (60 to 85).

    Distribution of one text over several cues:
        uneven_cost: of a share twice as large as it should be, or empty.
        overflow_cost: per column beyond the limit of a cue.
        break_cost: factor on the cost of a line break; higher than in subtitles, since shares may be uneven.
        shared_word_gain: for a word that a part has in common with its cue.
        empty_cost: of a cue without text.

    Alignment of a translation's sentences with cues:
        band: sentences on either side of the best path that are searched (8 to 30).
        expected_overlap: share of words that true pairs have in common at least (0.15 to 0.35).
        skip_cost: of a cue or a sentence without a partner.
        merge_cost: per cue or sentence beyond the first two of a pair.
        no_overlap_factor: factor on `expected_overlap` for pairs with nothing in common.
        unrelated_cost: of a cue or sentence of a pair with nothing in common with the other side.
        length_cost: of a length one standard deviation from the expected one.
        max_deviation: standard deviations from which the length cost stays the same.
        length_variance: of the length of a character's translation (Gale and Church 1993).
        diagonal_cost: pull towards the diagonal where the texts have nothing in common.
        max_foreign: share of sentences in another language from which a file is the wrong one (0.3 to 0.7).

    Speech translation:
        max_distance: seconds from a passage to the nearest cue that may have it (0.5 to 2).
    """

    min_batch: int = 5
    target_batch: int = 8
    max_batch: int = 11
    context_cues: int = 2
    min_pause: float = 0.5
    summary_cues: int = 24
    max_retries: int = 5
    split_overflow_cost: float = 30.0
    split_balance_cost: float = 20.0
    retry_temperature: float = 0.7
    min_echo_length: int = 12
    echo_similarity: float = 90.0
    source_similarity: float = 75.0
    uneven_cost: float = 10.0
    overflow_cost: float = 2.0
    break_cost: float = 3.0
    shared_word_gain: float = 10.0
    empty_cost: float = 60.0
    band: int = 14
    expected_overlap: float = 0.24
    skip_cost: float = 0.9
    merge_cost: float = 0.5
    no_overlap_factor: float = 2.0
    unrelated_cost: float = 0.6
    length_cost: float = 0.2
    max_deviation: float = 3.0
    length_variance: float = 6.8
    diagonal_cost: float = 0.01
    max_foreign: float = 0.5
    max_distance: float = 1.0


DEFAULTS = TranslationParameters()
