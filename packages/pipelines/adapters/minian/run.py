"""minian, whole: called with the path of a job.json by `minisim run`."""

import json
import os
import pathlib
import sys

job_path = pathlib.Path(sys.argv[1])
job = json.loads(job_path.read_text())
# Before NumPy is loaded: dask's threads are parallel already.
for name in ("OMP", "MKL", "OPENBLAS", "NUMBA"):
    os.environ[f"{name}_NUM_THREADS"] = "1"
intermediate = job_path.parent / "intermediate"
os.environ["MINIAN_INTERMEDIATE"] = str(intermediate)

import dask
import distributed
import numpy as np
from minian import cnmf, initialization, motion_correction, preprocessing
from minian.io import load_videos
from minian.utilities import get_optimal_chk, save_minian

STAGES = 6 + 2 * job["parameters"]["rounds"]


def progress(done, stage):
    print(f"progress {done}/{STAGES} {stage}", flush=True)


class Kept:
    """Arrays in minian's own intermediate folder: what the next stage reads is computed once."""

    def __init__(self, frames, chunk):
        self.count = 0
        self.by_frame = {"frame": chunk["frame"], "height": -1, "width": -1}
        self.by_pixel = {"frame": -1, "height": chunk["height"], "width": chunk["width"]}
        self.by_unit = {"unit_id": 1, "frame": -1}
        self.traces_by_frame = {"unit_id": -1, "frame": chunk["frame"]}
        self.images = {"unit_id": 1, "height": -1, "width": -1}

    def __call__(self, array, chunks=None):
        self.count += 1
        name = f"step_{self.count}"
        return save_minian(array.rename(name), str(intermediate), overwrite=True, chunks=chunks)


def preprocess(job, parameters):
    movie = pathlib.Path(job["movie"])
    # minian takes files that end in .tif by a pattern of their names.
    frames = load_videos(str(movie.parent), pattern=r"\.tif$", dtype=None)
    chunk, _ = get_optimal_chk(frames, dtype=float)
    keep = Kept(frames, chunk)
    frames = keep(frames.chunk(keep.by_frame))
    frames = frames - frames.min("frame").compute()
    size = parameters["median_px"] | 1
    if frames.dtype != np.uint8 and size > 5:
        print(f"The median filter is of 5 px: OpenCV takes no more of {frames.dtype}.", flush=True)
        size = 5
    frames = preprocessing.denoise(frames, method="median", ksize=size)
    frames = preprocessing.remove_background(frames, method="tophat", wnd=parameters["background_px"])
    return keep(frames), keep


def find_seeds(by_frame, by_pixel, parameters):
    brightest = by_frame.max("frame").compute()
    frequency = parameters["noise_frequency"]
    seeds = initialization.seeds_init(
        by_frame,
        wnd_size=1000,
        method="rolling",
        stp_size=500,
        max_wnd=parameters["seed_radius_px"],
        diff_thres=parameters["seed_difference"],
    )
    seeds, _, _ = initialization.pnr_refine(by_pixel, seeds, noise_freq=frequency, thres=parameters["peak_to_noise"])
    seeds = initialization.ks_refine(by_pixel, seeds, sig=parameters["normality"])
    seeds = seeds[seeds["mask_ks"] & seeds["mask_pnr"]].reset_index(drop=True)
    if len(seeds) < 2:
        return seeds
    seeds = initialization.seeds_merge(
        by_pixel,
        brightest,
        seeds,
        thres_dist=parameters["merge_distance_px"],
        thres_corr=parameters["merge_correlation"],
        noise_freq=frequency,
    )
    return seeds[seeds["mask_mrg"]].reset_index(drop=True)


def merged(A, C, threshold, keep):
    """minian's unit_merge takes no units of which none overlaps another."""
    lit = (A > 0).compute().values.reshape(A.sizes["unit_id"], -1).astype(np.float32)
    overlap = lit @ lit.T
    np.fill_diagonal(overlap, 0)
    if not overlap.any():
        return A, C
    A, C = cnmf.unit_merge(A, C, thres_corr=threshold)
    return keep(A.chunk(keep.images)), keep(C.chunk(keep.by_unit))


def spatial(by_pixel, A, C, noise, parameters, keep):
    A, mask, norm = cnmf.update_spatial(
        by_pixel,
        A,
        C,
        noise,
        dl_wnd=parameters["window_px"],
        sparse_penal=parameters["spatial_penalty"],
        size_thres=(parameters["least_size_px"], None),
    )
    return keep(A.chunk(keep.images)), keep((C.sel(unit_id=mask) * norm).chunk(keep.by_unit))


def temporal(by_frame, A, C, parameters, keep):
    across = keep(C, keep.traces_by_frame)
    b, f = cnmf.update_background(by_frame, A, across)
    b, f = keep(b), keep(f.chunk({"frame": keep.by_frame["frame"]}))
    residual = keep(cnmf.compute_trace(by_frame, A, b, across, f), keep.by_unit)
    C, S, *_ = cnmf.update_temporal(
        A,
        C,
        YrA=residual,
        noise_freq=parameters["noise_frequency"],
        sparse_penal=parameters["temporal_penalty"],
        p=parameters["autoregression"],
        add_lag=20,
        jac_thres=0.2,
    )
    units = C.coords["unit_id"].values
    return keep(A.sel(unit_id=units)), keep(C.chunk(keep.by_unit)), keep(S.chunk(keep.by_unit))


def factorize(by_frame, by_pixel, seeds, parameters, keep):
    frequency, threshold = parameters["noise_frequency"], parameters["merge_correlation"]
    A = initialization.initA(by_pixel, seeds, thres_corr=0.8, wnd=parameters["window_px"], noise_freq=frequency)
    A = keep(A.chunk(keep.images))
    C = keep(initialization.initC(by_frame, A), keep.by_unit)
    A, C = merged(A, C, threshold, keep)
    noise = keep(cnmf.get_noise_fft(by_pixel, noise_range=(frequency, 0.5)))
    rounds = parameters["rounds"]
    for round in range(rounds):
        progress(5 + 2 * round, f"footprints, round {round + 1} of {rounds}")
        A, C = spatial(by_pixel, A, C, noise, parameters, keep)
        progress(6 + 2 * round, f"traces, round {round + 1} of {rounds}")
        A, C, S = temporal(by_frame, A, C, parameters, keep)
        # What is merged has no spikes until its traces are updated.
        if round + 1 < rounds:
            A, C = merged(A, C, threshold, keep)
    return {"A": A, "C": C, "S": S}


def main():
    parameters = job["parameters"]
    cluster = distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=job["workers"],
        processes=False,
        dashboard_address=None,
    )
    with cluster, distributed.Client(cluster):
        progress(0, "noise and background")
        frames, keep = preprocess(job, parameters)
        progress(1, "motion")
        motion = keep(motion_correction.estimate_motion(frames, dim="frame"))
        still = motion_correction.apply_transform(frames, motion, fill=0)
        by_frame = keep(still.astype(float))
        by_pixel = keep(by_frame, keep.by_pixel)
        progress(2, "seeds")
        seeds = find_seeds(by_frame, by_pixel, parameters)
        if len(seeds) == 0:
            sys.exit("minian found no seeds.")
        progress(4, f"first footprints of {len(seeds)} seeds")
        found = factorize(by_frame, by_pixel, seeds, parameters, keep)
        for name, array in {**found, "motion": motion}.items():
            save_minian(array.rename(name), job["result"], overwrite=True)
        progress(STAGES, "done")


if __name__ == "__main__":
    main()
