"""The map of topics as a pure function: areas, room, names, colours, what a click carries."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import topic_map
from dashboard.charts.colours import look
from dashboard.charts.scope import Scope
from dashboard.charts.topic_map import TopicMapView, label_of, radii, shortened, spread_out
from dashboard.texts import Texts

SCOPE = Scope(date(2026, 1, 1), date(2026, 3, 11), 500)


def view(lang: str = "en", lit: frozenset[str] | None = None, count: int = 12) -> TopicMapView:
    ids = [f"t{n}" for n in range(count)]
    turns = np.linspace(0, 2 * np.pi, count, endpoint=False)
    frame = pd.DataFrame(
        {
            "topic_id": ids,
            "label": [f"Made {n}" for n in range(count)],
            "label_zh": [f"虚构{n}" for n in range(count)],
            "terms": [[f"word {n}", "other"] for n in range(count)],
            "theme_id": ["robotics" if n % 2 else None for n in range(count)],
            "item_count": [100 * (count - n) for n in range(count)],
            "movement": "unclear",
            "map_x": np.cos(turns),
            "map_y": np.sin(turns),
        }
    )
    frame.loc[count - 1, ["map_x", "map_y"]] = None
    themes = {"robotics": "Robots"}
    lit = frozenset(ids) if lit is None else lit
    return TopicMapView(frame, lit, themes, SCOPE, Texts(lang))


def test_a_click_carries_the_topic_and_one_without_a_place_is_not_drawn() -> None:
    circles = topic_map.figure(view()).data[0]
    assert [d[0] for d in circles.customdata] == [f"t{n}" for n in range(11)]


def test_colour_is_the_theme_and_the_hover_says_it() -> None:
    circles = topic_map.figure(view()).data[0]
    assert set(circles.marker.color[1::2]) == {look("theme", "robotics").colour}
    assert look("theme", "robotics").colour not in circles.marker.color[::2]
    assert "Robots" in circles.hovertext[1]
    assert "No theme" in circles.hovertext[0]
    assert "word 0" in circles.hovertext[0]


@pytest.mark.parametrize(("lang", "name"), [("en", "Made 0"), ("zh", "虚构0")])
def test_the_largest_topic_is_named_in_the_readers_language(lang: str, name: str) -> None:
    texts = [a.text for a in topic_map.figure(view(lang)).layout.annotations]
    assert any(name in text for text in texts)


def test_what_the_list_leaves_out_is_pale_and_has_no_name() -> None:
    fig = topic_map.figure(view(lit=frozenset({"t3"})))
    opacity = fig.data[0].marker.opacity
    assert opacity[3] > 3 * max(o for n, o in enumerate(opacity) if n != 3)
    assert [a.text.strip("</b>") for a in fig.layout.annotations] == ["Made 3"]


def test_area_is_in_proportion_to_items() -> None:
    sizes = radii([400, 100, 100, 100] * 40, 200_000.0)
    assert sizes[0] / sizes[1] == pytest.approx(2)


@given(
    st.lists(st.tuples(st.floats(-150, 150), st.floats(-150, 150)), min_size=1, max_size=25),
    st.integers(4, 12),
)
def test_circles_are_pushed_apart_where_there_is_room(
    places: list[tuple[float, float]], radius: int
) -> None:
    sizes = np.full(len(places), float(radius))
    found = spread_out(np.array(places), sizes)
    gaps = np.linalg.norm(found[:, None] - found[None, :], axis=2)
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() > 2 * radius - 1.0
    assert np.array_equal(found, spread_out(np.array(places), sizes))


def test_a_map_of_no_topic_is_empty() -> None:
    empty = view()
    empty = TopicMapView(empty.frame.iloc[:0], frozenset(), {}, SCOPE, Texts("en"))
    assert len(topic_map.figure(empty).data[0].x) == 0


def test_a_long_name_is_cut_and_a_missing_chinese_one_falls_back() -> None:
    assert shortened("a" * 40, 10) == "a" * 9 + "…"
    assert label_of({"label": "Name", "label_zh": None}, Texts("zh")) == "Name"
