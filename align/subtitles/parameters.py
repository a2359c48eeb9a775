"""The tuning parameters of segmentation, cue timing and line layout."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SubtitleParameters:
    """Costs are on the scale of align.subtitles.line_breaks: 0 at the end of a sentence, 5 between two words.

    Those of cues were tuned on one quarter of the subtitles that scripts/train_breaks learns from, and held
    against our talks by reading; the others on the synthetic show.
    Costs may be 0 or more; 0 turns a consideration off.

    Attributes:
        cue: cost of each cue, so that cues are few (1 to 4).
        full_cue: cost of a cue of the wanted length; it grows with the square of the length, so that lengths
            are balanced (1 to 4).
        overflow, overflow_column: cost of more than the wanted lines, and of each column beyond (1 to 5).
        orphan_share, orphan: a cue below this share (0.2 to 0.5) of the wanted length costs up to this.
        inner_sentence, inner_clause: cost of the end of a sentence (0 to 8) or clause (0 to 1) inside a cue.
        fragment: cost of an end of a sentence that others follow in its cue, and of a beginning of one that
            others precede in its cue (2 to 10).
        stub, stub_share: up to this cost for a few words of one clause beside another in a cue, the more the
            fewer (2 to 12), and the share of a line from which on they are enough (0.3 to 0.6).
        inner_pause, inner_pause_second: seconds of a pause inside a cue that are free (0.2 to 0.8), and the
            cost of each further second.
        hesitation: a pause of this many seconds (0.1 to 0.5) halves the cost of breaking there.
        no_break: cost of a break inside a grapheme; far above all others.
        short_second, long_second: cost of each second too few or too many on screen (10 to 100).
        hurried_cue, hurried_second: cost of a cue that must be read faster than `speed` but not faster than
            `fastest` (4 to 20), and of each second that it is too short (5 to 50).
        fast_reading: cost of text that takes twice as long to read as it is spoken (4 to 16).
        early_cue: cost of starting before the speech (0.2 to 1).
        inner_phrase: cost of a break inside a translated phrase, about that of one after a function word.
        broken_rule: cost of each broken timing rule; above all preferences together.
        missing_frame: cost of each frame missing to the minimum duration or reading time (1 to 4).
        clipped_frame: cost of each frame of speech after the cue's end (0.1 to 0.5).
        lead_frame, interrupting_frame: cost of each frame before the speech (0.05 to 0.3), and of each while
            the previous cue is still spoken (0.2 to 1).
        near_shot: cost of starting near a shot change but not on it (1 to 6).
        shot_margin: seconds before a shot change within which no cue should start (0.4 to 0.6): 12 frames
            of 24 in Netflix' Subtitle Timing Guidelines.
        wide_column: cost of each column beyond a line: above any break between words, and a fraction of one
            inside a word, so that a comma may hang over.
        stretch: a line may be this many times as wide as allowed (1.2 to 2) before a word is broken.
        unbalanced: cost of an empty line beside a full one (6 to 24).
        top_heavy: cost of a first line longer than the last, which hides more of the picture (0.2 to 2).
    """

    cue: float = 1.5
    full_cue: float = 4.0
    overflow: float = 3.0
    overflow_column: float = 1.0
    orphan_share: float = 0.35
    orphan: float = 6.0
    inner_sentence: float = 5.0
    inner_clause: float = 0.2
    fragment: float = 10.0
    stub: float = 8.0
    stub_share: float = 0.5
    inner_pause: float = 0.4
    inner_pause_second: float = 4.0
    hesitation: float = 0.25
    no_break: float = 1e4
    short_second: float = 30.0
    long_second: float = 50.0
    hurried_cue: float = 8.0
    hurried_second: float = 20.0
    fast_reading: float = 4.0
    early_cue: float = 0.5
    inner_phrase: float = 6.0
    broken_rule: float = 1000.0
    missing_frame: float = 2.0
    clipped_frame: float = 0.2
    lead_frame: float = 0.1
    interrupting_frame: float = 0.4
    near_shot: float = 3.0
    shot_margin: float = 0.5
    wide_column: float = 30.0
    stretch: float = 1.5
    unbalanced: float = 8.0
    top_heavy: float = 0.25


DEFAULTS = SubtitleParameters()
