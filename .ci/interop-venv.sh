#!/bin/sh
# Sets up the foreign readers that the interop tests run, pinned to versions that exist for Python 3.11 to 3.13:
# .venv-interop with most of them; .venv-minisim with those that need an older zarr: the Python simulator, neuroconv;
# .venv-moto with a server of S3;
# .venv-snakemake with the workflow engine that runs the rules of examples/snakemake;
# .venv-pipelines with minian and suite2p, of whose hundred dependencies it has those that their files need.
# Does nothing where they are there already. Run from anywhere; PYTHON chooses the interpreter.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# venv NAME PINS...
venv() {
  folder="$root/$1"
  shift
  # Asks the installed metadata, without importing anything.
  "$folder/bin/python" - "$@" 2>/dev/null <<'PYTHON' && return
import sys
from importlib.metadata import version
for pin in sys.argv[1:]:
    name, pinned = pin.split("==")
    assert version(name) == pinned
PYTHON
  "${PYTHON:-python3}" -m venv "$folder"
  # Two -q leave errors alone: warnings about an index that is out of reach are not ours.
  # shellcheck disable=SC2086
  "$folder/bin/python" -m pip install -qq --disable-pip-version-check ${options:-} "$@"
}

venv .venv-interop numpy==2.3.5 scipy==1.17.1 zarr==3.1.5 xarray==2025.12.0 h5py==3.16.0 tifffile==2026.3.3 \
  opencv-python-headless==5.0.0.93 imageio-ffmpeg==0.8.1 pynwb==4.2.0 nwbinspector==0.7.2 roiextractors==0.10.0
venv .venv-minisim numpy==2.3.5 zarr==2.18.7 numcodecs==0.15.2 minisim==1.0.3 neuroconv==0.10.2 ndx-miniscope==0.5.1 \
  roiextractors==0.10.0 natsort==8.4.0 opencv-python-headless==5.0.0.93
venv .venv-pipelines numpy==2.4.6 scipy==1.17.1 zarr==2.18.7 numcodecs==0.15.2 xarray==2025.1.2 pandas==2.3.3 dask==2026.8.0 \
  distributed==2026.8.0 rechunker==0.5.4 tifffile==2026.3.3 opencv-python-headless==5.0.0.93 ffmpeg-python==0.2.0 \
  natsort==8.4.0 psutil==7.2.2
venv .venv-moto moto==5.2.5 flask==3.1.3 flask-cors==6.0.5
venv .venv-snakemake snakemake==9.27.1
options=--no-deps venv .venv-pipelines minian==2.0.2 suite2p==0.14.4
