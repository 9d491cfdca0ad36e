# What minian's own loader and suite2p's own reader make of ours (read), and results saved by minian itself (write).
import hashlib
import importlib.util
import json
import pathlib
import sys
import sysconfig
import warnings

import numpy as np

warnings.simplefilter("ignore")
sys.path.pop(0)  # beside this file lies another minian.py
from minian.utilities import open_minian, save_minian


def digest(array, dtype):
    return hashlib.sha256(np.ascontiguousarray(array, dtype).tobytes()).hexdigest()


def suite2p_binary_file():
    """Out of its own file: importing the package as a whole needs GPU libraries that reading does not."""
    path = pathlib.Path(sysconfig.get_paths()["purelib"]) / "suite2p/io/binary.py"
    spec = importlib.util.spec_from_file_location("suite2p_io_binary", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.BinaryFile


def read(folder):
    arrays = open_minian(str(folder / "minian"), return_dict=True)
    plane = folder / "suite2p" / "plane0"
    ops = np.load(plane / "ops.npy", allow_pickle=True).item()
    with suite2p_binary_file()(Ly=ops["Ly"], Lx=ops["Lx"], filename=str(plane / "data.bin")) as binary:
        movie = np.array(binary.data)  # a copy: closing takes the file from under it
    return {
        "minian": {
            name: {"dims": list(arrays[name].dims), "sha256": digest(arrays[name].values, "<f8")}
            for name in ("A", "C", "S", "motion")
        },
        "suite2p": {"shape": list(movie.shape), "sha256": digest(movie, "<i2")},
    }


def write(folder, target):
    arrays = open_minian(str(folder / "minian"), return_dict=True)
    for name in ("A", "C", "S", "b", "f", "motion"):
        save_minian(arrays[name].rename(name), str(target), overwrite=True)
    return sorted(path.name for path in target.iterdir())


command, *paths = sys.argv[1:]
print(json.dumps(globals()[command](*map(pathlib.Path, paths))))
