"""Where each topic stands on a map: alike topics near one another.

In: centroids (topic × dimension, unit length). Out: x and y, the farthest topic at distance 1 of the middle.
Method: stress majorisation (SMACOF, de Leeuw 1977) of the distances 1 - cosine, begun at the first two
principal axes (classical MDS). Traps: an axis has no sign of its own, so the largest value of each is made
positive; in many dimensions all topics are about equally far apart, so distances are raised to a power, or
the map would be a disc without groups; a topic alone, or two that are equal, must not divide by nought.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 120  # the stress falls by less than a thousandth a step long before
_POWER = 3.0
_DIGITS = 3


def places(centroids: NDArray[np.floating]) -> Floats:
    """Array (topic × 2), rounded to three digits."""
    count = len(centroids)
    if count < 2:
        return np.zeros((count, 2))
    vectors = np.asarray(centroids, dtype=np.float64)
    distances: Floats = np.clip(1 - vectors @ vectors.T, 0, 2) ** _POWER
    np.fill_diagonal(distances, 0)
    points = _axes(vectors)
    for _ in range(_STEPS):
        points = _nearer(points, distances)
    points = points - points.mean(axis=0)
    farthest = np.sqrt((points**2).sum(axis=1)).max()
    out: Floats = np.round(points / (farthest or 1), _DIGITS) + 0.0  # no minus nought
    return out


def _axes(vectors: Floats) -> Floats:
    """The first two principal axes, each with its largest value positive."""
    centred = vectors - vectors.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    points = np.zeros((len(vectors), 2))
    axes = min(2, left.shape[1])
    points[:, :axes] = left[:, :axes] * sizes[:axes]
    largest = points[np.abs(points).argmax(axis=0), [0, 1]]
    signed: Floats = points * np.where(largest < 0, -1, 1)
    return signed


def _nearer(points: Floats, wanted: Floats) -> Floats:
    """One Guttman transform: the points that fit the wanted distances better."""
    drawn = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    ratio = np.divide(wanted, drawn, out=np.zeros_like(wanted), where=drawn > 1e-12)
    pull = -ratio
    np.fill_diagonal(pull, ratio.sum(axis=1))
    moved: Floats = pull @ points / len(points)
    return moved
