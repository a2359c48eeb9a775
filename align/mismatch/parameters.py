"""The tuning constants of the mismatches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MismatchParameters:
    """Tuned on the synthetic show; useful ranges in brackets.

    A fit is the mean log-likelihood ratio of a token's phones to the best ones, 0 at most.
    """

    # Candidates
    min_evidence: float = -5.0  # below it a token was probably not said; natural logarithm [-10, 0]
    # A token that was not recognized is reported below the first; below the second it is taken off the screen
    # where the decoder agrees.
    max_doubtful_evidence: float = -15.0  # [-30, -10]
    max_unspoken_evidence: float = -45.0  # [-45, -25]
    max_denied_evidence: float = -25.0  # [-35, -20]
    chance_tokens: int = 2  # in a row that may fit by chance within one change [1, 4]
    min_speech: float = 0.08  # seconds; shorter untranscribed speech is part of a word [0.06, 0.15]
    min_syllable: float = 0.25  # seconds; shorter untranscribed speech is one syllable at most [0.2, 0.35]
    max_pause: float = 2.0  # seconds inside one candidate without text [1, 4]
    max_filler_pause: float = 0.3  # seconds, the same between two fillers [0.2, 0.5]

    # Windows to recognize
    context_tokens: int = 8  # on either side, since words are recognized in their sentence [4, 12]
    margin: float = 0.1  # seconds around those [0.05, 0.3]
    max_reach: float = 4.0  # seconds beyond the candidate [2, 8]
    prompt_tokens: int = 30  # before the window, given to the recognizer as its prompt [10, 60]

    # Classification
    max_word_gap: float = 0.4  # seconds from a candidate to a word that was heard in it [0.2, 0.6]
    recognizer_lead: float = 0.15  # seconds by which the recognizer's times are early [0, 0.3]
    min_unread: float = 0.8  # seconds of speech without a recognized word that are listed [0.5, 1.5]
    min_unread_alone: float = 1.5  # the same where only the recognition tells of speech [1, 3]
    min_speech_per_token: float = 0.06  # seconds; with less, the text cannot have been said [0.04, 0.1]
    max_speech_per_token: float = 0.8  # seconds; with more, there is other speech beside the text [0.5, 1.2]
    max_extra_speech: float = 2.0  # seconds up to which that is no matter [1, 4]
    min_speech_per_word: float = 0.1  # seconds; nobody speaks faster [0.05, 0.15]
    few_tokens: int = 2  # believed to be said where nothing else was heard [1, 3]
    repeat_tokens: int = 4  # on either side that a speaker may say twice [2, 6]
    max_different_tokens: int = 40  # of one passage that is said in other words [20, 80]

    # Wordings, in natural logarithms; measured on 13 human recordings and voices outside the benchmark
    max_weighed_tokens: int = 4  # of a place whose wordings are compared [2, 8]
    phone_weight: float = 0.1  # of phones beside the decoder, as frames are not independent [0.05, 0.2]
    min_wording_gain: float = 5.0  # of another wording over the written one that is reported [2, 10]
    min_unspoken_gain: float = 8.0  # of the decoder alone, to take words off the screen [5, 15]
    min_denied_gain: float = 15.0  # the same for words of more evidence, up to max_denied_evidence [14, 20]

    # Similarity, 0 to 100
    same_sound: float = 85.0  # from which two texts sound the same [80, 95]
    like_sound: float = 60.0  # from which they sound nearly the same [50, 75]
    same_sound_letters: int = 3  # by which long texts of the same sound may differ [2, 5]

    # Fillers
    max_repeats: int = 3  # tokens said again; more are a repeated clause, and missing text [2, 4]
    # Speech in which nothing was recognized, by its evidence; natural logarithms, measured on people.
    min_filled: float = 25.0  # from which it may be a filler [15, 40]
    max_filler_surplus: float = 20.0  # of any phones over fillers, for it to be a filler [10, 30]
    min_spoken: float = 80.0  # from which it may be words [50, 100]
    min_speech_surplus: float = 25.0  # of any phones over fillers, for it to be words [15, 50]

    # Moved text
    min_moved_tokens: int = 10  # fewer may be a common phrase [8, 20]
    moved_ngrams: tuple[int, ...] = (9, 7, 5)  # phones in an n-gram, longest first [4, 12]
    moved_share: float = 0.5  # of the phones that must be heard elsewhere [0.4, 0.7]

    # Coverage
    min_coverage: float = 0.3  # of text or speech, for the transcript to match the recording [0.2, 0.5]

    min_matched_phones: int = 32  # fewer lie somewhere in minutes of speech by chance [12, 40]

    # Severity and timing
    max_low_tokens: int = 2  # up to which a mismatch is of low severity [1, 3]
    min_high_tokens: int = 8  # from which it is of high severity [6, 12]
    word_duration: float = 0.2  # seconds, to count words that were not recognized [0.15, 0.4]
    max_token_duration: float = 2.5  # seconds; nobody spends longer on one word [1.5, 4]
    max_word_duration: float = 0.7  # seconds of each word or syllable of such a token [0.5 to 1]
    crowd_tokens: int = 6  # that nobody speaks within crowd_duration [4, 8]
    crowd_duration: float = 0.4  # seconds [0.3, 0.6]
    timing_score: float = 0.8  # of a mismatch about implausible times [0.5, 1]


DEFAULTS = MismatchParameters()
