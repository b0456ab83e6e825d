"""A chart as a picture for paper and slides: PNG, SVG, PDF, with the words that explain it below.

In: a figure, the sentences below it. Out: bytes. Traps: the screen's figures leave background and ink to the
page, so both are set here; kaleido would fetch MathJax from the net unless it is told not to, and starts a
browser that may not be there; SVG carries a random id and PDF the hour, which would make two pictures of one
snapshot differ.
"""

from __future__ import annotations

import asyncio
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape, unescape

import plotly.graph_objects as go

from dashboard.charts import style

FORMATS = ("png", "svg", "pdf")
PAPER, INK, MUTED = "#FFFFFF", "#1B2733", "#5B6875"
WIDTH, SCALE = style.IMAGE_WIDTH, 2.0
LEAST, MOST, SHARPEST = 300, 4000, 5.0  # pixels, pixels, pixels a pixel
SECONDS = 90.0  # for the browser, from start to end
_SIZE, _LINE, _AIR = 12, 17, 14  # of the words below: type, line, distance, in pixels
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_UID = re.compile(r'<defs id="defs-([0-9a-f]+)"')


class ImageProblem(Exception):
    """No picture can be made on this machine; the message says what to do."""


@dataclass(frozen=True)
class Size:
    """Pixels; `height` None: that of the screen. `scale` makes a PNG sharper, not larger on paper."""

    width: int = WIDTH
    height: int | None = None
    scale: float = SCALE


def checked_size(size: Size) -> Size:
    """The size, if a browser can draw it; raises ImageProblem."""
    for name, value in (("width", size.width), ("height", size.height)):
        if value is not None and not LEAST <= value <= MOST:
            raise ImageProblem(f"--{name} is from {LEAST} to {MOST} pixels, not {value}")
    if not 1 <= size.scale <= SHARPEST:
        raise ImageProblem(f"--scale is from 1 to {SHARPEST:g}, not {size.scale:g}")
    return size


def for_paper(figure: go.Figure, words: Sequence[str] = (), size: Size | None = None) -> go.Figure:
    """The figure on white in dark ink, with `words` below it; the given one stays as it is."""
    size = size or Size()
    paper = go.Figure(figure)
    lines = [line for text in words for line in wrapped(text, size.width - 16)]
    below = _AIR + _LINE * len(lines) if lines else 0
    for number, trace in enumerate(paper.data):
        trace.uid = f"{number:06d}"  # else a random one, which an SVG would show
    margin = paper.layout.margin.b or 0
    paper.update_layout(
        width=size.width,
        height=size.height or (paper.layout.height or 450) + below,
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"color": INK},
        margin={"b": margin + below},
    )
    title = paper.layout.title
    title.font.update(color=INK, size=_fitting(title, size.width))
    title.subtitle.font.update(color=MUTED, size=_fitting(title.subtitle, size.width))
    paper.update_xaxes(automargin=False)  # the words stand at a fixed distance from the axis
    if paper.layout.legend.yref == "container":  # at the lower edge, where the words will be
        part = below / paper.layout.height
        paper.update_layout(legend={"y": paper.layout.legend.y * (1 - part) + part})
    if lines:
        paper.add_annotation(
            text="<br>".join(escape(line, quote=False) for line in lines),
            x=0,
            xref="paper",
            y=0,
            yref="paper",
            xshift=6 - (paper.layout.margin.l or 0),
            yshift=6 - (margin + below),
            xanchor="left",
            yanchor="bottom",
            align="left",
            showarrow=False,
            font={"size": _SIZE, "color": MUTED},
        )
    return paper


def _fitting(line: go.layout.Title | go.layout.title.Subtitle, width: int) -> int | None:
    """The size at which a title fits; the screen's is made for an image of the usual width."""
    if not line.text or not line.font.size:
        return None
    words = unescape(re.sub(r"</?b>", "", line.text))
    most = int((width - _AIR) / (style.text_width(words, 1) * 1.04))
    return max(style.SMALLEST, min(line.font.size, most))


@lru_cache(maxsize=300)  # pages ask at every run
def wrapped(text: str, width: float, size: int = _SIZE) -> tuple[str, ...]:
    """A text in lines of at most so many pixels; between Chinese characters a line may end anywhere."""
    lines, line = list[str](), ""
    for part in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+", text):
        if line and style.text_width(line + part.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


def image_bytes(figure: go.Figure, form: str, size: Size, day: date) -> bytes:
    """The figure as png, svg or pdf; `day` is what a PDF gives as its date. Raises ImageProblem."""
    data = _drawn(figure, form, size)
    if form == "svg":
        text = data.decode("utf-8")
        found = _UID.search(text)
        return (text.replace(found[1], "000000") if found else text).encode("utf-8")
    return _DATES.sub(rb"\g<1>%b000000" % f"{day:%Y%m%d}".encode(), data) if form == "pdf" else data


def _drawn(figure: go.Figure, form: str, size: Size) -> bytes:
    """What the browser draws."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on versions; nothing that a reader could act on
        try:
            import kaleido
            from kaleido import errors
        except ImportError as problem:
            raise ImageProblem(
                "pictures need kaleido: pip install 'ainews-trends[export]'"
            ) from problem
        options = {"format": form, "scale": size.scale}
        options |= {"width": figure.layout.width, "height": figure.layout.height}

        async def draw() -> bytes:
            drawing = kaleido.calc_fig(figure, opts=options, kopts={"mathjax": False})
            return await asyncio.wait_for(drawing, SECONDS)

        try:
            return asyncio.run(draw())
        except errors.ChromeNotFoundError as problem:
            raise ImageProblem(
                "pictures need Chrome or Chromium: install one, or name it in BROWSER_PATH; "
                "csv, xlsx, parquet and pptx need none"
            ) from problem
        except TimeoutError as problem:
            raise ImageProblem(f"the browser did not answer in {SECONDS:.0f} seconds") from problem
        except (
            errors.BrowserFailedError,
            errors.BrowserClosedError,
            errors.KaleidoError,
            errors.JavascriptError,
        ) as problem:
            reason = str(problem).splitlines()[0][:160] if str(problem) else "it closed"
            raise ImageProblem(f"the browser could not draw the chart: {reason}") from problem
