"""Reads the store named on the command line with zarr-python and xarray; prints what they saw as JSON."""

import hashlib
import json
import sys
import warnings

import numpy as np
import xarray as xr
import zarr


def describe(values, dims):
    values = np.ascontiguousarray(values)
    return {
        "dims": list(dims),
        "dtype": str(values.dtype),
        "sha256": hashlib.sha256(values.tobytes()).hexdigest(),
    }


path = sys.argv[1]


def arrays(use_consolidated):
    root = zarr.open_group(path, mode="r", use_consolidated=use_consolidated)
    return dict(root.attrs), {
        name: describe(node[...], node.metadata.dimension_names)
        for name, node in root.members(max_depth=None)
        if isinstance(node, zarr.Array)
    }


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    root_attrs, found = arrays(use_consolidated=True)
    dataset = xr.open_zarr(path, group="ground_truth")
    labelled = {
        name: {**describe(array.values, array.dims), "attrs": dict(array.attrs)}
        for name, array in dataset.data_vars.items()
    }
    placed = {
        group or "movie": {
            name: {"dims": list(array.dims), "values": array.values.tolist(), **array.attrs}
            for name, array in xr.open_zarr(path, group=group).coords.items()
        }
        for group in (None, "ground_truth")
    }
# Listing the folder itself, zarr-python remarks on spec.json, which is no part of the hierarchy.
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Object at spec.json")
    assert arrays(use_consolidated=False) == (root_attrs, found)

report = {
    "warnings": [f"{w.category.__name__}: {w.message}" for w in caught],
    "zarr": found,
    "xarray": labelled,
    "coordinates": placed,
    "group_attrs": dict(dataset.attrs),
    "root_attrs": root_attrs,
}
print(json.dumps(report))
