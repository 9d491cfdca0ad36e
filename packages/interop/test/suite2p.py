# What numpy and roiextractors make of a suite2p folder (read), and a folder of the same results by NumPy itself (write).
import datetime
import hashlib
import json
import pathlib
import pickle
import sys
import warnings

import numpy as np


def digest(array, dtype):
    return hashlib.sha256(np.ascontiguousarray(array, dtype).tobytes()).hexdigest()


def load(plane):
    stat = np.load(plane / "stat.npy", allow_pickle=True)
    ops = np.load(plane / "ops.npy", allow_pickle=True).item()
    arrays = {name: np.load(plane / f"{name}.npy") for name in ("F", "Fneu", "spks", "iscell")}
    return stat, ops, arrays


def dense(stat, ops):
    images = np.zeros((len(stat), ops["Ly"], ops["Lx"]), "f4")
    for image, roi in zip(images, stat):
        image[roi["ypix"], roi["xpix"]] = roi["lam"]
    return images


def read(folder):
    plane = folder / "plane0"
    stat, ops, arrays = load(plane)
    movie = np.fromfile(plane / "data.bin", "int16").reshape(-1, ops["Ly"], ops["Lx"])
    from roiextractors import Suite2pSegmentationExtractor

    extractor = Suite2pSegmentationExtractor(folder_path=str(folder), plane_name="plane0")
    images = np.moveaxis(np.asarray(extractor.get_roi_image_masks()), -1, 0)
    traces = extractor.get_traces_dict()
    return {
        "types": sorted({f"{k}: {getattr(v, 'dtype', type(v).__name__)}" for roi in stat for k, v in roi.items()}),
        "footprints": digest(dense(stat, ops), "<f4"),
        "overlapping": int(sum(roi["overlap"].sum() for roi in stat)),
        "movie": digest(movie, "<i2"),
        "F": digest(arrays["F"], "<f4"),
        "spks": digest(arrays["spks"], "<f4"),
        "iscell": arrays["iscell"][:, 0].tolist(),
        "yoff": ops["yoff"].tolist(),
        "xoff": ops["xoff"].tolist(),
        "mean": digest(ops["meanImg"], "<f4"),
        "fs": ops["fs"],
        "roiextractors": {
            "frame_shape": list(extractor.get_frame_shape()),
            "rate": extractor.get_sampling_frequency(),
            "footprints": digest(images, "<f4"),
            "raw": digest(np.asarray(traces["raw"]).T, "<f4"),
            "accepted": [int(i) for i in extractor.get_roi_ids()],
        },
    }


def write(folder, target, protocol):
    """The same results as suite2p saves them: int64 pixels, a date with a time zone, a path, NumPy scalars."""
    stat, ops, arrays = load(folder / "plane0")
    for roi in stat:
        roi["ypix"] = roi["ypix"].astype(np.int64)
        roi["npix_norm"] = np.float64(roi["npix_norm"])
        roi["neuropil_mask"] = np.arange(3)
    ops["Ly"], ops["Lx"] = np.int64(ops["Ly"]), np.int32(ops["Lx"])
    ops["yoff"] = ops["yoff"].astype(">f4")
    ops["date_proc"] = datetime.datetime.now().astimezone()
    ops["save_path0"] = pathlib.Path("/data") / "mouse"
    ops["big"] = 2**70
    ops["meanImg"] = np.asfortranarray(ops["meanImg"])
    ops["names"] = np.array(["a", "bc"])
    target.mkdir()
    for name, value in (("stat", stat), ("ops", np.array(ops, dtype=object))):
        with open(target / f"{name}.npy", "wb") as file:
            np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(value))
            pickle.dump(value, file, protocol=protocol)
    for name, array in arrays.items():
        np.save(target / f"{name}.npy", array)
    return {}


with warnings.catch_warnings():
    warnings.simplefilter("error")
    if sys.argv[1] == "read":
        warnings.simplefilter("ignore")
        report = read(pathlib.Path(sys.argv[2]))
    else:
        report = write(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4]))
print(json.dumps(report))
