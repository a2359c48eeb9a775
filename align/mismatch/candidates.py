"""Where text and audio may disagree, by the phones alone.

A candidate is a place to check. `align.mismatch.classify` sets its kind and its severity, and
`align.mismatch.find` makes it a mismatch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from align.alignment.placement import CERTAIN, PlacedPhones, Placement
from align.core.types import HeardWord, MismatchKind, Span
from align.mismatch.parameters import DEFAULTS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place at which text and audio may disagree.

    Attributes:
        tokens: half-open range; for untranscribed speech the empty range where its text would be.
        span: in the audio; without sound, the moment at which the text would have come.
        untranscribed: seconds of speech in it that fit no token.
        kind: None until it is classified, and where it turned out to be no mismatch.
        heard: the words recognized in it.
        similarity: of the sounds of text and recognition, 0 to 100.
        fitting: tokens in it that are well placed themselves, between others that are not.
        evidence: that any of its other tokens was said, as in `PlacedPhones`; the greatest.
        filled, spoken: of its untranscribed speech, as in `UntranscribedSpeech`; the least and the greatest.
    """

    tokens: tuple[int, int]
    span: Span
    untranscribed: float
    kind: MismatchKind | None = None
    heard: tuple[HeardWord, ...] = ()
    similarity: float = 0.0
    fitting: frozenset[int] = frozenset()
    evidence: float = -CERTAIN
    filled: float = -CERTAIN
    spoken: float = -CERTAIN

    @property
    def count(self) -> int:
        """The number of tokens."""
        return self.tokens[1] - self.tokens[0]

    @property
    def unlikely(self) -> int:
        """The number of tokens that are not well placed themselves."""
        return self.count - len(self.fitting)

    @property
    def surplus(self) -> float:
        """By how much any phones are likelier than fillers in its untranscribed speech."""
        return self.spoken - self.filled

    @property
    def like_a_filler(self) -> bool:
        """Whether its phones may be those of a filler or a repeat, where nothing else tells what it is."""
        return self.filled >= DEFAULTS.min_filled and self.surplus <= DEFAULTS.max_filler_surplus

    @property
    def clearly_spoken(self) -> bool:
        """Whether its phones are those of words, whatever was recognized."""
        return self.spoken >= DEFAULTS.min_spoken and self.surplus >= DEFAULTS.min_speech_surplus

    @property
    def unspoken(self) -> bool:
        """Whether its text is not said at its place."""
        return self.kind in (MismatchKind.UNSPOKEN, MismatchKind.MOVED)


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A token that was probably not said, or untranscribed speech; `span` is None without sound."""

    first: int
    end: int
    span: Span | None
    filler: bool = False
    filled: float = -CERTAIN
    spoken: float = -CERTAIN


def find_candidates(placement: Placement) -> tuple[Candidate, ...]:
    """All candidates, in the order of the text; no two touch."""
    tokens = placement.tokens
    misfits = [_Misfit(k, k + 1, token.span) for k, token in enumerate(tokens) if _is_unlikely(token)]
    misfits += (
        _Misfit(speech.behind, speech.behind, speech.span, speech.filler, speech.filled, speech.spoken)
        for speech in placement.others
        if speech.filler or speech.span.duration >= DEFAULTS.min_speech
    )
    groups: list[list[_Misfit]] = []
    for misfit in sorted(misfits, key=lambda misfit: (misfit.first, misfit.end)):
        if groups and _same_candidate(groups[-1], misfit):
            groups[-1].append(misfit)
        else:
            groups.append([misfit])
    candidates: list[Candidate] = []
    for group in groups:
        first, end = group[0].first, group[-1].end
        misfitting = [misfit.span for misfit in group if misfit.span]
        spans = [*misfitting, *(token.span for token in tokens[first:end] if token.span)]
        if spans:
            whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        else:
            before = next((token.span.end for token in reversed(tokens[:first]) if token.span), 0.0)
            whole = Span(before, before)
        speech = [misfit for misfit in group if misfit.first == misfit.end]
        fillers = len(speech) == len(group) and all(misfit.filler for misfit in group)
        unlikely = {k for k in range(first, end) if _is_unlikely(tokens[k])}
        candidates.append(
            Candidate(
                (first, end),
                whole,
                untranscribed=sum(span.duration for span in misfitting),
                kind=MismatchKind.FILLER if fillers else None,
                fitting=frozenset(range(first, end)) - unlikely,
                evidence=max((tokens[k].evidence for k in unlikely), default=-CERTAIN),
                filled=min((misfit.filled for misfit in speech), default=-CERTAIN),
                spoken=max((misfit.spoken for misfit in speech), default=-CERTAIN),
            )
        )
    return tuple(candidates)


def all_in_doubt(placement: Placement) -> tuple[Candidate, ...]:
    """Candidates of all tokens, for a text whose phones alone cannot tell whether it is said.

    Words that lie far from each other are candidates of their own.
    """
    tokens = placement.tokens
    groups: list[list[int]] = []
    for k, token in enumerate(tokens):
        last = (
            next((span for n in reversed(groups[-1]) if (span := tokens[n].span)), None) if groups else None
        )
        if not groups or (token.span and last and token.span.start - last.end > DEFAULTS.max_pause):
            groups.append([])
        groups[-1].append(k)
    candidates: list[Candidate] = []
    for group in groups:
        spans = [span for k in group if (span := tokens[k].span)] or [Span(0.0, 0.0)]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        spoken, evidence = sum(span.duration for span in spans), max(tokens[k].evidence for k in group)
        candidates.append(Candidate((group[0], group[-1] + 1), whole, spoken, evidence=evidence))
    return tuple(candidates)


def runs_of(tokens: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The half-open ranges of tokens that follow each other; tokens ascend."""
    for _, run in groupby(enumerate(tokens), key=lambda pair: pair[1] - pair[0]):
        members = [k for _, k in run]
        yield members[0], members[-1] + 1


def _is_unlikely(token: PlacedPhones) -> bool:
    """Whether the sound is likelier without a token than with it."""
    return token.span is None or token.evidence < DEFAULTS.min_evidence


def _same_candidate(group: list[_Misfit], misfit: _Misfit) -> bool:
    """Whether a misfit belongs to the candidate of those before it."""
    last = group[-1]
    distance = misfit.first - last.end
    if last.end > last.first and misfit.end > misfit.first:
        return distance <= DEFAULTS.chance_tokens
    if any(each.end > each.first for each in (*group, misfit)):
        return distance == 0
    pause = DEFAULTS.max_filler_pause if last.filler and misfit.filler else DEFAULTS.max_pause
    return distance == 0 and bool(last.span and misfit.span and misfit.span.start - last.span.end <= pause)
