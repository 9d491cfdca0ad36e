"""Every Python block of the README runs as it stands, one after another, and what a comment says is printed is printed."""

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_blocks_run(minisim_recording, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    names = {"my_pipeline": lambda movie: {"footprints": truth_of(minisim_recording).A_observed}}
    blocks = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    for number, block in enumerate(blocks, start=1):
        exec(compile(block, f"README.md, block {number}", "exec"), names)
    names["test_my_pipeline"](minisim_recording)
    [(name, text)] = re.findall(r"^print\((\w+)\) +# (<.*>)$", "\n".join(blocks), re.MULTILINE)
    assert repr(names[name]) == text


def truth_of(minisim_recording):
    return minisim_recording(n_cells=20, duration_s=10, motion={}).truth
