"""What the row below a chart says of its rows is so: run anew, the statement gives what it is said to give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.export import names
from dashboard.parts import card_actions
from dashboard.texts import Texts
from tests.dashboard.one_run import PAGES, run, words
from tests.dashboard.test_old_labels import LINKS
from warehouse import open_snapshot
from warehouse.answers import Answer

SHOWN = [(page, LINKS[page]) for page in PAGES if page != "sql"]
SHOWN += [
    ("topics", {"topic": "t0000000a"}),
    ("compare", {"labs": ["openai", "zhipu"], "against": "none"}),
]
AFTER, HITS = "difference", "hits"


@pytest.mark.parametrize(("page", "link"), SHOWN)
def test_the_statement_gives_the_rows_as_the_page_says(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path, page: str, link: dict[str, Any]
) -> None:
    told: list[tuple[Answer, str]] = []
    made_of = card_actions._made_of

    def remember(say: Texts, answer: Answer) -> str:
        told.append((answer, made_of(say, answer)))
        return told[-1][1]

    monkeypatch.setattr(card_actions, "_made_of", remember)
    app = run(monkeypatch, made_warehouse, page, lang="en", **link)
    assert told
    for answer, sentence in told:
        assert sentence in words(app)
        same_as_said(answer, sentence, open_snapshot(made_warehouse).frame(answer.sql, {}))


def same_as_said(answer: Answer, sentence: str, returned: pd.DataFrame) -> None:
    """Compare the rows of a page with those that its statement returns."""
    frame, columns = answer.frame, list(answer.frame)
    if f"`{HITS}`" in sentence:
        assert set(returned[HITS]) == {answer.items_total}
        returned = returned.drop(columns=HITS)
    if f"`{AFTER}`" in sentence:
        columns = columns[: columns.index(AFTER)]
        few = frame["why_not"] == "too_few_mentions"
        frame = frame.assign(why_not=frame["why_not"].mask(few, returned["why_not"]))
    assert list(returned) == columns
    for column in columns:
        assert returned[column].astype(str).tolist() == frame[column].astype(str).tolist()


def test_a_page_of_a_list_says_how_many_there_are_in_all(
    monkeypatch: pytest.MonkeyPatch, made_warehouse: Path
) -> None:
    app = run(monkeypatch, made_warehouse, "items", lang="zh")
    found = open_snapshot(made_warehouse).frame("SELECT count(*) AS n FROM items")["n"][0]
    said = Texts("zh")("card.data_hits", n="50", columns=15, total=f"{found:,}")
    assert said in words(app)


def test_every_id_of_a_page_has_its_names(made_warehouse: Path) -> None:
    snap = open_snapshot(made_warehouse)
    ids = snap.frame("SELECT lab_id FROM labs UNION SELECT theme_id FROM themes")["lab_id"]
    known = names.known(lambda question, *args: question(snap, *args))
    assert set(ids) <= set(known["id"])
    assert known["id"].is_unique
