"""A pipeline's own files as one array unit x height x width: python footprints.py NAME RESULT OUT.npy HEIGHT WIDTH."""

import pathlib
import sys

import numpy as np


def suite2p(result, height, width):
    plane = pathlib.Path(result) / "plane0"
    cells = np.load(plane / "iscell.npy")[:, 0] > 0
    rois = np.load(plane / "stat.npy", allow_pickle=True)[cells]
    images = np.zeros((len(rois), height, width))
    for image, roi in zip(images, rois):
        image[roi["ypix"], roi["xpix"]] = roi["lam"]
    return images


def minian(result, height, width):
    from minian.utilities import open_minian

    return open_minian(result)["A"].transpose("unit_id", "height", "width").compute().values


name, result, out, height, width = sys.argv[1:]
np.save(out, {"suite2p": suite2p, "minian": minian}[name](result, int(height), int(width)))
