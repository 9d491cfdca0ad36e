"""What tests share: the command line to compare with, and small recordings."""

import os
import subprocess
from pathlib import Path

import pytest

import minisim_ts as ms

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent

# Twenty frames with motion and bleaching, of a field just large enough for the shifts: a second to simulate.
SMALL = {
    "acquisition.duration_s": 1,
    "acquisition.image_sensor.n_px_height": 160,
    "acquisition.image_sensor.n_px_width": 160,
}
PRESET = "miniscope_v4/ca1"


@pytest.fixture(scope="session")
def rec():
    return ms.simulate(PRESET, seed=3, **SMALL)


@pytest.fixture(scope="session")
def minisim():
    """Runs the command line from the repository's sources."""

    def run(*words, cwd):
        node = [
            os.environ["MINISIM_TEST_NODE"],
            "--import",
            str(ROOT / "node_modules/tsx/dist/esm/index.mjs"),
        ]
        command = [*node, "-C", "@minisim/source", str(HERE / "command.mjs"), *map(str, words)]
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def stored(minisim, tmp_path_factory):
    """The store that the command line writes of the same spec."""
    folder = tmp_path_factory.mktemp("cli")
    changes = [word for path, value in SMALL.items() for word in ("--set", f"{path}={value}")]
    minisim("simulate", PRESET, "--seed", 3, *changes, "-o", "rec.zarr", "--quiet", cwd=folder)
    return folder / "rec.zarr"
