"""What a doubt turns out to be, once what is written is set beside what was heard there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from align.alignment.phone_aligner import PlacedPhones
from align.audio.phone_head import PhoneHead
from align.audio.recognition import Window
from align.core.types import HeardWord, Posteriors, Span, Token
from align.mismatch.candidates import BRIEF, Candidate
from align.mismatch.fillers import only_fillers
from align.mismatch.similarity import LIKE_SOUND, alike, joined, only_small_words, same_letters, same_sound
from align.pronounce.phones import Reading
from align.pronounce.sound_key import fuzzy_key

BESIDE = 8
"""Tokens on either side that are listened to as well, since words are heard in their sentence."""

MARGIN = 0.1
"""Seconds of sound around those."""

PROMPT = 30
"""Tokens before them that the recogniser is told."""

REPEATED = 4
"""Tokens on either side that may be said twice."""

NEAR = 0.4
"""Seconds from a doubt within which a word may have been heard in it."""

FARTHEST = 4.0
"""Seconds beyond a doubt that are listened to at most."""

LATE = 0.15
"""Seconds by which the recogniser's times are early."""

UNREAD = 0.8
"""Seconds of speech without text that are worth a look though the recogniser has no word for them."""

SYLLABLE = 0.06
"""Seconds of speech for each token under which nothing of it can have been said."""

LOST, SLOWEST = 2.0, 0.8
"""Seconds of speech, in all and for each token, over which there is more in it than its text."""

FASTEST = 0.1
"""Seconds of speech for each word under which nobody can have said them."""

FEW = 2
"""Tokens in doubt that are believed to be said when nothing else was heard in their place."""


MOST_DIFFERENT = 40
"""Tokens that a passage may have and still be what is said there, otherwise put."""


class Cause(Enum):
    """What a doubt is."""

    FILLER = "filler"
    MISSING = "missing"
    UNSPOKEN = "unspoken"
    DIFFERENT = "different"
    SAME_SOUND = "same sound"
    MOVED = "moved"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Classification:
    """A doubt, what it is, and what was heard in it.

    Attributes:
        similarity: of the sounds of both texts, 0 to 100.
    """

    candidate: Candidate
    kind: Cause
    heard: tuple[HeardWord, ...]
    similarity: float

    @property
    def unspoken(self) -> bool:
        """Whether nobody says the doubt's text in its place."""
        return self.kind in (Cause.UNSPOKEN, Cause.MOVED)


def classify_by_phones(
    doubt: Candidate, readings: Sequence[Sequence[Reading]], posteriors: Posteriors, head: PhoneHead
) -> Classification | None:
    """What a doubt is where the phones alone tell it: text without any sound, a filler, a repeat.

    Args:
        readings: of each token of the text.
        posteriors: of the whole recording, shape (T, P).
    """
    if silent(doubt) and doubt.count > FEW:
        return Classification(doubt, Cause.UNSPOKEN, (), 0.0)
    place = doubt.tokens[0]
    beside = readings[max(0, place - REPEATED) : place + REPEATED]
    if not doubt.count and (
        doubt.untranscribed < BRIEF or only_fillers(doubt.span, beside, posteriors, head)
    ):
        return Classification(doubt, Cause.FILLER, (), 0.0)
    return None


def classify(
    told: Mapping[Candidate, Classification | None],
    tokens: Sequence[Token],
    placed: Sequence[PlacedPhones],
    duration: float,
    hear: Callable[[tuple[Window, ...]], Sequence[Sequence[HeardWord]]],
) -> tuple[Classification, ...]:
    """What each doubt is, by the phones alone where they tell it, elsewhere by what is heard there.

    Args:
        told: every doubt, with what `classify_by_phones` says of it.
        placed: where each token lies.
        duration: of the recording, in seconds.
        hear: the words that are heard in some places; asked once, for all of them.
    """
    asked = [doubt for doubt, classification in told.items() if classification is None]
    heard = dict(zip(asked, hear(places(asked, tokens, placed, duration)), strict=True))
    return tuple(
        classification
        for doubt, known in told.items()
        for classification in ((known,) if known else judge(doubt, tokens, heard[doubt]))
    )


def silent(doubt: Candidate) -> bool:
    """Whether a doubt is text in whose place there is no room for speech."""
    return doubt.count > 0 and doubt.untranscribed < SYLLABLE * doubt.count


def places(
    candidates: Sequence[Candidate], tokens: Sequence[Token], placed: Sequence[PlacedPhones], duration: float
) -> tuple[Window, ...]:
    """Where to listen for each doubt.

    Args:
        duration: of the recording, in seconds.
    """
    return tuple(_place(doubt, tokens, placed, duration) for doubt in candidates)


def _place(
    doubt: Candidate, tokens: Sequence[Token], placed: Sequence[PlacedPhones], duration: float
) -> Window:
    first, last = doubt.tokens
    begin = max(0, first - BESIDE)
    before = [one.span for one in placed[begin:first] if one.span]
    behind = [one.span for one in placed[last : last + BESIDE] if one.span]
    start = min((_near(one.start, doubt.span.start) for one in before), default=doubt.span.start)
    end = max((_near(one.end, doubt.span.end) for one in behind), default=doubt.span.end)
    span = Span(max(0.0, start - MARGIN), min(duration, max(end, doubt.span.end) + MARGIN))
    core = Span(max(0.0, doubt.span.start - MARGIN), min(duration, doubt.span.end + MARGIN))
    return Window(span, core, joined(tokens[max(0, begin - PROMPT) : begin]))


def _near(moment: float, of: float) -> float:
    """The moment, or the farthest towards it that is still listened to."""
    return min(max(moment, of - FARTHEST), of + FARTHEST)


def judge(
    doubt: Candidate, tokens: Sequence[Token], words: Sequence[HeardWord]
) -> tuple[Classification, ...]:
    """What a doubt is, by what was heard in its place and beside it.

    A long passage that is unlike the speech in its place is not the same otherwise put: it is text that
    nobody says, and speech without text.
    """
    heard = _inside(doubt, tokens, words)
    written = tokens[slice(*doubt.tokens)]
    if not written:
        return (Classification(doubt, _without_text(doubt, tokens, heard), heard, 0.0),)
    likeness = alike(written, heard)
    if likeness >= same_sound(written):
        kind = Cause.NOTHING if same_letters(written, heard) else Cause.SAME_SOUND
    elif silent(doubt) or _hardly_spoken(doubt, tokens, heard):
        kind = Cause.UNSPOKEN
    elif doubt.untranscribed > max(LOST, SLOWEST * doubt.count) and len(heard) > doubt.count:
        return _apart(doubt, heard, Cause.NOTHING)  # the few words are somewhere in it
    elif not heard and doubt.count <= FEW:
        kind = Cause.NOTHING
    elif doubt.count > MOST_DIFFERENT and likeness < LIKE_SOUND:
        return _apart(doubt, heard, Cause.UNSPOKEN)
    else:
        kind = Cause.DIFFERENT
    return (Classification(doubt, kind, heard, likeness),)


def _hardly_spoken(doubt: Candidate, tokens: Sequence[Token], heard: Sequence[HeardWord]) -> bool:
    """Whether there is too little speech for a text, and that only nothing or small words."""
    first, last = doubt.tokens
    beside = (*tokens[max(0, first - REPEATED) : first], *tokens[last : last + REPEATED])
    return (
        doubt.count > FEW
        and doubt.untranscribed < 2 * SYLLABLE * doubt.count
        and only_small_words(heard, beside)
    )


def _apart(
    doubt: Candidate, heard: tuple[HeardWord, ...], text: Cause
) -> tuple[Classification, Classification]:
    """A doubt's text as `text`, and its speech as missing."""
    last = doubt.tokens[1]
    moment = Span(doubt.span.start, doubt.span.start)
    return (
        Classification(Candidate(doubt.tokens, moment, 0.0), text, (), 0.0),
        Classification(Candidate((last, last), doubt.span, doubt.untranscribed), Cause.MISSING, heard, 0.0),
    )


def _without_text(doubt: Candidate, tokens: Sequence[Token], heard: Sequence[HeardWord]) -> Cause:
    """What speech without text is."""
    if doubt.untranscribed < FASTEST * len(heard) or not heard:
        return Cause.MISSING if doubt.untranscribed >= UNREAD else Cause.NOTHING
    place, count = doubt.tokens[0], len(heard) + 1
    beside = tokens[max(0, place - count) : place + count]
    around = tokens[max(0, place - 1) : place + 1]
    echoed = any(alike(some, heard) >= LIKE_SOUND for some in (around[:1], around[-1:], around))
    return Cause.FILLER if echoed or only_small_words(heard, beside) else Cause.MISSING


def _inside(doubt: Candidate, tokens: Sequence[Token], words: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
    """The words that were heard between the tokens beside a doubt.

    Where none of those was recognised, or they seem to lie in it, what was heard at its time.
    """
    from rapidfuzz.distance import Levenshtein

    first, last = doubt.tokens
    begin, end = max(0, first - BESIDE), min(len(tokens), last + BESIDE)
    written = [fuzzy_key(one.sound) for one in tokens[begin:end]]
    sounds = [fuzzy_key(word.sound) for word in words]
    early = _pairs(Levenshtein.opcodes(written, sounds))
    late = _pairs(Levenshtein.opcodes(written[::-1], sounds[::-1]))  # what is said twice counts as inside
    before = [heard for k, heard in early if begin + k < first]
    behind = [len(words) - 1 - heard for k, heard in late if end - 1 - k >= last]
    by_time = _at(words, doubt.span.start - LATE), _at(words, doubt.span.end - LATE)
    low = before[-1] + 1 if before else by_time[0]
    high = behind[-1] if behind else by_time[1]
    if low >= high and doubt.untranscribed >= BRIEF:  # words beside it were taken for words in it
        low, high = by_time
    first_moment, last_moment = doubt.span.start - NEAR, doubt.span.end + NEAR
    return tuple(
        word for word in words[low:high] if word.span.end > first_moment and word.span.start < last_moment
    )


def _pairs(opcodes: Iterable[Any]) -> list[tuple[int, int]]:
    """The equal ones, index by index."""
    return [
        (code.src_start + k, code.dest_start + k)
        for code in opcodes
        if code.tag == "equal"
        for k in range(code.src_end - code.src_start)
    ]


def _at(words: Sequence[HeardWord], moment: float) -> int:
    """The first word that begins at a moment or later."""
    return next((k for k, word in enumerate(words) if word.span.start >= moment), len(words))
