"""What many tests share: a warehouse of the bundled sample, and the real data where it is present."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SHOTS = ROOT / "artifacts" / "screenshots"  # ignored by git, kept by CI


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the pictures of the pages are, after a run that made some."""
    done = [
        report.nodeid
        for kind in ("passed", "failed")
        for report in terminalreporter.getreports(kind)
    ]
    if any("dashboard/browser/" in nodeid for nodeid in done):
        n = len(list(SHOTS.glob("*.png")))
        terminalreporter.write_line(f"{n} pictures of the pages: {SHOTS.relative_to(ROOT)}")
