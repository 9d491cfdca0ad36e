"""The default matching, counted anew in NumPy: python likeness.py truth.npz estimate.npy, the second an array unit x height x width."""

import json
import sys

import numpy as np
from scipy.optimize import linear_sum_assignment

THRESHOLD = 0.5


def places(A):
    """Centroid of the squared weights, and the width per axis, at least a pixel."""
    y, x = np.mgrid[: A.shape[1], : A.shape[2]]
    centres, widths = [], []
    for a in A:
        squared = a**2 / (a**2).sum()
        centres.append(((squared * y).sum(), (squared * x).sum()))
        plain = a / a.sum()
        dy, dx = y - (plain * y).sum(), x - (plain * x).sum()
        widths.append(max(np.sqrt((plain * (dy**2 + dx**2)).sum() / 2), 1))
    return np.array(centres), np.array(widths)


def shares(estimates, cells, brightness):
    """Of the cells' light that each estimate gathers, the share of each cell."""
    light = estimates.reshape(len(estimates), -1) @ (brightness[:, None] * cells.reshape(len(cells), -1)).T
    return light / light.sum(axis=1, keepdims=True)


def likenesses(estimates, cells, brightness):
    purity = shares(estimates, cells, brightness)
    purest = np.diag(shares(cells, cells, brightness))
    (found, _), (home, width) = places(estimates), places(cells)
    d2 = ((found[:, None] - home[None]) ** 2).sum(axis=2)
    alike = np.sqrt(np.minimum(1, purity / purest)) * np.exp(-d2 / (2 * width**2))
    # Footprints that share no pixel are nothing to each other.
    overlap = estimates.reshape(len(estimates), -1) @ cells.reshape(len(cells), -1).T > 0
    return alike * overlap, alike * overlap * (1 + purity) / 2


truth, estimate = np.load(sys.argv[1]), np.load(sys.argv[2])
A, counted = truth["A"].astype(float), truth["detectable"].astype(bool)
alike, preference = likenesses(estimate.astype(float), A, truth["C"].std(axis=1))
rows, columns = linear_sum_assignment(preference[:, counted], maximize=True)
cells = np.flatnonzero(counted)[columns]
matched = [(int(j), int(i), alike[j, i]) for j, i in zip(rows, cells) if alike[j, i] >= THRESHOLD]
print(json.dumps({"pairs": matched, "recall": len(matched) / int(counted.sum())}))
