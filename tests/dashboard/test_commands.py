"""`trends dashboard`: what it says, and how it refuses."""

import socket
import tomllib
from importlib import resources
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dashboard import commands

APP = typer.Typer()
commands.register(APP)
APP.command("other")(lambda: None)  # with a single command typer would drop its name


def test_help_names_the_options() -> None:
    done = CliRunner().invoke(APP, ["dashboard", "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert done.exit_code == 0
    for option in ("--port", "--address", "--warehouse"):
        assert option in done.output


def test_busy_port_is_said_in_one_sentence_with_exit_code_2() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        done = CliRunner().invoke(APP, ["dashboard", "--port", str(busy.getsockname()[1])])
    assert done.exit_code == 2
    assert "choose another --port" in done.output


def test_an_address_that_is_not_ours_is_refused() -> None:
    assert not commands.can_listen("192.0.2.1", 8501)
    assert not commands.can_listen("no such host", 8501)


def test_serves_the_chosen_warehouse_and_prints_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    served = []
    monkeypatch.setattr(commands, "_serve", served.append)
    monkeypatch.setattr(commands, "can_listen", lambda address, port: True)
    monkeypatch.setenv("TRENDS_WAREHOUSE", "elsewhere")
    monkeypatch.setenv("TRENDS_SQL", "")  # the command sets both; the test puts them back
    done = CliRunner().invoke(APP, ["dashboard", "--port", "8777", "--warehouse", str(tmp_path)])
    assert done.exit_code == 0
    assert "http://127.0.0.1:8777" in done.stdout
    assert commands.warehouse_dir() == tmp_path
    assert "--browser.gatherUsageStats=false" in served[0]


@pytest.mark.parametrize(
    ("address", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]")],
)
def test_printed_address_can_be_opened(address: str, shown: str) -> None:
    assert commands.shown_address(address) == shown


def test_files_that_the_page_needs_are_in_the_package() -> None:
    root = resources.files("dashboard")
    theme = tomllib.loads(root.joinpath(".streamlit", "config.toml").read_text("utf-8"))
    assert theme["theme"]["light"]["primaryColor"]
    for name in (
        "pages.yml",
        "page.css",
        "logo.svg",
        "icon.svg",
        "texts/en/app.yml",
        "charts/colours.yml",
    ):
        assert root.joinpath(name).is_file(), name


def test_no_file_of_the_look_asks_another_host() -> None:
    root = Path(str(resources.files("dashboard")))
    look = [
        root / "page.css",
        root / "logo.svg",
        root / "icon.svg",
        root / ".streamlit" / "config.toml",
    ]
    text = "".join(path.read_text("utf-8") for path in look).replace(
        "http://www.w3.org/2000/svg", ""
    )
    assert "http" not in text
