"""What the base map knows of points: which country they lie in, how far from a border, whether at sea."""

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from gazetteer.fold import fold
from gazetteer.model import FeatureClass, Place
from geo.basemap import (
    border_between,
    border_error_km,
    countries,
    country_table,
    disputed_areas,
    neighbours,
    province_table,
    provinces,
)
from geo.points import KM_PER_DEGREE, distance_km

if TYPE_CHECKING:
    from shapely import Point
    from shapely.geometry.base import BaseGeometry

BORDER_KM = 10.0
_UNIT = re.compile(r" (province|district|region|governorate|oblast|state)$")
_PIECE = 32
_WINDOW_DEG = 1.0
# Beyond this the exact distance is of no use to anybody.
_FAR_DEG = 3.0


class BaseMapGround:
    """The ground under places, by the base map.

    Examples
    --------
    >>> ground = BaseMapGround()
    >>> near, within = ground.beyond([44.51, 44.51], [40.18, 40.18], "TR", [1.0, 50.0])
    >>> 15 < near < 30, within
    (True, 0.0)
    """

    def error_km(self, lon: float, lat: float) -> float:
        """Return how far the base map's borders may be off at a point, in km."""
        return border_error_km(lon, lat)

    def knows(self, country: str) -> bool:
        """Say whether the base map has land of a country."""
        return bool(country) and _land(country) is not None

    def beyond(
        self, lons: Sequence[float], lats: Sequence[float], country: str, limits_km: Sequence[float]
    ) -> list[float]:
        """Return how far each point lies outside a country, 0 where it is no farther than its limit.

        Parameters
        ----------
        lons, lats : sequence of float
            WGS84 degrees.
        country : str
            ISO code; "" for any land. Disputed land belongs to the state that is recognised there.
        limits_km : sequence of float
            The distance of each point that does not count.

        Returns
        -------
        list of float
            Kilometres; 0 for all where the base map has no land of the country.
        """
        land = _land(country)
        if land is None or not len(lons):
            return [0.0] * len(lons)
        return land.beyond(lons, lats, limits_km)

    def beyond_province(
        self, lons: Sequence[float], lats: Sequence[float], province: Place, limit_km: float
    ) -> list[float] | None:
        """Return how far each point lies outside a province or district, 0 where it is no farther than the limit.

        Parameters
        ----------
        lons, lats : sequence of float
            WGS84 degrees.
        province : Place
            The province or district, looked up by country and name.
        limit_km : float
            The distance that does not count.

        Returns
        -------
        list of float or None
            Kilometres; None where the base map has no such province.
        """
        land = _province(province.country, fold(province.name))
        return None if land is None else land.beyond(lons, lats, [limit_km] * len(lons))


class _Land:
    """A land with its edge cut into short pieces, so that many points are measured fast."""

    def __init__(self, parts: Sequence["BaseGeometry"]) -> None:
        import shapely

        self._parts = shapely.STRtree(shapely.get_parts(np.array(parts)))
        lines = shapely.get_parts(shapely.boundary(self._parts.geometries))
        self._edge = shapely.STRtree([piece for line in lines for piece in _pieces(line)])

    def beyond(self, lons: Sequence[float], lats: Sequence[float], limits_km: Sequence[float]) -> list[float]:
        """Return the distances as `BaseMapGround.beyond` does."""
        import shapely

        points = shapely.points(lons, lats)
        inside = np.zeros(len(points), dtype=bool)
        inside[self._parts.query(points, predicate="intersects")[0]] = True
        found = [0.0] * len(points)
        for index in np.flatnonzero(~inside).tolist():
            km = self._km(points[index], limits_km[index])
            found[index] = km if km > limits_km[index] else 0.0
        return found

    def _km(self, point: "Point", limit_km: float) -> float:
        """Return the distance of a point outside; it may fall short of the truth by 1 % only."""
        (nearest,), (degrees,) = self._edge.query_nearest(point, return_distance=True, all_matches=False)
        if degrees * KM_PER_DEGREE * 1.01 <= limit_km:
            return 0.0
        # A degree of longitude is shorter than one of latitude: a piece farther off in degrees may be nearer in km.
        reach = degrees / max(math.cos(math.radians(point.y)), 0.01)
        pieces = self._edge.query(point.buffer(min(reach, degrees + _WINDOW_DEG))) if degrees < _FAR_DEG else [nearest]
        return min(km_to(self._edge.geometries[piece], point.x, point.y) for piece in {*pieces, nearest})


def _pieces(line: "BaseGeometry") -> list["BaseGeometry"]:
    """Cut a line into pieces of few points."""
    import shapely

    points = shapely.get_coordinates(line)
    return [shapely.linestrings(points[at : at + _PIECE + 1]) for at in range(0, len(points) - 1, _PIECE)]


@cache
def _land(country: str) -> "_Land | None":
    """Return the land of a country by international recognition, all land for ""."""
    land, areas = countries(), disputed_areas()
    if country:
        land, areas = land[land.iso2 == country], areas[areas.recognised == country]
    parts = [*land.geometry, *areas.geometry]
    return _Land(parts) if parts else None


@cache
def _province(country: str, name: str) -> "_Land | None":
    """Return the land of a province by its folded name, with or without "province" and the like."""
    wanted = {name, _UNIT.sub("", name)}
    ids = [
        one.province_id
        for one in province_table()
        if one.iso2 == country and wanted & {fold(text) for text in (one.name, one.local_name, *one.other_names)}
    ]
    if not ids:
        return None
    shapes = provinces(country)
    return _Land([*shapes[shapes.province_id.isin(ids)].geometry])


def km_to(shape: "BaseGeometry", lon: float, lat: float) -> float:
    """Return how far a point lies from a shape, 0 inside.

    Parameters
    ----------
    shape : shapely geometry
        WGS84 degrees.
    lon, lat : float
        WGS84 degrees.

    Returns
    -------
    float
        Kilometres.

    Examples
    --------
    >>> import shapely
    >>> round(km_to(shapely.Point(46.0, 40.0), 46.1, 40.0), 2)
    8.54
    """
    import shapely

    # East and north count alike for the nearest point only where a degree of each is as long.
    stretch = math.cos(math.radians(lat))
    level = shapely.transform(shape, lambda xy: xy * (stretch, 1.0))
    nearest = shapely.get_point(shapely.shortest_line(level, shapely.Point(lon * stretch, lat)), 0)
    return distance_km(lon, lat, nearest.x / stretch, nearest.y)


def country_codes() -> dict[str, str]:
    """Return ISO codes by folded country name, short and long names alike.

    Examples
    --------
    >>> country_codes()["ukraine"], country_codes()["republic of azerbaijan"]
    ('UA', 'AZ')
    """
    told = country_table().values()
    return {
        fold(name): one.iso2
        for one in told
        for name in (one.name, one.short_name, one.long_name, one.formal_name)
        if name
    }


def border_places(places: Iterable[Place], codes: Iterable[str], *, within_km: float = BORDER_KM) -> frozenset[str]:
    """Return the settlements near a border between two of some countries.

    Parameters
    ----------
    places : iterable of Place
        The places.
    codes : iterable of str
        ISO codes of the countries.
    within_km : float
        How near the recognised border counts.

    Returns
    -------
    frozenset of str
        Their place_ids.
    """
    wanted = sorted(set(codes))
    pairs = [(one, other) for one in wanted for other in wanted if one < other and other in neighbours(one)]
    lines = [border_between(one, other) for one, other in pairs]
    return frozenset(
        place.place_id
        for place in places
        if place.feature_class is FeatureClass.SETTLEMENT and place.lat is not None and place.lon is not None
        if any(km_to(line, place.lon, place.lat) <= within_km for line in lines)
    )
