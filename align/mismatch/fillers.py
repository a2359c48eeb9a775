"""Whether speech consists of fillers and repeated words, which a cleaned text leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from align.alignment.lattice import UNTRANSCRIBED, Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME
from align.audio.phone_head import PhoneHead
from align.core.types import HeardWord, Posteriors, Span, Token
from align.mismatch.parameters import DEFAULTS
from align.pronounce.phones import Reading

_MANDARIN_SOUNDS = "en e a ha o ai ei na zhe jiu shi ge dui hao"
_ENGLISH_SOUNDS = "ok yeah um uh ah oh so right"
FILLER_SOUNDS = frozenset(f"{_MANDARIN_SOUNDS} {_ENGLISH_SOUNDS}".split())
"""Sounds of 嗯 呃 啊 哈 哦 唉 那个 这个 就是 对 好, and English fillers."""

_MANDARIN_PHONES = (
    "E|En|n|m|A|H A|O|Ai|Ei|n E|n A|n Ei|n A g E|n Ei g E|Zh E|Zh E g E|Zh Ei g E|g E"
    "|J Iou|Sh Ir|J Iou Sh Ir|d Uei|H Ao|R An H Ou"
)
_ENGLISH_PHONES = "ah|ah m|er|m hh m|ow|s ow|w eh l|y ae|r ay t|l ay k|y uw n ow|ow k ey"
FILLER_PHONES: tuple[Reading, ...] = tuple(
    tuple(filler.split()) for filler in f"{_MANDARIN_PHONES}|{_ENGLISH_PHONES}".split("|")
)
"""呃 嗯 啊 哦 唉 呢 那 那个 这个 就 是 就是 对 好 然后; uh, um, er, oh, so, well, right, like, you know."""

_PENALTIES = Penalties(
    silence=2.0,
    untranscribed=10.0,
    untranscribed_frame=2.0,
    inside=0.0,
    inside_frame=0.0,
    skip=2.0,
    filler=1e6,
    repeat=1e6,
    reading=0.0,
)


def only_fillers_by_words(words: Sequence[HeardWord], beside: Sequence[Token]) -> bool:
    """Whether all words are fillers, or repeat the tokens beside them."""
    sounds = FILLER_SOUNDS | {token.sound for token in beside}
    return all(word.sound in sounds for word in words)


def only_fillers_by_phones(
    span: Span, beside: Sequence[Sequence[Reading]], posteriors: Posteriors, head: PhoneHead
) -> bool:
    """Whether the speech in `span` consists of fillers and of a few of the words beside it, said again.

    Args:
        beside: readings of the tokens before and after it, in order.
        posteriors: of the whole recording, shape (T, P).
    """
    first, last = round(span.start / FRAME), round(span.end / FRAME)
    if span.duration > DEFAULTS.max_filler_speech or last - first < _PENALTIES.least[0]:
        return False
    neighbours = [readings[0] for readings in beside if readings]
    pairs = [(*reading, *following) for reading, following in pairwise(neighbours)]
    repeats = {**dict.fromkeys(pairs, 2), **dict.fromkeys(neighbours, 1), **dict.fromkeys(FILLER_PHONES, 0)}
    words = tuple(repeats)
    lattice = build([words] * DEFAULTS.max_filler_words, head.stay, _PENALTIES)
    part = posteriors[first:last].astype(np.float32)
    states = best_path(evidence(part, head.log_prior, _PENALTIES), lattice).states
    token = lattice.token[states]
    said = {int(lattice.token[state]): int(lattice.reading[state]) for state in states[token >= 0]}
    if sum(repeats[words[reading]] for reading in said.values()) > DEFAULTS.max_repeats:
        return False
    filler_frames, other_frames = int((token >= 0).sum()), int((token == UNTRANSCRIBED).sum())
    return filler_frames > 0 and filler_frames >= DEFAULTS.filler_share * (filler_frames + other_frames)
