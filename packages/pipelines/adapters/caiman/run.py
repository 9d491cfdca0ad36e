"""CaImAn's motion correction and CNMF-E, whole: called with the path of a job.json by `minisim run`."""

import json
import os
import pathlib
import sys

job_path = pathlib.Path(sys.argv[1])
job = json.loads(job_path.read_text())
# What CaImAn leaves on the way goes with the job's folder.
os.environ["CAIMAN_TEMP"] = str(job_path.parent)
for name in ("OMP", "MKL", "OPENBLAS"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import caiman
from caiman.motion_correction import MotionCorrect
from caiman.source_extraction.cnmf import cnmf, params

STAGES = 4


def progress(done, stage):
    print(f"progress {done}/{STAGES} {stage}", flush=True)


def options(job):
    chosen = dict(job["parameters"])
    sigma, size, filter_sigma = (chosen.pop(name) for name in ("gSig", "gSiz", "gSig_filt"))
    shifts = chosen.pop("max_shifts")
    return {
        **chosen,
        "fnames": [job["movie"]],
        "fr": job["fps"],
        "gSig": (sigma, sigma),
        "gSiz": (size, size),
        "gSig_filt": (filter_sigma, filter_sigma),
        "max_shifts": (shifts, shifts),
        "border_nan": "copy",
        "method_init": "corr_pnr",
        "center_psf": True,
        "K": None,
        "nb": 0,
        "nb_patch": 0,
        "only_init": True,
        "rf": None,
        "normalize_init": False,
        "method_deconvolution": "oasis",
        "del_duplicates": True,
        "use_cnn": False,
    }


def main():
    parameters = params.CNMFParams(params_dict=options(job))
    progress(0, "motion")
    motion = MotionCorrect([job["movie"]], dview=None, **parameters.get_group("motion"))
    motion.motion_correct(save_movie=True)
    border = 0 if motion.border_nan == "copy" else motion.border_to_0
    mapped = caiman.save_memmap(motion.mmap_file, base_name="memmap_", order="C", border_to_0=border)
    flat, dims, frames = caiman.load_memmap(mapped)
    images = flat.T.reshape((frames, *dims), order="F")
    progress(1, "components")
    model = cnmf.CNMF(n_processes=1, dview=None, params=parameters)
    model.fit(images)
    progress(2, "acceptance")
    model.estimates.evaluate_components(images, model.params, dview=None)
    model.estimates.shifts = motion.shifts_rig
    progress(3, "saving")
    model.save(job["result"])
    progress(STAGES, "done")


if __name__ == "__main__":
    main()
