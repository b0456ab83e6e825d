"""Ranked bars, on screen and on a slide."""

import io

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard.charts import bars
from dashboard.charts.bars import Bar, BarsView
from dashboard.export import deck
from dashboard.texts import Texts


def view(*rows: Bar) -> BarsView:
    return BarsView("lab", rows, "share", "A title", "A subtitle", "A definition", Texts("en"))


ROWS = (
    Bar("openai", "OpenAI", 0.16, "16.0%", 0.14, 0.19),
    Bar("made<b>", "A <b>made</b> name", 0.08, "8.0%", 0.02, 0.9, is_sure=False),
)


def test_a_click_tells_the_id_of_its_bar() -> None:
    drawn = bars.figure(view(*ROWS)).data[0]
    assert [list(x) for x in drawn.customdata] == [["openai"], ["made<b>"]]
    assert list(drawn.x) == [0.16, 0.08]


def test_names_from_the_data_are_shown_as_they_are_written() -> None:
    fig = bars.figure(view(*ROWS))
    assert fig.layout.yaxis.ticktext[1].strip() == "A &lt;b&gt;made&lt;/b&gt; name"


def test_axis_begins_at_nought_and_a_huge_interval_does_not_dwarf_the_bars() -> None:
    low, high = bars.figure(view(*ROWS)).layout.xaxis.range
    assert low == 0
    assert 0.16 < high < 0.5


def test_no_bar_gives_an_empty_chart() -> None:
    assert len(bars.figure(view()).data[0].x) == 0


def test_slide_has_the_values_and_their_intervals() -> None:
    slide = Presentation(io.BytesIO(deck.slide_of(view(*ROWS), "SELECT 1", "made"))).slides[0]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert list(chart.plots[0].categories) == ["OpenAI", "A <b>made</b> name"]
    assert list(chart.plots[0].series[0].values) == pytest.approx([0.16, 0.08])
    bar = chart.plots[0].series[0]._element.find(qn("c:errBars"))
    lengths = [float(v.text) for v in bar.iter(qn("c:v"))]
    assert lengths == pytest.approx([0.03, 0.82, 0.02, 0.06])


def test_slide_shows_intervals_whole_and_says_what_they_are() -> None:
    page = Presentation(io.BytesIO(deck.slide_of(view(*ROWS), "SELECT 1", "made"))).slides[0]
    frame = next(shape for shape in page.shapes if shape.has_chart)
    assert frame.chart.value_axis.maximum_scale > 0.9
    key = next(s for s in page.shapes if s.has_text_frame and "95% interval" in s.text_frame.text)
    assert key.top >= frame.top + frame.height


def test_slide_without_intervals_has_no_key_to_them() -> None:
    bar = Bar("openai", "OpenAI", 0.16, "16.0%")
    page = Presentation(io.BytesIO(deck.slide_of(view(bar), "SELECT 1", "made"))).slides[0]
    assert not any("interval" in s.text_frame.text for s in page.shapes if s.has_text_frame)
