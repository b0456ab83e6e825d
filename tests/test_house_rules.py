"""The rules of the house, held by a machine (CONTRIBUTING.md says why each exists)."""

import ast
import re
import subprocess
import sys

import pytest
import yaml

from tests.conftest import ROOT
from warehouse.schema import fields, tables

PACKAGES = ("etl", "warehouse", "dashboard")
MODULES = sorted(
    p
    for package in PACKAGES
    for p in (ROOT / package).rglob("*.py")
    if "__pycache__" not in p.parts
)
CODE = [*MODULES, ROOT / "trends.py"]
SQL_WORDS = re.compile(
    r"\b(SELECT\s+.+\s+FROM|INSERT\s+INTO|CREATE\s+(TABLE|VIEW|MACRO)|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b",
    re.DOTALL,
)


def _strings(tree):
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    ]


def test_imports_go_one_way():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_sql_stands_in_the_warehouse_only():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        if path.relative_to(ROOT).parts[0] != "warehouse"
        for node in _strings(ast.parse(path.read_text("utf-8")))
        if SQL_WORDS.search(node.value)
    ]
    assert found == []


def test_duckdb_is_opened_in_one_module_only():
    found = [
        str(path.relative_to(ROOT))
        for path in CODE
        if "duckdb.connect(" in path.read_text("utf-8") and path.name != "connect.py"
    ]
    assert found == []


def test_no_lab_or_theme_id_stands_in_code():
    from warehouse.taxonomy.rows import lab_rows, theme_rows

    ids = {r["lab_id"] for r in lab_rows()} | {r["theme_id"] for r in theme_rows()}
    # ids that are plain words or names of technologies too
    ids -= {"reasoning", "modal", "meta", "figure", "github", "luma", "runway", "apple", "cursor"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in CODE
        for node in _strings(ast.parse(path.read_text("utf-8")))
        if node.value in ids
    ]
    assert found == []


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_is_documented_and_of_bounded_size(path):
    text = path.read_text("utf-8")
    if not text.strip():
        return
    tree = ast.parse(text)
    assert ast.get_docstring(tree), (
        "a module says what comes in, what goes out, which trap it handles"
    )
    lines = len(text.splitlines())
    assert lines <= (120 if path.parent.name == "page" else 400), lines
    long = [
        f"{n.name}: {n.end_lineno - n.lineno + 1} lines"
        for n in ast.walk(tree)
        if isinstance(n, ast.FunctionDef) and n.end_lineno - n.lineno + 1 > 60
    ]
    assert long == []


WATCH_IMPORTS = """
import importlib, os, sys
root, names = sys.argv[1], sys.argv[2:]
touched = []
def watch(event, args):
    if event in ("open", "os.listdir", "os.mkdir", "socket.connect", "sqlite3.connect"):
        target = str(args[0])
        ours = target.startswith(root) and ".venv" not in target
        # looking a module up lists its folder; reading code is what an import is
        if event != "os.listdir" and ours and not target.endswith((".py", ".pyc")) and "__pycache__" not in target:
            touched.append(f"{event} {target}")
sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
print("\\n".join(touched))
"""


def test_importing_reads_and_writes_nothing():
    """Every module but app.py, which Streamlit runs from top to bottom, in one fresh interpreter."""
    names = [
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for p in CODE
        if p != ROOT / "dashboard" / "app.py"
    ]
    done = subprocess.run(
        [sys.executable, "-c", WATCH_IMPORTS, str(ROOT), *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_every_field_is_used_and_described_once():
    used = {f.name for t in tables().values() for f in t.fields}
    assert sorted(set(fields()) - used) == []
    descriptions = [f.description for f in fields().values()]
    assert len(descriptions) == len(set(descriptions))
    assert all(d.endswith(".") for d in descriptions)


def test_snapshot_comments_every_column(sample_warehouse):
    from warehouse import open_snapshot

    snap = open_snapshot(sample_warehouse)
    bare = snap.frame(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    )
    assert bare.empty, bare


def test_names_of_the_contract_are_there(shared):
    """Tables, columns and ids that others rely on (the contract lies beside the checkout)."""
    import csv

    from warehouse.taxonomy.rows import lab_rows, theme_rows

    with (shared / "contract" / "labs.csv").open(encoding="utf-8") as file:
        labs = {
            r["lab_id"]: (r["name"], r["name_zh"], r["kind"], r["parent_id"] or None)
            for r in csv.DictReader(file)
        }
    assert {
        r["lab_id"]: (r["name"], r["name_zh"], r["kind"], r["parent_id"]) for r in lab_rows()
    } == labs
    with (shared / "contract" / "themes.csv").open(encoding="utf-8") as file:
        themes = {
            r["theme_id"]: (r["name"], r["name_zh"], r["definition"]) for r in csv.DictReader(file)
        }
    assert {
        r["theme_id"]: (r["name"], r["name_zh"], r["definition"]) for r in theme_rows()
    } == themes


def test_yaml_files_can_be_read():
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.yml"):
            assert yaml.safe_load(path.read_text("utf-8")), path
