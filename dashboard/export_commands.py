"""The commands `trends export chart` and `trends export deck`: what the dashboard exports, without it.

In: a name or a copied address, choices, a file name. Out: the file, and its name on stdout; one sentence on
stderr and exit code 2 when it cannot be made. Traps: heavy imports stand inside the commands, so that
`trends --help` is quick; a file appears whole or not at all, since another program may be waiting for it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard import export_options as opt
from warehouse.commands import WarehouseOption, plain_errors
from warehouse.settings import warehouse_dir

if TYPE_CHECKING:
    from dashboard.export.choices import Address
    from dashboard.export.image import Size
    from dashboard.scenes import Ask
    from dashboard.texts import Texts

CHART_FORMATS = ("png", "svg", "pdf", "csv", "xlsx", "parquet", "pptx")
DECK_FORMATS = ("pptx",)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    export = typer.Typer(no_args_is_help=True, help="Write charts and slides without a browser.")
    export.command("chart")(chart)
    export.command("deck")(deck)
    app.add_typer(export, name="export")


def chart(
    name: Annotated[str | None, typer.Argument(help="A name of --list; --link can say it.")] = None,
    out: opt.Out = None,
    link: opt.Link = None,
    labs: opt.Labs = None,
    themes: opt.Themes = None,
    topics: opt.Topics = None,
    grain: opt.Grain = None,
    measure: opt.Measure = None,
    channels: opt.Channels = None,
    languages: opt.Languages = None,
    from_: opt.From = None,
    to: opt.To = None,
    kind: opt.Kind = None,
    period: opt.Period = None,
    against: opt.Against = None,
    family: opt.Family = None,
    band: opt.Band = None,
    smooth: opt.Smooth = None,
    text: opt.Words = None,
    rank: opt.Rank = None,
    lang: opt.Lang = None,
    width: opt.Width = None,
    height: opt.Height = None,
    scale: opt.Scale = None,
    list_: Annotated[bool, typer.Option("--list", help="List the charts and stop.")] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Write a chart of the dashboard as png, svg, pdf, csv, xlsx, parquet or pptx."""
    if list_:
        return _list_charts()
    one = {"grain": grain, "measure": measure, "kind": kind, "period": period}
    one |= {"against": against, "family": family, "band": band, "smooth": smooth}
    one |= {"text": text, "rank": rank}
    many = {"labs": labs, "themes": themes, "topics": topics}
    many |= {"channels": channels, "languages": languages}
    with _sentences():
        form = _format(out, CHART_FORMATS)
        size = _size(form, width, height, scale)
        asked = _asked(link, one, many, (from_, to), lang)
        _save(out, _chart_bytes(_ask(warehouse), name, asked, form, size, link is not None))


def deck(
    out: opt.Out = None,
    link: opt.Link = None,
    labs: opt.Labs = None,
    themes: opt.Themes = None,
    grain: opt.Grain = None,
    from_: opt.From = None,
    to: opt.To = None,
    lang: opt.Lang = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Write a deck with editable charts: findings, trends, what rose, who with what, the method."""
    with _sentences():
        _format(out, DECK_FORMATS)
        asked = _asked(link, {"grain": grain}, {"labs": labs, "themes": themes}, (from_, to), lang)
        ask = _ask(warehouse)
        from dashboard.export import report

        known = asked.choices.only(report.OPTIONS)
        _note_unused([*asked.unknown, *(set(asked.choices.given()) - set(known.given()))])
        _tell("drawing the slides")
        _save(out, report.deck_bytes(ask, _say(asked), known))


def _list_charts() -> None:
    from dashboard.export.charts import CHARTS

    width = max(map(len, CHARTS))
    for name, listed in CHARTS.items():
        typer.echo(f"{name:<{width}}  {listed.shows}")


@contextmanager
def _sentences() -> Iterator[None]:
    """Everything that can go wrong in use becomes one sentence and exit code 2."""
    from dashboard.export.choices import ChoiceProblem
    from dashboard.export.image import ImageProblem

    try:
        with plain_errors():
            yield
    except (ChoiceProblem, ImageProblem) as problem:
        _refuse(str(problem), problem)
    except OSError as problem:
        _refuse(f"{problem.filename or 'the file'}: {problem.strerror or problem}", problem)


def _refuse(message: str, cause: Exception) -> None:
    typer.echo(f"trends: {message}.", err=True)
    raise typer.Exit(2) from cause


def _format(out: Path | None, formats: Sequence[str]) -> str:
    """What the ending of the file asks for."""
    from dashboard.export.choices import ChoiceProblem

    listed = ", ".join(f".{form}" for form in formats)
    if out is None:
        raise ChoiceProblem(f"name the file with --out, ending in {listed}")
    form = out.suffix.lower().removeprefix(".")
    if form not in formats:
        raise ChoiceProblem(f"no format {out.suffix or out.name!r}; a file ends in {listed}")
    if not out.parent.is_dir():
        raise ChoiceProblem(f"there is no folder {out.parent}")
    if out.is_dir():
        raise ChoiceProblem(f"{out} is a folder")
    return form


def _size(form: str, width: int | None, height: int | None, scale: float | None) -> Size:
    """The size of an image; refused where there is none."""
    from dashboard.export.choices import ChoiceProblem
    from dashboard.export.image import FORMATS, SCALE, WIDTH, Size, checked_size

    if form not in FORMATS and (width or height or scale) is not None:
        raise ChoiceProblem(f"a {form} has no --width, --height, --scale")
    return checked_size(Size(width or WIDTH, height, scale or SCALE))


def _asked(
    link: str | None,
    one: Mapping[str, Any],
    many: Mapping[str, list[str] | None],
    days: tuple[str | None, str | None],
    lang: str | None,
) -> Address:
    """The address with the options over it; without a link, the options alone."""
    from dashboard.export.choices import Address, Choices, days_of, from_link, one_of
    from dashboard.texts import LANGUAGES

    base = from_link(link) if link else Address("", None, Choices(), ())
    found = {key: value for key, value in one.items() if value is not None}
    for key, values in many.items():
        ids = tuple(i.strip() for value in values or () for i in value.split(",") if i.strip())
        found |= {key: tuple(dict.fromkeys(ids))} if ids else {}
    if days[0]:
        found["start"] = days_of(days[0])[0]
    if days[1]:
        found["end"] = days_of(days[1])[1]
    choices = replace(base.choices, **found)
    spoken = one_of("lang", lang, LANGUAGES) or base.lang
    return replace(base, choices=choices, lang=spoken)


def _say(asked: Address) -> Texts:
    from dashboard.texts import LANGUAGES, Texts

    return Texts(asked.lang or LANGUAGES[0])


def _ask(warehouse: Path | None) -> Ask:
    from dashboard.scenes import on
    from warehouse.connect import open_snapshot

    return on(open_snapshot(warehouse_dir(warehouse)))


def _chart_bytes(
    ask: Ask, name: str | None, asked: Address, form: str, size: Size, by_link: bool
) -> bytes:
    from dashboard.export import charts, write
    from dashboard.export.choices import ChoiceProblem

    if name is None and not by_link:
        raise ChoiceProblem(f"name a chart: {', '.join(charts.CHARTS)}; or give --link")
    _note_unused(asked.unknown)
    chosen = name or charts.name_of(asked)
    choices = asked.choices
    if by_link:  # an address of another page may hold more than this chart knows
        known = choices.only(charts.chart_of(chosen).options)
        _note_unused(sorted(set(choices.given()) - set(known.given())))
        choices = known
    scene = charts.scene_of(ask, _say(asked), chosen, choices)
    _tell(f"drawing {chosen}")
    return write.scene_bytes(ask, scene, form, size)


def _save(out: Path | None, data: bytes) -> None:
    """Write the file and print its name, which is what a script goes on with."""
    from dashboard.export import write

    assert out is not None  # _format saw to it
    write.whole(out, data)
    typer.echo(str(out))


def _note_unused(keys: Sequence[str]) -> None:
    if keys:
        typer.echo(f"trends: not used of the address: {', '.join(sorted(keys))}", err=True)


def _tell(doing: str) -> None:
    """Progress, where somebody looks on."""
    if sys.stderr.isatty():
        typer.echo(f"{doing} …", err=True)
