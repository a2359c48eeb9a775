"""Voiceprints to voices: how many there are, and which window is whose. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALIKE = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
"""Mean cosine of the windows in a first group. In meetings (AMI, one far microphone) two windows of
one person have 0.6 on average, of two persons 0.4. The finer ones serve when the user knows that
there are more voices than were found."""

SAME = 0.85
"""Groups are one voice when their likeness to each other is at least this share of that inside them.
AMI and telephone speech: parts of one voice 0.85 to 1.0, the two most alike voices 0.84, most 0.7."""

FEWEST = 3
"""Windows that a voice must have; fewer are a laugh, a jingle, two people at once."""

LEAST = 0.002
"""Share of the windows that a voice must have, for the same reason, in a long recording."""

APART = 3.0
"""Seconds between two windows that are compared: nearer ones share sound or a sentence's mood."""

MOST = 4000
"""Windows that are compared with each other, to bound memory at about 200 MB."""

Labels = NDArray[np.int64]


def find_voices(
    prints: NDArray[np.float32], starts: NDArray[np.float64], count: int | None
) -> NDArray[np.float32]:
    """What each voice is like, in no particular order, shape (voices, size), unit vectors.

    Groups windows that are alike (average linkage), then joins the groups that are most alike
    while they are one voice, or until there are `count`.

    Args:
        prints: unit vectors, shape (windows, size); at least one.
        starts: of the windows, in seconds.
        count: of the voices when it is known; fewer come back where there is too little speech.
    """
    step = -(-len(prints) // MOST)
    few, times = prints[::step], starts[::step]
    labels = _first_groups(few, count or 1)
    likeness = (few @ few.T) * (far := np.abs(times[:, None] - times[None, :]) > APART)
    while len(voices := _centroids(few, labels)) > (count or 1):
        first, second, share = _most_alike(labels, likeness, far)
        if count is None and share < SAME:
            break
        labels = _settle(few, np.where(labels == first, second, labels))
    return voices


def follow(scores: NDArray[np.float64], price: NDArray[np.float64]) -> Labels:
    """The best way through the columns of `scores`, row by row (Viterbi): one column a row.

    Args:
        scores: how well each column fits each row, shape (rows, columns).
        price: what changing the column between a row and the next costs, shape (rows - 1,).
    """
    rows, columns = scores.shape
    best = scores[0].astype(np.float64)
    came = np.zeros((rows, columns), np.int64)
    for row in range(1, rows):
        top = int(best.argmax())
        change = best[top] - price[row - 1]
        came[row] = np.where(best >= change, np.arange(columns), top)
        best = np.maximum(best, change) + scores[row]
    way = np.zeros(rows, np.int64)
    way[-1] = best.argmax()
    for row in range(rows - 1, 0, -1):
        way[row - 1] = came[row, way[row]]
    return way


def _first_groups(prints: NDArray[np.float32], count: int) -> Labels:
    """Groups of windows that are certainly alike: more than there are voices, and at least `count`."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(prints) <= FEWEST:
        return np.zeros(len(prints), np.int64)
    tree = linkage(prints, "average", metric="cosine")
    for alike in ALIKE:
        groups = fcluster(tree, 1 - alike, "distance")
        sizes = np.bincount(groups)
        kept = np.where(sizes[groups] >= max(FEWEST, LEAST * len(prints)), groups, -1)
        if len(set(kept.tolist()) - {-1}) >= count:
            return _settle(prints, kept)
    return _settle(prints, np.asarray(fcluster(tree, count, "maxclust")))


def _settle(prints: NDArray[np.float32], labels: Labels) -> Labels:
    """Each window moved to the group that it is most like, until none moves (spherical k-means).

    Negative labels belong to no group yet. Labels come back as 0, 1, 2 and so on.
    """
    for _ in range(10):
        moved = (prints @ _centroids(prints, labels).T).argmax(1)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return np.unique(labels, return_inverse=True)[1]


def _centroids(prints: NDArray[np.float32], labels: Labels) -> NDArray[np.float32]:
    """The mean direction of each group, in order of label, shape (groups, size)."""
    sums = np.stack([prints[labels == group].sum(0) for group in np.unique(labels[labels >= 0])])
    unit: NDArray[np.float32] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return unit


def _most_alike(
    labels: Labels, likeness: NDArray[np.float32], far: NDArray[np.bool_]
) -> tuple[int, int, float]:
    """The two groups most like one voice, and their likeness as a share of that inside them.

    A group that lies within APART seconds has no likeness inside to compare with, and takes the mean
    of the others'.
    """
    member = (labels[:, None] == np.arange(labels.max() + 1)).astype(np.float32)
    pairs = member.T @ far.astype(np.float32) @ member
    mean = np.where(pairs > 0, member.T @ likeness @ member / np.maximum(pairs, 1), np.nan)
    inside = np.diag(mean).copy()
    known = inside[inside > 0]
    inside[~(inside > 0)] = known.mean() if len(known) else ALIKE[0]
    share = np.nan_to_num(mean / np.sqrt(inside[:, None] * inside[None, :]), nan=1.0)
    share[np.triu_indices(len(share))] = -np.inf
    first, second = np.unravel_index(int(share.argmax()), share.shape)
    return int(first), int(second), float(share[first, second])
