"""What many tests share: a warehouse of the bundled sample, and the real data where it is present."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory) -> Path:
    """A warehouse built once from `sample`."""
    from etl.build import build

    folder = tmp_path_factory.mktemp("sample-warehouse")
    result = build(["sample"], folder)
    assert result.published is not None
    assert result.refused == []
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real archive; skips with its reason where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"the real archive is not at {SHARED.name}/ beside the checkout")
    return SHARED
