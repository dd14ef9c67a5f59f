"""The frames as the one FeatureCollection of the page.

Each feature's `l` says which layer it belongs to (none: an incident). What many features repeat stands once in the collection's foreign
members and is referred to by its number. Keys are short because they are written 50,000 times:

incident: `i` id, `f` number in `forms` [kind, stance, date precision, geo_precision, shape, ACLED event, sub-event], `d` [first, last] day
(one day: only the first), `p` place_id, `pp` ids of all places, `u` uncertainty in km, `w` number in `says` [{source, stance, text}],
`ac` in `actors`, `h` in `harm` {killed, injured [low, best, high], tolls, weapons}, `e` evidence, `t` and `pl` [start, end] of the trigger
and of the place in code points of the evidence, `a` article, `r` related, `c` confidence, `re` number in `reasons`, `n` 1 when it is
new since the last run.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import geopandas as gpd

from gazetteer.fold import fold
from maps.rows import Record, day, parsed, records, rounded, whole
from maps.safe import web_address

_UNKNOWN = (None, None, None)
_UNHARMED = (_UNKNOWN, _UNKNOWN, "[]", "[]")


class Shared:
    """Values that many features repeat: each distinct one stands once in a list of its name and has a number."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Any]] = {}
        self._seen: dict[tuple[str, Any], int] = {}

    def number(self, name: str, key: Any, make: Callable[[], Any]) -> int:
        """Give the number of a value in the named list; it is made and added when its key is new."""
        found = self._seen.get((name, key))
        if found is None:
            values = self.lists.setdefault(name, [])
            found = self._seen[name, key] = len(values)
            values.append(make())
        return found

    def column(self, name: str, value: Any) -> int | None:
        """Give the number of a JSON column's list, None for an empty one."""
        if value is None or value in ("", "[]") or (isinstance(value, list) and not value):
            return None
        key = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
        return self.number(name, key, lambda: parsed(value))


def feature(layer: str, geometry: Record | None, properties: Record) -> Record:
    """Make a feature; empty properties are left out."""
    kept = {key: value for key, value in properties.items() if value is not None and value not in ("", [])}
    return {"type": "Feature", "geometry": geometry, "properties": {"l": layer, **kept} if layer else kept}


def _article(row: Record, shared: Shared) -> int:
    """Give the number of the row's article."""
    names = ("article_id", "title", "publisher", "published", "url")
    key = tuple(row.get(name) for name in names)
    return shared.number(
        "articles",
        key,
        lambda: {
            "id": row.get("article_id") or "",
            "title": row.get("title") or "",
            "publisher": row.get("publisher") or "",
            "published": day(row.get("published")) or "",
            "url": web_address(row.get("url")),
        },
    )


def _mark(row: Record, what: str) -> list[int] | None:
    """Give the trigger's or the place's offsets within the evidence, None when they lie outside it."""
    base, start, end = row.get("evidence_start"), row.get(f"{what}_start"), row.get(f"{what}_end")
    if base is None or start is None or end is None:
        return None
    first, last = int(start - base), int(end - base)
    return [first, last] if 0 <= first < last <= len(row.get("evidence") or "") else None


def _says(row: Record, shared: Shared) -> int | None:
    """Give the number of the row's statements; one whose words are in the evidence itself carries no text."""
    evidence = row.get("evidence") or ""
    found = []
    for statement in parsed(row.get("statements")):
        text = statement.get("text") or ""
        kept = "" if text in evidence else text
        found.append((statement.get("source") or "", statement.get("stance") or "reported", kept))
    if not found:
        return None
    return shared.number("says", tuple(found), lambda: [_said(*one) for one in found])


def _said(source: str, stance: str, text: str) -> Record:
    """Write a statement without an empty text."""
    return {"source": source, "stance": stance, "text": text} if text else {"source": source, "stance": stance}


def _range(row: Record, what: str) -> tuple[int | None, int | None, int | None]:
    """Give (low, best, high)."""
    return whole(row.get(f"{what}_low")), whole(row.get(f"{what}_best")), whole(row.get(f"{what}_high"))


def _harm(row: Record, shared: Shared) -> int | None:
    """Give the number of the row's counts, tolls and weapons, None when it has none."""
    killed, injured = _range(row, "killed"), _range(row, "injured")
    tolls, weapons = (row.get(name) or "[]" for name in ("tolls", "weapons"))
    key = (killed, injured, str(tolls), str(weapons))
    if key == _UNHARMED:
        return None

    def made() -> Record:
        values = {"killed": killed, "injured": injured, "tolls": parsed(tolls), "weapons": parsed(weapons)}
        return {name: value for name, value in values.items() if value and value != _UNKNOWN}

    return shared.number("harm", key, made)


def _form(row: Record, shared: Shared) -> int:
    """Give the number of what kind of incident this is and how it is known."""
    form = (
        row.get("kind") or "other",
        row.get("stance") or "reported",
        row.get("date_precision") or "unknown",
        whole(row.get("geo_precision")),
        row.get("shape") or "disc",
        row.get("event_type") or "",
        row.get("sub_event_type") or "",
    )
    return shared.number("forms", form, lambda: list(form))


def _days(row: Record) -> list[str | None] | None:
    """Give [first, last] day, only the first of a single day."""
    first = day(row.get("date_start"))
    if not first:
        return None
    last = day(row.get("date_end")) or first
    return [first] if first == last else [first, last]


def _loose(place_id: str, name: str | None, shared: Shared) -> None:
    """Keep the name of a place that the places layer may lack."""
    if name:
        shared.number("loose", (place_id, name), lambda: {"id": place_id, "name": name})


def _place_ids(row: Record, shared: Shared) -> list[str]:
    """Give the ids of all places of an incident; none when there is only the one that earned the marker."""
    number = shared.column("place_lists", row.get("places"))
    if number is None:
        return []
    places = shared.lists["place_lists"][number]
    for place in places:
        _loose(place.get("place_id") or "", place.get("name"), shared)
    found = [place.get("place_id") or "" for place in places]
    return [] if found == [row.get("place_id") or ""] else found


def incident_feature(row: Record, shared: Shared, *, new: frozenset[str] = frozenset()) -> Record:
    """Turn a row of the incidents frame into a feature of the page."""
    _loose(row.get("place_id") or "", row.get("place_name"), shared)
    uncertainty, confidence = row.get("uncertainty_km"), row.get("confidence")
    return feature(
        "",
        rounded(row.get("geometry"), digits=4),
        {
            "i": row.get("incident_id"),
            "f": _form(row, shared),
            "d": _days(row),
            "p": row.get("place_id"),
            "pp": _place_ids(row, shared),
            "u": None if uncertainty is None else round(float(uncertainty), 2),
            "w": _says(row, shared),
            "ac": shared.column("actors", row.get("actors")),
            "h": _harm(row, shared),
            "e": row.get("evidence"),
            "t": _mark(row, "trigger"),
            "pl": _mark(row, "place"),
            "a": _article(row, shared),
            "r": parsed(row.get("related")),
            "c": None if confidence is None else round(float(confidence), 2),
            "re": shared.column("reasons", row.get("reasons")),
            "n": 1 if row.get("incident_id") in new else None,
        },
    )


def shape_feature(row: Record) -> Record | None:
    """Turn a row of the uncertainty frame into a feature; a disc is drawn from its incident's point and radius instead."""
    geometry = row.get("geometry")
    if row.get("shape") == "disc" or geometry is None or geometry.is_empty:
        return None
    tolerance = min(0.01, max(0.0002, float(row.get("uncertainty_km") or 1) / 60000))
    return feature(
        "shape", rounded(geometry.simplify(tolerance), digits=4), {"i": row.get("incident_id"), "s": row.get("shape")}
    )


def set_aside_feature(row: Record, shared: Shared) -> Record:
    """Turn a row of what was set aside into a feature."""
    _loose(row.get("place_id") or "", row.get("place_name"), shared)
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
            "g": whole(row.get("geo_precision")),
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
            "mentions": whole(row.get("mentions")),
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
        A GeoJSON FeatureCollection; foreign members `articles`, `forms`, `says`, `actors`, `harm`, `reasons` and `loose` (names of
        places that the places layer lacks).

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
    shared.lists.pop("place_lists", None)
    return {"type": "FeatureCollection", **shared.lists, "features": features}
