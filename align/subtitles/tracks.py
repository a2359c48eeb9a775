"""The subtitle tracks of a result: each language alone, and both together."""

from __future__ import annotations

from dataclasses import replace

from align.core.types import Phrase, Result, Span, Track
from align.subtitles.dialogue import with_dialogue
from align.subtitles.frames import FrameRate
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from align.subtitles.second_language_only import segment_translation, speech_of
from align.subtitles.timing import grid_for, on_screen

_ROUNDING = 0.001
"""Seconds to which alignment.json has its times."""
_SAME_RATE = 0.5
"""Times were made for a frame rate of which this share are whole frames; otherwise about a tenth are."""


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
    language alone is segmented for itself.
    """
    phrases, language = phrases_at(result, options), result.language
    if languages == (result.second_language,):
        phrases = segment_translation(phrases, result.alignment, result.duration, languages[0], options)
        language = languages[0]
    return with_dialogue(lay_out(phrases, languages, language, options), options)


def phrases_at(result: Result, options: CueOptions) -> tuple[Phrase, ...]:
    """The phrases with times on the frames of `options.fps`, and with its shot changes.

    Times made for these frames are kept; times edited by hand move to the nearest frame. For another frame
    rate, and for shot changes, all times are computed again from the speech.
    """
    fps, rules = options.fps, options.rules(result.language)
    edges = [edge for phrase in result.phrases for edge in (phrase.span.start, phrase.span.end)]
    on_frames = sum(abs(fps.seconds(fps.frame(edge)) - edge) <= _ROUNDING for edge in edges)
    grid = grid_for(result.duration, fps, rules, options.shots)
    if len(result.phrases) > grid.frames:
        return result.phrases
    if on_frames >= _SAME_RATE * len(edges) and not options.shots:
        spans = tuple(_on_frames(phrase.span, fps) for phrase in result.phrases)
    else:
        speech = [speech_of(phrase, result.alignment) for phrase in result.phrases]
        spans = on_screen(speech, [rules.reading(phrase.text) for phrase in result.phrases], grid)
    return tuple(replace(phrase, span=span) for phrase, span in zip(result.phrases, spans, strict=True))


def _on_frames(span: Span, fps: FrameRate) -> Span:
    """A time on screen in whole frames, at least one."""
    start = fps.frame(span.start)
    return Span(fps.seconds(start), fps.seconds(max(start + 1, fps.frame(span.end))))
