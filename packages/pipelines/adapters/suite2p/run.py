"""suite2p, whole: called with the path of a job.json by `minisim run`."""

import dataclasses
import json
import pathlib
import shutil
import sys

import numpy as np

job = json.loads(pathlib.Path(sys.argv[1]).read_text())
STAGES = 3


def progress(done, stage):
    print(f"progress {done}/{STAGES} {stage}", flush=True)


def suite2p():
    """
    Its class ROI has an array as a field's default. From Python 3.11 on dataclasses refuse defaults that cannot be hashed, and arrays cannot; while
    suite2p is imported such a default is made by a factory.
    """
    plain = dataclasses.field

    def field(*, default=dataclasses.MISSING, **more):
        if isinstance(default, np.ndarray):
            return plain(default_factory=lambda: default, **more)
        return plain(default=default, **more)

    dataclasses.field = field
    try:
        import suite2p as module
    finally:
        dataclasses.field = plain
    return module


def main():
    parameters = dict(job["parameters"])
    every_roi = parameters.pop("every_roi")
    movie, result = pathlib.Path(job["movie"]), pathlib.Path(job["result"])
    progress(0, "loading suite2p")
    module = suite2p()
    options = {
        **module.default_ops(),
        **parameters,
        "1Preg": True,
        "fs": job["fps"],
        "nplanes": 1,
        "nchannels": 1,
        "data_path": [str(movie.parent)],
        "tiff_list": [movie.name],
        "save_path0": str(result.parent),
        "save_folder": result.name,
        "fast_disk": str(movie.parent),
        "delete_bin": True,
        "combined": False,
    }
    progress(1, "registration, detection, extraction")
    try:
        module.run_s2p(ops=options)
    except ValueError as error:
        # To find nothing is a result: what suite2p has written by then says so.
        if "no ROIs were found" not in str(error):
            raise
        print(error, flush=True)
    plane = result / "plane0"
    if every_roi and (plane / "iscell.npy").exists():
        cells = np.load(plane / "iscell.npy")
        cells[:, 0] = 1
        np.save(plane / "iscell.npy", cells)
    shutil.rmtree(movie.parent / "suite2p", ignore_errors=True)
    progress(STAGES, "done")


main()
