"""A warehouse of as many generated items as wanted, without texts: only what charts of shares are made from.

In: a folder, a number. Out: a published snapshot whose marts are built as at a publication. Trap: tables that no
share is made from (items, topics, bursts…) stay empty, so pages of texts have nothing to show.
Run: `python -m tests.benchmarks.many_items FOLDER 10000000`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from warehouse.connect import close_draft, connect_new
from warehouse.marts import _fill, build_order
from warehouse.publish import switch
from warehouse.queries import body, statement
from warehouse.schema import create_sql, tables

DIGESTS, DAYS, LABS, THEMES = 50_000, 700, 40, 25
GIVEN = ("counted_items", "counted_tags")  # made here
NOT_OF_SHARES = ("item_tags", "source_health", "topic_trend")


def generated(items: int) -> list[str]:
    """Statements that fill the tables; weekdays from 2023-12; a few labs and themes get most mentions
    (the square of an even number)."""
    return [
        f"INSERT INTO labs BY NAME SELECT 'lab' || i AS lab_id, 'Lab ' || i AS name, 'lab' AS kind FROM range({LABS}) AS t(i)",
        f"INSERT INTO themes BY NAME SELECT 'theme' || i AS theme_id, 'Theme ' || i AS name FROM range({THEMES}) AS t(i)",
        f"""INSERT INTO counted_items BY NAME SELECT
            printf('%08d', i) AS item_id,
            printf('d%06d', i // {items // DIGESTS}) AS digest_id,
            DATE '2023-12-01' + CAST(i * {DAYS} // {items} AS INTEGER) // 5 * 7
                + CAST(i * {DAYS} // {items} AS INTEGER) % 5 AS published_on,
            ['twitter', 'reddit', 'discord', 'discord', 'discord', 'news', 'tools'][1 + CAST(hash(i) % 7 AS INTEGER)] AS channel,
            'en' AS language,
            printf('s%08d', i - CAST(hash(i) % 9 AS INTEGER)) AS story_id
            FROM range({items}) AS t(i)""",
        *(
            f"""INSERT INTO counted_tags BY NAME SELECT
            '{kind}' AS tag_kind,
            '{kind}' || CAST(floor({number} * power(hash('{kind}' || item_id) % 1000003 / 1000003, 2)) AS INTEGER) AS tag_id,
            c.* FROM counted_items AS c WHERE hash(item_id || '{kind}') % 2 = 0"""
            for kind, number in (("lab", LABS), ("theme", THEMES))
        ),
    ]


def fill_marts(connection: Any) -> None:
    """What a publication makes of the counted items and tags."""
    for step in build_order():
        name = step["name"]
        if body(statement("marts", name)).lstrip().startswith("CREATE"):
            connection.execute(statement("marts", name))
        elif name not in (*GIVEN, *NOT_OF_SHARES):
            connection.execute(create_sql(name))
            _fill(connection, step, months=[])


def make(folder: Path, items: int) -> Path:
    """Publish; returns the folder."""
    path = folder / "snapshots" / f"generated-{items}.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect_new(path)
    filled = {step["name"] for step in build_order()} - {*GIVEN, *NOT_OF_SHARES}
    for name in tables():
        if name not in filled:
            connection.execute(create_sql(name))
    for sql in generated(items):
        connection.execute(sql)
    fill_marts(connection)
    connection.execute(
        f"""INSERT INTO snapshot_info BY NAME SELECT '{path.stem}' AS snapshot_id, 'generated' AS built_from_run,
        '0' AS taxonomy_version, '0' AS code_version, count(*) AS items, {DIGESTS} AS digests,
        min(published_on) AS first_on, max(published_on) AS last_on FROM counted_items"""
    )
    close_draft(connection)
    connection.close()
    switch(folder, path)
    return folder


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
