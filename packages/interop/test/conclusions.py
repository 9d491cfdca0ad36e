"""What traces are used for, counted anew in NumPy: python conclusions.py truth.npz A.npy C.npy S.npy pairs.json fps tolerance_frames.

The pairs are (estimate, cell): "matched", and "cells" with those of cells that do not count, too. Writes JSON: the scores of each pair, of each estimate's transients, and of the correlations between cells.
"""

import json
import sys

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching
from scipy.stats import spearmanr


def dff_error(found, real):
    x, y = (trace - np.percentile(trace, 10) for trace in (found, real))
    scale = max(0, x @ y / (x @ x))
    return np.linalg.norm(y - scale * x) / np.linalg.norm(y)


def count_corr(found, real, width):
    n = len(real) // width
    return np.corrcoef(*(trace[: n * width].reshape(n, width).sum(axis=1) for trace in (found, real)))[0, 1]


def event_f1(found, real, tolerance):
    """The largest over all thresholds, with the largest matching of a bipartite graph."""
    spikes = np.flatnonzero(real > 0)
    best = 0
    for threshold in np.unique(found[found > 0]):
        events = np.flatnonzero(found >= threshold)
        near = csr_matrix(np.abs(events[:, None] - spikes[None]) <= tolerance)
        pairs = (maximum_bipartite_matching(near) >= 0).sum()
        best = max(best, 2 * pairs / (len(events) + len(spikes)))
    return best


def transients(trace):
    bends = np.abs(trace[1:-1] - (trace[:-2] + trace[2:]) / 2)
    noise = 1.482602218505602 * np.median(bends) / np.sqrt(1.5)
    least = max(8 * noise, 0.1 * np.ptp(trace))
    found, start, peak = [], 0, None
    for t, value in enumerate(trace):
        if peak is None:
            if value <= trace[start]:
                start = t
            elif value - trace[start] >= least:
                peak = t
        elif value > trace[peak]:
            peak = t
        elif trace[peak] - value >= least:
            found.append((start, peak))
            start, peak = t, None
    return found if peak is None else [*found, (start, peak)]


def attribution(trace, own, gathered, calcium):
    """The cell of each transient, -1 where it is nobody's; and the cells' shares of the light of the others."""
    found = transients(trace)
    if not found:
        return [], []
    rises = np.array([(calcium[:, a : b + 1] - calcium[:, [a]]).max(axis=1) * gathered for a, b in found])
    heights = np.array([trace[b] - trace[a] for a, b in found])
    reference = rises[:, rises.sum(axis=0).argmax() if own is None else own] / heights
    if not (reference > 0).any():
        return [-1] * len(found), []
    somebodys = rises.sum(axis=1) / heights >= np.percentile(reference[reference > 0], 90) / 4
    cells = np.where(somebodys, rises.argmax(axis=1), -1)
    light = rises[somebodys].sum(axis=0)
    return cells.tolist(), (light / light.sum()).tolist()


truth, A, C, S = (np.load(path) for path in sys.argv[1:5])
given = json.load(open(sys.argv[5]))
pairs, own = given["matched"], dict(given["cells"])
fps, tolerance = float(sys.argv[6]), int(sys.argv[7])
A, cells = A.astype(float).reshape(len(A), -1), truth["A"].astype(float).reshape(len(truth["A"]), -1)
scores = [
    {
        "dff_error": dff_error(C[j], truth["C"][i]),
        "count_corr_100ms": count_corr(S[j], truth["S"][i], round(0.1 * fps)),
        "count_corr_500ms": count_corr(S[j], truth["S"][i], round(0.5 * fps)),
        "count_corr_1s": count_corr(S[j], truth["S"][i], round(fps)),
        "event_f1": event_f1(S[j], truth["S"][i], tolerance),
    }
    for j, i in pairs
]
of = [attribution(trace, own.get(j), cells @ a, truth["C"]) for j, (a, trace) in enumerate(zip(A, C))]
upper = np.triu_indices(len(pairs), 1)
found, real = (np.corrcoef(traces)[upper] for traces in (C[[j for j, _ in pairs]], truth["C"][[i for _, i in pairs]]))
print(
    json.dumps(
        {
            "pairs": scores,
            "transients": [{"cells": cells, "shares": shares} for cells, shares in of],
            "pairwise": {
                "bias": (found - real).mean(),
                "corr": np.corrcoef(found, real)[0, 1],
                "rank_corr": spearmanr(found, real).statistic,
                "estimated_spread": np.percentile(found, [5, 25, 50, 75, 95]).tolist(),
            },
        }
    )
)
