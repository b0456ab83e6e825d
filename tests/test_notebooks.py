"""The notebooks run from top to bottom on the sample."""

import json

import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs_on_the_sample(path, sample_warehouse, monkeypatch):
    monkeypatch.setenv("TRENDS_WAREHOUSE", str(sample_warehouse))
    cells = json.loads(path.read_text("utf-8"))["cells"]
    names: dict = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "clear the outputs before committing"
            exec(compile("".join(cell["source"]), path.name, "exec"), names)
    assert len(names["behind"].frame) > 0
