"""Reads the recording named on the command line with xarray and zarr; prints names, dims and hashes as JSON."""

import hashlib
import json
import sys
import warnings

import numpy as np
import xarray as xr
import zarr


def sha256(values):
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


path = sys.argv[1]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    observed = zarr.open(path, mode="r")["observed"]
    movie = xr.open_zarr(path)["observed"]
    truth = xr.open_zarr(path, group="ground_truth")
    footprints = zarr.open_group(path, mode="r")["ground_truth/planted"]
    report = {
        "observed": {
            "shape": list(observed.shape),
            "dtype": str(observed.dtype),
            "sha256": sha256(observed[...]),
            "labelled": {"dims": list(movie.dims), "sha256": sha256(movie.values)},
        },
        "truth": {
            name: {
                "dims": list(array.dims),
                "shape": list(array.shape),
                "sha256": sha256(array.values),
            }
            for name, array in truth.data_vars.items()
        },
        "planted": {name: sha256(array[...]) for name, array in footprints.arrays()},
        "attrs": dict(truth.attrs),
    }
report["warnings"] = [f"{w.category.__name__}: {w.message}" for w in caught]
print(json.dumps(report))
