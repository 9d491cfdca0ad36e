"""Results as tools' own code writes them, from results of ours: each function makes one file, or a pair."""

import sys
import warnings
from datetime import datetime, timezone

import numpy as np


def neuroconv(interface, results, path):
    """What neuroconv's SuiteName + SegmentationInterface makes of a tool's results."""
    from neuroconv import datainterfaces

    made = getattr(datainterfaces, f"{interface}SegmentationInterface")(results)
    metadata = made.get_metadata()
    metadata["NWBFile"]["session_start_time"] = datetime(2020, 1, 1, tzinfo=timezone.utc)
    made.run_conversion(nwbfile_path=path, metadata=metadata)


def sparse(kind, arrays, path):
    """Footprints by scipy.sparse.save_npz: pixels × unit, numbered down the columns, as CaImAn has them."""
    import scipy.sparse

    A = np.load(arrays)["A"]
    flat = np.stack([image.flatten(order="F") for image in A], axis=1)
    scipy.sparse.save_npz(path, getattr(scipy.sparse, f"{kind}_matrix")(flat))


def inscopix(kind, arrays, path):
    """A stack of footprints by tifffile, and the traces as text."""
    import tifffile

    given = np.load(arrays)
    options = {"bigtiff": kind == "bigtiff", "compression": "zlib" if kind == "zlib" else None}
    tifffile.imwrite(f"{path}-footprints.tiff", given["A"].astype("<f4"), photometric="minisblack", **options)
    table = np.column_stack([np.arange(given["C"].shape[1]), given["C"].T])
    names = ",".join(["frame", *(f"C{unit}" for unit in range(len(given["C"])))])
    np.savetxt(f"{path}-traces.csv", table, delimiter=",", header=names, comments="", fmt="%.17g")


def checksums(path):
    """By dataset of numbers, whether h5py sees a checksum or gzip; None for what has no chunks to have one."""
    import json

    import h5py

    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and item.shape and item.size and item.dtype.kind != "O":
            found[name] = bool(item.fletcher32) or item.compression == "gzip"

    with h5py.File(path, "r") as file:
        file.visititems(visit)
    print(json.dumps(found))


def damaged(path, name):
    """What h5py says when it reads this dataset."""
    import h5py

    with h5py.File(path, "r") as file:
        try:
            file[name][()]
            print("read")
        except OSError as error:
            print(error)


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    function, *arguments = sys.argv[1:]
    globals()[function](*arguments)
