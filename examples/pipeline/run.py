import json
import sys

import numpy as np
import tifffile
from scipy import ndimage

with open(sys.argv[1]) as file:
    job = json.load(file)  # movie, result, n_frames, height, width, fps, workers, parameters
parameters = job["parameters"]

print("progress 0/2 regions", flush=True)
movie = tifffile.imread(job["movie"]).astype(np.float32)
flicker = ndimage.gaussian_filter(movie, (0, 1, 1)).std(axis=0)
labels, count = ndimage.label(flicker > np.quantile(flicker, 1 - parameters["share"]))
regions = [labels == label for label in range(1, count + 1)]
regions = [region for region in regions if region.sum() >= parameters["least_px"]]

print("progress 1/2 traces", flush=True)
footprints = np.array(regions, dtype=np.float32).reshape(-1, job["height"], job["width"])
traces = np.array([movie[:, region].mean(axis=1) for region in regions]).reshape(-1, job["n_frames"])
np.savez(job["result"], A=footprints, C=traces)
