"""What speech without text is: more of the words beside it, fillers and repeats, or other words.

A likelihood-ratio test of three explanations of the same frames, those of the words beside it among them, so
that each explanation may give any part of the stretch to a neighbour:

    continued   the words beside it and nothing else, their phones as long as need be
    filled      fillers between them, or a few of the words beside it once more
    spoken      any phones between them

Where the words beside it explain the stretch, it belongs to them, and they last longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import NEVER, SILENT, Penalties, build
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.alignment.placement import PlacedPhones, UntranscribedSpeech
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Span
from align.pronounce.phones import Reading

_MANDARIN_PHONES = "E|En|m|A|n A g E|n Ei g E|Zh E g E|Zh Ei g E|J Iou Sh Ir|R An H Ou"
_ENGLISH_PHONES = "ah|ah m|m hh m|l ay k|y uw n ow|ow k ey"
FILLER_PHONES: tuple[Reading, ...] = tuple(
    tuple(filler.split()) for filler in f"{_MANDARIN_PHONES}|{_ENGLISH_PHONES}".split("|")
)
"""呃 嗯 啊 那个 这个 就是 然后; uh, um, like, you know, OK."""

_MANDARIN_WORDS = "n|H A|O|Ai|Ei|n E|n A|n Ei|Zh E|g E|J Iou|Sh Ir|d Uei|H Ao"
_ENGLISH_WORDS = "er|ow|s ow|w eh l|y ae|r ay t"
WORD_PHONES: tuple[Reading, ...] = tuple(
    tuple(filler.split()) for filler in f"{_MANDARIN_WORDS}|{_ENGLISH_WORDS}".split("|")
)
"""哦 唉 呢 那 这 就 是 对 好; er (and 二), so, well: words of one syllable that are fillers too. Only the
sentence tells them apart, so they are listened to first."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Speech without text and what is beside it.

    Attributes:
        before, after: index of the token that touches it on either side, () for none.
        left, right: the readings of those tokens.
        repeated: the last words before it and the first behind it, one to `repeat_reach` at a time, which may
            be said again.
        emissions: of its frames and of those of both tokens, shape (T, P + 4).
        first: the first of these frames.
    """

    span: Span
    before: tuple[int, ...]
    after: tuple[int, ...]
    left: tuple[tuple[Reading], ...]
    right: tuple[tuple[Reading], ...]
    repeated: tuple[Reading, ...]
    emissions: NDArray[np.float32]
    first: int


def explained(
    placed: Sequence[PlacedPhones],
    untranscribed: Sequence[UntranscribedSpeech],
    readings: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    head: PhoneHead,
    penalties: Penalties,
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[tuple[PlacedPhones, ...], tuple[UntranscribedSpeech, ...]]:
    """The tokens, longer where speech belongs to them, and the rest of the speech with its evidence.

    Args:
        placed, readings: of each token.
        untranscribed: in order of time.
        posteriors: log-probabilities of the whole recording, shape (T, P).
    """
    needed = replace(
        penalties, skip=NEVER, skip_run=NEVER, untranscribed=NEVER, inside=NEVER, inside_frame=0.0,
        filler=NEVER, repeat=NEVER, similar=parameters.similar_frame,
    )  # fmt: skip
    tokens, rest = list(placed), list[UntranscribedSpeech]()
    for run in _runs(untranscribed):
        span = Span(run[0].span.start, run[-1].span.end)
        if span.duration > parameters.longest_filler:
            rest += (replace(speech, filler=False) for speech in run)
            continue
        stretch = _stretch(span, run[0].behind, tokens, readings, posteriors, head, needed, parameters)
        continued, edges = _continued(stretch, head, needed)
        words = (*FILLER_PHONES, *stretch.repeated)
        certain = _filled(stretch, words, head, needed, parameters) - continued
        filled = max(certain, _filled(stretch, (*words, *WORD_PHONES), head, needed, parameters) - continued)
        spoken = _spoken(stretch, head, needed) - continued
        if edges and filled < parameters.filler_gain and spoken < parameters.speech_gain:
            for token, own in edges.items():
                tokens[token] = replace(tokens[token], span=own)
            continue
        filler = certain >= max(parameters.filler_gain, spoken + parameters.filler_margin)
        rest += (
            replace(speech, filler=filler, filled=round(filled, 3), spoken=round(spoken, 3)) for speech in run
        )
    return tuple(tokens), tuple(rest)


def _runs(untranscribed: Sequence[UntranscribedSpeech]) -> Iterator[Sequence[UntranscribedSpeech]]:
    """Stretches that touch each other, between the same tokens."""
    apart = [
        k
        for k, (one, other) in enumerate(pairwise(untranscribed), 1)
        if one.behind != other.behind or other.span.start - one.span.end > FRAME
    ]
    for first, end in pairwise([0, *apart, len(untranscribed)]):
        if first < end:
            yield untranscribed[first:end]


def _stretch(
    span: Span,
    behind: int,
    tokens: Sequence[PlacedPhones],
    readings: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    head: PhoneHead,
    penalties: Penalties,
    parameters: AlignmentParameters,
) -> _Stretch:
    """The stretch before token `behind`, with what is beside it."""
    touching, around = parameters.touching, parameters.repeat_reach
    near = {
        k: (own, readings[k][tokens[k].reading])
        for k in range(max(0, behind - around), min(len(tokens), behind + around))
        if (own := tokens[k].span)
    }
    before = tuple(k for k, (own, _) in near.items() if k < behind and span.start - own.end < touching)[-1:]
    after = tuple(k for k, (own, _) in near.items() if k >= behind and own.start - span.end < touching)[:1]
    spans = [span, *(near[k][0] for k in (*before, *after))]
    first, last = (round(time / FRAME) for time in (min(s.start for s in spans), max(s.end for s in spans)))
    earlier, later = (
        [reading for k, (_, reading) in near.items() if (k < behind) == side] for side in (True, False)
    )
    repeated = [
        phones
        for count in range(1, around + 1)
        for words in (earlier[-count:], later[:count])
        if (phones := tuple(phone for word in words for phone in word))
    ]
    return _Stretch(
        span,
        before,
        after,
        tuple((near[k][1],) for k in before),
        tuple((near[k][1],) for k in after),
        tuple(dict.fromkeys(repeated)),
        evidence(posteriors[first:last].astype(np.float32), head.log_prior, penalties),
        first,
    )


def _continued(stretch: _Stretch, head: PhoneHead, penalties: Penalties) -> tuple[float, dict[int, Span]]:
    """The log-likelihood of the tokens beside a stretch alone, and where each of them then lies."""
    sides = (*stretch.left, *stretch.right)
    if not sides:  # silence or noise
        return float(stretch.emissions[:, SILENT].sum()), {}
    lattice = build(sides, head.stay, penalties)
    path = best_path(stretch.emissions, lattice)
    own = lattice.token[path.states]
    edges: dict[int, Span] = {}
    for n, k in enumerate((*stretch.before, *stretch.after)):
        frames = np.flatnonzero(own == n) + stretch.first
        edges[k] = Span(float(frames[0]) * FRAME, float(frames[-1] + 1) * FRAME)
    return path.score, edges


def _filled(
    stretch: _Stretch,
    fillers: Sequence[Reading],
    head: PhoneHead,
    penalties: Penalties,
    parameters: AlignmentParameters,
) -> float:
    """The log-likelihood of some of these fillers between the tokens."""
    words = tuple(dict.fromkeys(fillers))
    most = 1 + min(parameters.most_fillers - 1, int(stretch.span.duration / parameters.filler_duration))
    return max(
        best_path(
            stretch.emissions,
            build(
                [*stretch.left, *[words] * count, *stretch.right], head.stay, replace(penalties, reading=0.0)
            ),
        ).score
        for count in range(1, most + 1)
    )


def _spoken(stretch: _Stretch, head: PhoneHead, penalties: Penalties) -> float:
    """The log-likelihood of any phones between the tokens."""
    free = replace(penalties, untranscribed=0.0, inside=0.0)
    return best_path(stretch.emissions, build([*stretch.left, *stretch.right], head.stay, free)).score
