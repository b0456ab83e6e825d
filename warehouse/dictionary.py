"""The data dictionary as Markdown: generated into warehouse/README.md and, in Chinese, README.zh.md.

In: fields.yml and tables.yml with their Chinese twins. Out: Markdown. Trap: a dictionary written by hand is
wrong within a month; these are generated (`make docs`) and a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warehouse.meanings_zh import caveats_zh, field_zh, grain_zh
from warehouse.schema import Field, Table, tables

BEGIN = "<!-- generated: begin (make docs) -->"
END = "<!-- generated: end -->"


@dataclass(frozen=True)
class Words:
    """One language: titles of the kinds of tables, heads of the columns, and what is said of a table."""

    kinds: dict[str, str]
    heads: str
    about: Callable[[Table], str]
    meaning: Callable[[Field], str]


def _about(table: Table) -> str:
    key = ", ".join(f"`{k}`" for k in table.key)
    return f"{table.grain[0].upper()}{table.grain[1:]}. Key: {key}. {table.caveats}".strip()


def _about_zh(table: Table) -> str:
    key = "、".join(f"`{k}`" for k in table.key)
    return f"{grain_zh(table)}。键：{key}。{caveats_zh(table)}"


ENGLISH = Words(
    kinds={
        "lake": "Lake tables (Parquet under `lake/`, and in the snapshot)",
        "snapshot": "Tables of the snapshot only",
        "history": "History (carried on from snapshot to snapshot)",
        "mart": "Marts (computed at publication; read these first)",
    },
    heads="| column | type | meaning |",
    about=_about,
    meaning=lambda field: field.comment,
)
CHINESE = Words(
    kinds={
        "lake": "数据湖的表（`lake/` 下的 Parquet，也在快照中）",
        "snapshot": "只在快照中的表",
        "history": "历史（从一个快照带入下一个快照）",
        "mart": "数据集市（发布时算好；请先看这些）",
    },
    heads="| 字段 | 类型 | 含义 |",
    about=_about_zh,
    meaning=field_zh,
)
PAGES = {"README.md": ENGLISH, "README.zh.md": CHINESE}


def dictionary(words: Words = ENGLISH) -> str:
    """All tables with all columns, as Markdown."""
    parts = []
    for kind, title in words.kinds.items():
        parts.append(f"## {title}\n")
        parts += [_table(t, words) for t in tables().values() if t.kind == kind]
    return "\n".join(parts)


def _table(table: Table, words: Words) -> str:
    rows = [f"| `{f.name}` | {f.type} | {_cell(words.meaning(f))} |" for f in table.fields]
    head = f"### `{table.name}`\n\n{words.about(table)}"
    return "\n".join([head, "", words.heads, "| --- | --- | --- |", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<")


def with_dictionary(page: str, words: Words = ENGLISH) -> str:
    """`page` with the part between the marks replaced by the dictionary."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{dictionary(words)}\n{END}{after}"


def main() -> None:
    """Rewrite both pages in place."""
    for name, words in PAGES.items():
        path = Path(__file__).parent / name
        path.write_text(with_dictionary(path.read_text("utf-8"), words), "utf-8")


if __name__ == "__main__":
    main()
