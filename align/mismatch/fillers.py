"""Whether untranscribed speech consists of fillers and repeated words, which a cleaned text leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from align.alignment.lattice import UNTRANSCRIBED, Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Span
from align.mismatch.parameters import DEFAULTS, MismatchParameters
from align.pronounce.phones import Reading

_MANDARIN = (
    "E|En|n|m|A|H A|O|Ai|Ei|n E|n A|n Ei|n A g E|n Ei g E|Zh E|Zh E g E|Zh Ei g E|g E"
    "|J Iou|Sh Ir|J Iou Sh Ir|d Uei|H Ao|R An H Ou"
)
_ENGLISH = "ah|ah m|er|m hh m|ow|s ow|w eh l|y ae|r ay t|l ay k|y uw n ow|ow k ey"

FILLERS: tuple[Reading, ...] = tuple(tuple(filler.split()) for filler in f"{_MANDARIN}|{_ENGLISH}".split("|"))
"""呃 嗯 啊 哦 唉 呢 那 那个 这个 就 是 就是 对 好 然后; uh, um, er, oh, so, well, right, like, you know."""

_PENALTIES = Penalties(
    silence=2.0, untranscribed=10.0, untranscribed_frame=2.0, skip=2.0, filler=1e6, repeat=1e6, reading=0.0
)


def only_fillers(
    span: Span,
    beside: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    head: PhoneHead,
    *,
    parameters: MismatchParameters = DEFAULTS,
) -> bool:
    """Whether the speech in `span` consists of fillers and of the words beside it.

    Args:
        beside: readings of the tokens before and after it, in order.
        posteriors: of the whole recording, shape (T, P).
    """
    first, last = round(span.start / FRAME), round(span.end / FRAME)
    if span.duration > parameters.max_filler_speech or last - first < _PENALTIES.least[0]:
        return False
    neighbours = [readings[0] for readings in beside if readings]
    pairs = [(*reading, *following) for reading, following in pairwise(neighbours)]
    words = tuple(dict.fromkeys((*FILLERS, *neighbours, *pairs)))
    lattice = build([words] * parameters.max_filler_words, head.stay, _PENALTIES)
    part = posteriors[first:last].astype(np.float32)
    scores = evidence(part, head.log_prior, _PENALTIES.prior, _PENALTIES.untranscribed_frame)
    token = lattice.token[best_path(scores, lattice).states]
    filler_frames, other_frames = int((token >= 0).sum()), int((token == UNTRANSCRIBED).sum())
    return filler_frames > 0 and filler_frames >= parameters.filler_share * (filler_frames + other_frames)
