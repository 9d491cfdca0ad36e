# What the Python package minisim makes of a store.
import hashlib
import json
import sys
import warnings

import minisim
import numpy as np


def digest(array, dtype):
    return hashlib.sha256(np.ascontiguousarray(array, dtype).tobytes()).hexdigest()


with warnings.catch_warnings(record=True) as raised:
    warnings.simplefilter("always")
    recording = minisim.Recording.load(sys.argv[1])
truth = recording.ground_truth
optional = (
    "observed_sigma_px observed_gain shifts illumination vignette leakage bleaching neuropil_temporal "
    "neuropil_spatial neuropil_population vasculature_mask vessel_overlap_fraction"
).split()
fields = ["C", "S", "centers_um", "amplitude_per_cell"] + [n for n in optional if getattr(truth, n) is not None]
observed = truth.A_observed
observed.astype("<f4").tofile(sys.argv[2])
print(
    json.dumps(
        {
            "warnings": [f"{w.category.__name__}: {w.message}" for w in raised if w.category is not DeprecationWarning],
            "dtype": str(recording.observed.dtype),
            "shape": list(recording.observed.shape),
            "movie": digest(recording.observed, "<f4"),
            "fields": {name: digest(getattr(truth, name), "<f8") for name in fields},
            "detectable": truth.detectable.tolist(),
            "in_focus": truth.in_focus.tolist(),
            "focal_depth_um": truth.focal_depth_um,
            "observed_shape": list(observed.shape),
            "spec": recording.spec.model_dump(mode="json"),
        }
    )
)
