# What xarray makes of minian's layout (read), and the same results written by xarray in every layout that occurs (write).
import hashlib
import json
import pathlib
import sys
import warnings

import numpy as np
import xarray as xr
import zarr


def digest(array):
    return hashlib.sha256(np.ascontiguousarray(array, "<f8").tobytes()).hexdigest()


def load(folder):
    """As open_minian does: the first variable of every Zarr folder."""
    folders = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    datasets = {path.stem: xr.open_zarr(path) for path in folders}
    return {name: list(dataset.values())[0] for name, dataset in datasets.items()}


def read(folder):
    return {
        name: {
            "name": array.name,
            "dims": list(array.dims),
            "shape": list(array.shape),
            "sha256": digest(array.values),
            "session": str(array["session"].values),
            "animal": str(array["animal"].values),
            "coords": {dim: array[dim].values.tolist() for dim in array.dims},
        }
        for name, array in load(folder).items()
    }


def write(folder, target):
    from numcodecs import Blosc, GZip, Zstd

    arrays = {name: array.compute() for name, array in load(folder).items()}
    for array in arrays.values():
        array.encoding.clear()
        for coordinate in array.coords.values():
            coordinate.encoding.clear()
    kept = {name: arrays[name] for name in ("A", "C", "S", "motion")}
    order = np.roll(np.arange(kept["C"].sizes["unit_id"]), 1)
    kept["C"] = kept["C"].isel(unit_id=order)
    chunks = {name: tuple(max(1, (size + 2) // 3) for size in array.shape) for name, array in kept.items()}
    v2 = {"lz4": Blosc(cname="lz4"), "zstd": Blosc(cname="zstd", shuffle=2), "gzip": GZip(), "plain": Zstd()}
    for name, compressor in v2.items():
        for key, array in kept.items():
            encoding = {key: {"compressors": (compressor,), "chunks": chunks[key]}}
            dataset = array.to_dataset(name=key)
            dataset.to_zarr(target / f"v2-{name}" / f"{key}.zarr", zarr_format=2, encoding=encoding, consolidated=name == "lz4")
    codecs = zarr.codecs
    v3 = {
        "zstd": (codecs.ZstdCodec(),),
        "gzip": (codecs.GzipCodec(),),
        "blosc": (codecs.BloscCodec(cname="lz4", shuffle="shuffle"),),
        "none": None,
    }
    for name, compressors in v3.items():
        for key, array in kept.items():
            dataset = array.to_dataset(name=key)
            encoding = {key: {"compressors": compressors, "chunks": chunks[key]}}
            dataset.to_zarr(target / f"v3-{name}" / f"{key}.zarr", zarr_format=3, encoding=encoding, consolidated=False)
    group = xr.Dataset({name: array for name, array in kept.items() if name != "C"})
    group["C"] = arrays["C"]
    for version in (2, 3):
        group.to_zarr(target / f"v{version}-group", zarr_format=version, consolidated=False)
    turned = xr.Dataset({name: array.transpose() for name, array in group.items()})
    turned.to_zarr(target / "v3-turned", zarr_format=3, consolidated=False)
    return sorted(path.name for path in target.iterdir())


with warnings.catch_warnings():
    warnings.simplefilter("error" if sys.argv[1] == "read" else "ignore")
    report = read(pathlib.Path(sys.argv[2])) if sys.argv[1] == "read" else write(*map(pathlib.Path, sys.argv[2:4]))
print(json.dumps(report))
