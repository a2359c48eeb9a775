"""Every place where text and audio disagree, from the blocks and the times: doubt as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from align.recognition import follows_space
from align.speakers.attach import LabelConflict
from align.timing.blocks import Block, BlockKind
from align.values import (
    HeardWord,
    Mismatch,
    MismatchKind,
    Severity,
    Span,
    TimedToken,
    Token,
    Turn,
)

CHINESE_FILLERS = ("en", "e", "a", "ha", "o", "ai", "ei", "na", "zhe", "jiu", "shi", "ge", "dui", "hao")
ENGLISH_FILLERS = ("ok", "yeah", "um", "uh", "ah", "oh", "so", "right")
FILLERS = frozenset((*CHINESE_FILLERS, *ENGLISH_FILLERS))
"""Sounds of what a cleaned text leaves out: 嗯 呃 啊 哈 哦 唉 那个 这个 就是 对 好, and English ones."""

SAME_SOUND, LIKE_SOUND = 85.0, 60.0
"""Similarity of sounds (0 to 100) from which two texts count as the same, or as nearly the same."""

DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
"""Han digits to Arabic ones, for numbers that are read digit by digit."""

SMALL, LARGE = 2, 8
"""Tokens or words up to which a mismatch costs the viewer little, and from which it costs much."""

LONGEST_TOKEN = 2.5
"""Seconds that nobody spends on one character or word."""

CROWD, CROWD_SECONDS = 6, 0.4
"""So many tokens in so few seconds: nobody speaks that fast."""

UNREAD = 1.5
"""Seconds of speech without a recognised word or a placed token that are worth a look."""


def find_mismatches(
    blocks: Sequence[Block],
    timed: Sequence[TimedToken],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
    turns: Sequence[Turn],
    conflicts: Sequence[LabelConflict],
) -> tuple[Mismatch, ...]:
    """All disagreements, sorted by time.

    Args:
        conflicts: labels that the voices contradict, where voices were compared with labels.
    """
    tokens = [one.token for one in timed]
    found: list[Mismatch] = []
    for block in blocks:
        if block.kind is BlockKind.MISSING:
            found.append(_missing(block, tokens, heard))
        elif block.kind is BlockKind.UNSPOKEN:
            found.append(_unspoken(block, timed, heard, turns))
        elif block.kind is BlockKind.DIFFERENT:
            found += _different(block, timed, heard, turns)
    found += _unread_speech(timed, heard, speech)
    found += _implausible(timed, turns)
    found += [_wrong_speaker(conflict, timed, turns) for conflict in conflicts]
    return tuple(sorted(found, key=lambda one: (one.span, one.tokens, one.kind)))


def unowned_speech(
    blocks: Sequence[Block], timed: Sequence[TimedToken], heard: Sequence[HeardWord], speech: Sequence[Span]
) -> tuple[Span, ...]:
    """The stretches of speech that no token owns, sorted and apart from each other."""
    missing = [_heard_span(block, heard) for block in blocks if block.kind is BlockKind.MISSING]
    merged: list[Span] = []
    for span in sorted([*missing, *_unread(timed, heard, speech)]):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def text_of(timed: Sequence[TimedToken], tokens: tuple[int, int], turns: Sequence[Turn]) -> str:
    """The transcript's text of a range of tokens, with the punctuation inside it."""
    chosen = [one.token for one in timed[slice(*tokens)]]
    parts: list[str] = []
    for turn, some in groupby(chosen, key=lambda token: token.turn):
        group = list(some)
        parts.append(turns[turn].text[group[0].start : group[-1].end])
    return " ".join(parts)


def heard_text(words: Sequence[HeardWord]) -> str:
    """What was heard as one text: a space between two words or numbers, none beside Han or kana."""
    text = ""
    for word in words:
        gap = " " if text and follows_space(text[-1]) and follows_space(word.text[0]) else ""
        text += gap + word.text
    return text


def _severity(count: int) -> Severity:
    """What `count` wrong tokens cost the viewer."""
    if count <= SMALL:
        return Severity.LOW
    return Severity.HIGH if count >= LARGE else Severity.MEDIUM


def _heard_span(block: Block, heard: Sequence[HeardWord]) -> Span:
    """From the first to the last word that a block heard."""
    words = heard[slice(*block.heard)]
    return Span(words[0].span.start, max(word.span.end for word in words))


def _trust(words: Sequence[HeardWord]) -> float:
    """How sure the recogniser is of some words, 0 to 1."""
    return sum(word.probability for word in words) / len(words)


def _missing(block: Block, tokens: Sequence[Token], heard: Sequence[HeardWord]) -> Mismatch:
    """Speech that no text owns."""
    words = heard[slice(*block.heard)]
    place = block.written[0]
    count = len(words)
    beside = {token.sound for token in tokens[max(0, place - count - 1) : place + count + 1]}
    if all(word.sound in FILLERS for word in words):
        severity, reason = Severity.LOW, "Only fillers are spoken here, which a cleaned text leaves out."
    elif all(word.sound in beside or word.sound in FILLERS for word in words):
        severity, reason = (
            Severity.LOW,
            "The speaker repeats the words beside it, which a cleaned text leaves out.",
        )
    else:
        severity, reason = _severity(count), "Speech was heard here that the transcript does not have."
    return Mismatch(
        kind=MismatchKind.MISSING_TEXT,
        span=_heard_span(block, heard),
        tokens=(place, place),
        written="",
        heard=heard_text(words),
        severity=severity,
        score=_trust(words),
        reasons=(reason,),
    )


def _unspoken(
    block: Block, timed: Sequence[TimedToken], heard: Sequence[HeardWord], turns: Sequence[Turn]
) -> Mismatch:
    """Text that no audio owns."""
    at = _moment(block, heard)
    count = block.written[1] - block.written[0]
    return Mismatch(
        kind=MismatchKind.UNSPOKEN,
        span=Span(at, at),
        tokens=block.written,
        written=text_of(timed, block.written, turns),
        heard="",
        severity=_severity(count),
        score=count / (count + SMALL),
        reasons=("The audio has no speech for this text; it is left out of the subtitles.",),
    )


def _moment(block: Block, heard: Sequence[HeardWord]) -> float:
    """When the text of a block that heard nothing would have come."""
    return heard[block.heard[0] - 1].span.end if block.heard[0] else 0.0


def _different(
    block: Block, timed: Sequence[TimedToken], heard: Sequence[HeardWord], turns: Sequence[Turn]
) -> Iterator[Mismatch]:
    """Text unlike what was heard; nothing when both sound the same."""
    words = heard[slice(*block.heard)]
    chosen = timed[slice(*block.written)]
    likeness = _likeness([one.token for one in chosen], words)
    if likeness >= SAME_SOUND:
        return
    if likeness >= LIKE_SOUND:
        severity, reason = Severity.LOW, "What was heard sounds nearly like what is written."
    else:
        severity = _severity(max(len(chosen), len(words)))
        reason = "What was heard does not sound like what is written."
    yield Mismatch(
        kind=MismatchKind.DIFFERENT,
        span=_heard_span(block, heard),
        tokens=block.written,
        written=text_of(timed, block.written, turns),
        heard=heard_text(words),
        severity=severity,
        score=_trust(words) * (1 - likeness / 100),
        reasons=(reason,),
    )


def _likeness(tokens: Sequence[Token], words: Sequence[HeardWord]) -> float:
    """How alike text and speech sound, 0 to 100; 101 equals both 一百零一 and 一零一."""
    from rapidfuzz.fuzz import ratio

    sides = (tokens, words)
    written, heard = ("".join(one.text for one in side).translate(DIGITS).casefold() for side in sides)
    if written == heard:
        return 100.0
    return ratio(*("".join(one.sound for one in side).replace(" ", "") for side in sides))


def _unread(
    timed: Sequence[TimedToken], heard: Sequence[HeardWord], speech: Sequence[Span]
) -> Iterator[Span]:
    """Long stretches of speech with neither a placed token nor a recognised word."""
    taken = sorted([*(one.span for one in timed if one.span), *(word.span for word in heard)])
    k, reach = 0, 0.0
    for stretch in speech:
        at = max(stretch.start, min(reach, stretch.end))
        while k < len(taken) and taken[k].start < stretch.end:
            if taken[k].start - at >= UNREAD:
                yield Span(at, taken[k].start)
            at = reach = max(at, taken[k].end)
            k += 1
        if stretch.end - at >= UNREAD:
            yield Span(at, stretch.end)


def _unread_speech(
    timed: Sequence[TimedToken], heard: Sequence[HeardWord], speech: Sequence[Span]
) -> Iterator[Mismatch]:
    """Speech in which the recogniser read nothing and the text has nothing."""
    placed = [k for k, one in enumerate(timed) if one.span]
    for span in _unread(timed, heard, speech):
        behind = next((k for k in placed if _start(timed[k]) >= span.start), len(timed))
        yield Mismatch(
            kind=MismatchKind.MISSING_TEXT,
            span=span,
            tokens=(behind, behind),
            written="",
            heard="",
            severity=Severity.MEDIUM,
            score=0.5,
            reasons=(
                "Somebody speaks here, and neither the transcript nor the recogniser has a word for it.",
            ),
        )


def _start(one: TimedToken) -> float:
    """The start of a placed token, in seconds."""
    return one.span.start if one.span else 0.0


def _wrong_speaker(conflict: LabelConflict, timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Mismatch:
    """A label that names one person where another's voice is heard."""
    return Mismatch(
        kind=MismatchKind.SPEAKER,
        span=conflict.span,
        tokens=conflict.tokens,
        written=text_of(timed, conflict.tokens, turns),
        heard="",
        severity=Severity.MEDIUM,
        score=conflict.share,
        reasons=(f"The label says {conflict.label}; the voice is that of {conflict.voice}.",),
    )


def _implausible(timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Iterator[Mismatch]:
    """Tokens that last too long, or stand too close to be spoken, neighbours in one mismatch."""
    placed = [k for k, one in enumerate(timed) if one.span]
    doubtful: dict[int, str] = {}
    for at, k in enumerate(placed):
        span = timed[k].span
        if span and span.duration > LONGEST_TOKEN:
            doubtful[at] = f"One word lasts longer than {LONGEST_TOKEN:g} s."
        crowd = placed[at : at + CROWD]
        if span and len(crowd) == CROWD and _start(timed[crowd[-1]]) - span.start < CROWD_SECONDS:
            doubtful |= dict.fromkeys(range(at, at + CROWD), "More words in a moment than anyone can speak.")
    for _, group in groupby(enumerate(sorted(doubtful)), key=lambda pair: pair[1] - pair[0]):
        places = [at for _, at in group]
        yield _timing(timed, placed[places[0]], placed[places[-1]], {doubtful[at] for at in places}, turns)


def _timing(
    timed: Sequence[TimedToken], first: int, last: int, reasons: set[str], turns: Sequence[Turn]
) -> Mismatch:
    """A mismatch about the times of the tokens from `first` to `last`."""
    end = timed[last].span
    count = last + 1 - first
    return Mismatch(
        kind=MismatchKind.TIMING,
        span=Span(_start(timed[first]), end.end if end else _start(timed[first])),
        tokens=(first, last + 1),
        written=text_of(timed, (first, last + 1), turns),
        heard="",
        severity=_severity(count),
        score=0.8,
        reasons=tuple(sorted(reasons)),
    )
