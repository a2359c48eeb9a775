"""Names for voices, each with its evidence: from the user, from enrolled voices, from what is said. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.core.types import NameProposal, Span, TimedToken, Turn
from align.speakers.introductions import Introductions, Mention, NameRefersTo, person
from align.speakers.participants import Participants

SURE = 0.8
"""Score from which a name is put on a voice."""

AHEAD = 0.4
"""How far it must be ahead of any other name for the voice, and of any other voice for the name."""

LISTED = 0.15
"""Score under which a proposal is not worth a line."""

SOON = 20.0
"""Seconds within which the next voice must begin to be the one that was asked to."""

OPENING = 12
"""Tokens at the beginning of a stretch in which one greets, or thanks the speaker before."""

HEARD_BEFORE = 0.6
"""What is left of the weight of an introduction where the next voice has spoken before."""

NOT_ITSELF = 0.5
"""What is left of a score where the voice itself speaks to or of the person of that name."""

QUOTED = 40
"""Characters of the transcript that a reason quotes, at most."""

_NAMELESS = re.compile(r"(?i)(?:speaker|spkr?|voice|说话人|发言人)?[ _-]*[a-z]?\d*")
"""What engines and people call a voice whose name they do not know: Speaker 1, SPEAKER_00, spk2, A."""

_GREETING = re.compile("大家好|你好|hello|^hi|谢谢|感谢|很高兴|thank|good (?:morning|evening|afternoon)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason to give a voice a name.

    Attributes:
        weight: 0 to 1; 1 is the user's word.
        reason: a sentence for the user.
        by: the voice that says it; where that is another, the name is not its own.
    """

    voice: str
    name: str
    weight: float
    span: Span
    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that one voice says in a row, as a half-open range."""

    voice: str
    first: int
    end: int


def evidence_in(
    tokens: Sequence[TimedToken], turns: Sequence[Turn], participants: Participants
) -> tuple[Evidence, ...]:
    """What is said about who speaks: introductions, hand-overs and thanks.

    Args:
        tokens: with the voices that say them.
    """
    stretches = _stretches(tokens)
    wanted = Introductions(participants.spelled)
    found = [
        (mention, first, last)
        for turn, group in groupby(range(len(tokens)), key=lambda k: tokens[k].token.turn)
        for mention, first, last in _placed(wanted.find(turns[turn].spoken), [*group], tokens)
    ]
    called = _last_called(found, stretches)
    return tuple(
        evidence
        for mention, first, last in found
        if (evidence := _evidence(mention, first, last, called, stretches, tokens, turns))
    )


def evidence_of_user(participants: Participants, tokens: Sequence[TimedToken]) -> tuple[Evidence, ...]:
    """What the user's file says of voices that are heard."""
    return tuple(
        Evidence(stretch.voice, name, 1.0, _span(tokens, stretch), "The file of names says so.")
        for voice, name in participants.voices.items()
        for stretch in _stretches(tokens)
        if stretch.voice == voice and _is_first(stretch, tokens)
    )


def propose(
    evidence: Iterable[Evidence], tokens: Sequence[TimedToken], participants: Participants
) -> tuple[NameProposal, ...]:
    """A proposal for each voice and name that something speaks for, the surest of each voice first.

    Applied is what is sure, far ahead of all that contradicts it, and of the user's people where those are
    given; a voice that a file calls by a name keeps it. Two pieces of evidence that are right with p and q
    are together right with 1 - (1 - p) (1 - q).
    """
    gathered: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in evidence:
        gathered[one.voice, person(one.name)].append(one)
    against = {(one.by, who) for (voice, who), some in gathered.items() for one in some if one.by != voice}
    scores = {
        key: _together(some) * (NOT_ITSELF if key in against and max(e.weight for e in some) < 1 else 1.0)
        for key, some in gathered.items()
    }
    proposals = []
    for (voice, who), some in gathered.items():
        score = scores[voice, who]
        others = [value for key, value in scores.items() if (key[0] == voice) != (key[1] == who)]
        name = _written([one.name for one in some], participants)
        allowed = (not participants.people or name in participants.spelled.values()) and (
            score == 1.0 or bool(_NAMELESS.fullmatch(voice))
        )
        applied = allowed and score >= SURE and score - max(others, default=0.0) >= AHEAD
        applied = applied or (score == 1.0 and allowed)
        strongest = max(some, key=lambda one: one.weight)
        reasons = tuple(dict.fromkeys(one.reason for one in some))
        if score >= LISTED:
            span = strongest.span.in_milliseconds()
            proposals.append(NameProposal(voice, name, round(score, 3), applied, span, reasons))
    order = {voice: k for k, voice in enumerate(dict.fromkeys(one.speaker for one in tokens))}
    return tuple(sorted(proposals, key=lambda one: (order.get(one.voice, 0), -one.score, one.name)))


def with_names(tokens: Sequence[TimedToken], proposals: Iterable[NameProposal]) -> tuple[TimedToken, ...]:
    """The tokens with the names that are applied in the place of their voices."""
    names = {one.voice: one.name for one in proposals if one.applied}
    return tuple(replace(one, speaker=names.get(one.speaker or "", one.speaker)) for one in tokens)


def _stretches(tokens: Sequence[TimedToken]) -> list[Stretch]:
    """Who speaks in turn; tokens of nobody are passed over."""
    known = [k for k, one in enumerate(tokens) if one.speaker]
    runs = ([*run] for _, run in groupby(known, key=lambda k: tokens[k].speaker))
    return [Stretch(tokens[run[0]].speaker or "", run[0], run[-1] + 1) for run in runs]


def _is_first(stretch: Stretch, tokens: Sequence[TimedToken]) -> bool:
    """Whether the voice has not spoken before."""
    return all(one.speaker != stretch.voice for one in tokens[: stretch.first])


def _span(tokens: Sequence[TimedToken], stretch: Stretch) -> Span:
    """Where a stretch begins, as long as its first placed token."""
    return _heard_at(tokens, stretch.first, stretch.end)


def _placed(
    mentions: Iterable[Mention], run: Sequence[int], tokens: Sequence[TimedToken]
) -> Iterator[tuple[Mention, int, int]]:
    """Each mention with its first and its last token."""
    starts = [tokens[k].token.start for k in run]
    for one in mentions:
        first, end = bisect_left(starts, one.start), bisect_left(starts, one.end)
        if first < end:
            yield one, run[first], run[end - 1]


def _at(stretches: Sequence[Stretch], token: int) -> int | None:
    """Which stretch has a token."""
    at = bisect_left([one.end for one in stretches], token + 1)
    return at if at < len(stretches) and stretches[at].first <= token else None


def _last_called(
    found: Sequence[tuple[Mention, int, int]], stretches: Sequence[Stretch]
) -> Mapping[int, str]:
    """For each stretch the person who was called last before it: of two who are announced, the nearer."""
    called: dict[int, str] = {}
    for mention, _, last in found:
        at = _at(stretches, last)
        if mention.whose is NameRefersTo.NEXT and at is not None:
            called[at + 1] = person(mention.name)
    return called


def _evidence(
    mention: Mention,
    first: int,
    last: int,
    called: Mapping[int, str],
    stretches: Sequence[Stretch],
    tokens: Sequence[TimedToken],
    turns: Sequence[Turn],
) -> Evidence | None:
    """What a mention says about a voice, None where there is no such voice."""
    at = _at(stretches, last)
    if at is None:
        return None
    by = stretches[at].voice
    span = _heard_at(tokens, first, last + 1)
    quote = _quote(mention, turns[tokens[first].token.turn].spoken)
    if mention.whose is NameRefersTo.SELF:
        reason = f"The voice says of itself: “{quote}”."
        return Evidence(by, mention.name, mention.weight, span, reason, by)
    if mention.whose is NameRefersTo.BEFORE:
        if at == 0 or last - stretches[at].first > OPENING:
            return None
        reason = f"The next speaker thanks: “{quote}”."
        return Evidence(stretches[at - 1].voice, mention.name, mention.weight, span, reason, by)
    if at + 1 == len(stretches) or called[at + 1] != person(mention.name):
        return None
    following = stretches[at + 1]
    begin = _heard_at(tokens, following.first, following.end)
    if begin.start - span.end > SOON:
        return None
    weight = mention.weight if _is_first(following, tokens) else mention.weight * HEARD_BEFORE
    if _greets(following, tokens):
        weight = 1 - (1 - weight) * 0.6
    reason = f"Before it speaks is said: “{quote}”."
    return Evidence(following.voice, mention.name, weight, span, reason, by)


def _greets(stretch: Stretch, tokens: Sequence[TimedToken]) -> bool:
    """Whether somebody begins with a greeting or thanks."""
    opening = tokens[stretch.first : min(stretch.end, stretch.first + OPENING)]
    return bool(_GREETING.search(" ".join(one.token.text.lower() for one in opening).replace(" ", "")))


def _heard_at(tokens: Sequence[TimedToken], first: int, end: int) -> Span:
    """Where tokens are heard; where the nearest are when none of them is placed."""
    spans = [span for one in tokens[first:end] if (span := one.span)]
    if spans:
        return Span(spans[0].start, max(spans[0].start, spans[-1].end))
    before = next((span for one in reversed(tokens[:first]) if (span := one.span)), Span(0, 0))
    return Span(before.end, before.end)


def _quote(mention: Mention, text: str) -> str:
    """The words of a mention, shortened in front, where there is the least to know."""
    words = text[mention.start : mention.end]
    return words if len(words) <= QUOTED else f"…{words[-QUOTED:]}"


def _together(evidence: Iterable[Evidence]) -> float:
    """How sure several pieces of evidence are."""
    candidate = 1.0
    for one in evidence:
        candidate *= 1 - one.weight
    return 1 - candidate


def _written(names: Sequence[str], participants: Participants) -> str:
    """How a person is to be called: as the user does, else as most of the evidence does, else the longest."""
    for name in names:
        if name.casefold() in participants.spelled:
            return participants.spelled[name.casefold()]
    return max(names, key=lambda name: (names.count(name), len(name), name))
