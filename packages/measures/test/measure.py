"""The measures of a movie in NumPy and SciPy, each docstring the definition: the reference that ours are compared with.

In double precision and without rounding, so that the comparison can be exact; groups are ordered by a stable sort, so that ties fall alike.
Run as: measure.py MOVIE FPS CELL_RADIUS_PX, for raw values followed by DTYPE FRAMES HEIGHT WIDTH; prints JSON.
"""
import json
import sys

import numpy as np
from scipy import ndimage as ndi

Q = (1, 5, 25, 50, 75, 95, 99)


def quantiles(a, q=Q, digits=12):
    """Percentiles of the finite values of a, keyed by the percentile; with n."""
    a = np.asarray(a, float).ravel()
    a = a[np.isfinite(a)]
    if not a.size:
        return {'n': 0}
    return {**{str(k): round(float(np.percentile(a, k)), digits) for k in q}, 'n': int(a.size)}


def levels(movie, max_code=None):
    """Percentiles of raw counts over all pixels and frames; share at code 0; share at max_code (default: dtype maximum)."""
    m = np.asarray(movie)
    top = max_code if max_code is not None else (np.iinfo(m.dtype).max if m.dtype.kind in 'ui' else None)
    return {'counts': quantiles(m[:: max(1, len(m) // 100)], (0.1, 1, 5, 25, 50, 75, 95, 99, 99.9)),
            'zero_share': float((m == 0).mean()), 'saturated_share': float((m >= top).mean()) if top else None}


def corner_centre(mean_image, frac=0.08):
    """Mean of the four corner squares (side = frac x height) over the mean of the central square (side = 2 frac x height)."""
    h, w = mean_image.shape
    k = max(1, int(h * frac))
    c = np.mean([mean_image[:k, :k].mean(), mean_image[:k, -k:].mean(), mean_image[-k:, :k].mean(), mean_image[-k:, -k:].mean()])
    return float(c / mean_image[h // 2 - k: h // 2 + k, w // 2 - k: w // 2 + k].mean())


def spatial_contrast(mean_image, scales=(2, 4, 8, 16, 32)):
    """Standard deviation over space of log(G_s * I) - log(G_2s * I) for each s in px: octave-band contrast of the mean image
    (edges of width 2s left out; pixels below 5 % of the 99th percentile left out)."""
    im = np.asarray(mean_image, float)
    ok = im > 0.05 * np.percentile(im, 99)
    im = np.maximum(im, 1e-3)
    out = {}
    for s in scales:
        if 8 * s > min(im.shape):
            break
        d = np.log(ndi.gaussian_filter(im, s)) - np.log(ndi.gaussian_filter(im, 2 * s))
        k = 2 * s
        out[str(s)] = float(d[k:-k, k:-k][ndi.binary_erosion(ok, iterations=2)[k:-k, k:-k]].std())
    return out


def _remove_rows(m):
    """Subtract from every row of every frame the offset of its median against a 9-row running median of the row medians."""
    r = np.median(m, axis=2)
    return m - (r - ndi.median_filter(r, size=(1, 9)))[:, :, None]


def noise_variance(movie, rows_removed=False):
    """Per-pixel variance of noise that is white in time AND between neighbours: e = x - mean of the 4 neighbours, de = first
    difference in time, variance = (1.4826 MAD(de))^2 / (2 * 1.25). Low where the movie was resampled or compressed."""
    m = np.asarray(movie, np.float64)
    if rows_removed:
        m = _remove_rows(m)
    k = np.array([[0, -.25, 0], [-.25, 1, -.25], [0, -.25, 0]], np.float64)[None]
    de = np.diff(ndi.convolve(m, k, mode='nearest'), axis=0)
    mad = np.median(np.abs(de - np.median(de, 0)), 0)
    v = (1.4826 * mad) ** 2 / 2.5
    if np.asarray(movie).dtype.kind in 'ui':  # the MAD of few integer steps is coarse: use the second moment, clipped at 4 sd
        s = np.maximum(np.sqrt(v) * np.sqrt(2.5), .5)
        v = np.mean(np.clip(de, -4 * s, 4 * s) ** 2, 0) / 2.5
    return v


def photon_transfer(movie, bins=12, rows_removed=False):
    """Straight line through (temporal mean, noise_variance) of pixels, medians of `bins` equal-count groups, darkest and
    brightest 1 % left out: slope (= ADU per electron if shot-limited and untouched), intercept (= read noise^2 if no black level),
    and noise sd over mean at the median level."""
    v, mu = noise_variance(movie, rows_removed)[1:-1, 1:-1].ravel(), np.asarray(movie, np.float64).mean(0)[1:-1, 1:-1].ravel()
    lo, hi = np.percentile(mu, [1, 99])
    ok = (mu >= lo) & (mu <= hi)
    o = np.argsort(mu[ok], kind='stable')
    g = np.array_split(o, bins)
    x, y = np.array([np.median(mu[ok][i]) for i in g]), np.array([np.median(v[ok][i]) for i in g])
    b, a = np.polyfit(x, y, 1)
    return {'slope': float(b), 'intercept': float(a), 'mean': x.tolist(), 'variance': y.tolist(),
            'relative_noise_at_median_level': float(np.sqrt(np.median(v)) / np.median(mu)), 'r': float(np.corrcoef(x, y)[0, 1])}


def pattern_noise(movie):
    """temporal: sd over time of the row (column) offsets, counts and relative to the level; offset = row median minus its 9-row
    running median. white_row_sd = what pixel noise alone gives (sd / sqrt(width)). fixed: robust sd over space of the mean image through the second-difference
    mask [1,-2,1] x [1,-2,1] / 6 (unit gain for white noise, blind to slopes), less in quadrature what the remaining temporal noise gives; hot = share of
    pixels whose mask output exceeds 8 robust sd (vessel edges can count)."""
    m = np.asarray(movie, np.float64)
    out = {}
    for name, ax in (('row', 2), ('column', 1)):
        r = np.median(m, axis=ax) if m.dtype.kind == 'f' and m.max() > 300 else m.mean(axis=ax)
        o = r - ndi.median_filter(r, size=(1, 9))
        out[name + '_sd'] = float((o - o.mean(0)).std())
        out[name + '_fixed_sd'] = float(o.mean(0).std())
    s = np.sqrt(np.median(noise_variance(movie, True)))
    mean = m.mean(0)
    k = np.outer([1, -2, 1], [1, -2, 1]) / 6
    d = ndi.convolve(mean, k, mode='nearest')[2:-2, 2:-2]
    sd = 1.4826 * np.median(np.abs(d - np.median(d)))
    out.update(white_row_sd=float(s / np.sqrt(m.shape[2])), pixel_noise_sd=float(s), fixed_pattern_sd=float(np.sqrt(max(0, sd ** 2 - s ** 2 / len(m)))),
               level=float(np.median(mean)), hot_share=float((d > 8 * max(sd, 1e-6)).mean()))
    return out


def ring_mean(movie, inner_px, outer_px):
    """For every pixel and frame the mean over pixels at distance inner..outer (CNMF-E's ring with equal weights)."""
    m = np.asarray(movie, np.float64)
    r = int(np.ceil(outer_px))
    y, x = np.mgrid[-r:r + 1, -r:r + 1]
    k = ((np.hypot(x, y) >= inner_px) & (np.hypot(x, y) <= outer_px)).astype(np.float64)
    from scipy.signal import fftconvolve
    w = fftconvolve(np.ones(m.shape[1:], np.float64), k, mode='same')
    return np.stack([fftconvolve(f, k, mode='same') / w for f in m])


def variance_shares(movie, cell_radius_px):
    """Shares of the summed temporal variance of pixels. noise: noise_variance. background: squared temporal correlation of a pixel with its
    ring mean (radius 2.5-4 cell radii), times its variance, less the 1/(T-1) that chance gives. local: the rest (cells, and any
    background finer than the ring). Also the medians over pixels. Data without model or truth needed."""
    m = np.asarray(movie, np.float64)
    m = m - m.mean(0)
    g = ring_mean(m, 2.5 * cell_radius_px, 4 * cell_radius_px)
    g -= g.mean(0)
    v = (m ** 2).mean(0)
    r2 = (m * g).mean(0) ** 2 / np.maximum(v * (g ** 2).mean(0), 1e-9)
    r2 = np.clip((r2 - 1 / (len(m) - 1)) / (1 - 1 / (len(m) - 1)), 0, 1)
    n = np.minimum(noise_variance(movie), v)
    b = r2 * v
    k = int(2 * cell_radius_px)
    c = (slice(k, -k),) * 2
    tot = v[c].sum()
    return {'background': float(b[c].sum() / tot), 'noise': float(n[c].sum() / tot), 'local': float(1 - (b[c].sum() + n[c].sum()) / tot),
            'ring_r2': quantiles(r2[c]), 'temporal_sd_over_level': quantiles((np.sqrt(v) / np.maximum(np.asarray(movie, np.float64).mean(0), 1e-3))[c])}


def fluctuation_correlation(movie, lags_px=(2, 5, 10, 20, 40, 80), n=400, lowpass_px=1.5, seed=0):
    """Median temporal correlation between the traces of two points at each distance (random pairs, points smoothed with a
    Gaussian of lowpass_px): how far background fluctuations reach."""
    rng = np.random.default_rng(seed)
    m = ndi.gaussian_filter(np.asarray(movie, np.float64), (0, lowpass_px, lowpass_px))
    m = (m - m.mean(0)) / np.maximum(m.std(0), 1e-6)
    h, w = m.shape[1:]
    out = {}
    for d in lags_px:
        if d > .6 * min(h, w):
            break
        y, x, t = rng.integers(0, h, n * 4), rng.integers(0, w, n * 4), rng.uniform(0, 2 * np.pi, n * 4)
        y2, x2 = np.rint(y + d * np.sin(t)).astype(int), np.rint(x + d * np.cos(t)).astype(int)
        ok = np.flatnonzero((y2 >= 0) & (x2 >= 0) & (y2 < h) & (x2 < w))[:n]
        out[str(d)] = float(np.median((m[:, y[ok], x[ok]] * m[:, y2[ok], x2[ok]]).mean(0)))
    return out


def power_fractions(trace, fps, edges=(0.1, 1, 5)):
    """Shares of the power of trace minus mean in the bands <0.1, 0.1-1, 1-5, >5 Hz (periodogram); bands above Nyquist are None."""
    y = np.asarray(trace, float)
    p = np.abs(np.fft.rfft(y - y.mean())) ** 2
    f = np.fft.rfftfreq(len(y), 1 / fps)
    e = (0,) + tuple(edges) + (np.inf,)
    return {f'{a}-{b}': (float(p[(f >= a) & (f < b)].sum() / p[1:].sum()) if a < fps / 2 else None) for a, b in zip(e, e[1:])}


def correlation_time(trace, fps):
    """First lag (s) at which the autocorrelation falls below 1/e."""
    y = np.asarray(trace, float) - np.mean(trace)
    n = len(y)
    a = np.fft.irfft(np.abs(np.fft.rfft(y, 2 * n)) ** 2)[:n]
    a /= a[0]
    k = np.flatnonzero(a < 1 / np.e)
    return float(k[0] / fps) if k.size else None


def noise_sd(trace):
    """GetSn of CNMF-E: root of the mean power spectral density (log-mean) between 0.25 and 0.5 cycles per frame, so that white noise of sd s gives s."""
    y = np.asarray(trace, float)
    n = y.shape[-1]
    p = np.abs(np.fft.rfft(y - y.mean(-1, keepdims=True), axis=-1)) ** 2 / n
    f = np.fft.rfftfreq(n)
    return np.sqrt(np.exp(np.mean(np.log(p[..., (f > .25) & (f < .5)] + 1e-12), -1)) * np.exp(np.euler_gamma))


def local_correlation(movie):
    """Mean Pearson correlation of each pixel's trace with those of its 8 neighbours."""
    m = np.asarray(movie, np.float64)
    m = m - m.mean(0)
    m /= np.maximum(m.std(0), 1e-9)
    h, w = m.shape[1:]
    s, c = np.zeros((h, w)), np.zeros((h, w))
    for dy, dx in ((0, 1), (1, 0), (1, 1), (1, -1)):
        a = (slice(0, h - dy), slice(max(0, -dx), w - max(0, dx)))
        b = (slice(dy, h), slice(max(0, dx), w + min(0, dx)))
        r = (m[(slice(None),) + a] * m[(slice(None),) + b]).mean(0)
        for i in (a, b):
            s[i] += r
            c[i] += 1
    return s / c


def centre_surround(movie, g_sig):
    """CNMF-E's spatial filter: Gaussian of g_sig px on a square of 4 g_sig + 1, mean removed over the pixels where it is at least its border value."""
    k = int(np.ceil(2 * g_sig))
    y, x = np.mgrid[-k:k + 1, -k:k + 1]
    g = np.exp(-(x * x + y * y) / (2 * g_sig ** 2))
    g /= g.sum()
    on = g >= g[0].max()
    g = np.where(on, g - g[on].mean(), 0).astype(np.float64)
    from scipy.signal import fftconvolve
    return np.stack([fftconvolve(np.pad(f, k, mode='reflect'), g, mode='valid') for f in np.asarray(movie, np.float64)])


def correlation_pnr(movie, g_sig):
    """CNMF-E's Cn and PNR: filter with centre_surround, subtract the temporal median; PNR = max over time / noise_sd;
    values below 3 noise_sd set to 0, then local_correlation."""
    f = centre_surround(movie, g_sig)
    f -= np.median(f, 0)
    sn = noise_sd(np.moveaxis(f, 0, -1))
    pnr = f.max(0) / np.maximum(sn, 1e-9)
    f[f < 3 * sn] = 0
    cn = local_correlation(f)
    return np.nan_to_num(cn), pnr


def everything_about_movie(movie, fps, cell_radius_px):
    """All statistics above in one dict."""
    m = np.asarray(movie)
    mean = m.astype(np.float64).mean(0)
    cn, pnr = correlation_pnr(m, cell_radius_px / 2)
    f = m.astype(np.float64).mean((1, 2))
    return {'levels': levels(m), 'corner_centre': corner_centre(mean), 'octave_contrast': spatial_contrast(mean), 'photon_transfer': photon_transfer(m),
            'photon_transfer_rows_removed': photon_transfer(m, rows_removed=True), 'pattern_noise': pattern_noise(m), 'variance_shares': variance_shares(m, cell_radius_px),
            'fluctuation_correlation': fluctuation_correlation(m),
            'mean_frame': {'power': power_fractions(f, fps), 'sd_over_mean': float(f.std() / f.mean()), 'corr_time_s': correlation_time(f, fps)},
            'raw_local_correlation': quantiles(local_correlation(m)), 'filtered_local_correlation': quantiles(cn), 'pnr': quantiles(pnr, Q + (99.9,))}


def read(path, shape):
    """A movie as other programs read it: npy by NumPy, TIFF by tifffile, AVI by OpenCV; raw values of a type and shape."""
    if path.endswith('.npy'):
        return np.load(path)
    if path.endswith('.tif'):
        from tifffile import imread
        return imread(path)
    if path.endswith('.avi'):
        import cv2
        video, frames = cv2.VideoCapture(path), []
        while (frame := video.read())[0]:
            frames.append(frame[1][:, :, 0])
        return np.stack(frames)
    dtype, *lengths = shape
    return np.fromfile(path, dtype).reshape([int(length) for length in lengths])


if __name__ == '__main__':
    path, fps, radius, *shape = sys.argv[1:]
    json.dump(everything_about_movie(read(path, shape), float(fps), float(radius)), sys.stdout)
