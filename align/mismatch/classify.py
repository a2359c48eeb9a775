"""What kind of mismatch a candidate is, after its text is compared with the words recognized there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from align.alignment.phone_aligner import PlacedPhones
from align.audio.phone_head import PhoneHead
from align.audio.recognition import Window
from align.core.types import HeardWord, MismatchKind, Posteriors, Span, Token
from align.mismatch.candidates import Candidate
from align.mismatch.fillers import only_fillers
from align.mismatch.parameters import DEFAULTS, MismatchParameters
from align.mismatch.similarity import (
    join_words,
    only_fillers_or_repeats,
    same_sound_threshold,
    same_spelling,
    sound_similarity,
)
from align.pronounce.phones import Reading
from align.pronounce.sound_key import fuzzy_key


def classify_by_phones(
    candidate: Candidate,
    readings: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    head: PhoneHead,
    *,
    parameters: MismatchParameters = DEFAULTS,
) -> Candidate:
    """The candidate with its kind where the phones alone decide it: silent text, a filler, a repeat.

    Args:
        readings: of each token of the text.
        posteriors: of the whole recording, shape (T, P).
    """
    if candidate.count > parameters.few_tokens and _is_silent(candidate, parameters):
        return replace(candidate, kind=MismatchKind.UNSPOKEN)
    if candidate.count:
        return candidate
    place = candidate.tokens[0]
    beside = readings[max(0, place - parameters.repeat_tokens) : place + parameters.repeat_tokens]
    filler = candidate.untranscribed < parameters.min_syllable or only_fillers(
        candidate.span, beside, posteriors, head, parameters=parameters
    )
    return replace(candidate, kind=MismatchKind.FILLER) if filler else candidate


def classify(
    candidates: Sequence[Candidate],
    tokens: Sequence[Token],
    placed: Sequence[PlacedPhones],
    duration: float,
    recognize: Callable[[tuple[Window, ...]], Sequence[Sequence[HeardWord]]],
    *,
    parameters: MismatchParameters = DEFAULTS,
) -> tuple[Candidate, ...]:
    """The candidates with their kinds; those that have none yet are recognized and may become two.

    Args:
        placed: where each token lies.
        duration: of the recording, in seconds.
        recognize: the words in some windows; called once, for all of them.
    """
    unknown = [candidate for candidate in candidates if candidate.kind is None]
    windows = tuple(_window(one, tokens, placed, duration, parameters) for one in unknown)
    words = dict(zip(unknown, recognize(windows), strict=True))
    return tuple(
        classified
        for candidate in candidates
        for classified in (
            classify_by_words(candidate, tokens, words[candidate], parameters=parameters)
            if candidate in words
            else (candidate,)
        )
    )


def _is_silent(candidate: Candidate, parameters: MismatchParameters) -> bool:
    """Whether a candidate is text in whose place there is no room for speech."""
    return candidate.count > 0 and (
        candidate.untranscribed < parameters.min_speech_per_token * candidate.count
    )


def _window(
    candidate: Candidate,
    tokens: Sequence[Token],
    placed: Sequence[PlacedPhones],
    duration: float,
    parameters: MismatchParameters,
) -> Window:
    """The candidate and the tokens on both sides, as far as these are not too far away."""
    (first, end), span = candidate.tokens, candidate.span
    margin, reach = parameters.margin, parameters.max_reach
    begin = max(0, first - parameters.context_tokens)
    starts = [token.span.start for token in placed[begin:first] if token.span]
    ends = [token.span.end for token in placed[end : end + parameters.context_tokens] if token.span]
    start = min(max(min(starts, default=span.start), span.start - reach), span.start + reach)
    stop = max(min(max(ends, default=span.end), span.end + reach), span.end)
    return Window(
        Span(max(0.0, start - margin), min(duration, stop + margin)),
        Span(max(0.0, span.start - margin), min(duration, span.end + margin)),
        join_words(tokens[max(0, begin - parameters.prompt_tokens) : begin]),
    )


def classify_by_words(
    candidate: Candidate,
    tokens: Sequence[Token],
    words: Sequence[HeardWord],
    *,
    parameters: MismatchParameters = DEFAULTS,
) -> tuple[Candidate, ...]:
    """The candidate with its kind, by the words that were recognized in its window.

    A long passage that is unlike the speech in its place becomes two: unspoken text and missing text.
    """
    first, end = candidate.tokens
    count, speech = candidate.count, candidate.untranscribed
    heard = _words_inside(candidate, tokens, words, parameters)
    candidate = replace(candidate, heard=heard)
    if not count:
        return (replace(candidate, kind=_kind_without_text(candidate, tokens, parameters)),)
    written = tokens[first:end]
    similarity = sound_similarity(written, heard)
    repeats = parameters.repeat_tokens
    beside = (*tokens[max(0, first - repeats) : first], *tokens[end : end + repeats])
    hardly_spoken = (
        count > parameters.few_tokens
        and speech < 2 * parameters.min_speech_per_token * count
        and only_fillers_or_repeats(heard, beside)
    )
    extra_speech = max(parameters.max_extra_speech, parameters.max_speech_per_token * count)
    kind: MismatchKind | None
    if similarity >= same_sound_threshold(written, parameters=parameters):
        kind = None if same_spelling(written, heard) else MismatchKind.SAME_SOUND
    elif _is_silent(candidate, parameters) or hardly_spoken:
        kind = MismatchKind.UNSPOKEN
    elif speech > extra_speech and len(heard) > count:
        return _split(candidate, None)  # the few tokens are somewhere in the speech
    elif not heard and count <= parameters.few_tokens:
        kind = None
    elif count > parameters.max_different_tokens and similarity < parameters.like_sound:
        return _split(candidate, MismatchKind.UNSPOKEN)
    else:
        kind = MismatchKind.DIFFERENT
    return (replace(candidate, kind=kind, similarity=similarity),)


def _split(candidate: Candidate, kind: MismatchKind | None) -> tuple[Candidate, Candidate]:
    """The text of a candidate, of the given kind, and its speech as missing text."""
    end, span = candidate.tokens[1], candidate.span
    text = Candidate(candidate.tokens, Span(span.start, span.start), 0.0, kind)
    return text, replace(candidate, tokens=(end, end), kind=MismatchKind.MISSING_TEXT)


def _kind_without_text(
    candidate: Candidate, tokens: Sequence[Token], parameters: MismatchParameters
) -> MismatchKind | None:
    """What untranscribed speech is."""
    heard, speech = candidate.heard, candidate.untranscribed
    if not heard or speech < parameters.min_speech_per_word * len(heard):
        return MismatchKind.MISSING_TEXT if speech >= parameters.min_unread else None
    place, count = candidate.tokens[0], len(heard) + 1
    around = tokens[max(0, place - 1) : place + 1]
    echoed = any(
        sound_similarity(part, heard) >= parameters.like_sound for part in (around[:1], around[-1:], around)
    )
    beside = tokens[max(0, place - count) : place + count]
    filler = echoed or only_fillers_or_repeats(heard, beside)
    return MismatchKind.FILLER if filler else MismatchKind.MISSING_TEXT


def _words_inside(
    candidate: Candidate,
    tokens: Sequence[Token],
    words: Sequence[HeardWord],
    parameters: MismatchParameters,
) -> tuple[HeardWord, ...]:
    """The words that were recognized between the tokens beside a candidate.

    Where none of those was recognized, or they seem to lie in it, the words at its time.
    """
    from rapidfuzz.distance import Levenshtein

    (first, end), span = candidate.tokens, candidate.span
    begin = max(0, first - parameters.context_tokens)
    stop = min(len(tokens), end + parameters.context_tokens)
    written = [fuzzy_key(token.sound) for token in tokens[begin:stop]]
    sounds = [fuzzy_key(word.sound) for word in words]
    pairs = _equal_pairs(Levenshtein.opcodes(written, sounds))
    before = [j for k, j in pairs if begin + k < first]
    pairs = _equal_pairs(Levenshtein.opcodes(written[::-1], sounds[::-1]))  # what is said twice is inside
    after = [len(words) - 1 - j for k, j in pairs if stop - 1 - k >= end]
    low_by_time, high_by_time = (
        next((k for k, word in enumerate(words) if word.span.start >= time), len(words))
        for time in (span.start - parameters.recognizer_lead, span.end - parameters.recognizer_lead)
    )
    low = before[-1] + 1 if before else low_by_time
    high = after[-1] if after else high_by_time
    if low >= high and candidate.untranscribed >= parameters.min_syllable:
        low, high = low_by_time, high_by_time  # words inside were taken for words beside
    earliest, latest = span.start - parameters.max_word_gap, span.end + parameters.max_word_gap
    return tuple(word for word in words[low:high] if word.span.end > earliest and word.span.start < latest)


def _equal_pairs(opcodes: Iterable[Any]) -> list[tuple[int, int]]:
    return [
        (code.src_start + k, code.dest_start + k)
        for code in opcodes
        if code.tag == "equal"
        for k in range(code.src_end - code.src_start)
    ]
