"""What the pages are given besides the layers: the base map around them, the articles, the sides of the names."""

import csv
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import geopandas as gpd

from geo.basemap import clip_for_map
from incidents.model import Reading
from maps.blur import blur_towns
from marchland.changes import Changes

# Room around what is drawn, in degrees, so that the neighbourhood can be recognised.
MARGIN_DEG = 1.5
MARGIN_SHARE = 0.25
SCREEN = 1.6
WORLD = (-180.0, -60.0, 180.0, 80.0)
BASE_KB = 600
LOCAL = (1, 2, 3, 5, 7)


def base_map(layers: Mapping[str, gpd.GeoDataFrame], *, blurred: bool = False) -> dict[str, Any]:
    """Cut the base map to what the layers show.

    Parameters
    ----------
    layers : mapping of str to geopandas.GeoDataFrame
        The frames of `incidents.frames.frames`, WGS84.
    blurred : bool
        Round the towns, for a map without exact points.

    Returns
    -------
    dict
        GeoJSON FeatureCollections by base layer name.
    """
    base = clip_for_map(_bounds(layers), max_kb=BASE_KB)
    return blur_towns(base) if blurred else base


def _bounds(layers: Mapping[str, gpd.GeoDataFrame]) -> tuple[float, float, float, float]:
    """Give west, south, east, north of the incidents and roads, or the world when there are none."""
    west, south, east, north = 180.0, 90.0, -180.0, -90.0
    for name in ("incidents", "uncertainty", "roads"):
        frame = layers[name]
        if "geo_precision" in frame and frame["geo_precision"].isin(LOCAL).any():
            # A country that an incident names as a whole would make the borders around all others coarse.
            frame = frame[frame["geo_precision"].isin(LOCAL)]
        shapes = frame.geometry[frame.geometry.notna() & ~frame.geometry.is_empty]
        if shapes.empty:
            continue
        w, s, e, n = (float(value) for value in shapes.total_bounds)
        west, south, east, north = min(west, w), min(south, s), max(east, e), max(north, n)
    if west > east:
        return WORLD
    # A screen is wider than high: the window is as wide as what a page of that height shows.
    up = max(MARGIN_DEG, (north - south) * MARGIN_SHARE)
    aside = max(MARGIN_DEG, (east - west) * MARGIN_SHARE, (SCREEN * (north - south + 2 * up) - (east - west)) / 2)
    return max(-180.0, west - aside), max(-90.0, south - up), min(180.0, east + aside), min(90.0, north + up)


def article_rows(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Describe each article for the index: title, source, date, counts, its page; the latest one is marked.

    Parameters
    ----------
    readings : sequence of Reading
        One per article.

    Returns
    -------
    list of dict
        article_id, title, publisher, published (ISO or ""), published_by, url, page, incidents, set_aside, roads,
        places, latest.
    """
    days = [reading.article.published for reading in readings]
    known = [day for day in days if day]
    last = max((i for i, day in enumerate(days) if known and day == max(known)), default=None)
    return [_row(reading, latest=i == last) for i, reading in enumerate(readings)]


def _row(reading: Reading, *, latest: bool) -> dict[str, Any]:
    """Describe one article."""
    article = reading.article
    return {
        "article_id": article.article_id,
        "title": article.title or article.path or article.article_id,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else "",
        "published_by": article.published_by,
        "url": article.url,
        "page": f"articles/{article.article_id}.html",
        "incidents": len(reading.incidents),
        "set_aside": len(reading.set_aside),
        "roads": len(reading.roads),
        "places": len({toponym.place.place_id for toponym in reading.toponyms if toponym.place}),
        "latest": latest,
    }


def sides() -> list[dict[str, str]]:
    """Read the sides that names may belong to, in the order of their switch.

    Returns
    -------
    list of dict
        Rows of `gazetteer/data/sides.csv`: side, label, label_switch.
    """
    text = (files("gazetteer") / "data" / "sides.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def map_changes(changes: Changes) -> dict[str, list[str]]:
    """Give the changes in the pages' words: added, removed, changed."""
    return {"added": list(changes.new), "removed": list(changes.gone), "changed": list(changes.changed)}
