from __future__ import annotations

from dataclasses import replace

from align.core.types import Span
from align.subtitles.frames import FrameRate
from align.subtitles.options import CueOptions
from align.subtitles.tracks import phrases_at, track_languages, track_of, tracks_of
from tests.results import sample


def test_each_language_has_a_track_and_both_together() -> None:
    assert track_languages(sample(), CueOptions()) == (("zh",), ("en",), ("zh", "en"))
    first = CueOptions(translation_first=True)
    assert track_languages(sample(), first) == (("zh",), ("en",), ("en", "zh"))
    assert track_languages(replace(sample(), second_language=None), CueOptions()) == (("zh",),)


def test_both_together_say_the_same_at_the_same_time() -> None:
    result = sample()
    both = track_of(result, ("zh", "en"), CueOptions())
    assert [cue.span for cue in both.cues] == [phrase.span for phrase in phrases_at(result, CueOptions())]


def test_the_second_language_alone_says_all_of_it() -> None:
    result = sample()
    said = " ".join(" ".join(cue.lines[0]) for cue in track_of(result, ("en",), CueOptions()).cues)
    assert said == " ".join(" ".join(phrase.translation.split()) for phrase in result.phrases)


def test_a_language_may_be_held_to_one_line_in_cues_with_both() -> None:
    long = tuple(
        replace(one, translation="Most of you know that we usually make long videos.")
        for one in sample().phrases
    )
    result = replace(sample(), phrases=long)
    two, one = (
        track_of(result, ("zh", "en"), CueOptions(max_lines=lines)).cues[0].lines[1] for lines in (2, 1)
    )
    assert (len(two), len(one)) == (2, 1)


def test_times_go_to_the_frames_that_are_asked_for() -> None:
    fps = FrameRate.of("23.976")
    for track in tracks_of(sample(), CueOptions(fps=fps)):
        edges = [edge for cue in track.cues for edge in (cue.span.start, cue.span.end)]
        assert all(abs(fps.seconds(fps.frame(edge)) - edge) < 1e-9 for edge in edges)


def test_times_that_are_on_frames_stay_as_they_are() -> None:
    result = replace(sample(), phrases=phrases_at(sample(), CueOptions(fps=FrameRate.of("24"))))
    assert phrases_at(result, CueOptions(fps=FrameRate.of("24"))) == result.phrases


def test_a_time_changed_by_hand_goes_to_the_nearest_frame_and_leaves_the_others() -> None:
    options = CueOptions(fps=FrameRate.of("24"))
    made = phrases_at(sample(), options)
    first = replace(made[0], span=Span(made[0].span.start, made[0].span.end - 0.09))
    mended = phrases_at(replace(sample(), phrases=(first, *made[1:])), options)
    assert mended[1:] == made[1:]
    assert abs(mended[0].span.end - (made[0].span.end - 2 / 24)) < 1e-9


def test_cues_near_a_shot_change_move_to_it() -> None:
    result = replace(sample(), phrases=phrases_at(sample(), CueOptions(fps=FrameRate.of("24"))))
    begin = result.phrases[3].span.start
    shots = (begin + 0.125,)
    moved = phrases_at(result, CueOptions(fps=FrameRate.of("24"), shots=shots))
    assert moved[3].span.start == shots[0]
