"""Looks of labs, themes and channels: told apart by every reader, on light and dark."""

import itertools
import math

import pytest

from dashboard.charts.colours import DASHES, SYMBOLS, listed, look
from tests.dashboard.light import linear, luminance

SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
}


def lab_space(code: str, sight: str) -> tuple[float, float, float]:
    seen = [
        max(0.0, min(1.0, sum(m * c for m, c in zip(r, linear(code), strict=True))))
        for r in SIGHT[sight]
    ]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(m * c for m, c in zip(r, seen, strict=True)) for r in to_xyz]
    f = [
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (xyz[0] / 0.95047, xyz[1], xyz[2] / 1.08883)
    ]
    return (116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))


@pytest.mark.parametrize("kind", ["lab", "theme"])
def test_looks_that_a_colour_blind_reader_could_confuse_differ_in_dash_or_marker(kind: str) -> None:
    confused = []
    for (one, a), (two, b) in itertools.combinations(listed(kind).items(), 2):
        far = min(math.dist(lab_space(a.colour, s), lab_space(b.colour, s)) for s in SIGHT)
        if far < 20 and (a.dash, a.symbol) == (b.dash, b.symbol):
            confused.append((one, two, far))
    assert confused == []


@pytest.mark.parametrize("kind", ["lab", "theme", "channel"])
@pytest.mark.parametrize("background", ["#FFFFFF", "#14181F"])
def test_colours_stand_out_on_light_and_dark(kind: str, background: str) -> None:
    weak = []
    for id_, drawn in listed(kind).items():
        low, high = sorted((luminance(drawn.colour), luminance(background)))
        if (high + 0.05) / (low + 0.05) < 3:
            weak.append(id_)
    assert weak == []


def test_an_unlisted_id_has_the_same_look_in_every_process() -> None:
    drawn = look("lab", "some-new-lab")
    assert (drawn.colour, drawn.dash, drawn.symbol) == ("#5F8A1E", "longdashdot", "square")
    assert drawn.dash in DASHES
    assert drawn.symbol in SYMBOLS


def test_every_listed_lab_and_theme_exists() -> None:
    from warehouse.taxonomy.rows import lab_rows, theme_rows

    assert set(listed("lab")) - {r["lab_id"] for r in lab_rows()} == set()
    assert set(listed("theme")) - {r["theme_id"] for r in theme_rows()} == set()
