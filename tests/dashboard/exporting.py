"""Runs `trends export` in this process, for the tests of what it writes and refuses."""

from pathlib import Path

import typer
from typer.testing import CliRunner, Result

from dashboard import export_commands, scenes
from dashboard.texts import Texts
from warehouse.answers import Filters

APP = typer.Typer()
export_commands.register(APP)
APP.command("other")(lambda: None)  # with a single command typer would drop its name
EN = Texts("en")
PAIR = ("--labs", "openai,zhipu")


def export(warehouse: Path, *args: object) -> Result:
    return CliRunner().invoke(APP, ["export", *map(str, args), "--warehouse", str(warehouse)])


def written(warehouse: Path, *args: object) -> Path:
    """The file that a command has written; its name is what it prints."""
    done = export(warehouse, *args)
    assert done.exit_code == 0, done.output
    return Path(done.stdout.strip())


def refused(warehouse: Path, *args: object) -> str:
    """The one sentence of a command that cannot be done."""
    done = export(warehouse, *args)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.startswith("trends: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def trend(ask: scenes.Ask, say: Texts = EN, filters: Filters | None = None) -> scenes.Scene:
    found = scenes.trend_scene(ask, say, "lab", ("openai", "zhipu"), filters or Filters("month"))
    assert found is not None
    return found
