"""The subtitle tracks of a result: each language alone, and both together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Alignment, Cue, Phrase, Result, Span, Track
from align.subtitles.check import Rule, check
from align.subtitles.layout import lay_out, plain
from align.subtitles.options import CueOptions, Dialogue
from align.subtitles.parameters import DEFAULTS
from align.subtitles.rules import is_spaced
from align.subtitles.segment import segment_units
from align.subtitles.timing import grid_for, on_screen
from align.subtitles.units import Unit

_ROUNDING = 0.001
"""Seconds to which alignment.json has its times."""
_SAME_RATE = 0.5
"""Times were made for a frame rate of which this share are whole frames; otherwise about a tenth are."""
_SHORT_TURN = 1.5
"""Seconds on screen up to which a turn is short (1 to 2)."""
_DIALOGUE_PAUSE = 1.0
"""Seconds between two turns from which on the viewer would notice the pause."""
_HURRIED = frozenset({Rule.SHORTEST, Rule.SPEED})
_DIALOGUE_RULES = frozenset({Rule.COLUMNS, Rule.LINES, Rule.LONGEST, *_HURRIED})
"""Rules that a cue of two speakers must not break."""


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
        frames = [(fps.frame(phrase.span.start), fps.frame(phrase.span.end)) for phrase in result.phrases]
        spans = tuple(Span(fps.seconds(start), fps.seconds(max(start + 1, end))) for start, end in frames)
    else:
        speech = [speech_of(phrase, result.alignment) for phrase in result.phrases]
        spans = on_screen(speech, [rules.reading(phrase.text) for phrase in result.phrases], grid)
    return tuple(replace(phrase, span=span) for phrase, span in zip(result.phrases, spans, strict=True))


def speech_of(phrase: Phrase, alignment: Alignment) -> Span:
    """When a phrase is spoken; its time on screen where none of its tokens has a time."""
    spans = [timed.span for timed in alignment.tokens[slice(*phrase.tokens)] if timed.span is not None]
    return Span(spans[0].start, max(span.end for span in spans)) if spans else phrase.span


def segment_translation(
    phrases: Sequence[Phrase], alignment: Alignment, duration: float, language: str, options: CueOptions
) -> tuple[Phrase, ...]:
    """Phrases whose text is the translation of `phrases`, in `language`, with times of their own.

    The words of a translation were never spoken: only the phrase has a time. So each word gets a share of it
    by its length, and the words are segmented like spoken ones, with a cost for breaks inside a phrase.
    Phrases are joined and split only within one speaker's part of a turn.

    Args:
        alignment: has the tokens of the phrases.
        duration: of the recording, in seconds.
    """
    units: list[Unit] = []
    phrase_ends: set[int] = set()
    run, previous = -1, None
    for phrase in phrases:
        tokens = alignment.tokens[slice(*phrase.tokens)]
        part = (phrase.speaker, tokens[0].token.turn if tokens else -1)
        run, previous = run + (part != previous), part
        speech, text = speech_of(phrase, alignment), plain(phrase.translation)
        words = re.findall(r"\S+" if is_spaced(language) else r"[^\W㐀-鿿]+|\S", text)
        total, before, position = sum(map(len, words)), 0, 0
        for number, word in enumerate(words):
            position = text.index(word, position) + len(word)
            start, end = (speech.start + speech.duration * n / total for n in (before, before + len(word)))
            space = text[position : position + 1] == " " or (is_spaced(language) and number == len(words) - 1)
            units.append(Unit(len(units), Span(start, end), word, space, run, phrase.speaker))
            before += len(word)
        phrase_ends.add(len(units))
    extra = [0.0 if at in phrase_ends else DEFAULTS.inner_phrase for at in range(len(units) + 1)]
    return segment_units(units, duration, language, options, (), extra)


def with_dialogue(track: Track, options: CueOptions) -> Track:
    """The track with short turns of two speakers joined, as `options.two_speaker_cues` says.

    Each turn has its own line after a hyphen, as in Netflix's English and Simplified Chinese Timed Text Style
    Guides, "Dual Speakers". Two cues stay apart where the joined one would break a rule of text or timing.
    """
    if options.two_speaker_cues is Dialogue.OFF:
        return track
    hurried = {violation.cue for violation in check(track, options) if violation.rule in _HURRIED}
    cues: list[Cue] = []
    number = 0
    while number < len(track.cues):
        pair = track.cues[number : number + 2]
        wanted = not hurried.isdisjoint((number, number + 1)) or (
            options.two_speaker_cues is Dialogue.SHORT
            and all(cue.span.duration <= _SHORT_TURN for cue in pair)
        )
        joined = _joined(*pair, track.languages, options) if wanted and len(pair) == 2 else None
        cues.append(joined or pair[0])
        number += 2 if joined else 1
    return Track(track.languages, tuple(cues))


def _joined(first: Cue, second: Cue, languages: tuple[str, ...], options: CueOptions) -> Cue | None:
    """Two cues as one without a speaker; None where it would break a rule, or they do not belong together."""
    most_lines = max(map(len, (*first.lines, *second.lines)))
    pause = second.span.start - first.span.end
    if first.speaker == second.speaker or most_lines != 1 or pause >= _DIALOGUE_PAUSE:
        return None
    lines = tuple(
        tuple("-" + line for line in (*upper, *lower))
        for upper, lower in zip(first.lines, second.lines, strict=True)
    )
    cue = Cue(Span(first.span.start, second.span.end), lines, None)
    broken = {violation.rule for violation in check(Track(languages, (cue,)), options)}
    return cue if broken.isdisjoint(_DIALOGUE_RULES) else None
