"""What kind of mismatch a candidate is, and how severe.

    classify_by_phones     text without room for speech: needs no recognition
    classify               every other candidate, after recognition of its place
      classify_by_words    one of these, by the words that were recognized there
    severity_of            by the kind, then by the number of words

Speech without text is a filler where `align.alignment.untranscribed` is sure of it, or else by what is
recognized, in `_kind_without_text`; `align.mismatch.fillers` lists the sounds of fillers. Two modules
classify on their own: `from_recognition`, where all speech was recognized, and `moved_text`, for unspoken
text that is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from align.alignment.placement import CERTAIN, PlacedPhones
from align.audio.recognition import Window
from align.core.types import HeardWord, MismatchKind, Severity, Span, Token
from align.mismatch.candidates import Candidate, runs_of
from align.mismatch.fillers import only_fillers_by_words
from align.mismatch.parameters import DEFAULTS
from align.mismatch.similarity import (
    changes_meaning,
    join_words,
    numbers_differ,
    said_inside,
    same_sound_threshold,
    same_spelling,
    sound_similarity,
)
from align.pronounce.sound_key import fuzzy_key


def classify_by_phones(candidate: Candidate) -> Candidate:
    """The candidate with its kind where the phones alone decide it: silent text."""
    if candidate.kind is None and candidate.unlikely > DEFAULTS.few_tokens and _is_silent(candidate):
        return replace(candidate, kind=MismatchKind.UNSPOKEN)
    return candidate


def classify(
    candidates: Sequence[Candidate],
    tokens: Sequence[Token],
    placed: Sequence[PlacedPhones],
    duration: float,
    recognize: Callable[[tuple[Window, ...]], Sequence[Sequence[HeardWord]]],
) -> tuple[Candidate, ...]:
    """The candidates with their kinds; those without one are recognized, and may become two.

    Args:
        placed: where each token lies.
        duration: of the recording, in seconds.
        recognize: the words in each window; called once, for all windows.
    """
    unknown = [candidate for candidate in candidates if candidate.kind is None]
    windows = tuple(_window(candidate, tokens, placed, duration) for candidate in unknown)
    words = dict(zip(unknown, recognize(windows), strict=True))
    classified: list[Candidate] = []
    for candidate in candidates:
        by_words = candidate in words
        parts = classify_by_words(candidate, tokens, words[candidate]) if by_words else (candidate,)
        classified += (piece for part in parts for piece in _without_fitting(part))
    return tuple(classified)


def _without_fitting(candidate: Candidate) -> Iterator[Candidate]:
    """Unspoken text without the tokens in it that are well placed: none is dropped for its neighbours."""
    if candidate.kind is not MismatchKind.UNSPOKEN or not candidate.fitting:
        yield candidate
        return
    unlikely = [k for k in range(*candidate.tokens) if k not in candidate.fitting]
    for run in runs_of(unlikely):
        yield replace(candidate, tokens=run, fitting=frozenset())


def _window(
    candidate: Candidate, tokens: Sequence[Token], placed: Sequence[PlacedPhones], duration: float
) -> Window:
    """The candidate and the tokens on both sides, unless these are too far away; without any, the speech."""
    (first, end), span = candidate.tokens, candidate.span
    margin, reach = DEFAULTS.margin, DEFAULTS.max_reach
    begin = max(0, first - DEFAULTS.context_tokens)
    starts = [token.span.start for token in placed[begin:first] if token.span]
    ends = [token.span.end for token in placed[end : end + DEFAULTS.context_tokens] if token.span]
    beyond = 0.0 if starts or ends else reach  # words are recognized in their sentence
    start = min(max(min(starts, default=span.start - beyond), span.start - reach), span.start + reach)
    stop = max(min(max(ends, default=span.end + beyond), span.end + reach), span.end)
    return Window(
        Span(max(0.0, start - margin), min(duration, stop + margin)),
        Span(max(0.0, span.start - margin), min(duration, span.end + margin)),
        join_words(tokens[max(0, begin - DEFAULTS.prompt_tokens) : begin]),
    )


def classify_by_words(
    candidate: Candidate, tokens: Sequence[Token], words: Sequence[HeardWord]
) -> tuple[Candidate, ...]:
    """The candidate with its kind, by the words that were recognized in its window.

    A long passage that is unlike the speech in its place becomes two: unspoken text and missing text.
    """
    first, end = candidate.tokens
    count, speech = candidate.count, candidate.untranscribed
    heard, heard_beside = _words_inside(candidate, tokens, words)
    candidate = replace(candidate, heard=heard)
    if not count:
        return (replace(candidate, kind=_kind_without_text(candidate, tokens)),)
    written = tokens[first:end]
    similarity = sound_similarity(written, heard)
    repeats = DEFAULTS.repeat_tokens
    beside = (*tokens[max(0, first - repeats) : first], *tokens[end : end + repeats])
    hardly_spoken = _is_silent(candidate) or (
        speech < 2 * DEFAULTS.min_speech_per_token * count and only_fillers_by_words(heard, beside)
    )
    extra_speech = max(DEFAULTS.max_extra_speech, DEFAULTS.max_speech_per_token * count)
    kind: MismatchKind | None
    if _sounds_the_same(candidate, tokens, similarity):
        kind = None if same_spelling(written, heard) else MismatchKind.SAME_SOUND
    elif candidate.unlikely > DEFAULTS.few_tokens and hardly_spoken:
        kind = MismatchKind.UNSPOKEN
    elif speech > extra_speech and len(heard) > count:
        inside = said_inside(written, heard)  # the few tokens are somewhere in the speech, or nowhere
        return _split(candidate, None if inside else MismatchKind.UNSPOKEN)
    elif candidate.unlikely <= DEFAULTS.few_tokens and {token.sound for token in written}.issubset(
        word.sound for word in heard
    ):
        return tuple(_recognized_among_more(candidate, written))
    elif not heard and candidate.unlikely <= DEFAULTS.few_tokens:
        kind = _kind_of_few_unheard(candidate) if heard_beside else None
    elif count > DEFAULTS.max_different_tokens and similarity < DEFAULTS.like_sound:
        return _split(candidate, MismatchKind.UNSPOKEN)
    else:
        kind = MismatchKind.DIFFERENT
    return (replace(candidate, kind=kind, similarity=similarity),)


def _sounds_the_same(candidate: Candidate, tokens: Sequence[Token], similarity: float) -> bool:
    """Whether what was recognized sounds like the text of a candidate, and like no less of it."""
    written, heard = tokens[slice(*candidate.tokens)], candidate.heard
    if similarity < same_sound_threshold(written) or numbers_differ(written, heard):
        return False
    unlikely = set(range(*candidate.tokens)) - candidate.fitting
    less = ([token for n, token in enumerate(written, candidate.tokens[0]) if n != k] for k in unlikely)
    return len(written) == 1 or all(similarity >= sound_similarity(rest, heard) for rest in less)


def _recognized_among_more(candidate: Candidate, written: Sequence[Token]) -> Iterator[Candidate]:
    """A candidate whose text was recognized, and the words beside it as missing text if there is speech."""
    (first, end), heard = candidate.tokens, candidate.heard
    sounds = {token.sound for token in written}
    said = [n for n, word in enumerate(heard) if word.sound in sounds]
    yield replace(candidate, kind=None)
    for place, more in ((first, heard[: said[0]]), (end, heard[said[-1] + 1 :])):
        compared = len(more) <= DEFAULTS.max_weighed_tokens  # by the decoder, afterwards
        if more and (compared or candidate.spoken > -CERTAIN) and not only_fillers_by_words(more, written):
            span = Span(more[0].span.start, more[-1].span.end)
            yield replace(
                candidate,
                tokens=(place, place),
                span=span,
                kind=MismatchKind.MISSING_TEXT,
                heard=more,
                fitting=frozenset(),
            )


def _kind_of_few_unheard(candidate: Candidate) -> MismatchKind | None:
    """What a few tokens are where the words on both sides were recognized and they were not."""
    if candidate.evidence <= DEFAULTS.max_unspoken_evidence:
        return MismatchKind.UNSPOKEN
    return MismatchKind.DIFFERENT if candidate.evidence <= DEFAULTS.max_doubtful_evidence else None


def severity_of(candidate: Candidate, written: Sequence[Token]) -> Severity:
    """What a candidate costs the viewer when nobody fixes it: by its kind, then by how many words it has.

    A negation or a number too many or too few is at least of medium severity.
    """
    if candidate.kind in (MismatchKind.FILLER, MismatchKind.SAME_SOUND):
        return Severity.LOW
    if candidate.kind is MismatchKind.MOVED:
        return Severity.HIGH
    count: float = candidate.count
    least = Severity.MEDIUM if changes_meaning(written, candidate.heard) else Severity.LOW
    if candidate.kind is MismatchKind.DIFFERENT and candidate.heard:
        if candidate.similarity >= DEFAULTS.like_sound:
            return least
        count = max(count, len(candidate.heard))
    elif candidate.kind is MismatchKind.MISSING_TEXT:
        count = len(candidate.heard) or candidate.untranscribed / DEFAULTS.word_duration
    if count <= DEFAULTS.max_low_tokens:
        return least
    return Severity.HIGH if count >= DEFAULTS.min_high_tokens else Severity.MEDIUM


def _is_silent(candidate: Candidate) -> bool:
    """Whether a candidate with text has no room for speech."""
    return candidate.untranscribed < DEFAULTS.min_speech_per_token * candidate.unlikely


def _split(candidate: Candidate, kind: MismatchKind | None) -> tuple[Candidate, Candidate]:
    """The text of a candidate, of the given kind, and its speech as missing text."""
    end, span = candidate.tokens[1], candidate.span
    text = Candidate(candidate.tokens, Span(span.start, span.start), 0.0, kind)
    return text, replace(candidate, tokens=(end, end), kind=MismatchKind.MISSING_TEXT)


def _kind_without_text(candidate: Candidate, tokens: Sequence[Token]) -> MismatchKind | None:
    """Whether untranscribed speech is a filler or repeat, missing text, or too short to matter."""
    heard, speech = candidate.heard, candidate.untranscribed
    crowded = speech < DEFAULTS.min_speech_per_word * len(heard)
    if not heard or (crowded and len(heard) > DEFAULTS.max_weighed_tokens):
        if candidate.like_a_filler:
            return MismatchKind.FILLER
        clear = candidate.clearly_spoken or speech >= DEFAULTS.min_unread
        return MismatchKind.MISSING_TEXT if clear else None
    if only_fillers_by_words(heard, ()):
        return MismatchKind.FILLER
    if candidate.spoken < CERTAIN and candidate.surplus > DEFAULTS.max_filler_surplus:
        return MismatchKind.MISSING_TEXT  # the phones are those of no word beside it
    place, reach = candidate.tokens[0], len(heard) + (len(heard) > 1)  # one word repeats its neighbour
    around = tokens[max(0, place - 1) : place + 1]
    echoed = any(
        sound_similarity(part, heard) >= DEFAULTS.same_sound for part in (around[:1], around[-1:], around)
    )
    repeats = sum(not only_fillers_by_words([word], ()) for word in heard)
    if repeats <= DEFAULTS.max_repeats and (
        echoed or only_fillers_by_words(heard, tokens[max(0, place - reach) : place + reach])
    ):
        return MismatchKind.FILLER
    return MismatchKind.MISSING_TEXT


def _words_inside(
    candidate: Candidate, tokens: Sequence[Token], words: Sequence[HeardWord]
) -> tuple[tuple[HeardWord, ...], bool]:
    """The words that were recognized between the tokens beside a candidate, and whether those were too.

    Where none of these tokens was recognized, or they seem to lie inside it, the words at its time.
    """
    (first, end), span = candidate.tokens, candidate.span
    begin = max(0, first - DEFAULTS.context_tokens)
    stop = min(len(tokens), end + DEFAULTS.context_tokens)
    written = [fuzzy_key(token.sound) for token in tokens[begin:stop]]
    sounds = [fuzzy_key(word.sound) for word in words]
    pairs = _equal_pairs(written, sounds)
    before = [j for k, j in pairs if begin + k < first]
    own = [j for k, j in pairs if first <= begin + k < end]
    backward = _equal_pairs(written[::-1], sounds[::-1])  # so that what is said twice is inside
    after = [len(words) - 1 - j for k, j in backward if stop - 1 - k >= end]
    low_by_time, high_by_time = (
        next((k for k, word in enumerate(words) if word.span.start >= time), len(words))
        for time in (span.start - DEFAULTS.recognizer_lead, span.end - DEFAULTS.recognizer_lead)
    )
    low = before[-1] + 1 if before else min([low_by_time, *own])
    high = after[-1] if after else max([high_by_time, *(j + 1 for j in own)])
    if low >= high and candidate.untranscribed >= DEFAULTS.min_syllable:
        low, high = low_by_time, high_by_time  # words inside were taken for words beside
    earliest, latest = span.start - DEFAULTS.max_word_gap, span.end + DEFAULTS.max_word_gap
    inside = (word for word in words[low:high] if word.span.end > earliest and word.span.start < latest)
    return tuple(inside), bool(before and after)


def _equal_pairs(written: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int]]:
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.opcodes(written, heard).as_matching_blocks()
    return [(block.a + k, block.b + k) for block in blocks for k in range(block.size)]
