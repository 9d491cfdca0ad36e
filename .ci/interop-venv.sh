#!/bin/sh
# Sets up .venv-interop: the foreign readers that the interop tests run, pinned to versions that exist for Python 3.11
# to 3.13. Does nothing where they are there already. Run from anywhere; PYTHON chooses the interpreter.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
python="$root/.venv-interop/bin/python"
wanted="numpy==2.3.5 zarr==3.1.5 xarray==2025.12.0"

# Asks the installed metadata, without importing anything.
# shellcheck disable=SC2086
"$python" - $wanted 2>/dev/null <<'PYTHON' && exit 0
import sys
from importlib.metadata import version
for pin in sys.argv[1:]:
    name, pinned = pin.split("==")
    assert version(name) == pinned
PYTHON

"${PYTHON:-python3}" -m venv "$root/.venv-interop"
# Two -q leave errors alone: warnings about an index that is out of reach are not ours.
# shellcheck disable=SC2086
"$python" -m pip install -qq --disable-pip-version-check $wanted
