"""The part of the `trends` command that serves the dashboard.

In: a port, an address, a warehouse folder. Out: a running server; its address is the one line on stdout.
Traps: Streamlit asks for an e-mail address at its first start, looks up the machine's public address
and reports usage, unless it is told not to; it takes its theme from the folder of `app.py`, so the
command works from any folder and from an installed wheel.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard import sql_switch
from warehouse.commands import WarehouseOption
from warehouse.settings import warehouse_dir


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("dashboard")(dashboard)


def dashboard(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    warehouse: WarehouseOption = None,
    sql: Annotated[
        bool | None,
        typer.Option(
            "--sql/--no-sql",
            help="Whether readers may run SQL of their own (read-only, limited); else TRENDS_SQL, else only"
            " if nobody but this machine reaches the address. Use --no-sql behind a proxy.",
        ),
    ] = None,
) -> None:
    """Serve the dashboard until Ctrl+C; a new snapshot shows at the reader's next click."""
    try:
        has_sql = sql_switch.wanted(sql, os.environ, address)
    except ValueError as problem:
        typer.echo(f"trends: {problem}", err=True)
        raise typer.Exit(2) from problem
    if not can_listen(address, port):
        typer.echo(
            f"trends: {address}:{port} is in use or not allowed; choose another --port.", err=True
        )
        raise typer.Exit(2)
    os.environ["TRENDS_WAREHOUSE"] = str(warehouse_dir(warehouse))
    sql_switch.remember(has_sql)
    typer.echo(f"Dashboard: http://{shown_address(address)}:{port} (stop with Ctrl+C)")
    sys.stdout.flush()  # a caller that reads our output through a pipe waits for this line
    _serve(flags(port, address))


def can_listen(address: str, port: int) -> bool:
    """Whether the port is free; Streamlit would end with a message of its own and exit code 1."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, UnicodeError):
            return False
    return True


def shown_address(address: str) -> str:
    """An address that a browser on this machine can open."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(
        address, f"[{address}]" if ":" in address else address
    )


def flags(port: int, address: str) -> list[str]:
    """Streamlit's settings for a quiet server without a display."""
    return [
        f"--server.port={port}",
        f"--server.address={address}",
        "--server.headless=true",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
        "--logger.hideWelcomeMessage=true",
        "--client.toolbarMode=minimal",
        "--runner.postScriptGC=false",  # 0.1 s after each run; Python looks for garbage by itself
    ]


def _serve(options: list[str]) -> None:
    from streamlit.web import cli

    from dashboard import warm

    warm.start()
    cli.main(["run", str(Path(__file__).with_name("app.py")), *options], standalone_mode=False)
