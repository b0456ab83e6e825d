"""A reader's way through each page: by which link it is opened, what is changed by hand, what must then be so.

In: nothing. Out: `JOURNEYS`, one for each page of pages.yml; a new page gets one here. Trap: choices that are
the defaults do not stand in a link, so a journey chooses others, or the address would lose them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dashboard.texts import Texts
from tests.dashboard.browser import behind
from tests.dashboard.browser.tools import Link
from warehouse import Snapshot, schema_answers

Words = Callable[[Texts], str]


@dataclass(frozen=True)
class Journey:
    """`link` opens the page, which then `says`; `choose` sets a control (its key, its words), after which the
    link also has `then` and the page `says_then`; `click` opens what is behind a mark; `wrong` is a choice
    that the page does not know, beside those that it knows.
    """

    link: Link
    says: Words
    click: Callable[[Any, Texts, Snapshot], None]
    choose: tuple[str, Words] | None = None
    then: Link = field(default_factory=dict)
    says_then: Words | None = None
    wrong: tuple[str, str] = ("lang", "fr")


JOURNEYS = {
    "overview": Journey(
        link={},
        says=lambda say: say("overview.newest"),
        click=behind.of_overview,
    ),
    "labs": Journey(
        link={
            "labs": ["zhipu", "openai"],
            "grain": ["quarter"],
            "measure": ["mentions"],
            "channels": ["reddit"],
        },
        says=lambda say: say("trend.title.lab.mentions", per=say("per.quarter")),
        click=behind.of_labs,
        choose=("grain", lambda say: say("grain.week")),
        then={"grain": ["week"]},
        says_then=lambda say: say("trend.title.lab.mentions", per=say("per.week")),
        wrong=("labs", "nobody"),
    ),
    "themes": Journey(
        link={
            "themes": ["robotics", "reasoning"],
            "grain": ["quarter"],
            "measure": ["stories"],
            "languages": ["en"],
        },
        says=lambda say: say("trend.title.theme.stories", per=say("per.quarter")),
        click=behind.of_themes,
        choose=("measure", lambda say: say("measure.share_adjusted")),
        then={"measure": ["share_adjusted"]},
        says_then=lambda say: say("trend.title.theme.share_adjusted", per=say("per.quarter")),
        wrong=("measure", "glory"),
    ),
    "compare": Journey(
        link={
            "kind": ["theme"],
            "themes": ["robotics", "reasoning"],
            "compare": ["2025-Q3"],
            "against": ["2025-Q2"],
            "family": ["chosen"],
        },
        says=lambda say: say("compare.corrected", n=2),
        click=behind.of_compare,
        choose=("family", lambda say: say("compare.all")),
        then={"family": []},
        says_then=lambda say: say("compare.corrected", n=7),
        wrong=("family", "mine"),
    ),
    "rising": Journey(
        link={"kind": ["theme"], "rise_in": ["2025-08"]},
        says=lambda say: say("rising.before_month"),
        click=behind.of_rising,
        choose=("kind", lambda say: say("pages.labs")),
        then={"kind": []},
        says_then=lambda say: "OpenAI",
        wrong=("rise_in", "2031-01"),
    ),
    "topics": Journey(
        link={"topic_theme": ["reasoning"], "days": ["84"]},
        says=lambda say: say("topics.choose"),
        click=behind.of_topics,
        choose=("topic_q", lambda say: "zzzz"),
        then={"topic_q": ["zzzz"]},
        says_then=lambda say: say("topics.none_size"),
        wrong=("topic", "t9"),
    ),
    "stories": Journey(
        link={"q": ["reasoning"], "rank": ["items"], "lab_any": ["zhipu"]},
        says=lambda say: say("stories.title.items"),
        click=behind.of_stories,
        choose=("rank", lambda say: say("stories.orders.originals")),
        then={"rank": ["originals"]},
        says_then=lambda say: say("stories.title.originals"),
        wrong=("story", "story999"),
    ),
    "matrix": Journey(
        link={
            "lab_any": ["google", "openai"],
            "theme_any": ["robotics", "reasoning"],
            "cell": ["share"],
        },
        says=lambda say: say("matrix.title.share"),
        click=behind.of_matrix,
        choose=("cell", lambda say: say("measure.stories")),
        then={"cell": ["stories"]},
        says_then=lambda say: say("matrix.title.stories"),
        wrong=("period", "yesterday"),
    ),
    "items": Journey(
        link={"q": ["reasoning"], "lab_any": ["zhipu"]},
        says=lambda say: say("items.select"),
        click=behind.of_items,
        choose=("q", lambda say: "zzzz"),
        then={"q": ["zzzz"]},
        says_then=lambda say: say("items.none"),
        wrong=("theme_any", "magic"),
    ),
    "sql": Journey(
        link={"sql": ["SELECT 42 AS n"]},
        says=lambda say: say("sql.not_run"),
        click=behind.of_sql,
        choose=("sql-example", lambda say: say("sql.example.largest_stories")),
        then={"sql": [schema_answers.examples()["largest_stories"]]},
    ),
    "about": Journey(
        link={},
        says=lambda say: say("about.how"),
        click=behind.of_about,
    ),
    "lab": Journey(
        link={"lab": ["zhipu"], "grain": ["quarter"], "measure": ["stories"]},
        says=lambda say: say("trend.title.lab.stories", per=say("per.quarter")),
        click=behind.of_lab,
        choose=("lab", lambda say: "OpenAI"),
        then={"lab": ["openai"]},
        says_then=lambda say: say("named_with.themes_of_lab", name="OpenAI"),
        wrong=("lab", "nobody"),
    ),
    "theme": Journey(
        link={"theme": ["robotics"], "grain": ["quarter"]},
        says=lambda say: say("trend.title.theme.share", per=say("per.quarter")),
        click=behind.of_theme,
        choose=("measure", lambda say: say("measure.mentions")),
        then={"measure": ["mentions"]},
        says_then=lambda say: say("trend.title.theme.mentions", per=say("per.quarter")),
        wrong=("theme", "magic"),
    ),
}
