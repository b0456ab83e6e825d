"""The short cut of the daily build gives exactly what the long way gives."""

import json
import random
from datetime import date, timedelta

import pytest

from etl.build import build
from etl.sources.archives import read_source
from tests.etl.test_build import bytes_of_lake
from warehouse import open_snapshot
from warehouse.schema import tables


def contents(warehouse):
    """Rows of every table, in a fixed order; without what says how the state was reached."""
    snap = open_snapshot(warehouse)
    out = {}
    for name, table in tables().items():
        if table.kind == "history":
            continue
        columns = ", ".join(c for c in table.columns if c not in ("built_from_run", "run_id"))
        out[name] = (
            snap.frame(f"SELECT {columns} FROM {name} ORDER BY ALL").astype(str).to_dict("records")
        )
    snap.close()
    return out


def took_the_short_cut(result):
    return "write and publish" in json.loads(result.log_path.read_text("utf-8"))["seconds"]


def assert_equal(one, other):
    assert bytes_of_lake(one) == bytes_of_lake(other)
    a, b = contents(one), contents(other)
    for name in a:
        assert a[name] == b[name], name


def write_sample(folder):
    """The sample as files, in order of their days."""
    files = read_source("sample").files
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    return folder


def test_the_last_digest_of_the_sample_on_top_of_the_others(tmp_path):
    folder = write_sample(tmp_path / "in")
    build([str(folder)], tmp_path / "at-once")
    last = folder / "en" / "26-01-14-recall-apart.md"
    text = last.read_bytes()
    last.unlink()
    build([str(folder)], tmp_path / "step-by-step")
    last.write_bytes(text)
    result = build([str(folder)], tmp_path / "step-by-step")
    assert result.new_digests == 1
    assert took_the_short_cut(result)
    assert_equal(tmp_path / "at-once", tmp_path / "step-by-step")


SENTENCES = [
    "Example Labs ships version {n} of its small planner with open weights and a paper about routing",
    "A new planner, version {n}, comes from Example Labs with open weights and a paper on routing",
    "Users of the Sketch editor report that drawing tools crash on old laptops since build {n}",
    "The Sketch editor crashes on old laptops since build {n}, users of its drawing tools report",
    "OpenAI and Anthropic publish a joint study of {n} benchmarks for coding agents",
]
CHINESE = [
    "智谱发布第{n}版规划模型并开放权重与论文",
    "第{n}版规划模型由智谱发布，权重与论文同时开放",
    "编辑器在旧电脑上崩溃，用户报告第{n}次更新后出现问题",
]


def issue(rng, day, language="en", lines=None):
    head = f"---\nid: x\ntitle: Day {day}\ndate: '{day}T05:00:00Z'\n---\n\n# AI Twitter Recap\n\n"
    return head + "\n".join(lines) + "\n"


def line(rng, words):
    text = rng.choice(words).format(n=rng.randint(1, 3))
    where = rng.choice(["status", "page", "none"])
    url = {
        "status": f"https://x.com/OpenAI/status/{rng.randint(1000000, 1000006)}",
        "page": f"https://example.com/news/{rng.randint(1, 4)}",
        "none": "",
    }[where]
    return f"- **{text.split(' ')[0]} {rng.randint(1, 99)}**: {text}" + (
        f" ([source]({url}))" if url else ""
    )


def made_digests(rng):
    """(day, path, text): English issues, some translated, and Chinese digests, some from one original."""
    out, first = [], date(2025, 2, 20)
    for n in range(9):
        day = first + timedelta(days=n + (n > 5) * 4)
        slug = f"{day:%y-%m-%d}-day"
        lines = [line(rng, SENTENCES) for _ in range(rng.randint(2, 6))]
        out.append((day, f"issues/{slug}.md", issue(rng, day, lines=lines)))
        if rng.random() < 0.5:
            copies = [
                x.replace("ships", "发布").replace("with", "并带有中文说明和更多的文字以便识别语言")
                + "，译文如下所示供读者参考"
                for x in lines
            ]
            out.append((day, f"docs/{slug}.md", issue(rng, day, lines=copies)))
        if rng.random() < 0.7:
            items = "\n\n".join(
                f"### {k}. [{rng.choice(CHINESE).format(n=rng.randint(1, 3))}](https://x.com/OpenAI/status/{rng.randint(1000000, 1000006)})\n> {rng.choice(CHINESE).format(n=k)}。"
                for k in range(1, 4)
            )
            original = f"https://news.example.com/issues/{rng.randint(1, 2)}/"
            out.append(
                (
                    day,
                    f"daily/{day}.md",
                    f"## AINews - {day}\n\n> [原文链接]({original})\n\n## 📰 十大AI新闻要点\n\n{items}\n",
                )
            )
    return out


@pytest.mark.parametrize("seed", range(4))
def test_days_added_one_by_one_equal_one_big_build(tmp_path, seed):
    rng = random.Random(seed)
    folder, steps = tmp_path / "in", tmp_path / "steps"
    shortcuts = 0
    digests = made_digests(rng)
    for number, (_, path, text) in enumerate(digests):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
        if number >= 6:
            shortcuts += took_the_short_cut(build([str(folder)], steps))
    build([str(folder)], tmp_path / "at-once")
    assert_equal(tmp_path / "at-once", steps)
    assert shortcuts == len(digests) - 7  # all but the first build


def test_a_correction_and_an_old_digest_take_the_long_way(tmp_path):
    folder, warehouse = tmp_path / "in", tmp_path / "w"
    digests = made_digests(random.Random(7))
    for _, path, text in digests[1:]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    build([str(folder)], warehouse)
    (folder / "daily").mkdir(exist_ok=True)
    path = folder / digests[-1][1]
    path.write_text(
        path.read_text("utf-8").replace("智谱", "月之暗面").replace("Example", "Sample"), "utf-8"
    )
    assert not took_the_short_cut(build([str(folder)], warehouse))
    old = folder / "issues" / "23-01-05-old.md"
    old.write_text(issue(None, date(2023, 1, 5), lines=["- **Old news**: of long ago."]), "utf-8")
    assert not took_the_short_cut(build([str(folder)], warehouse))
    build([str(folder)], tmp_path / "at-once")
    assert_equal(tmp_path / "at-once", warehouse)


@pytest.mark.parametrize("with_short_cut", [True, False])
@pytest.mark.parametrize("writes", range(0, 14, 3))
def test_a_run_that_broke_off_after_some_files_is_mended_by_the_next(
    tmp_path, monkeypatch, writes, with_short_cut
):
    """Wherever it breaks off, no row is lost and none is left over, even if the file does not come again."""
    import etl.build
    import warehouse.lake

    folder = write_sample(tmp_path / "in")
    last = folder / "en" / "26-01-14-recall-apart.md"
    text = last.read_bytes()
    last.unlink()
    build([str(folder)], tmp_path / "w")
    build([str(folder)], tmp_path / "without")
    last.write_bytes(text)
    write, done = warehouse.lake._write_if_changed, []

    def breaks_off(rows, path):
        if len(done) == writes:
            raise KeyboardInterrupt
        changed = write(rows, path)
        done.extend([path] if changed else [])
        return changed

    with monkeypatch.context() as patch:
        patch.setattr(warehouse.lake, "_write_if_changed", breaks_off)
        if not with_short_cut:
            patch.setattr(etl.build, "small_changes", lambda *_: None)
        if writes < 6:  # one month of five tables and digests: later there is nothing left to break
            with pytest.raises(KeyboardInterrupt):
                build([str(folder)], tmp_path / "w")
        else:
            build([str(folder)], tmp_path / "w")
    if writes < 6:
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "2025-02-20.md").write_bytes(
            (folder / "zh" / "2025-02-20.md").read_bytes()
        )
        build([str(tmp_path / "other")], tmp_path / "w")  # without the file that was cut off
        assert contents(tmp_path / "w")["items"] == contents(tmp_path / "without")["items"]
    build([str(folder)], tmp_path / "w")
    build([str(folder)], tmp_path / "at-once")
    assert_equal(tmp_path / "at-once", tmp_path / "w")


def test_a_run_that_broke_off_before_writing_is_mended_by_the_next(tmp_path, monkeypatch):
    import etl.build

    folder = write_sample(tmp_path / "in")
    last = folder / "en" / "26-01-14-recall-apart.md"
    text = last.read_bytes()
    last.unlink()
    build([str(folder)], tmp_path / "w")
    last.write_bytes(text)

    def breaks_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(etl.build, "publish_changes", breaks_off)
        with pytest.raises(KeyboardInterrupt):
            build([str(folder)], tmp_path / "w")
    build([str(folder)], tmp_path / "w")
    build([str(folder)], tmp_path / "at-once")
    assert_equal(tmp_path / "at-once", tmp_path / "w")
