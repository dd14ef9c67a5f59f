"""Borders as places: "the Kyrgyz-Tajik border", "the border between A and B", "the border"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.model import FeatureClass, Place, Resolution, Toponym
from geo.basemap import border_between
from geo.errors import BaseMapError
from incidents.lexicon import WORD, lexicon

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_BORDER_NAME = re.compile(r"\b(border|frontier|boundary)\b", re.IGNORECASE)
_MIN_KM, _MAX_KM = 15.0, 400.0
ROUGH_DEG = 0.01
STRETCH_KM = 100.0
"""Towns and incidents within this distance of a border tell which stretch of it an article is about."""


@cache
def border_place(one: str, two: str, name_one: str = "", name_two: str = "") -> Place | None:
    """Return the land border of two countries as a place, None where they share none.

    Parameters
    ----------
    one, two : str
        ISO 3166-1 alpha-2 codes.
    name_one, name_two : str, optional
        Names for the label; the codes serve otherwise.

    Returns
    -------
    Place or None
        The point lies on the line, in the middle of its length; the radius is half the distance between its ends.

    Examples
    --------
    >>> border_place("TH", "KH").place_id
    'border-kh-th'
    """
    from shapely.ops import linemerge

    first, second = sorted((one, two))
    try:
        line = border_between(first, second)
    except BaseMapError:
        return None
    merged = linemerge(line) if line.geom_type == "MultiLineString" else line
    longest = max(getattr(merged, "geoms", [merged]), key=lambda part: part.length)
    middle = longest.interpolate(0.5, normalized=True)
    west, south, east, north = line.bounds
    from geo.points import distance_km

    radius = min(max(distance_km(west, south, east, north) / 2, _MIN_KM), _MAX_KM)
    labels = sorted((name_one or one, name_two or two))
    return Place(
        f"border-{first.lower()}-{second.lower()}",
        f"{labels[0]}-{labels[1]} border",
        FeatureClass.BORDER,
        round(middle.y, 4),
        round(middle.x, 4),
        round(radius, 1),
        origin="curated",
    )


def resolve_borders(toponyms: Sequence[Toponym]) -> list[Toponym]:
    """Give "A-B border" its line where the gazetteer has no place of that name.

    Parameters
    ----------
    toponyms : sequence of Toponym
        Of one article.

    Returns
    -------
    list of Toponym
        The same, with borders of two countries resolved.
    """
    codes, names = country_words(toponyms)
    found = []
    for toponym in toponyms:
        place = None
        if toponym.place is None and _BORDER_NAME.search(toponym.text):
            sides = sides_in(toponym.text, codes)
            if len(sides) == 2:
                place = border_place(sides[0], sides[1], names.get(sides[0], ""), names.get(sides[1], ""))
        found.append(
            replace(toponym, resolution=Resolution(place, 0.9, "border of the two countries in its name"))
            if place
            else toponym
        )
    return found


def country_words(toponyms: Sequence[Toponym]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the article's country names as code by lower-cased word, and name by code."""
    codes, names = {}, {}
    for toponym in toponyms:
        if toponym.place is not None and toponym.place.feature_class is FeatureClass.COUNTRY and toponym.place.country:
            codes[toponym.text.lower()] = toponym.place.country
            names[toponym.place.country] = toponym.place.name
    return codes, names


def sides_in(text: str, codes: dict[str, str]) -> list[str]:
    """Return the countries that a text names, by name or demonym, in order, each once.

    Examples
    --------
    >>> sides_in("the Kyrgyz-Tajik border", {})
    ['KG', 'TJ']
    """
    words = [w.lower() for w in WORD.findall(text)]
    found: list[str] = []
    i = 0
    while i < len(words):
        hit = next((codes[" ".join(words[i : i + n])] for n in (3, 2, 1) if " ".join(words[i : i + n]) in codes), "")
        sides = [entry.value for _, entry in lexicon().sides.at(words, i)] if not hit else [hit]
        found += [side for side in sides[:1] if side and side not in found]
        i += 1
    return found


def main_sides(toponyms: Sequence[Toponym]) -> tuple[str, ...]:
    """Return the countries that an article names, most often first."""
    counts = Counter(t.place.country for t in toponyms if t.place is not None and t.place.country)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


class ArticleBorders:
    """The borders that an article can mean by "the border": those that it names, else those of its main countries.

    Parameters
    ----------
    toponyms : sequence of Toponym
        Of the article.
    """

    def __init__(self, toponyms: Sequence[Toponym]) -> None:
        self.codes, self._names = country_words(toponyms)
        self._sides = main_sides(toponyms)[:4]
        named = Counter(t.place.place_id for t in toponyms if t.place and t.place.feature_class is FeatureClass.BORDER)
        best = max(named, key=lambda pid: (named[pid], pid), default="")
        self._named = next((t.place for t in toponyms if t.place is not None and t.place.place_id == best), None)

    def meant(self, near: Sequence[str] = ()) -> Place | None:
        """Return the border that is meant where the words around name the countries `near`, None without any."""
        if self._named is not None and all(_of_side(self._named, side) for side in near):
            return self._named
        sides = list(dict.fromkeys((*near, *self._sides)))
        pairs = [(a, b) for i, a in enumerate(sides) for b in sides[i + 1 :] if not near or near[0] in (a, b)]
        for a, b in pairs:
            place = border_place(a, b, self._names.get(a, ""), self._names.get(b, ""))
            if place is not None:
                return place
        return None


def _of_side(place: Place, side: str) -> bool:
    """Whether a border's id has a country's code; curated borders are taken as they are."""
    return side.lower() in place.place_id.split("-") if place.place_id.startswith("border-") else True


def nearest_stretch(place_id: str, points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the point of a border nearest to the middle of the points that lie within `STRETCH_KM` of it.

    Parameters
    ----------
    place_id : str
        As `border_place` makes it.
    points : sequence of (float, float)
        (lon, lat) in WGS84 degrees.

    Returns
    -------
    (float, float) or None
        (lon, lat) on the line, None when no point is near.
    """
    from shapely import MultiPoint, Point
    from shapely.ops import nearest_points

    from geo.points import distance_km

    line = _rough_line(place_id)
    near = []
    for lon, lat in points:
        on_line = nearest_points(line, Point(lon, lat))[0]
        if distance_km(lon, lat, on_line.x, on_line.y) <= STRETCH_KM:
            near.append((lon, lat))
    if not near:
        return None
    spot = nearest_points(line, MultiPoint(near).centroid)[0]
    return round(float(spot.x), 4), round(float(spot.y), 4)


@cache
def near_border(place_id: str, lon: float, lat: float, *, most_km: float = 40.0) -> bool:
    """Tell whether a point lies near a border.

    Parameters
    ----------
    place_id : str
        As `border_place` makes it.
    lon, lat : float
        WGS84 degrees.
    most_km : float, optional
        As far as "near" goes.

    Examples
    --------
    >>> near_border("border-af-pk", 71.09, 34.12)
    True
    """
    from shapely import Point
    from shapely.ops import nearest_points

    from geo.points import distance_km

    spot = nearest_points(_rough_line(place_id), Point(lon, lat))[0]
    return distance_km(lon, lat, spot.x, spot.y) <= most_km


@cache
def _rough_line(place_id: str) -> "BaseGeometry":
    """Give a border's line, drawn to about a kilometre, which is enough to tell what lies near it."""
    one, two = place_id.split("-")[1:3]
    return border_between(one.upper(), two.upper()).simplify(ROUGH_DEG)
