"""The frames as the one FeatureCollection of the page.

Each feature's `l` says which layer it belongs to; what many features repeat (articles, actors, reasons, statements) stands once
in the collection's foreign members and is referred to by its number. Keys are short because they are written 50,000 times:

incident: `i` id, `k` kind, `d` [first, last] day, `dp` date precision, `p` place_id, `pp` ids of all places, `g` geo_precision,
`u` uncertainty in km, `s` shape, `st` stance, `w` statements, `ac` actors, `kl`/`in` killed and injured [low, best, high],
`to` tolls, `we` weapons, `e` evidence, `m` marks [[start, end, what]] in code points of the evidence, `a` article, `r` related,
`c` confidence, `re` reasons, `ru` rule, `ev` ACLED event types, `n` 1 when it is new since the last run.
"""

import json
import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import mapping

from gazetteer.fold import fold
from maps.safe import web_address

Record = dict[str, Any]
_DIGITS = 5


def records(frame: gpd.GeoDataFrame | pd.DataFrame | None) -> Iterator[Record]:
    """Give the rows of a frame as dictionaries with None for every missing value."""
    if frame is None or frame.empty:
        return
    names = list(frame.columns)
    columns = []
    for name in names:
        column = frame[name].astype(object)
        columns.append(column.where(frame[name].notna(), None).tolist())
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def parsed(value: Any) -> list[Any]:
    """Read a JSON column: a text, a list already, or nothing."""
    if value is None or value == "":
        return []
    found = json.loads(value) if isinstance(value, str) else value
    return list(found) if isinstance(found, list | tuple) else [found]


def day(value: Any) -> str | None:
    """Give a date as ISO text.

    Examples
    --------
    >>> day(date(2022, 11, 5))
    '2022-11-05'
    """
    if value is None:
        return None
    return value.isoformat()[:10] if isinstance(value, date) else str(value)[:10] or None


def _whole(value: Any) -> int | None:
    """Give a count as an integer, None where it is missing."""
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else int(value)


class Shared:
    """Lists of things that many features repeat: each distinct one stands once and has a number."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Any]] = {}
        self._seen: dict[tuple[str, str], int] = {}

    def number(self, name: str, value: Any) -> int:
        """Give the number of a value in the named list; it is added when it is new."""
        key = (name, value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False))
        if key not in self._seen:
            values = self.lists.setdefault(name, [])
            self._seen[key] = len(values)
            values.append(value)
        return self._seen[key]

    def numbers(self, name: str, values: list[Any]) -> list[int]:
        """Give the numbers of several values."""
        return [self.number(name, value) for value in values]


def rounded(geometry: Any, *, digits: int = _DIGITS) -> Record | None:
    """Give a GeoJSON geometry with no more digits than a map shows; None for a missing or empty one."""
    if geometry is None or geometry.is_empty:
        return None
    if geometry.geom_type == "Point":
        return {"type": "Point", "coordinates": [round(geometry.x, digits), round(geometry.y, digits)]}

    def shorter(part: Any) -> Any:
        return round(part, digits) if isinstance(part, float | int) else [shorter(inner) for inner in part]

    found = mapping(geometry)
    if "geometries" in found:
        return {"type": found["type"], "geometries": [rounded(part, digits=digits) for part in geometry.geoms]}
    return {"type": found["type"], "coordinates": shorter(found["coordinates"])}


def feature(layer: str, geometry: Record | None, properties: Record) -> Record:
    """Make a feature; empty properties are left out."""
    kept = {key: value for key, value in properties.items() if value is not None and value not in ("", [], [None] * 3)}
    return {"type": "Feature", "geometry": geometry, "properties": {"l": layer, **kept}}


def _article(row: Record, shared: Shared) -> int:
    """Give the number of the row's article."""
    return shared.number(
        "articles",
        {
            "id": row.get("article_id") or "",
            "title": row.get("title") or "",
            "publisher": row.get("publisher") or "",
            "published": day(row.get("published")) or "",
            "url": web_address(row.get("url")),
        },
    )


def _marks(row: Record) -> list[list[Any]]:
    """Give the trigger's and the place's offsets within the evidence; what lies outside it is left out."""
    base, evidence = row.get("evidence_start"), row.get("evidence") or ""
    marks: list[list[Any]] = []
    for what in ("trigger", "place"):
        start, end = row.get(f"{what}_start"), row.get(f"{what}_end")
        if base is None or start is None or end is None:
            continue
        first, last = int(start - base), int(end - base)
        if 0 <= first < last <= len(evidence):
            marks.append([first, last, what])
    return marks


def _statements(row: Record, shared: Shared) -> list[int]:
    """Give the numbers of the row's statements; one whose words are the evidence itself carries no text."""
    evidence = row.get("evidence") or ""
    found = []
    for statement in parsed(row.get("statements")):
        text = statement.get("text") or ""
        kept = {"source": statement.get("source") or "", "stance": statement.get("stance") or "reported"}
        if text and text not in evidence:
            kept["text"] = text
        found.append(kept)
    return shared.numbers("statements", found)


def _range(row: Record, what: str) -> list[int | None]:
    """Give [low, best, high]."""
    return [_whole(row.get(f"{what}_{end}")) for end in ("low", "best", "high")]


def incident_feature(row: Record, shared: Shared, *, new: frozenset[str] = frozenset()) -> Record:
    """Turn a row of the incidents frame into a feature of the page."""
    place_id = row.get("place_id") or ""
    others = []
    for place in parsed(row.get("places")):
        known = place.get("place_id") or ""
        others.append(known)
        shared.number("loose", {"id": known, "name": place.get("name") or ""})
    if row.get("place_name"):
        shared.number("loose", {"id": place_id, "name": row["place_name"]})
    uncertainty = row.get("uncertainty_km")
    return feature(
        "incident",
        rounded(row.get("geometry")),
        {
            "i": row.get("incident_id"),
            "k": row.get("kind") or "other",
            "d": [day(row.get("date_start")), day(row.get("date_end")) or day(row.get("date_start"))]
            if row.get("date_start")
            else None,
            "dp": row.get("date_precision") or "unknown",
            "p": place_id,
            "pp": [] if others == [place_id] else others,
            "g": _whole(row.get("geo_precision")),
            "u": None if uncertainty is None else round(float(uncertainty), 2),
            "s": row.get("shape"),
            "st": row.get("stance") or "reported",
            "w": _statements(row, shared),
            "ac": shared.numbers("actors", parsed(row.get("actors"))),
            "kl": _range(row, "killed"),
            "in": _range(row, "injured"),
            "to": shared.numbers("tolls", parsed(row.get("tolls"))),
            "we": shared.numbers("weapons", parsed(row.get("weapons"))),
            "e": row.get("evidence"),
            "m": _marks(row),
            "a": _article(row, shared),
            "r": parsed(row.get("related")),
            "c": None if row.get("confidence") is None else round(float(row["confidence"]), 2),
            "re": shared.numbers("reasons", parsed(row.get("reasons"))),
            "ru": None if not row.get("rule") else shared.number("rules", row["rule"]),
            "ev": shared.number("codes", [row.get("event_type") or "", row.get("sub_event_type") or ""]),
            "n": 1 if row.get("incident_id") in new else None,
        },
    )


def shape_feature(row: Record) -> Record | None:
    """Turn a row of the uncertainty frame into a feature; a disc is drawn from its incident's point and radius instead."""
    geometry = row.get("geometry")
    if row.get("shape") == "disc" or geometry is None or geometry.is_empty:
        return None
    tolerance = min(0.01, max(0.0002, float(row.get("uncertainty_km") or 1) / 20000))
    return feature(
        "shape", rounded(geometry.simplify(tolerance), digits=4), {"i": row.get("incident_id"), "s": row.get("shape")}
    )


def set_aside_feature(row: Record, shared: Shared) -> Record:
    """Turn a row of what was set aside into a feature."""
    if row.get("place_name"):
        shared.number("loose", {"id": row.get("place_id") or "", "name": row["place_name"]})
    first = day(row.get("date_start"))
    return feature(
        "set_aside",
        rounded(row.get("geometry")),
        {
            "i": row.get("set_aside_id"),
            "re": row.get("reality"),
            "k": row.get("kind"),
            "why": row.get("why"),
            "e": row.get("evidence"),
            "p": row.get("place_id"),
            "g": _whole(row.get("geo_precision")),
            "u": row.get("uncertainty_km"),
            "d": [first, day(row.get("date_end")) or first] if first else None,
            "a": _article(row, shared),
        },
    )


def road_feature(row: Record, shared: Shared) -> Record:
    """Turn a row of the roads frame, one dated status of one road, into a feature."""
    article = _article(row, shared) if row.get("article_id") else None
    return feature(
        "road",
        rounded(row.get("geometry"), digits=4),
        {
            "i": row.get("road_id"),
            "name": row.get("name"),
            "status": row.get("status"),
            "since": day(row.get("since")),
            "until": day(row.get("until")),
            "by": row.get("by"),
            "source": row.get("source"),
            "st": row.get("stance"),
            "origin": row.get("origin"),
            "e": row.get("evidence"),
            "a": article,
            "schematic": 1 if row.get("schematic") else None,
        },
    )


def _in_latin(usual: str, names: list[list[Any]]) -> list[list[Any]]:
    """Give the usual name to the sides that write the same name in their own letters only."""
    found = []
    english = {fold(usual), *(fold(name[0]) for name in names if name[1] == "intl" and name[2] == "Latn")}
    for side in dict.fromkeys(name[1] for name in names if name[1] not in {"", "intl"}):
        theirs = [name for name in names if name[1] == side]
        same = any(fold(name[0]) in english for name in theirs)
        if same and not any(name[2] == "Latn" for name in theirs):
            found.append([usual, side, "Latn", "derived", ""])
    return found


def place_feature(row: Record) -> Record:
    """Turn a row of the places frame into a feature with its names as [text, side, script, kind, language]."""
    names = [
        [
            name.get("text"),
            name.get("side") or "",
            name.get("script") or "",
            name.get("kind") or "",
            name.get("language") or "",
        ]
        for name in parsed(row.get("names"))
    ]
    names += _in_latin(row.get("name") or "", names)
    known = {name[0] for name in names}
    names += [[text, "", "", "attested", ""] for text in parsed(row.get("attested")) if text not in known]
    return feature(
        "place",
        rounded(row.get("geometry")),
        {
            "i": row.get("place_id"),
            "name": row.get("name"),
            "class": row.get("feature_class"),
            "country": row.get("country"),
            "names": names,
            "holders": [
                [holder.get("holder"), holder.get("since") or "", holder.get("until") or "", holder.get("source") or ""]
                for holder in parsed(row.get("holders"))
            ],
            "radius": row.get("radius_km"),
            "mentions": _whole(row.get("mentions")),
        },
    )


def feature_collection(layers: Mapping[str, gpd.GeoDataFrame], *, new: frozenset[str] = frozenset()) -> Record:
    """Put all layers into one FeatureCollection.

    Parameters
    ----------
    layers : mapping of str to GeoDataFrame
        Keys and columns of `incidents.schema.LAYERS`, WGS84; a missing layer is an empty one.
    new : frozenset of str
        Ids of the incidents that the previous run did not have.

    Returns
    -------
    dict
        A GeoJSON FeatureCollection; foreign members `articles`, `actors`, `statements`, `tolls`, `weapons`, `reasons`,
        `rules`, `codes` and `loose` (names of places that the places layer lacks).

    Examples
    --------
    >>> feature_collection({})
    {'type': 'FeatureCollection', 'features': []}
    """
    shared = Shared()
    features = [place_feature(row) for row in records(layers.get("places"))]
    features += [incident_feature(row, shared, new=new) for row in records(layers.get("incidents"))]
    features += [made for row in records(layers.get("uncertainty")) if (made := shape_feature(row))]
    features += [set_aside_feature(row, shared) for row in records(layers.get("set_aside"))]
    features += [road_feature(row, shared) for row in records(layers.get("roads"))]
    return {"type": "FeatureCollection", **shared.lists, "features": features}
