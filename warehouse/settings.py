"""The few settings: where the warehouse is.

In: an option, the environment. Out: a path. Trap: the command line, the dashboard and a notebook must
find the same warehouse, so there is one function for all of them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# name, default, help: read by the command line's help and by the docs test
SETTINGS = (
    (
        "TRENDS_WAREHOUSE",
        "the user's data folder, e.g. ~/.local/share/ainews-trends",
        "The warehouse folder, unless --warehouse names another one.",
    ),
    (
        "TRENDS_SQL",
        "on where only this machine reaches the dashboard",
        "on or off: whether the dashboard has its SQL page, unless --sql or --no-sql says so.",
    ),
)


def user_data_folder() -> Path:
    """The platform's folder for a user's data, without creating it."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ainews-trends"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ainews-trends"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "ainews-trends"


def warehouse_dir(option: Path | str | None = None) -> Path:
    """`option`, else TRENDS_WAREHOUSE, else the user's data folder; nothing is created."""
    chosen = option or os.environ.get("TRENDS_WAREHOUSE") or user_data_folder()
    return Path(chosen).expanduser().absolute()
