"""Voiceprints to voices: how many there are, and which window is whose. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.speakers.parameters import DEFAULTS
from align.speakers.voiceprint import unit_vectors

Labels = NDArray[np.int64]


def find_voices(
    prints: NDArray[np.float32], starts: NDArray[np.float64], count: int | None
) -> NDArray[np.float32]:
    """The mean voiceprint of each voice, in no particular order, shape (voices, size), unit vectors.

    Groups similar windows (average linkage), then joins the most similar groups while they are one voice, or
    until there are `count`.

    Args:
        prints: unit vectors, shape (windows, size); at least one.
        starts: of the windows, in seconds.
        count: of the voices when it is known; fewer come back where there is too little speech.
    """
    step = -(-len(prints) // DEFAULTS.max_windows)
    sampled, times = prints[::step], starts[::step]
    labels = _first_groups(sampled, count or 1)
    far = np.abs(times[:, None] - times[None, :]) > DEFAULTS.min_distance
    similarity = (sampled @ sampled.T) * far
    while len(voices := _centroids(sampled, labels)) > (count or 1):
        first, second, share = _most_similar(labels, similarity, far)
        if count is None and share < DEFAULTS.same_voice:
            break
        labels = _refine(sampled, np.where(labels == first, second, labels))
    return voices


def best_path(scores: NDArray[np.float64], change_cost: NDArray[np.float64]) -> Labels:
    """The best column for each row (Viterbi).

    Args:
        scores: how well each column fits each row, shape (rows, columns).
        change_cost: of another column in the next row, shape (rows - 1,).
    """
    rows, columns = scores.shape
    best = scores[0].astype(np.float64)
    previous = np.zeros((rows, columns), np.int64)
    for row in range(1, rows):
        top = int(best.argmax())
        change = best[top] - change_cost[row - 1]
        previous[row] = np.where(best >= change, np.arange(columns), top)
        best = np.maximum(best, change) + scores[row]
    path = np.zeros(rows, np.int64)
    path[-1] = best.argmax()
    for row in range(rows - 1, 0, -1):
        path[row - 1] = previous[row, path[row]]
    return path


def _first_groups(prints: NDArray[np.float32], count: int) -> Labels:
    """Groups of clearly similar windows: more than there are voices, and at least `count`."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(prints) <= DEFAULTS.min_windows:
        return np.zeros(len(prints), np.int64)
    tree = linkage(prints, "average", metric="cosine")
    smallest = max(DEFAULTS.min_windows, DEFAULTS.min_window_share * len(prints))
    for similarity in DEFAULTS.group_similarities:
        groups = fcluster(tree, 1 - similarity, "distance")
        large = np.where(np.bincount(groups)[groups] >= smallest, groups, -1)
        if len(set(large.tolist()) - {-1}) >= count:
            return _refine(prints, large)
    return _refine(prints, np.asarray(fcluster(tree, count, "maxclust")))


def _refine(prints: NDArray[np.float32], labels: Labels) -> Labels:
    """Each window moved to its most similar group, until none moves (spherical k-means).

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
    return unit_vectors(np.stack([prints[labels == k].sum(0) for k in np.unique(labels[labels >= 0])]))


def _most_similar(
    labels: Labels, similarity: NDArray[np.float32], far: NDArray[np.bool_]
) -> tuple[int, int, float]:
    """The two most similar groups, and their similarity as a share of that inside them.

    A group without windows that are far enough apart takes the mean of the others inside.
    """
    member = (labels[:, None] == np.arange(labels.max() + 1)).astype(np.float32)
    pairs = member.T @ far.astype(np.float32) @ member
    mean = np.where(pairs > 0, member.T @ similarity @ member / np.maximum(pairs, 1), np.nan)
    inside = np.diag(mean).copy()
    known = inside[inside > 0]
    inside[~(inside > 0)] = known.mean() if len(known) else DEFAULTS.group_similarities[0]
    share = np.nan_to_num(mean / np.sqrt(inside[:, None] * inside[None, :]), nan=1.0)
    share[np.triu_indices(len(share))] = -np.inf
    first, second = np.unravel_index(int(share.argmax()), share.shape)
    return int(first), int(second), float(share[first, second])
