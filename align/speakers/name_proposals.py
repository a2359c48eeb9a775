"""Names for voices with their evidence: from the user, from enrolled voices, from what is said. Pure."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from align.core.types import NameProposal, Span, TimedToken, Turn
from align.speakers.introductions import Introductions, Mention, NameRefersTo, person
from align.speakers.label_check import LabelConflict
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


class _Stretch(NamedTuple):
    """Tokens that one voice says in a row, as a half-open range."""

    voice: str
    first: int
    end: int


def evidence_in(
    tokens: Sequence[TimedToken], turns: Sequence[Turn], participants: Participants
) -> tuple[Evidence, ...]:
    """What the voices say about who speaks: introductions, hand-overs and thanks."""
    stretches = _stretches(tokens)
    mentions = list(_mentions(tokens, turns, participants, stretches))
    announced = {
        at + 1: person(mention.name)
        for mention, _, _, at in mentions
        if mention.refers_to is NameRefersTo.NEXT
    }  # of two who are announced, the later one speaks next
    evidence: list[Evidence] = []
    for mention, first, last, at in mentions:
        stretch, span, weight = stretches[at], _span(tokens, first, last + 1), mention.weight
        quote = turns[tokens[first].token.turn].spoken[mention.start : mention.end]
        if len(quote) > DEFAULTS.max_quote:
            quote = f"…{quote[-DEFAULTS.max_quote :]}"
        if mention.refers_to is NameRefersTo.SELF:
            voice, reason = stretch.voice, f"The voice says of itself: “{quote}”."
        elif mention.refers_to is NameRefersTo.BEFORE:
            if at == 0 or last - stretch.first > DEFAULTS.opening_tokens:
                continue
            voice, reason = stretches[at - 1].voice, f"The next speaker thanks: “{quote}”."
        else:
            if at + 1 == len(stretches) or announced[at + 1] != person(mention.name):
                continue
            following = stretches[at + 1]
            start = _span(tokens, following.first, following.end).start
            if start - span.end > DEFAULTS.max_answer_delay:
                continue
            if any(token.speaker == following.voice for token in tokens[: following.first]):
                weight *= DEFAULTS.heard_before_factor
            opening = tokens[following.first : min(following.end, following.first + DEFAULTS.opening_tokens)]
            if _GREETING.search("".join(token.token.text.lower() for token in opening).replace(" ", "")):
                weight = 1 - (1 - weight) * DEFAULTS.greeting_factor
            voice, reason = following.voice, f"The speaker before says: “{quote}”."
        evidence.append(Evidence(voice, mention.name, weight, span, reason, stretch.voice))
    return tuple(evidence)


def _mentions(
    tokens: Sequence[TimedToken],
    turns: Sequence[Turn],
    participants: Participants,
    stretches: Sequence[_Stretch],
) -> Iterator[tuple[Mention, int, int, int]]:
    """Each mention with its first and last token, and the index of the stretch that says it."""
    ends = [stretch.end for stretch in stretches]
    introductions = Introductions(participants.spelled)
    for turn, group in groupby(range(len(tokens)), key=lambda k: tokens[k].token.turn):
        run = list(group)
        starts = [tokens[k].token.start for k in run]
        for mention in introductions.find(turns[turn].spoken):
            first, end = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            if first < end:
                last = run[end - 1]
                at = bisect_left(ends, last + 1)
                if at < len(stretches) and stretches[at].first <= last:
                    yield mention, run[first], last, at


def evidence_of_user(participants: Participants, tokens: Sequence[TimedToken]) -> tuple[Evidence, ...]:
    """What the user's file says of voices that are heard."""
    first = {stretch.voice: stretch for stretch in reversed(_stretches(tokens))}
    reason = "The participants file says so."
    return tuple(
        Evidence(voice, name, 1.0, _span(tokens, first[voice].first, first[voice].end), reason)
        for voice, name in participants.voices.items()
        if voice in first
    )


def conflicts_by_introductions(
    tokens: Sequence[TimedToken], turns: Sequence[Turn], participants: Participants
) -> tuple[LabelConflict, ...]:
    """The labels of people who are introduced by the name of another label, each where that is first said.

    The speakers of `tokens` are their labels. Where two are swapped throughout, each voice alone sounds
    right, and only what people say tells.
    """
    labels = {person(token.speaker): token.speaker for token in tokens if token.speaker}
    gathered: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for item in evidence_in(tokens, turns, participants):
        gathered[item.voice, person(item.name)].append(item)
    scores = {key: 1 - math.prod(1 - item.weight for item in items) for key, items in gathered.items()}
    conflicts: list[LabelConflict] = []
    for (label, who), items in gathered.items():
        other, own = labels.get(who), scores.get((label, person(label)), 0.0)
        score = scores[label, who]
        if other in (None, label) or score < DEFAULTS.min_applied_score:
            continue
        if score - own < DEFAULTS.min_applied_lead:
            continue
        first = items[0].span.start
        own_tokens = [k for k, token in enumerate(tokens) if token.speaker == label and token.span]
        after = next((k for k in own_tokens if (span := tokens[k].span) and span.end > first), None)
        if after is not None:
            run = [k for k in own_tokens if tokens[k].token.turn == tokens[after].token.turn]
            reason = f"{items[0].reason} All of {label}'s turns may have the wrong label."
            span = _span(tokens, run[0], run[-1] + 1)
            conflicts.append(LabelConflict((run[0], run[-1] + 1), span, label, str(other), score, reason))
    return tuple(sorted(conflicts, key=lambda conflict: conflict.tokens))


def propose(
    evidence: Iterable[Evidence], tokens: Sequence[TimedToken], participants: Participants
) -> tuple[NameProposal, ...]:
    """A proposal for each voice and name with some evidence, the surest of each voice first.

    A name is applied if it is sure, far ahead of everything that contradicts it, and one of the user's
    participants where those are given; a voice that has a person's name in a file keeps it. Two pieces of
    evidence with weights p and q weigh 1 - (1 - p) (1 - q) together. A name is spelled as the user spells it,
    else as most of the evidence does, else in the longest way.
    """
    spelled = participants.spelled
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
        names = [item.name for item in items]
        given = next((spelled[name.casefold()] for name in names if name.casefold() in spelled), None)
        name = given or max(names, key=lambda name: (names.count(name), len(name), name))
        allowed = (not participants.people or name in spelled.values()) and (
            score == 1.0 or bool(_GENERIC_NAME.fullmatch(voice))
        )
        lead = score - max(rivals, default=0.0)
        sure = score >= DEFAULTS.min_applied_score and lead >= DEFAULTS.min_applied_lead
        span = max(items, key=lambda item: item.weight).span.in_milliseconds()
        reasons = tuple(dict.fromkeys(item.reason for item in items))
        applied = allowed and (sure or score == 1.0)
        proposals.append(NameProposal(voice, name, round(score, 3), applied, span, reasons))
    order = {voice: k for k, voice in enumerate(dict.fromkeys(token.speaker for token in tokens))}
    return tuple(sorted(proposals, key=lambda each: (order.get(each.voice, 0), -each.score, each.name)))


def with_names(tokens: Sequence[TimedToken], proposals: Iterable[NameProposal]) -> tuple[TimedToken, ...]:
    """The tokens with applied names instead of their voices."""
    names = {proposal.voice: proposal.name for proposal in proposals if proposal.applied}
    return tuple(replace(token, speaker=names.get(token.speaker or "", token.speaker)) for token in tokens)


def _stretches(tokens: Sequence[TimedToken]) -> list[_Stretch]:
    """Who speaks in turn; tokens of nobody are skipped."""
    known = [k for k, token in enumerate(tokens) if token.speaker]
    runs = (list(run) for _, run in groupby(known, key=lambda k: tokens[k].speaker))
    return [_Stretch(tokens[run[0]].speaker or "", run[0], run[-1] + 1) for run in runs]


def _span(tokens: Sequence[TimedToken], first: int, end: int) -> Span:
    """Where tokens are heard; the end of the nearest before them when none of them is placed."""
    spans = [span for token in tokens[first:end] if (span := token.span)]
    if spans:
        return Span(spans[0].start, max(spans[0].start, spans[-1].end))
    before = next((span for token in reversed(tokens[:first]) if (span := token.span)), Span(0, 0))
    return Span(before.end, before.end)
