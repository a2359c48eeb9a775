"""Whether speech without text is only what a cleaned text leaves out: fillers, and words said twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from align.alignment.lattice import UNTRANSCRIBED, Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import Posteriors, Span
from align.pronounce.phones import Reading

_MANDARIN = (
    "E|En|n|m|A|H A|O|Ai|Ei|n E|n A|n Ei|n A g E|n Ei g E|Zh E|Zh E g E|Zh Ei g E|g E"
    "|J Iou|Sh Ir|J Iou Sh Ir|d Uei|H Ao|R An H Ou"
)
_ENGLISH = "ah|ah m|er|m hh m|ow|s ow|w eh l|y ae|r ay t|l ay k|y uw n ow|ow k ey"

FILLERS: tuple[Reading, ...] = tuple(tuple(one.split()) for one in f"{_MANDARIN}|{_ENGLISH}".split("|"))
"""呃 嗯 啊 哦 唉 呢 那 那个 这个 就 是 就是 对 好 然后; uh, um, er, oh, so, well, right, like, you know."""

SHARE = 0.7
"""Of the speech that must be fillers and repeats."""

LONGEST = 2.5
"""Seconds of speech that can be nothing but fillers."""

_PRICES = Penalties(
    silence=2.0, untranscribed=10.0, untranscribed_frame=2.0, skip=2.0, filler=1e6, repeat=1e6, reading=0.0
)
_MOST = 5
"""Fillers and repeats in a row."""


def only_fillers(
    span: Span,
    beside: Sequence[Sequence[Reading]],
    posteriors: Posteriors,
    head: PhoneHead,
) -> bool:
    """Whether the speech in `span` is made of fillers, and of what is said beside it.

    Args:
        beside: readings of the tokens before and behind it, in order.
        posteriors: of the whole recording, shape (T, P).
    """
    first, last = round(span.start / FRAME), round(span.end / FRAME)
    if span.duration > LONGEST or last - first < _PRICES.least[0]:
        return False
    known = [some[0] for some in beside if some]
    pairs = [(*one, *other) for one, other in pairwise(known)]
    words = tuple(dict.fromkeys((*FILLERS, *known, *pairs)))
    lattice = build([words] * _MOST, head.stay, _PRICES)
    part = posteriors[first:last].astype(np.float32)
    seen = evidence(part, head.log_prior, _PRICES.prior, _PRICES.untranscribed_frame)
    token = lattice.token[best_path(seen, lattice).states]
    own, other = int((token >= 0).sum()), int((token == UNTRANSCRIBED).sum())
    return own > 0 and own >= SHARE * (own + other)
