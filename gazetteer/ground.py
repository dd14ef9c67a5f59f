"""What the base map knows of points: which country they lie in, how far from a border, whether at sea."""

import math
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.model import FeatureClass, Place
from geo.basemap import border_between, border_error_km, countries, disputed_areas, neighbours
from geo.points import distance_km

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

BORDER_KM = 10.0
# No land is farther than this from the nearest land that is looked at.
_WINDOW_DEG = 3.0


class BaseMapGround:
    """The ground under places, by the base map; distances are geodesic kilometres, points WGS84 degrees.

    Examples
    --------
    >>> ground = BaseMapGround()
    >>> ground.km_outside(44.51, 40.18, "AM"), round(ground.km_outside(44.51, 40.18, "TR"))
    (0.0, 22)
    """

    def error_km(self, lon: float, lat: float) -> float:
        """Return how far the base map's borders may be off at a point."""
        return border_error_km(lon, lat)

    def km_outside(self, lon: float, lat: float, country: str) -> float | None:
        """Return how far a point lies outside a country's land, disputed land that is recognised as its own included.

        Parameters
        ----------
        lon, lat : float
            WGS84 degrees.
        country : str
            ISO code.

        Returns
        -------
        float or None
            Kilometres, 0 inside; None where the base map has no land of the country.
        """
        land = _land(country)
        return None if land is None else km_to(land, lon, lat)

    def km_off_land(self, lon: float, lat: float) -> float:
        """Return how far a point lies from any land, 0 on land."""
        return km_to(_all_land(), lon, lat)


@cache
def _land(country: str) -> "BaseGeometry | None":
    """Return the land of a country by international recognition."""
    import shapely

    land, areas = countries(), disputed_areas()
    parts = [*land[land.iso2 == country].geometry, *areas[areas.recognised == country].geometry]
    return shapely.union_all(parts) if parts else None


@cache
def _all_land() -> "BaseGeometry":
    """Return all land in one shape."""
    import shapely

    return shapely.GeometryCollection([*countries().geometry, *disputed_areas().geometry])


def km_to(shape: "BaseGeometry", lon: float, lat: float) -> float:
    """Return how far a point lies from a shape, 0 inside, endless beyond three degrees.

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

    window = shapely.clip_by_rect(shape, lon - _WINDOW_DEG, lat - _WINDOW_DEG, lon + _WINDOW_DEG, lat + _WINDOW_DEG)
    if window.is_empty:
        return math.inf
    # East and north count alike for the nearest point only where a degree of each is as long.
    stretch = math.cos(math.radians(lat))
    level = shapely.transform(window, lambda xy: xy * (stretch, 1.0))
    here = shapely.Point(lon * stretch, lat)
    nearest = shapely.get_point(shapely.shortest_line(level, here), 0)
    return distance_km(lon, lat, nearest.x / stretch, nearest.y)


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
