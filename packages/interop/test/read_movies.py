"""What foreign readers make of movie files. Arguments: a reader and paths. Prints JSON."""
import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np


def digest(array):
    array = np.asarray(array)
    return {
        "dtype": array.dtype.str,
        "shape": list(array.shape),
        "sha256": hashlib.sha256(array.tobytes()).hexdigest(),
    }


def opencv(path):
    import cv2

    capture = cv2.VideoCapture(path)
    frames = []
    while True:
        there, frame = capture.read()
        if not there:
            break
        # Greys come as three equal channels.
        assert (frame[..., 0] == frame[..., 1]).all() and (frame[..., 0] == frame[..., 2]).all()
        frames.append(frame[..., 0])
    count = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    # The last frame once more, by seeking.
    capture.set(cv2.CAP_PROP_POS_FRAMES, count - 1)
    there, last = capture.read()
    return {
        **digest(np.stack(frames)),
        "count": count,
        "fps": capture.get(cv2.CAP_PROP_FPS),
        "seeks": bool(there and (last[..., 0] == frames[-1]).all()),
    }


def tiff(path):
    import tifffile

    with tifffile.TiffFile(path) as file:
        series = file.series[0]
        xml = tifffile.xml2dict(file.ome_metadata)["OME"]["Image"]["Pixels"]
        return {
            **digest(series.asarray()),
            "axes": series.get_axes(squeeze=True),
            "kind": series.kind,
            "is_bigtiff": file.is_bigtiff,
            "size_x_um": xml["PhysicalSizeX"],
            "unit": xml["PhysicalSizeXUnit"],
            "interval_s": xml["TimeIncrement"],
            "memmap": digest(tifffile.memmap(path)),
        }


def npy(path):
    return digest(np.load(path, mmap_mode="r"))


def npz(path):
    with np.load(path) as arrays:
        return {name: digest(arrays[name]) for name in arrays.files}


def save_npz(folder):
    """Results as NumPy writes them: compressed and not, in both orders of axes and several types."""
    rng = np.random.default_rng(3)
    A = rng.random((3, 5, 7))
    A[A < 0.6] = 0
    C = rng.random((3, 11))
    S = rng.integers(0, 3, (3, 11))
    shifts = rng.normal(size=(11, 2))
    np.savez(Path(folder) / "plain.npz", A=A, C=C, S=S, shifts=shifts)
    np.savez_compressed(
        Path(folder) / "other.npz",
        A=np.moveaxis(A, 0, -1),
        C=np.asfortranarray(C),
        S=S.astype(">i2"),
        shifts=shifts,
    )
    return {"A": A.ravel().tolist(), "C": C.ravel().tolist(), "S": S.ravel().tolist(), "shifts": shifts.ravel().tolist()}


def neuroconv(device_folder):
    from neuroconv.datainterfaces import MiniscopeImagingInterface

    interface = MiniscopeImagingInterface(folder_path=device_folder)
    metadata = interface.get_metadata()
    extractor = interface.imaging_extractor
    stamps = interface.get_original_timestamps()
    return {
        **digest(np.asarray(extractor.get_series()).astype(np.uint8)),
        "fps": float(extractor.get_sampling_frequency()),
        "session_start_time": str(metadata["NWBFile"].get("session_start_time")),
        "device": metadata["Devices"]["miniscope"]["name"],
        "timestamps": [float(stamps[0]), float(stamps[-1]), len(stamps)],
    }


def ffmpeg(_):
    """The program that the package imageio-ffmpeg carries."""
    import imageio_ffmpeg

    return imageio_ffmpeg.get_ffmpeg_exe()


def video(path):
    """A lossy video: its size, and the mean grey of every frame."""
    import cv2

    capture = cv2.VideoCapture(path)
    frames = []
    while True:
        there, frame = capture.read()
        if not there:
            break
        frames.append(frame)
    return {"shape": list(np.stack(frames).shape), "fps": capture.get(cv2.CAP_PROP_FPS), "means": [float(f.mean()) for f in frames]}


def minian_pattern(folder):
    """The files that minian's load_videos takes by its default pattern, in its order."""
    import re

    names = [name.name for name in Path(folder).iterdir() if re.search(r"[0-9]+\.avi$", name.name)]
    return sorted(names, key=lambda name: int(re.search(r"[0-9]+", name).group()))


READERS = {reader.__name__: reader for reader in (opencv, tiff, npy, npz, save_npz, neuroconv, ffmpeg, video, minian_pattern)}

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    result = READERS[sys.argv[1]](sys.argv[2])
print(json.dumps({"result": result, "warnings": [str(warning.message) for warning in caught]}))
