"""A made corpus with subjects that are known: items of a few words of their subject, in two languages."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from etl.topics.items import Archive, Items
from warehouse.schema import arrow_schema

SUBJECTS = {
    "robots": (
        "humanoid robot gripper walking torque balance warehouse arm",
        "人形机器人 机械臂 步态平衡 抓取",
    ),
    "speech": (
        "speech voice synthesis microphone accent audio whisper pronunciation",
        "语音合成 麦克风 口音 音频",
    ),
    "chips": (
        "wafer lithography foundry transistor silicon packaging fab yield",
        "晶圆 光刻机 代工厂 晶体管",
    ),
    "memory": (
        "lookup memory recall embedding cache retrieval store forgetting",
        "记忆检索 缓存 嵌入 遗忘",
    ),
}
NEW = ("protein folding enzyme ligand docking molecule genome assay", "蛋白质折叠 酶 配体 基因组")
FIRST = date(2026, 1, 1)


def rows_of(words, day, number, subject, language="en", counted=True):
    """An item as a row of `items`, of six of the subject's words."""
    chance = np.random.default_rng([number, day.toordinal(), len(subject), language == "zh"])
    chosen = chance.permutation(words.split())[:6]
    return {
        "item_id": f"{subject}-{language}-{day:%m%d}-{number}",
        "digest_id": f"made/{day}.{language}",
        "published_on": day,
        "channel": "twitter",
        "position": number,
        "language": language,
        "title": "",
        "text": ("，" if language == "zh" else " ").join(chosen),
        "is_counted": counted,
        "story_id": f"{subject}-{day:%m%d}-{number}",
    }


def made_rows(days=20, with_chinese=True, new_from=None):
    """Rows of every subject for `days` days, two items a day each; a new subject from a day on."""
    out = []
    for n in range(days):
        day = FIRST + timedelta(days=n)
        subjects = dict(SUBJECTS)
        if new_from is not None and n >= new_from:
            subjects["proteins"] = NEW
        for subject, (english, chinese) in subjects.items():
            for number in range(2):
                out.append(rows_of(english, day, number, subject))
                if with_chinese:
                    out.append(rows_of(chinese, day, number, subject, "zh", counted=False))
    return out


def table_of(rows):
    """Rows → Arrow table of the schema of `items`."""
    return pa.Table.from_pylist(rows, schema=arrow_schema("items"))


def archive_of(rows):
    """The archive of rows, each Chinese item paired with the English one of the same number."""
    items = Items.of(table_of(rows))
    place = {i: n for n, i in enumerate(items.ids)}
    pairs = [(n, place[i.replace("-zh-", "-en-")]) for i, n in sorted(place.items()) if "-zh-" in i]
    return Archive(items, np.array(pairs, dtype=np.int64).reshape(-1, 2), {})
