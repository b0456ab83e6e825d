"""The names behind the ids of an answer's rows, for the third sheet of a workbook.

In: `ask`, rows. Out: one row an id with both names. Trap: a file is built on another thread, where nothing
may be asked, so all names are fetched before, and those that occur are picked when the file is made.
"""

from __future__ import annotations

import pandas as pd
from pandas.api import types

from dashboard.scenes import Ask
from warehouse import answers, topic_answers

# what may hold ids of labs, themes or topics: one, or a list of them
_COLUMNS = ("lab_id", "theme_id", "topic_id", "tag_id", "against_tag_id")
_COLUMNS += ("lab_ids", "theme_ids", "labs", "themes")
_HEAD = ["id", "name", "name_zh"]


def known(ask: Ask) -> pd.DataFrame:
    """All labs, themes and topics of the snapshot: id, name, name_zh."""
    labs, themes = ask(answers.labs).frame, ask(answers.themes).frame
    topics = ask(topic_answers.topics_by_size).frame
    parts = (
        labs[["lab_id", "name", "name_zh"]],
        themes[["theme_id", "name", "name_zh"]],
        topics[["topic_id", "label", "label_zh"]],
    )
    return pd.concat([part.set_axis(_HEAD, axis=1) for part in parts], ignore_index=True)


def of(frame: pd.DataFrame, all_names: pd.DataFrame) -> pd.DataFrame:
    """The rows of `known` whose ids occur in these rows."""
    ids = {
        id_
        for column in _COLUMNS
        if column in frame
        for value in frame[column]
        for id_ in ([value] if types.is_scalar(value) else value)
    }
    return all_names[all_names["id"].isin(ids)]
