"""The pages of the documentation that have Python can be followed, block after block, with the wheel. Those without are done by apps/docs."""

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for folder in ("quick-start", "how-to")
    for page in (ROOT / "docs" / folder).glob("*.md")
    if re.search(r"^```python", page.read_text(), re.MULTILINE)
)


def test_there_are_such_pages():
    assert "docs/quick-start/python.md" in PAGES


@pytest.mark.parametrize("page", PAGES)
def test_the_page_can_be_followed(page):
    runner = [ROOT / "tools/build/src/run-source.mjs", ROOT / "apps/docs/test/run-page.ts"]
    done = subprocess.run(
        [os.environ["MINISIM_TEST_NODE"], *runner, page],
        env=os.environ | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
