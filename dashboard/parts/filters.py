"""The bar above a chart: what is counted, over which days, per what.

In: the loaded data's days and channels. Out: `Filters` and the other choices. Trap: while the reader has
picked only the first day of a span, the widget holds one day; it then reaches to the last day loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import data, links
from dashboard.charts.views import MEASURES
from dashboard.scenes import scene, trend
from dashboard.scenes.usual import usual_grain
from dashboard.texts import Texts
from warehouse import answers
from warehouse.answers import GRAINS

MOST_SERIES = 12
AUTO = "auto"
BANDS = (AUTO, "on", "off")
# how many periods a moving average may be over, by grain: of days those with digests, five a week
WINDOWS = {"day": (1, 5, 20), "week": (1, 4, 13), "month": (1, 3, 12), "quarter": (1, 2, 4)}


def series(say: Texts, kind: str, names: Mapping[str, str], default: Sequence[str]) -> list[str]:
    """Which labs or themes to draw."""
    key = f"{kind}s"
    links.many(key, list(names), default, pin=True)
    return st.multiselect(
        say(f"filters.{key}"),
        list(names),
        format_func=lambda id_: names.get(id_, id_),
        key=key,
        max_selections=MOST_SERIES,
        placeholder=say(f"filters.choose_{key}"),
        wrap=False,
    )


def named_most(kind: str) -> list[str]:
    """What a page shows before the reader chooses: the labs or themes with most mentions."""
    return trend.named_most(data.ask, kind)


def any_of(say: Texts, kind: str, names: Mapping[str, str], placeholder: str) -> list[str]:
    """A filter by labs or themes; `placeholder` says what none means."""
    key = f"{kind}_any"
    links.many(key, list(names))
    return st.multiselect(
        say(f"filters.{kind}s"),
        list(names),
        format_func=lambda id_: names.get(id_, id_),
        key=key,
        placeholder=placeholder,
        wrap=False,
    )


def period(say: Texts, first: date, last: date) -> tuple[date, date]:
    """The span of days, inclusive."""
    links.days("period", first, last)
    st.date_input(
        say("filters.period"),
        min_value=first,
        max_value=last,
        key="period",
        format="YYYY-MM-DD",
    )
    return links.whole_span(st.session_state["period"], first, last)


def choice(say: Texts, key: str, options: Sequence[str], default: str, section: str) -> str:
    """One of a few options whose names stand in a section of the texts."""
    links.one(key, options, default)
    return st.selectbox(
        say("filters.measure" if section == "measure" else f"filters.{section}"),
        options,
        format_func=lambda code: say(f"{section}.{code}"),
        key=key,
        placeholder=say("widgets.choose"),
    )


def grain(say: Texts, days_loaded: int) -> str:
    """Length of a period; a short stretch of data is best seen by day."""
    return choice(say, "grain", GRAINS, usual_grain(days_loaded), "grain")


def measure(
    say: Texts,
    key: str = "measure",
    default: str = "share",
    options: Sequence[str] = MEASURES,
) -> str:
    """What is drawn: a share or a count."""
    return choice(say, key, options, default, "measure")


def more(
    say: Texts, extra: Callable[[Texts], None] | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Channels and languages, in a popover whose label says how many are set; `extra` draws more in it."""
    channels, languages = available_channels(), available_languages()
    links.many("channels", channels)
    links.many("languages", languages)
    count = len(st.session_state["channels"]) + len(st.session_state["languages"])
    label = say("filters.more_set", n=count) if count else say("filters.more")
    with st.popover(label, icon=":material/tune:", width="stretch"):
        _codes(say, "channels", channels, "channel")
        _codes(say, "languages", languages, "language")
        if extra:
            extra(say)
    return tuple(st.session_state["channels"]), tuple(st.session_state["languages"])


def band(say: Texts) -> None:
    """Whether intervals are drawn: by themselves with few lines, always, never."""
    st.segmented_control(
        say("filters.band"),
        BANDS,
        format_func=lambda code: say(f"band.{code}"),
        key="band",
        required=True,
        help=say("filters.band_help"),
    )


def smooth(say: Texts, grain: str) -> None:
    """How many periods the line is a moving average of; "auto" is `usual_smooth`."""
    words = {AUTO: say("look.smooth_auto"), "1": say("smooth.none")}
    st.segmented_control(
        say("filters.smooth"),
        [AUTO, *map(str, WINDOWS[grain])],
        format_func=lambda n: words.get(n) or say(f"smooth.{grain}", n=n),
        key="smooth",
        required=True,
        help=say("filters.smooth_help"),
    )


def prepare_smooth(grain: str) -> None:
    """Call before `smooth`: its choices depend on the grain."""
    links.one("smooth", [AUTO, *map(str, WINDOWS[grain])], AUTO)


def smooth_over() -> int | None:
    """What `smooth` means: so many periods, 1 for none, or None: as `usual_smooth` says."""
    chosen = st.session_state["smooth"]
    return None if chosen == AUTO else int(chosen)


def has_band() -> bool | None:
    """What `band` means: always, never, or None: with few lines."""
    chosen = st.session_state["band"]
    return None if chosen == AUTO else bool(chosen == BANDS[1])


def _codes(say: Texts, key: str, options: list[str], section: str) -> None:
    st.pills(
        say(f"filters.{key}"),
        options,
        selection_mode="multi",
        format_func=lambda code: say.code(section, code),
        key=key,
        help=say(f"filters.all_{key}"),
    )


def available_channels() -> list[str]:
    """Channels that have counted items, largest first; the one that is not in "all" last."""
    return scene.available_channels(data.ask)


def available_languages() -> list[str]:
    """Languages of the loaded digests."""
    return sorted(data.ask(answers.coverage).frame["language"].unique())


def loaded_days() -> tuple[date, date] | None:
    """First and last day loaded; None if there is no item."""
    return scene.loaded_days(data.ask)
