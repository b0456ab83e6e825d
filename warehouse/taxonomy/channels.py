"""The reference weights of the channels, as the marts need them.

In: `channel_weights.yml`. Out: one `ChannelWeight` a channel. Trap: a channel that is missing there would
silently drop out of every share, so all channels of `fields.yml` must be named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from warehouse.schema import SchemaError, fields


@dataclass(frozen=True)
class ChannelWeight:
    """`weight`: ratio 0-1 of the reference year's items, None: never in an adjusted share;
    `digest_correlation`: how alike the items of one digest are (intra-class correlation)."""

    channel: str
    weight: float | None
    digest_correlation: float


@cache
def channel_weights() -> tuple[ChannelWeight, ...]:
    """All channels, sorted by name; raises SchemaError if one is missing or unknown."""
    text = (files("warehouse") / "taxonomy" / "channel_weights.yml").read_text("utf-8")
    given = yaml.safe_load(text)["channels"]
    if set(given) != set(fields()["channel"].values):
        wrong = sorted(set(given) ^ set(fields()["channel"].values))
        raise SchemaError(f"channel_weights.yml and fields.yml differ in the channels {wrong}")
    return tuple(
        ChannelWeight(name, entry["weight"], float(entry["digest_correlation"]))
        for name, entry in sorted(given.items())
    )
