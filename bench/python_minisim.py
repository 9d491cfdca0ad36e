# The standard job in the Python simulator of the same physics (minisim 1.0.3 of PyPI), streamed to an uncompressed AVI without
# ground truth, which is the fastest that it offers. `npm run bench -- --python` runs it in the interpreter of the interop tests.
import json
import resource
import tempfile
import time
from pathlib import Path

began = time.perf_counter()
import minisim  # noqa: E402  (loading is part of the job, as it is of ours)

spec = minisim.build_spec(
    minisim.presets.miniscope_v4(),
    minisim.presets.ca1(),
    duration_s=150,
    fps=20,
    seed=0,
    extra_steps=[minisim.Bleaching(), minisim.BrainMotion()],
)
with tempfile.TemporaryDirectory() as folder:
    minisim.simulate_video(spec, Path(folder) / "movie.avi", progress=False)
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"frames_per_s": 3000 / seconds, "peak_rss_mib": peak}))
