"""Where the regions of a picture lie: tied regions near each other, none on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csgraph

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

_FLAT = 1.25  # pictures are wider than tall
_MANY = 700  # above this many, regions are only packed


def place_regions(ties: NDArray[np.float64], radii: NDArray[np.float64], gap: float, seed: int) -> Points:
    """Centres of discs of `radii`, at least `gap` apart, with ties pulling them together."""
    k = len(radii)
    if k < 2:
        return np.zeros((k, 2))
    points = _packed(radii, gap) if k > _MANY else _by_distance(ties, radii, gap, seed)
    return _settled(points, ties, radii, gap)


def _packed(radii: NDArray[np.float64], gap: float) -> Points:
    area = np.cumsum((2.0 * radii + gap) ** 2) - (2.0 * radii + gap) ** 2 / 2.0
    reach, angle = np.sqrt(area / np.pi), np.arange(len(radii)) * np.pi * (3.0 - np.sqrt(5.0))
    return np.column_stack([_FLAT * reach * np.cos(angle), reach * np.sin(angle)])


def _by_distance(ties: NDArray[np.float64], radii: NDArray[np.float64], gap: float, seed: int) -> Points:
    """Classical scaling of the distances between regions, an edge as long as the two radii ask."""
    apart = radii[:, None] + radii[None, :] + gap
    distance = csgraph.shortest_path(np.where(ties > 0, apart, 0.0), directed=False)
    finite = distance[np.isfinite(distance)].max(initial=float(apart.max()))
    distance = np.where(np.isfinite(distance), distance, finite + apart)
    np.fill_diagonal(distance, 0.0)
    k = len(radii)
    centring = np.eye(k) - 1.0 / k
    values, vectors = np.linalg.eigh(-0.5 * centring @ distance**2 @ centring)
    points = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0.0))
    points += np.random.default_rng(seed).normal(scale=float(radii.mean()) * 0.05, size=points.shape)
    stretched: Points = points * np.array([_FLAT, 1.0])
    return stretched


def _settled(points: Points, ties: NDArray[np.float64], radii: NDArray[np.float64], gap: float) -> Points:
    """Drawn to the middle and along ties, pushed off each other; the pushes win in the end."""
    k = len(radii)
    least = radii[:, None] + radii[None, :] + gap
    np.fill_diagonal(least, 0.0)
    pull = np.sqrt(ties) / np.maximum(np.sqrt(ties).sum(axis=1, keepdims=True), 1e-9)
    turns = int(np.clip(4_000_000 / (k * k), 30, 260))
    for turn in range(turns):
        heat = max(0.0, 1.0 - 1.35 * turn / turns)
        points = points - points.mean(axis=0)
        points = points * (1.0 - heat * np.array([0.02, 0.02 * _FLAT**2]))
        points = points + heat * 0.05 * (pull @ points - points * (pull.sum(axis=1, keepdims=True) > 0))
        across = points[:, None, :] - points[None, :, :]
        length = np.sqrt((across**2).sum(axis=2))
        length[length < 1e-6] = 1e-6
        short = np.maximum(0.0, least - length)
        np.fill_diagonal(short, 0.0)
        mass = (radii**2)[None, :] / ((radii**2)[:, None] + (radii**2)[None, :])  # the larger moves less
        points = points + (0.7 * across * (short * mass / length)[:, :, None]).sum(axis=1)
    settled: Points = points - points.mean(axis=0)
    return settled
