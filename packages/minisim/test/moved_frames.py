"""Makes the frames of moved tissue out of its truth, in NumPy. Reads truth.json and the arrays it names in the folder given
on the command line; prints the largest difference from movie over the range of the movie, how far the focus moved, and how far a pixel beyond the
shift."""

import json
import sys
from pathlib import Path

import numpy as np

RATIO = 1.07  # between the rungs of the ladder of blurs

folder = Path(sys.argv[1])
truth = json.loads((folder / "truth.json").read_text())


def array(name):
    entry = truth["arrays"][name]
    return np.fromfile(folder / name, entry["dtype"]).reshape(entry["shape"])


def gaussian(sigma):
    radius = int(np.floor(4 * sigma + 0.5))
    taps = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    return taps / taps.sum()


def blurred(image, sigma):
    taps = gaussian(sigma)
    for axis in (0, 1):
        image = np.apply_along_axis(lambda line: np.convolve(line, taps)[len(taps) // 2 :][: len(line)], axis, image)
    return image


def widths(z, y, x, shift_um):
    """sigma in px of a cell in every frame."""
    optics, tissue = truth["optics"], truth["tissue"]
    na, n = optics["na"], tissue["refractive_index"]
    in_focus = (0.21 * optics["emission_nm"] * 1e-3 / na) ** 2 + (tissue["scatter_blur_per_um"] * z) ** 2
    radius = optics["field_curvature_radius_um"]
    sagitta = 0 if radius is None else radius - np.sqrt(radius**2 - y**2 - x**2)
    distance = np.abs(z - (truth["focal_depth_um"] - sagitta + shift_um))
    defocus = distance * na / (2 * np.sqrt(n**2 - na**2))
    return np.sqrt(in_focus + defocus**2) / truth["pixel_size_um"]


def mixed(planted, rest, sigma):
    """The footprint in every frame: of the two rungs around its sigma, with the variance of sigma."""
    rung = np.floor(np.log(sigma / rest) / np.log(RATIO) + 1e-12)
    low, high = rest * RATIO**rung, rest * RATIO ** (rung + 1)
    share = (sigma**2 - low**2) / (high**2 - low**2)
    made = {r: blurred(planted, rest * RATIO**r) for r in set(rung) | set(rung + 1)}
    return np.stack([(1 - s) * made[r] + s * made[r + 1] for r, s in zip(rung, share)])


def moved(frame, displacement, margin):
    """frame at every pixel less its displacement (dy, dx), bilinear, without the margin."""
    height, width = (side - 2 * margin for side in frame.shape)
    y = margin + np.arange(height)[:, None] - displacement[0]
    x = margin + np.arange(width)[None, :] - displacement[1]
    row, col = np.floor(y).astype(int), np.floor(x).astype(int)
    down, right = y - row, x - col
    upper = (1 - right) * frame[row, col] + right * frame[row, col + 1]
    lower = (1 - right) * frame[row + 1, col] + right * frame[row + 1, col + 1]
    return (1 - down) * upper + down * lower


planted = array("planted").astype(float)
C, centers, rest, gain = array("C"), array("centers_um"), array("sigma_px"), array("gain")
shifts, axial = array("shifts"), array("axial_shift_um")
movie = array("movie").astype(float)

canvas = np.zeros((len(axial), *planted.shape[1:]))
off_rest = 0.0
for i, (z, y, x) in enumerate(centers):
    off_rest = max(off_rest, abs(widths(z, y, x, 0.0) / rest[i] - 1))
    footprints = gain[i] * mixed(planted[i], rest[i], widths(z, y, x, axial))
    canvas += C[i][:, None, None] * footprints
displacements = shifts[:, :, None, None] + np.zeros(movie.shape[1:])
bent = 0.0
if "displacement_basis" in truth["arrays"]:
    beyond = np.einsum("kt,kayx->tayx", array("displacement_weights"), array("displacement_basis"))
    displacements += beyond
    bent = float(np.abs(beyond).max())
frames = np.stack([moved(f, d, truth["margin_px"]) for f, d in zip(canvas, displacements)])
print(
    json.dumps(
        {
            "difference": float(np.abs(frames - movie).max() / np.ptp(movie)),
            "sigma_at_rest": off_rest,
            "moved_um": float(np.ptp(axial)),
            "bent_px": bent,
        }
    )
)
