"""The tuning constants of diarization, labels and names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeakerParameters:
    """Tuned on the synthetic show unless stated otherwise; useful ranges in brackets.

    Similarities are cosines of voiceprints.
    """

    # Clustering of voiceprints; AMI (one far microphone) has a mean of 0.6 inside a voice and 0.4 between two
    group_similarities: tuple[float, ...] = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)  # of first groups, in turn
    same_voice: float = 0.85  # similarity between two groups by that inside; AMI: 0.85-1, 0.7-0.84 [0.8, 0.9]
    min_windows: int = 3  # of a voice; fewer are a laugh, a jingle, two people at once [2, 6]
    min_window_share: float = 0.002  # of all windows, for the same reason in a long recording [0.001, 0.01]
    min_distance: float = 3.0  # seconds between two windows that are compared [2, 5]
    max_windows: int = 4000  # compared with each other: about 200 MB of memory [1000, 8000]

    # Diarization
    window_step: float = 0.75  # seconds; half of it is how exact a change of voice can be [0.4, 1]
    change_cost: float = 0.15  # similarity; a window's own voice is about 0.3 ahead [0.05, 0.25]
    max_turn_pause: float = 1.0  # seconds of silence inside one turn [0.5, 2]
    free_change_pause: float = 0.5  # seconds of silence after which a change costs nothing [0.3, 1]
    speech_probability: float = 0.5  # from which somebody speaks [0.3, 0.6]
    min_added_speech: float = 0.4  # seconds of speech that the recogniser's detector missed [0.25, 0.8]
    min_two_voices: float = 1.0  # seconds of overlap from which there are two voices at least [0.5, 3]
    overlap_probability: float = 0.5  # from which two people speak [0.3, 0.7]
    min_overlap: float = 0.25  # seconds; less is a breath, or a change without a pause [0.1, 0.5]
    max_overlap_gap: float = 0.1  # seconds inside one overlap [0, 0.3]

    # Voices on tokens; costs are seconds of speech given to the wrong voice. The times at which diarization
    # changes voices are about 0.4 s off, which must cost less than leaving the right place in the text.
    voice_reach: float = 0.75  # seconds around a token without a voice in which one is looked for [0.3, 1.5]
    clause_inside_cost: float = 4.0  # of a change inside a clause [2, 6]
    clause_end_cost: float = 3.0  # after a comma [1, 5]
    sentence_end_cost: float = 1.0  # after a sentence [0.5, 2]
    paragraph_cost: float = 0.15  # at a new turn of the transcript [0, 0.5]
    halving_pause: float = 0.4  # seconds of silence that halve the cost [0.2, 0.8]

    # Labels compared with voices
    min_label_speech: float = 2.0  # seconds that a turn or stretch must have to be checked [1, 4]
    min_conflict_share: float = 0.8  # of a turn's speech that must be in another's voice [0.6, 0.95]
    min_owner_share: float = 0.6  # of a voice's speech under one label, to be that person's [0.5, 0.8]
    stretch_duration: float = 12.0  # seconds after which a turn is cut at the next pause [8, 20]
    max_stretch_duration: float = 25.0  # seconds after which it is cut without one [20, 40]
    min_cut_pause: float = 0.25  # seconds [0.1, 0.5]
    stretch_windows: int = 3  # voiceprints of a stretch; a label needs as many in other turns [2, 6]
    min_conflict_lead: float = 0.1  # of the other voice; right labels lead by 0.13-0.3 [0.05, 0.15]
    max_rounds: int = 3  # of comparing again without the stretches in conflict [1, 5]

    # Names for voices; scores are 0 to 1
    min_applied_score: float = 0.8  # from which a name is applied [0.7, 0.95]
    min_applied_lead: float = 0.4  # over other names of the voice and other voices of the name [0.2, 0.6]
    min_listed_score: float = 0.15  # from which a proposal is listed [0.05, 0.3]
    max_answer_delay: float = 20.0  # seconds until the next voice begins, which was introduced [5, 40]
    opening_tokens: int = 12  # of a stretch in which one greets or thanks the speaker before [6, 20]
    heard_before_factor: float = 0.6  # of the weight where the next voice has spoken before [0.4, 0.9]
    greeting_factor: float = 0.6  # of the remaining uncertainty where the next voice greets [0.4, 0.9]
    speaks_of_name_factor: float = 0.5  # of the score where the voice itself mentions that person [0.3, 0.8]
    max_quote: int = 40  # characters of the transcript in a reason [20, 80]

    # Enrolled voices; synthetic voices in six rooms: one has 0.97-0.99 with itself, two have 0.47-0.80
    min_voice_speech: float = 5.0  # seconds from which a voice can be enrolled or recognized [3, 20]
    max_voiceprints: int = 60  # averaged for one voice, spread over all its speech [20, 120]
    max_other_share: float = 0.15  # of a clip's speech in other voices [0.05, 0.3]
    min_enrolled_similarity: float = 0.6  # from which a voice may be an enrolled one [0.5, 0.7]
    sure_enrolled_similarity: float = 0.82  # from which it is, where no other is near [0.75, 0.9]
    min_enrolled_lead: float = 0.1  # over any other enrolled voice [0.05, 0.2]


DEFAULTS = SpeakerParameters()
