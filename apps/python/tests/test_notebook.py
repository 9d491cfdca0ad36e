"""The notebook runs from top to bottom, and what it shows is what it says. MINISIM_UPDATE_NOTEBOOK=1 keeps the new outputs."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "examples" / "install_to_score.ipynb"


# The kernel's transport warns of itself.
@pytest.mark.filterwarnings("ignore")
def test_it_runs_and_shows_what_it_says(tmp_path):
    kept = nbformat.read(NOTEBOOK, as_version=4)
    run = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(run, timeout=600, resources={"metadata": {"path": tmp_path}})
    client.execute()
    for cell in run.cells:
        cell.metadata.pop("execution", None)
    if os.environ.get("MINISIM_UPDATE_NOTEBOOK") == "1":
        nbformat.write(run, NOTEBOOK)
    else:
        ours, theirs = ([shown(cell) for cell in one.cells] for one in (run, kept))
        assert ours == theirs, "MINISIM_UPDATE_NOTEBOOK=1 keeps the new outputs"
    pictures = [kind for cell in run.cells for kind, _ in shown(cell) if kind == "image/png"]
    assert len(pictures) == 3


def shown(cell):
    """Text as it is; of a picture that it is one, because fonts and their drawing differ between machines."""
    outputs = []
    for output in cell.get("outputs", []):
        data = output.get("data", {"text/plain": output.get("text", "")})
        for kind, value in sorted(data.items()):
            is_picture = kind.startswith("image/") or "<Figure" in value
            outputs.append((kind, "" if is_picture or kind == "text/html" else value))
    return outputs
