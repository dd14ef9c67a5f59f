"""Readings as GeoDataFrames with the columns of `incidents.schema`: what maps, exports and workspaces build on."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from gazetteer.model import FeatureClass, Place
from gazetteer.roads import Road, roads
from geo.crs import WGS84, require_crs
from geo.errors import MarchlandError
from geo.points import distance_km
from geo.shapes import line_through
from incidents.codes import acled_precision, codes
from incidents.model import Article, Incident, Reading, RoadObservation, SetAside
from incidents.schema import LAYERS, Column
from incidents.shapes import uncertainty_shape

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

REGION_KM = 150.0
_CONTESTED = frozenset({"closed", "contested", "threatened", "proposed"})
_DTYPES = {"int": "Int64", "float": "Float64", "text": "object", "date": "object", "json": "object", "bool": "boolean"}
Row = dict[str, Any]


class SchemaError(MarchlandError):
    """A frame whose columns are not those of the schema."""


def frames(readings: Sequence[Reading]) -> "dict[str, GeoDataFrame]":
    """Turn readings into one frame per layer.

    Parameters
    ----------
    readings : sequence of Reading
        One per article, in any order: rows are ordered by article and offset.

    Returns
    -------
    dict of str to geopandas.GeoDataFrame
        Layers incidents, uncertainty, set_aside, roads and places, WGS84, with the columns of `incidents.schema.LAYERS`
        and `geometry`; empty layers have the same columns and types.

    Raises
    ------
    SchemaError
        When a frame does not fit the schema, which is a fault of this package.

    Examples
    --------
    >>> {name: len(frame) for name, frame in frames([]).items()}
    {'incidents': 0, 'uncertainty': 0, 'set_aside': 0, 'roads': 0, 'places': 0}
    """
    ordered = sorted(readings, key=lambda r: (str(r.article.published or ""), r.article.article_id))
    lines = {road.place_id: road for road in roads()}
    made = {
        "incidents": _frame("incidents", _incident_rows(ordered)),
        "uncertainty": _frame("uncertainty", _uncertainty_rows(ordered, lines)),
        "set_aside": _frame("set_aside", _aside_rows(ordered)),
        "roads": _frame("roads", _road_rows(ordered, lines)),
        "places": _frame("places", _place_rows(ordered)),
    }
    for name, frame in made.items():
        check_frame(frame, name)
    return made


def check_frame(frame: "GeoDataFrame", layer: str) -> None:
    """Check that a frame has a layer's columns, types and coordinate system.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        To check.
    layer : str
        "incidents", "uncertainty", "set_aside", "roads" or "places".

    Raises
    ------
    SchemaError
        Naming every missing, unknown or wrongly typed column.
    CoordinateError
        When it is not in WGS84.
    """
    columns = LAYERS.get(layer)
    if columns is None:
        raise SchemaError(f"there is no layer '{layer}'; use one of {', '.join(LAYERS)}")
    wanted, got = [c.name for c in columns], [c for c in frame.columns if c != "geometry"]
    faults = [f"{layer}: column '{name}' is missing" for name in wanted if name not in got]
    faults += [f"{layer}: column '{name}' is not in the schema" for name in got if name not in wanted]
    faults += [fault for c in columns if c.name in got for fault in _faults(frame, layer, c)]
    if faults:
        raise SchemaError("\n".join(faults))
    require_crs(frame)


def _faults(frame: "GeoDataFrame", layer: str, column: Column) -> Iterator[str]:
    """One line for the first value of a column that is of another type."""
    test: dict[str, Callable[[Any], bool]] = {
        "text": lambda v: isinstance(v, str),
        "int": lambda v: isinstance(v, int) or hasattr(v, "__int__"),
        "float": lambda v: isinstance(v, float) or hasattr(v, "__float__"),
        "date": lambda v: isinstance(v, date),
        "bool": lambda v: v in (True, False),
        "json": lambda v: isinstance(v, str) and v[:1] in "[{",
    }
    for row, value in enumerate(frame[column.name]):
        if not _missing(value) and not test[column.dtype](value):
            yield f"{layer}: row {row}: {column.name} is {value!r}, not a {column.dtype}"
            return


def _missing(value: Any) -> bool:
    """None, NaN or pandas' NA."""
    import pandas as pd

    return bool(pd.isna(value))


def _frame(layer: str, rows: Iterable[Row]) -> "GeoDataFrame":
    """Give a typed frame of rows, also of none."""
    import geopandas as gpd
    import pandas as pd

    table = list(rows)
    data = {c.name: pd.Series([row[c.name] for row in table], dtype=_DTYPES[c.dtype]) for c in LAYERS[layer]}
    return gpd.GeoDataFrame(data, geometry=[row["geometry"] for row in table], crs=WGS84)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _article(article: Article) -> Row:
    """Give the columns that say where something was read."""
    return {
        "article_id": article.article_id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
    }


def _point(lon: float | None, lat: float | None) -> Any:
    from shapely import Point

    return None if lon is None or lat is None else Point(lon, lat)


def _incident_rows(readings: Sequence[Reading]) -> Iterator[Row]:
    for reading in readings:
        for incident in reading.incidents:
            yield {
                **_article(reading.article),
                **_what(incident),
                **_whereabouts(incident),
                **_said(incident, reading.article.text),
            }


def _what(incident: Incident) -> Row:
    """Kind, dates and people."""
    table, when = codes(incident.kind), incident.when
    counts = {
        f"{what}_{part}": getattr(count, part)
        for what, count in (("killed", incident.killed), ("injured", incident.injured))
        for part in ("low", "best", "high")
    }
    return {
        "incident_id": incident.incident_id,
        "kind": str(incident.kind),
        "event_type": table.event_type,
        "sub_event_type": table.sub_event_type,
        "date_start": when.start,
        "date_end": when.end,
        "date_precision": str(when.precision),
        **counts,
        "actors": _json(
            [
                {"actor_id": a.actor_id, "name": a.name, "actor_class": a.actor_class, "side": a.side, "part": a.part}
                for a in incident.actors
            ]
        ),
        "tolls": _json(
            [
                {
                    "what": t.what,
                    "group": t.group,
                    "low": t.count.low,
                    "best": t.count.best,
                    "high": t.count.high,
                    "source": t.source,
                }
                for t in incident.tolls
            ]
        ),
        "weapons": _json(list(incident.weapons)),
        "related": _json(list(incident.related)),
        "confidence": incident.confidence,
        "reasons": _json(list(incident.reasons)),
        "rule": incident.rule,
    }


def _whereabouts(incident: Incident) -> Row:
    """Place, precision and geometry."""
    location = incident.location
    first = location.places[0] if location.places else None
    return {
        "place_id": first.place_id if first else None,
        "place_name": first.name if first else None,
        "places": _json(
            [{"place_id": p.place_id, "name": p.name, "lat": p.lat, "lon": p.lon} for p in location.places]
        ),
        "geo_precision": location.geo_precision,
        "acled_precision": acled_precision(location.geo_precision),
        "uncertainty_km": location.uncertainty_km,
        "shape": location.shape,
        "place_start": location.span.start if location.span else None,
        "place_end": location.span.end if location.span else None,
        "geometry": _point(location.lon, location.lat),
    }


def _said(incident: Incident, text: str) -> Row:
    """Evidence and who says so."""
    span, trigger = incident.evidence, incident.trigger
    return {
        "stance": str(incident.stance),
        "statements": _json(
            [
                {
                    "source": s.source,
                    "stance": str(s.stance),
                    "start": s.span.start,
                    "end": s.span.end,
                    "text": text[s.span.start : s.span.end],
                }
                for s in incident.statements
            ]
        ),
        "evidence": text[span.start : span.end],
        "evidence_start": span.start,
        "evidence_end": span.end,
        "trigger_start": trigger.start,
        "trigger_end": trigger.end,
    }


def _uncertainty_rows(readings: Sequence[Reading], lines: dict[str, Road]) -> Iterator[Row]:
    for reading in readings:
        for incident in reading.incidents:
            shape = uncertainty_shape(incident.location, lines)
            if shape is None or incident.location.shape == "pin":
                continue
            place = incident.location.places[0] if incident.location.places else None
            yield {
                "incident_id": incident.incident_id,
                "kind": str(incident.kind),
                "stance": str(incident.stance),
                "shape": incident.location.shape,
                "geo_precision": incident.location.geo_precision,
                "uncertainty_km": incident.location.uncertainty_km,
                "place_name": place.name if place else None,
                "date_start": incident.when.start,
                "date_end": incident.when.end,
                "geometry": shape,
            }


def _aside_rows(readings: Sequence[Reading]) -> Iterator[Row]:
    for reading in readings:
        for aside in reading.set_aside:
            yield {**_article(reading.article), **_aside(aside, reading.article)}


def _aside(aside: SetAside, article: Article) -> Row:
    """One sentence that was set aside."""
    location = aside.location
    place = location.places[0] if location and location.places else None
    key = f"{article.article_id}|{aside.evidence.start}|{aside.reality}"
    return {
        "set_aside_id": hashlib.sha256(key.encode()).hexdigest()[:16],
        "reality": str(aside.reality),
        "kind": str(aside.kind) if aside.kind else None,
        "why": aside.why,
        "evidence": article.text[aside.evidence.start : aside.evidence.end],
        "evidence_start": aside.evidence.start,
        "evidence_end": aside.evidence.end,
        "place_id": place.place_id if place else None,
        "place_name": place.name if place else None,
        "geo_precision": location.geo_precision if location else None,
        "uncertainty_km": location.uncertainty_km if location else None,
        "date_start": aside.when.start if aside.when else None,
        "date_end": aside.when.end if aside.when else None,
        "geometry": _point(location.lon, location.lat) if location else None,
    }


def _road_rows(readings: Sequence[Reading], lines: dict[str, Road]) -> Iterator[Row]:
    for reading in readings:
        for observation in reading.roads:
            yield {**_observed(observation, lines, reading.article)}
    for road in _drawn(readings, lines):
        yield from _curated(road)


def _observed(seen: RoadObservation, lines: dict[str, Road], article: Article) -> Row:
    """Give what an article says of a road."""
    road = lines.get(seen.place.place_id) if seen.place else None
    points = road.points if road else seen.line
    road_id = seen.place.place_id if seen.place else hashlib.sha256(seen.name.lower().encode()).hexdigest()[:16]
    return {
        "road_id": road_id,
        "name": seen.name,
        "status": str(seen.status),
        "since": seen.as_of,
        "until": None,
        "by": seen.by,
        "source": seen.source or article.publisher,
        "stance": str(seen.stance),
        "origin": "article",
        "evidence": article.text[seen.evidence.start : seen.evidence.end],
        "article_id": article.article_id,
        "title": article.title,
        "url": article.url,
        "schematic": True,
        "geometry": line_through(points)
        if len(points) > 1
        else _point(seen.place.lon, seen.place.lat)
        if seen.place
        else None,
    }


def _drawn(readings: Sequence[Reading], lines: dict[str, Road]) -> list[Road]:
    """Give the roads whose history is drawn: those that the articles name, and contested ones in the mapped region."""
    named = {
        t.place.place_id
        for r in readings
        for t in r.toponyms
        if t.place is not None and t.place.feature_class is FeatureClass.ROAD
    }
    named |= {road.place.place_id for r in readings for road in r.roads if road.place is not None}
    spots = {
        (i.location.lon, i.location.lat)
        for r in readings
        for i in r.incidents
        if i.location.lat is not None and i.location.lon is not None
    }
    drawn = []
    for road_id in sorted(lines):
        road = lines[road_id]
        contested = any(s.status in _CONTESTED for s in road.statuses)
        if road_id in named or (contested and _near(road, spots)):
            drawn.append(road)
    return drawn


def _near(road: Road, spots: set[tuple[float, float]]) -> bool:
    """Whether a road's middle lies in the mapped region."""
    if not road.points:
        return False
    lon, lat = road.points[len(road.points) // 2]
    return any(distance_km(lon, lat, x, y) <= REGION_KM for x, y in spots)


def _curated(road: Road) -> Iterator[Row]:
    """Give the dated statuses of a road."""
    for status in road.statuses:
        yield {
            "road_id": road.place_id,
            "name": road.name,
            "status": status.status,
            "since": _day(status.since, last=False),
            "until": _day(status.until, last=True),
            "by": status.by,
            "source": status.source,
            "stance": "",
            "origin": "curated",
            "evidence": status.note,
            "article_id": None,
            "title": None,
            "url": None,
            "schematic": True,
            "geometry": line_through(road.points) if len(road.points) > 1 else None,
        }


def _day(partial: str, *, last: bool) -> date | None:
    """First or last day of an ISO date that may be only a year or month."""
    parts = [int(part) for part in partial.split("-") if part]
    if not parts:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
    if len(parts) > 2:
        return date(year, month, parts[2])
    if not last:
        return date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def _place_rows(readings: Sequence[Reading]) -> Iterator[Row]:
    """Every place that a toponym of the articles resolves to or that an incident has."""
    places: dict[str, Place] = {}
    mentions: Counter[str] = Counter()
    articles: dict[str, set[str]] = {}
    attested: dict[str, set[str]] = {}
    for reading in readings:
        for toponym in reading.toponyms:
            if toponym.place is not None:
                key = toponym.place.place_id
                places.setdefault(key, toponym.place)
                mentions[key] += 1
                articles.setdefault(key, set()).add(reading.article.article_id)
                attested.setdefault(key, set()).add(" ".join(toponym.text.split()))
        for place in (p for i in reading.incidents for p in i.location.places):
            places.setdefault(place.place_id, place)
            articles.setdefault(place.place_id, set()).add(reading.article.article_id)
    for key in sorted(places):
        yield _place(places[key], mentions[key], articles[key], attested.get(key, set()))


def _place(place: Place, mentions: int, articles: set[str], attested: set[str]) -> Row:
    """One place with its names and holders."""
    fields = ("text", "language", "script", "side", "kind", "source", "since", "until")
    return {
        "place_id": place.place_id,
        "name": place.name,
        "feature_class": str(place.feature_class),
        "country": place.country,
        "names": _json([{f: getattr(name, f) for f in fields} for name in place.names]),
        "holders": _json(
            [{"holder": h.holder, "since": h.since, "until": h.until, "source": h.source} for h in place.holders]
        ),
        "radius_km": place.radius_km,
        "mentions": mentions,
        "articles": _json(sorted(articles)),
        "attested": _json(sorted(attested)),
        "origin": place.origin,
        "geometry": _point(place.lon, place.lat),
    }
