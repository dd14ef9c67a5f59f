"""Whose names the switch offers, and which two sides stand together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd

from maps.rows import parsed, records

_NEUTRAL = "intl"
_LEAST_NAMES = 2


def side_rows(sides: Iterable[Any]) -> list[dict[str, str]]:
    """Give each side as {side, label, short}; takes mappings or objects with `side`, `label`, `label_switch`.

    Examples
    --------
    >>> side_rows([{"side": "am", "label": "Armenian side", "label_switch": "Armenian"}])
    [{'side': 'am', 'label': 'Armenian side', 'short': 'Armenian'}]
    """
    rows = []
    for side in sides:
        read = (
            side.get
            if isinstance(side, Mapping)
            else lambda name, default="", owner=side: getattr(owner, name, default)
        )
        name = str(read("side", "") or read("side_id", "") or read("id", ""))
        label = str(read("label", "") or name)
        rows.append({"side": name, "label": label, "short": str(read("label_switch", "") or label)})
    return rows


def offered(layers: Mapping[str, gpd.GeoDataFrame], sides: list[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the sides that the switch offers: usual English, and those who name at least two of the mapped places.

    Parameters
    ----------
    layers : mapping of str to GeoDataFrame
        `places` is read.
    sides : list of dict
        As `side_rows` gives them.
    """
    named: Counter[str] = Counter()
    for place in records(layers.get("places")):
        named.update({name.get("side") or "" for name in parsed(place.get("names"))})
    return [row for row in sides if row["side"] == _NEUTRAL or named[row["side"]] >= _LEAST_NAMES]


def parties(layers: Mapping[str, gpd.GeoDataFrame], sides: list[dict[str, str]]) -> list[str]:
    """Give the two sides whose names stand together: those in whose countries most incidents lie, then those with most names.

    Parameters
    ----------
    layers : mapping of str to GeoDataFrame
        `incidents` and `places` are read.
    sides : list of dict
        As `side_rows` gives them.

    Returns
    -------
    list of str
        At most two side ids, in the order of `sides`.
    """
    known = [row["side"] for row in sides if row["side"] != _NEUTRAL]
    incidents = layers.get("incidents")
    here = Counter() if incidents is None else Counter(incidents["place_id"].dropna())
    votes: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for place in records(layers.get("places")):
        votes[(place.get("country") or "").lower()] += here[place.get("place_id")]
        named.update({name.get("side") for name in parsed(place.get("names"))})
    ranked = sorted(
        (side for side in known if named[side]), key=lambda side: (-votes[side], -named[side], known.index(side))
    )
    return sorted(ranked[:2], key=known.index)
