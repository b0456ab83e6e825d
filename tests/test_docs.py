"""Documentation cannot lie: generated pages are current, every command and setting is described."""

import subprocess
import sys

import pytest
import typer.main

from tests.conftest import ROOT
from warehouse.dictionary import PAGES, with_dictionary
from warehouse.settings import SETTINGS


def commands():
    import trends

    return sorted(typer.main.get_command(trends.app).commands)


@pytest.mark.parametrize("name", PAGES)
def test_data_dictionary_is_current(name):
    page = (ROOT / "warehouse" / name).read_text("utf-8")
    assert with_dictionary(page, PAGES[name]) == page, "run `make docs`"


@pytest.mark.parametrize("command", commands())
def test_command_is_documented_and_helps(command):
    assert f"trends {command}" in (ROOT / "README.md").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "trends", command, "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Usage" in done.stdout


@pytest.mark.parametrize("setting", [s[0] for s in SETTINGS])
def test_setting_is_documented(setting):
    assert setting in (ROOT / "README.md").read_text("utf-8")


def test_changelog_names_the_version():
    from importlib.metadata import version

    assert f"## {version('ainews-trends')}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
