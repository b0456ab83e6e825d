"""Small warehouses made for the dashboard's tests: no digest is parsed, no item was ever published.

In: nothing. Out: fixtures of warehouse folders: with data, without an item, damaged. Trap: the numbers are drawn from a seeded
generator, so that a test may compare a file with the SQL but must not know a count by heart.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from warehouse.publish import publish
from warehouse.schema import arrow_table, tables

FIRST, LAST = date(2025, 1, 6), date(2026, 3, 11)  # a Wednesday: week, month, quarter are partial
LABS = [
    ("openai", "OpenAI", "OpenAI", None, 9),
    ("anthropic", "Anthropic", "Anthropic", None, 7),
    ("google", "Google", "谷歌", None, 6),
    ("google-deepmind", "Google DeepMind", "谷歌DeepMind", "google", 2),
    ("meta", "Meta AI", "Meta", None, 4),
    ("deepseek", "DeepSeek", "深度求索", None, 4),
    ("zhipu", "Zhipu AI (Z.ai)", "智谱AI", None, 3),
    ("alibaba", "Alibaba (Qwen)", "阿里巴巴", None, 3),
    ("nvidia", "NVIDIA", "英伟达", None, 2),
]
THEMES = [
    ("model-releases", "Model releases", "模型发布", 7),
    ("coding-agents", "Coding agents & dev tools", "编码智能体与开发工具", 6),
    ("reasoning", "Reasoning & test-time compute", "推理能力与测试时计算", 5),
    ("inference-serving", "Inference & serving", "推理部署与服务", 4),
    ("evals-benchmarks", "Evaluations & benchmarks", "评测与基准", 4),
    ("open-source", "Open weights & open source", "开源与开放权重", 3),
    ("robotics", "Robotics & embodied AI", "机器人与具身智能", 2),
]
# id, labels, theme, status; the third has only newest items, the fourth went into the first
TOPICS = [
    ("t0000000a", "Made search", "虚构检索", "reasoning", "active"),
    ("t0000000b", "Made robots", "虚构机器人", None, "active"),
    ("t0000000c", "Made newcomer", "虚构新事物", "robotics", "active"),
    ("t0000000d", "Made past", "虚构往事", None, "retired"),
]
CHANNELS = {"headline": 3, "twitter": 5, "reddit": 4, "discord": 6}
WORDS = {
    "en": (
        "Made-up item {n} about {who}",
        "An invented sentence on {what} for the test, number {n}.",
    ),
    "zh": ("虚构条目 {n}：{who}", "这是为测试编写的一句话，主题是{what}，编号 {n}。"),
}

Row = dict[str, Any]


def make(
    folder: Path,
    snapshot_id: str = "2026-03-11-made",
    with_items: bool = True,
    with_topics: bool = True,
) -> Path:
    """Publish a made snapshot in `folder`; returns the folder."""
    rows = _rows(snapshot_id) if with_items else _rows(snapshot_id, until=FIRST - timedelta(days=1))
    if with_items and with_topics:
        _add_topics(rows)
    publish(folder, snapshot_id, {name: arrow_table(name, rows[name]) for name in _tables()})
    return folder


def definitions(name: str, name_zh: str) -> Row:
    """What counts as a made theme, in both languages."""
    return {"definition": f"Made: {name}", "definition_zh": f"虚构：{name_zh}"}


def _tables() -> list[str]:
    return [name for name, table in tables().items() if table.kind in ("lake", "snapshot")]


def _rows(snapshot_id: str, until: date = LAST) -> dict[str, list[Row]]:
    """All tables of the snapshot."""
    rows: dict[str, list[Row]] = {name: [] for name in _tables()}
    chance = random.Random(7)
    day = FIRST
    while day <= until:
        if day.weekday() < 5:
            _add_digest(rows, chance, day, "zh" if day.toordinal() % 5 == 0 else "en")
        day += timedelta(days=1)
    version = {"taxonomy_version": "made"}
    rows["labs"] = [
        {"lab_id": i, "name": n, "name_zh": z, "kind": "lab", "parent_id": p} | version
        for i, n, z, p, _ in LABS
    ]
    rows["themes"] = [
        {"theme_id": i, "name": n, "name_zh": z} | definitions(n, z) | version
        for i, n, z, _ in THEMES
    ]
    refused = {"source": "made/broken.md", "location": "whole file", "reason": "no_date"}
    rows["quarantine"] = [refused | {"detail": "a file of the test", "run_id": "made"}]
    days = [item["published_on"] for item in rows["items"]]
    info = {
        "snapshot_id": snapshot_id,
        "built_from_run": "made",
        "code_version": "0",
        "taxonomy_version": "made",
    }
    info |= {"items": len(days), "digests": len(rows["digests"])}
    rows["snapshot_info"] = [
        info | {"first_on": min(days, default=None), "last_on": max(days, default=None)}
    ]
    return rows


def _add_topics(rows: dict[str, list[Row]]) -> None:
    """Every third item belongs to a topic, every twentieth of the last month to the newcomer."""
    of: dict[str, list[Row]] = {topic[0]: [] for topic in TOPICS}
    for n, item in enumerate(rows["items"]):
        is_new = n % 20 == 0 and item["published_on"] > LAST - timedelta(days=28)
        topic = "t0000000c" if is_new else (None, "t0000000a", "t0000000b")[n % 3]
        keys = {k: item[k] for k in ("item_id", "published_on", "channel")}
        rows["item_topics"].append(keys | {"topic_id": topic, "score": 0.5})
        if topic:
            of[topic].append(item)
    for n, (topic_id, label, label_zh, theme, status) in enumerate(TOPICS):
        days = [item["published_on"] for item in of[topic_id]]
        row = {"topic_id": topic_id, "label": label, "label_zh": label_zh, "theme_id": theme}
        row |= {"terms": [label, "made"], "topic_status": status, "item_count": len(days)}
        row |= {"first_on": min(days, default=None), "last_on": max(days, default=None)}
        row |= {"typical_items": [item["item_id"] for item in of[topic_id][:3]]}
        row |= {"successor_id": "t0000000a" if status == "retired" else None}
        place = {"map_x": None, "map_y": None} if status == "retired" else {}
        rows["topics"].append(row | {"map_x": n * 0.5 - 0.5, "map_y": 0.2 * n} | place)
        event = {"topic_id": topic_id, "event": "birth", "happened_in_run": "made"}
        rows["topic_events"].append(event | {"happened_on": FIRST, "other_topic_id": None})
    part = {"theme_id": "reasoning", "label_zh": "虚构部分", "items_compared": 90}
    for position, label in enumerate(("Made part", "Other made part"), 1):
        row = part | {"position": position, "label": label, "terms": [label, "thinking"]}
        row |= {"item_count": 30 - position, "first_on": FIRST, "last_on": LAST}
        typical = [item["item_id"] for item in of["t0000000a"][position : position + 2]]
        rows["theme_parts"].append(row | {"typical_items": typical})


def _add_digest(rows: dict[str, list[Row]], chance: random.Random, day: date, lang: str) -> None:
    digest_id = f"made/{day}"
    channels = ["news", "tools"] if lang == "zh" else list(CHANNELS)
    if day >= date(2025, 11, 1):
        channels = [c for c in channels if c != "discord"]
    count = 0
    for channel in channels:
        for position in range(1, 1 + CHANNELS.get(channel, 4)):
            _add_item(rows, chance, (digest_id, day, lang, channel, position))
            count += 1
    url = f"https://digest.example/{day}"
    digest = {
        "digest_id": digest_id,
        "source": "made",
        "format": "en_archive",
        "published_on": day,
        "language": lang,
    }
    digest |= {
        "title": f"Digest of {day}",
        "url": url,
        "original_url": None,
        "translation_of": None,
    }
    digest |= {"item_count": count, "content_sha256": "0" * 64, "location": f"{day}.md"}
    rows["digests"].append(digest)


def _add_item(
    rows: dict[str, list[Row]], chance: random.Random, key: tuple[str, date, str, str, int]
) -> None:
    digest_id, day, lang, channel, position = key
    n = len(rows["items"]) + 1
    item_id, url = f"made{n:06d}", f"https://source.example/{n}"
    labs = {_drawn(chance, LABS) for _ in range(chance.choice((0, 1, 1, 2)))}
    themes = {_drawn(chance, THEMES) for _ in range(chance.choice((0, 1, 1, 2)))}
    title, text = (
        words.format(
            n=n,
            who=" and ".join(sorted(x[0] for x in labs)),
            what="/".join(sorted(x[0] for x in themes)),
        )
        for words in WORDS[lang]
    )
    item = {
        "item_id": item_id,
        "digest_id": digest_id,
        "published_on": day,
        "channel": channel,
        "url": url,
    }
    item |= {
        "section": "Made",
        "position": position,
        "language": lang,
        "title": title,
        "text": text,
    }
    item |= {"story_id": f"story{n // 2:06d}", "is_counted": True}
    rows["items"].append(item)
    if n % 2 == 0 or n == 1:
        story = {
            "story_id": item["story_id"],
            "first_on": day,
            "last_on": day,
            "title": title,
            "url": url,
        }
        rows["stories"].append(story | {"item_count": 2, "languages": [lang]})
    rows["item_links"].append(
        {"item_id": item_id, "position": 1, "url": url, "canonical_url": url, "published_on": day}
    )
    shared = {"item_id": item_id, "published_on": day, "channel": channel}
    for lab in sorted(x[0] for x in labs):
        rows["mentions"].append(shared | {"lab_id": lab, "evidence": lab, "evidence_kind": "name"})
    for theme in sorted(x[0] for x in themes):
        rows["item_themes"].append(
            shared | {"theme_id": theme, "score": 1.0, "evidence": theme, "method": "rules"}
        )


def _drawn(chance: random.Random, listed: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    return chance.choices(listed, weights=[row[-1] for row in listed])[0]


@pytest.fixture(scope="session")
def made_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with 14 months of made items."""
    return make(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def no_topics_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with items, of which nobody has found topics yet."""
    return make(tmp_path_factory.mktemp("no-topics"), with_topics=False)


@pytest.fixture(scope="session")
def no_items_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose snapshot has a refusal and not one item."""
    return make(tmp_path_factory.mktemp("no-items"), "2026-03-11-none", with_items=False)


@pytest.fixture(scope="session")
def broken_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose current snapshot is no database."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "bad.duckdb").write_bytes(b"not a database" * 400)
    (folder / "current").symlink_to(folder / "snapshots" / "bad.duckdb")
    return folder
