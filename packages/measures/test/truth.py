"""The measures of a truth in NumPy and SciPy, each docstring the definition: the reference that ours are compared with.

Run as: truth.py FOLDER FPS PIXEL_SIZE_UM. shapes.json in the folder names the arrays there with their types and shapes: footprints (cell × height × width),
detectable, C and S (cell × frame), all of the cells in view; observed, light and cells (frame × height × width). Prints JSON.
"""
import json
import sys
from pathlib import Path

import numpy as np
from scipy import ndimage as ndi
from scipy.signal import find_peaks
from scipy.spatial import cKDTree

sys.path.insert(0, str(Path(__file__).parent))
from measure import noise_sd, quantiles  # noqa: E402


def events(trace, fps):
    """Smooth with a Gaussian of 0.1 s; baseline = running 20th percentile over 30 s of every half second, joined by lines; an event is a local maximum at
    least 0.4 s from a higher one, whose height and prominence are at least max(5 noise_sd of the smoothed trace, a tenth of the largest height).
    Places of the peaks and half-decays (s) of those that reach half of their height before the next."""
    s = max(0.1 * fps, 1e-3)
    z = ndi.gaussian_filter1d(trace, s)
    step = max(1, int(fps / 2))
    size = max(3, int(30 * fps) // step)
    coarse = z[::step]
    padded = np.pad(coarse, (size // 2, size), mode='symmetric')
    base = np.array([np.sort(padded[i:i + size])[int(size * 0.2)] for i in range(len(coarse))])
    z = z - np.interp(np.arange(len(z)), np.arange(len(base)) * step, base)
    least = max(5 * noise_sd(trace) / np.sqrt(max(1, 2 * np.sqrt(np.pi) * s)), 0.1 * z.max())
    if least <= 0:
        return [], []
    peaks, _ = find_peaks(z, height=least, prominence=least, distance=max(1, int(0.4 * fps)))
    decays = []
    for q, end in zip(peaks, [*peaks[1:], len(z)]):
        below = np.flatnonzero(z[q:] < 0.5 * z[q])
        if below.size and q + below[0] < end:
            decays.append(below[0] / fps)
    return peaks, decays


def pairs(rows):
    """Pearson correlations of all pairs of rows that vary (of 600 evenly spaced ones where there are more)."""
    rows = np.asarray(rows, float)
    n = len(rows)
    rows = rows[[k * n // min(n, 600) for k in range(min(n, 600))]]
    rows = rows[rows.std(1) > 1e-12 * np.abs(rows.mean(1))]
    return np.corrcoef(rows)[np.triu_indices(len(rows), 1)] if len(rows) > 1 else []


def activity(C, S, fps):
    """Rates, their spread, pairwise correlation, peak dF/F, events."""
    minutes = C.shape[1] / fps / 60
    active = (S > 0).sum(1) / minutes
    k = max(1, int(fps))
    bins = (S > 0)[:, : C.shape[1] // k * k].reshape(len(S), -1, k).sum(2)
    found = [events(c, fps) for c in C]
    return {'rate_hz': quantiles(S.sum(1) / (C.shape[1] / fps)), 'active_frames_per_min': quantiles(active),
            'log10_rate_sd': float(np.log10(active[active > 0]).std()), 'silent_share': float((active == 0).mean()),
            'spike_correlation_1s': quantiles(pairs(bins)), 'trace_correlation': quantiles(pairs(C)),
            'peak_dff': quantiles(C.max(1) / C.min(1) - 1), 'events_per_min': quantiles([len(p) / minutes for p, _ in found]),
            'half_decay_s': quantiles(np.concatenate([d for _, d in found]))}


def shape(a):
    """fwhm = 2 sqrt(area / pi) of the connected part at or above half of the maximum; axis ratio and centre of light of that above a fifth."""
    a = np.asarray(a, float)
    parts = []
    for share in (.5, .2):
        label, _ = ndi.label(a >= share * a.max())
        parts.append(label == label.flat[np.argmax(a)])
    half, fifth = parts
    y, x = np.nonzero(fifth)
    if len(y) < 4:
        return None
    w = a[fifth]
    low, high = np.linalg.eigvalsh(np.cov(np.stack([y, x]), aweights=w) + np.eye(2) / 12)
    return 2 * np.sqrt(half.sum() / np.pi), np.sqrt(high / low), (np.average(y, weights=w), np.average(x, weights=w))


def footprints(A, detectable, pixel_size_um):
    """Width, axis ratio and nearest centre of detectable cells; of all cells the share of light in pixels of others, and how many share pixels, where a cell's
    pixels are those at or above a fifth of its maximum."""
    shapes = [s for s in map(shape, A[detectable > 0] if detectable.any() else A) if s]
    fwhm, ratio = np.array([s[0] for s in shapes]), [s[1] for s in shapes]
    centres = np.array([s[2] for s in shapes])
    own = A >= np.float64(.2) * A.max((1, 2), keepdims=True).astype(float)
    flat = own.reshape(len(A), -1).astype(float)
    light = (A.astype(float) * own).reshape(len(A), -1)
    return {'fwhm_px': quantiles(fwhm), 'fwhm_um': quantiles(fwhm * pixel_size_um), 'axis_ratio': quantiles(ratio),
            'nearest_over_fwhm': quantiles(cKDTree(centres).query(centres, 2)[0][:, 1] / np.median(fwhm)),
            'shared_light': quantiles((light * (flat.sum(0) > 1)).sum(1) / light.sum(1)),
            'neighbours': quantiles((flat @ flat.T > 0).sum(1) - 1)}


def light(observed, light, cells):
    """Shares of the variance: covariance with the observed movie, summed over pixels, of the cells' light, of the rest of the light, of the rest of the movie.
    Background: its sd over time over the mean of all light. Cells: rise over their median in time over the mean of all light, in (at most 60) evenly spaced
    frames, where it exceeds 10 / 2269."""
    o, light, c = (np.asarray(m, float) for m in (observed, light, cells))
    level, d = light.mean(0), o - o.mean(0)
    share = lambda x: float((d * (x - x.mean(0))).sum() / (d ** 2).sum())  # noqa: E731
    some = c[:: -(-len(c) // 60)]
    rise = (some - np.median(some, 0)) / level
    return {'variance_shares': {'cells': share(c), 'background': share(light - c), 'noise': share(o - light)},
            'background_sd_over_level': quantiles((light - c).std(0) / level), 'cell_light_over_level': quantiles(rise[rise > 10 / 2269])}


if __name__ == '__main__':
    folder, fps, pixel_size_um = Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    shapes = json.loads((folder / 'shapes.json').read_text())
    A, detectable, C, S = (np.fromfile(folder / name, shapes[name][0]).reshape(shapes[name][1]) for name in ('footprints', 'detectable', 'C', 'S'))
    movies = (np.fromfile(folder / name, shapes[name][0]).reshape(shapes[name][1]) for name in ('observed', 'light', 'cells'))
    json.dump({'n_cells': len(A), 'activity': activity(C, S, fps), 'footprints': footprints(A, detectable, pixel_size_um),
               'light': light(*movies)}, sys.stdout)
