"""Names for voices with their evidence: from the user, from enrolled voices, from what is said. Pure."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.core.types import NameProposal, Span, TimedToken, Turn
from align.speakers.introductions import Introductions, Mention, NameRefersTo, person
from align.speakers.parameters import DEFAULTS
from align.speakers.participants import Participants

_GENERIC_NAME = re.compile(r"(?i)(?:speaker|spkr?|voice|说话人|发言人)?[ _-]*[a-z]?\d*")
"""What engines and people call a voice whose name they do not know: Speaker 1, SPEAKER_00, spk2, A."""
_GREETING = re.compile("大家好|你好|hello|^hi|谢谢|感谢|很高兴|thank|good (?:morning|evening|afternoon)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason to give a voice a name.

    Attributes:
        weight: 0 to 1; 1 is the user's word.
        reason: a sentence for the user.
        said_by: the voice that says it; where that is another, the name is not its own.
    """

    voice: str
    name: str
    weight: float
    span: Span
    reason: str
    said_by: str | None = None


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
    ends = [stretch.end for stretch in stretches]
    introductions = Introductions(participants.spelled)
    mentions: list[tuple[Mention, int, int, int]] = []  # with the first and last token, and the stretch
    for turn, group in groupby(range(len(tokens)), key=lambda k: tokens[k].token.turn):
        run = list(group)
        starts = [tokens[k].token.start for k in run]
        for mention in introductions.find(turns[turn].spoken):
            first, end = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            if first < end:
                last = run[end - 1]
                at = bisect_left(ends, last + 1)
                if at < len(stretches) and stretches[at].first <= last:
                    mentions.append((mention, run[first], last, at))
    announced = {
        at + 1: person(mention.name)
        for mention, _, _, at in mentions
        if mention.refers_to is NameRefersTo.NEXT
    }  # of two who are announced, the later one speaks next
    return tuple(
        evidence
        for mention, first, last, at in mentions
        if (evidence := _evidence(mention, first, last, at, announced, stretches, tokens, turns))
    )


def evidence_of_user(participants: Participants, tokens: Sequence[TimedToken]) -> tuple[Evidence, ...]:
    """What the user's file says of voices that are heard."""
    first = {stretch.voice: stretch for stretch in reversed(_stretches(tokens))}
    return tuple(
        Evidence(
            voice,
            name,
            1.0,
            _span(tokens, first[voice].first, first[voice].end),
            "The file of names says so.",
        )
        for voice, name in participants.voices.items()
        if voice in first
    )


def propose(
    evidence: Iterable[Evidence], tokens: Sequence[TimedToken], participants: Participants
) -> tuple[NameProposal, ...]:
    """A proposal for each voice and name with some evidence, the surest of each voice first.

    Applied is what is sure, far ahead of all that contradicts it, and one of the user's participants where
    those are given; a voice that a file calls by a name keeps it. Two pieces of evidence that are right with
    p and q are together right with 1 - (1 - p) (1 - q).
    """
    gathered: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for item in evidence:
        gathered[item.voice, person(item.name)].append(item)
    of_others = {
        (item.said_by, who)
        for (voice, who), items in gathered.items()
        for item in items
        if item.said_by != voice
    }
    scores: dict[tuple[str, str], float] = {}
    for key, items in gathered.items():
        scores[key] = 1 - math.prod(1 - item.weight for item in items)
        if key in of_others and max(item.weight for item in items) < 1:
            scores[key] *= DEFAULTS.speaks_of_name_factor
    proposals: list[NameProposal] = []
    for (voice, who), items in gathered.items():
        score = scores[voice, who]
        if score < DEFAULTS.min_listed_score:
            continue
        rivals = [value for key, value in scores.items() if (key[0] == voice) != (key[1] == who)]
        name = _spelling([item.name for item in items], participants)
        allowed = (not participants.people or name in participants.spelled.values()) and (
            score == 1.0 or bool(_GENERIC_NAME.fullmatch(voice))
        )
        lead = score - max(rivals, default=0.0)
        sure = score >= DEFAULTS.min_applied_score and lead >= DEFAULTS.min_applied_lead
        span = max(items, key=lambda item: item.weight).span.in_milliseconds()
        reasons = tuple(dict.fromkeys(item.reason for item in items))
        applied = allowed and (sure or score == 1.0)
        proposals.append(NameProposal(voice, name, round(score, 3), applied, span, reasons))
    order = {voice: k for k, voice in enumerate(dict.fromkeys(token.speaker for token in tokens))}
    return tuple(sorted(proposals, key=lambda one: (order.get(one.voice, 0), -one.score, one.name)))


def with_names(tokens: Sequence[TimedToken], proposals: Iterable[NameProposal]) -> tuple[TimedToken, ...]:
    """The tokens with applied names instead of their voices."""
    names = {proposal.voice: proposal.name for proposal in proposals if proposal.applied}
    return tuple(replace(token, speaker=names.get(token.speaker or "", token.speaker)) for token in tokens)


def _stretches(tokens: Sequence[TimedToken]) -> list[Stretch]:
    """Who speaks in turn; tokens of nobody are skipped."""
    known = [k for k, token in enumerate(tokens) if token.speaker]
    runs = (list(run) for _, run in groupby(known, key=lambda k: tokens[k].speaker))
    return [Stretch(tokens[run[0]].speaker or "", run[0], run[-1] + 1) for run in runs]


def _evidence(
    mention: Mention,
    first: int,
    last: int,
    at: int,
    announced: Mapping[int, str],
    stretches: Sequence[Stretch],
    tokens: Sequence[TimedToken],
    turns: Sequence[Turn],
) -> Evidence | None:
    """What a mention in the stretch `at` says about a voice, None where there is no such voice."""
    stretch, span, weight = stretches[at], _span(tokens, first, last + 1), mention.weight
    quote = turns[tokens[first].token.turn].spoken[mention.start : mention.end]
    if len(quote) > DEFAULTS.max_quote:
        quote = f"…{quote[-DEFAULTS.max_quote :]}"
    if mention.refers_to is NameRefersTo.SELF:
        reason = f"The voice says of itself: “{quote}”."
        return Evidence(stretch.voice, mention.name, weight, span, reason, stretch.voice)
    if mention.refers_to is NameRefersTo.BEFORE:
        if at == 0 or last - stretch.first > DEFAULTS.opening_tokens:
            return None
        reason = f"The next speaker thanks: “{quote}”."
        return Evidence(stretches[at - 1].voice, mention.name, weight, span, reason, stretch.voice)
    if at + 1 == len(stretches) or announced[at + 1] != person(mention.name):
        return None
    following = stretches[at + 1]
    begin = _span(tokens, following.first, following.end)
    if begin.start - span.end > DEFAULTS.max_answer_delay:
        return None
    if any(token.speaker == following.voice for token in tokens[: following.first]):
        weight *= DEFAULTS.heard_before_factor
    opening = tokens[following.first : min(following.end, following.first + DEFAULTS.opening_tokens)]
    if _GREETING.search("".join(token.token.text.lower() for token in opening).replace(" ", "")):
        weight = 1 - (1 - weight) * DEFAULTS.greeting_factor
    reason = f"Before it speaks is said: “{quote}”."
    return Evidence(following.voice, mention.name, weight, span, reason, stretch.voice)


def _span(tokens: Sequence[TimedToken], first: int, end: int) -> Span:
    """Where tokens are heard; the end of the nearest before them when none of them is placed."""
    spans = [span for token in tokens[first:end] if (span := token.span)]
    if spans:
        return Span(spans[0].start, max(spans[0].start, spans[-1].end))
    before = next((span for token in reversed(tokens[:first]) if (span := token.span)), Span(0, 0))
    return Span(before.end, before.end)


def _spelling(names: Sequence[str], participants: Participants) -> str:
    """A person's name as the user spells it, else as most of the evidence does, else the longest."""
    for name in names:
        if name.casefold() in participants.spelled:
            return participants.spelled[name.casefold()]
    return max(names, key=lambda name: (names.count(name), len(name), name))
