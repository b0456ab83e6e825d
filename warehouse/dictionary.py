"""The data dictionary: fields.yml and tables.yml as Markdown, written into warehouse/README.md.

In: the two YAML files. Out: Markdown. Trap: a dictionary written by hand is wrong within a month; this
one is generated (`make docs`) and a test compares it.
"""

from __future__ import annotations

from pathlib import Path

from warehouse.schema import Table, tables

BEGIN = "<!-- generated: begin (make docs) -->"
END = "<!-- generated: end -->"

KINDS = {
    "lake": "Lake tables (Parquet under `lake/`, and in the snapshot)",
    "snapshot": "Tables of the snapshot only",
    "history": "History (carried on from snapshot to snapshot)",
    "mart": "Marts (computed at publication; read these first)",
}


def dictionary() -> str:
    """All tables with all columns, as Markdown."""
    parts = []
    for kind, title in KINDS.items():
        parts.append(f"## {title}\n")
        parts += [_table(t) for t in tables().values() if t.kind == kind]
    return "\n".join(parts)


def _table(table: Table) -> str:
    head = f"### `{table.name}`\n\n{table.grain[0].upper()}{table.grain[1:]}. Key: "
    head += ", ".join(f"`{k}`" for k in table.key) + "."
    if table.caveats:
        head += f" {table.caveats}"
    rows = [f"| `{f.name}` | {f.type} | {_cell(f.comment)} |" for f in table.fields]
    return "\n".join([head, "", "| column | type | meaning |", "| --- | --- | --- |", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def with_dictionary(page: str) -> str:
    """`page` with the part between the marks replaced by the dictionary."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{dictionary()}\n{END}{after}"


def main() -> None:
    """Rewrite warehouse/README.md in place."""
    path = Path(__file__).parent / "README.md"
    path.write_text(with_dictionary(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
