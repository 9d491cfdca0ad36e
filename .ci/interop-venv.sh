#!/bin/sh
# Sets up .venv-interop: the foreign readers that the interop tests run, pinned to versions that exist for Python 3.11
# to 3.13. Run from anywhere; PYTHON chooses the interpreter.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
"${PYTHON:-python3}" -m venv "$root/.venv-interop"
"$root/.venv-interop/bin/python" -m pip install --quiet --disable-pip-version-check \
  numpy==2.3.5 \
  zarr==3.1.5 \
  xarray==2025.12.0
