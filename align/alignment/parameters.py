"""The tuning of the alignment stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlignmentParameters:
    """Constants of anchors, phone alignment and attention alignment.

    Tuned on the synthetic show and the demo recording; useful ranges are in brackets. The penalties of the
    Viterbi search are in `lattice.Penalties`.

    Attributes:
        gram_sizes: sounds in an n-gram, largest first; 0 stands for an exact comparison. [2 to 8]
        exact_cells: written x heard sounds up to which a gap is compared exactly; 4 million take about 10 ms.
        seeds_per_sound: equal n-grams that are chained, for each sound of both sides. [1 to 8]
        chain_reach: runs before a run that it is held against one by one. [20 to 200]
        gap_cost: matching sounds that a doubling of the distance between two runs costs. [0.3 to 1.5]
        support: a run of k anchors is dropped if both gaps beside it exceed this times k. [2 to 5]
        chunk_grams: phones in an n-gram at which a recording is cut. [6 to 14]
        chunk_run: phones of a matching run that may be cut. [6 to 12]
        chunk_reach, chunk_share: a shorter run may be cut where this share of so many phones on either side
            match too. [10 to 40; 0.4 to 0.8]
        chunk_frames: least frames between two cuts. [400 to 3000]
        chunk_overlap: tokens on either side of a cut by which chunks overlap. [2 to 8]
        duration_weight: weight of the phones' duration beside the emissions. [0 to 4]
        duration_rounds: passes over all boundaries. [1 to 3]
        long_vowel, long_vowel_at_pause: deviations of a vowel's log duration above the usual one here from
            which it is too long, where speech goes on and before a pause. [1.5 to 3]
        even_speech: deviations by which durations spread in even speech; where they spread more, a long vowel
            is weaker evidence. [0.5 to 1]
        squeezed_spare: frames above the minimum at which a token still counts as squeezed. [0 to 3]
        squeezed_phones, squeezed_share: a word of at least so many phones is also squeezed below this share
            of its usual duration; of one syllable, fast speech leaves no more. [3 to 4; 0.4 to 0.8]
        squeezed_frames: most frames that a squeezed token takes back; longer speech is other words. [30 to
            100]
        weak_fit: mean fit of a token's phones below which its evidence is computed. [-3 to -0.8]
        evidence_tokens, evidence_frames: tokens on either side of it that are searched with it, and most
            frames of them all. [1 to 4; 300 to 1000]
        other_words: natural logarithm that other words in a token's place must be likelier by. [15 to 50]
        longest_filler: seconds of speech without text up to which it may be fillers. [2 to 4]
        filler_gain, speech_gain: natural logarithm of how much likelier fillers, or any phones, must be than
            the words beside them alone; measured on people. [15 to 40; 30 to 70]
        filler_margin: of how much likelier fillers must be than any phones. [0 to 15]
        most_fillers, filler_duration: fillers in a row, and seconds of each. [3 to 6; 0.15 to 0.4]
        repeat_reach: tokens on either side that a speaker may say twice. [2 to 4]
        touching: seconds from a token to speech that may belong to it. [0.03 to 0.3]
        similar_frame: `Penalties.similar` where phones last long. [0.1 to 0.4]
        longest_guess: seconds of a token that is placed only by its neighbours. [0.2 to 0.5]
        most_replaced: tokens of a passage between two anchors that may be what was recognized there in other
            words; no limit where nothing was recognized, since Whisper skips whole sentences. [20 to 80]
        slowest, fastest: seconds a Mandarin syllable or a word between which the text of a gap can be the
            speech in it. [0.6 to 1.5; 0.05 to 0.1]
        always_spoken: a gap of so few tokens within recognized text counts as spoken. [1 to 4]
        attention_agreement: seconds within which attention and recognizer agree about a start. [0.2 to 0.5]
        before_pause: a word ends before a pause if its sound there is this many times longer than that after
            it. [1.5 to 3]
        realign_context: unchanged tokens on either side that are searched together with a change. [2 to 8]
        realign_share: least share of its audio that a token must keep in the room of its change. [0.3 to 0.8]
    """

    gram_sizes: tuple[int, ...] = (6, 5, 4, 3, 2, 0)
    exact_cells: int = 4_000_000
    seeds_per_sound: int = 2
    chain_reach: int = 50
    gap_cost: float = 0.7
    support: int = 3
    chunk_grams: tuple[int, ...] = (7, 5)
    chunk_run: int = 7
    chunk_reach: int = 20
    chunk_share: float = 0.5
    chunk_frames: int = 800
    chunk_overlap: int = 4
    duration_weight: float = 2.0
    duration_rounds: int = 2
    long_vowel: float = 1.9
    long_vowel_at_pause: float = 2.5
    even_speech: float = 0.65
    squeezed_spare: int = 1
    squeezed_phones: int = 3
    squeezed_share: float = 0.6
    squeezed_frames: int = 60
    weak_fit: float = -1.2
    evidence_tokens: int = 2
    evidence_frames: int = 600
    other_words: float = 30.0
    longest_filler: float = 2.5
    filler_gain: float = 25.0
    speech_gain: float = 45.0
    filler_margin: float = 7.0
    most_fillers: int = 5
    filler_duration: float = 0.2
    repeat_reach: int = 3
    touching: float = 0.1
    similar_frame: float = 0.2
    longest_guess: float = 0.3
    most_replaced: int = 40
    slowest: float = 1.0
    fastest: float = 0.07
    always_spoken: int = 2
    attention_agreement: float = 0.3
    before_pause: float = 2.0
    realign_context: int = 4
    realign_share: float = 0.5


DEFAULTS = AlignmentParameters()
