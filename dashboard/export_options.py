"""The options of `trends export`: names, types, help.

In: nothing. Out: annotations that typer reads. Trap: they have the names of the dashboard's address, so that
a copied address and a command say the same thing in the same words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Ids = list[str] | None
Text = str | None
Out = Annotated[
    Path | None, typer.Option("--out", metavar="F", help="The file; its ending says the format.")
]
Labs = Annotated[Ids, typer.Option("--labs", metavar="ID,…", help="Labs; repeatable.")]
Themes = Annotated[Ids, typer.Option("--themes", metavar="ID,…", help="Themes; repeatable.")]
Topics = Annotated[Ids, typer.Option("--topics", metavar="ID,…", help="Topics; repeatable.")]
Grain = Annotated[Text, typer.Option("--grain", help="day, week, month, quarter.")]
Measure = Annotated[
    Text, typer.Option("--measure", help="share, share_adjusted, mentions, stories.")
]
Channels = Annotated[Ids, typer.Option("--channels", metavar="C,…", help="Only these channels.")]
Languages = Annotated[Ids, typer.Option("--languages", metavar="en,zh", help="Only these.")]
From = Annotated[Text, typer.Option("--from", metavar="2026-01-01", help="First day, or 2026-01.")]
To = Annotated[Text, typer.Option("--to", metavar="2026-03-31", help="Last day, or 2026-03.")]
Period = Annotated[
    Text, typer.Option("--period", metavar="2026-04", help="What to compare: 2026-Q1, 2026-W10…")
]
Against = Annotated[Text, typer.Option("--against", metavar="2026-03", help="With what.")]
Kind = Annotated[Text, typer.Option("--kind", help="lab or theme, for a comparison.")]
Family = Annotated[
    Text, typer.Option("--family", help="Compare all (and correct for as many), or chosen.")
]
Band = Annotated[Text, typer.Option("--band", help="95% intervals: auto, on, off.")]
Smooth = Annotated[
    int | None, typer.Option("--smooth", min=1, help="Moving average over so many periods.")
]
Words = Annotated[Text, typer.Option("--text", help="Words that the stories must have.")]
Rank = Annotated[
    Text, typer.Option("--rank", help="What ranks the stories: reach, originals, items.")
]
Lang = Annotated[Text, typer.Option("--lang", help="Language of the words: en, zh.")]
Link = Annotated[
    Text, typer.Option("--link", metavar="URL", help="Take the choices from a copied address.")
]
Width = Annotated[int | None, typer.Option("--width", help="Pixels of an image.")]
Height = Annotated[int | None, typer.Option("--height", help="Pixels of an image.")]
Scale = Annotated[float | None, typer.Option("--scale", help="Sharpness of a PNG, 1 to 5.")]
