"""The `trends` command: assembles the commands of etl, warehouse and dashboard, and nothing else.

In: the command line. Out: an exit code. Trap: it lives beside the three packages, so that none of them
has to import another one against the direction dashboard → warehouse ← etl.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import typer

import dashboard.commands
import dashboard.export_commands
import etl.commands
import etl.tag.training.commands
import warehouse.commands
import warehouse.compare_commands
import warehouse.trend_commands

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Who and what the AI world talks about, over time: mentions by lab and theme.",
)
etl.commands.register(app)
etl.tag.training.commands.register(app)
warehouse.commands.register(app)
warehouse.trend_commands.register(app)
warehouse.compare_commands.register(app)
dashboard.commands.register(app)
dashboard.export_commands.register(app)


@app.command()
def demo(port: int = 8501, address: str = "127.0.0.1") -> None:
    """Build `sample` into a temporary warehouse and open the dashboard on it."""
    with tempfile.TemporaryDirectory(prefix="ainews-trends-") as folder:
        etl.commands.build(["sample"], warehouse=Path(folder))
        dashboard.commands.dashboard(port=port, address=address, warehouse=Path(folder))


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
