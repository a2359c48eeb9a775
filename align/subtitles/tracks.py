"""The tracks that a result becomes: each language for itself, and both in one."""

from __future__ import annotations

from dataclasses import replace

from align.core.types import Phrase, Result, Span, Track
from align.subtitles.dialogue import with_dialogue
from align.subtitles.frames import FrameRate
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.second_language_only import heard, translated_alone
from align.subtitles.timing import CueSound, grid_for, on_screen

_WRITTEN = 0.001
"""Seconds to which a result's file has its times."""
_MADE_FOR = 0.5
"""Share of the times that lie on the frames of the rate that they were made for, or more; of those of
another rate a tenth or so does."""


def track_languages(result: Result, options: CueOptions) -> tuple[tuple[str, ...], ...]:
    """The languages of each track: the transcript's, the second, and both from the top of the screen."""
    codes = tuple(dict.fromkeys(code for code in (result.language, result.second_language) if code))
    if len(codes) < 2:
        return (codes,)
    both = codes[::-1] if options.translation_first else codes
    return ((codes[0],), (codes[1],), both)


def tracks_of(result: Result, options: CueOptions) -> tuple[Track, ...]:
    """All tracks of a result."""
    return tuple(track_of(result, languages, options) for languages in track_languages(result, options))


def track_of(result: Result, languages: tuple[str, ...], options: CueOptions) -> Track:
    """One of the tracks of a result.

    The transcript's language and both together show the phrases of the result; the second
    language alone is cut anew, as it reads best.
    """
    phrases, language = phrases_at(result, options), result.language
    if languages == (result.second_language,):
        phrases = translated_alone(phrases, result.alignment, result.duration, languages[0], options)
        language = languages[0]
    return with_dialogue(lay_out(phrases, languages, language, options), options)


def phrases_at(result: Result, options: CueOptions) -> tuple[Phrase, ...]:
    """The phrases with times on the frames of `options.fps`, and with its shot changes.

    Times that were made for these frames stay, and what somebody changed by hand goes to the nearest
    frame. For another frame rate, and for shots, all times are made anew from the sound.
    """
    fps, rules = options.fps, options.rules(result.language)
    edges = [edge for one in result.phrases for edge in (one.span.start, one.span.end)]
    on_frames = sum(abs(fps.seconds(fps.frame(edge)) - edge) <= _WRITTEN for edge in edges)
    grid = grid_for(result.duration, fps, rules, options.shots)
    if len(result.phrases) > grid.frames:
        return result.phrases
    if on_frames >= _MADE_FOR * len(edges) and not options.shots:
        return tuple(replace(one, span=_nearest(one.span, fps)) for one in result.phrases)
    sounds = [CueSound(heard(one, result.alignment), rules.reading(one.text)) for one in result.phrases]
    pairs = zip(result.phrases, on_screen(sounds, grid), strict=True)
    return tuple(replace(phrase, span=span) for phrase, span in pairs)


def _nearest(span: Span, fps: FrameRate) -> Span:
    """A time on screen, on whole frames, one at least."""
    start = fps.frame(span.start)
    return Span(fps.seconds(start), fps.seconds(max(start + 1, fps.frame(span.end))))
