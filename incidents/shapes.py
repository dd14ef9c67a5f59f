"""The uncertainty shape of a location: a disc, a slice, a corridor, a stretch of border, a road's line, an area."""

from typing import TYPE_CHECKING

from gazetteer.model import FeatureClass, Place
from gazetteer.roads import Road
from geo.basemap import border_between
from geo.errors import BaseMapError
from geo.shapes import border_stretch, corridor, disc, line_through, sector
from incidents.borders import sides_in
from incidents.model import Location

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HALF_ANGLE_DEG = 45.0
ROAD_HALF_WIDTH_KM = 3.0
BORDER_HALF_WIDTH_KM = 10.0
_MIN_KM, _MAX_KM = 0.3, 1500.0


def uncertainty_shape(location: Location, roads: dict[str, Road]) -> "BaseGeometry | None":
    """Draw where an incident may have happened.

    Parameters
    ----------
    location : Location
        With a marker, its shape and radius.
    roads : dict of str to Road
        Lines of the gazetteer's roads by place_id.

    Returns
    -------
    shapely geometry or None
        WGS84; None without a marker.
    """
    if location.lat is None or location.lon is None:
        return None
    radius = min(max(location.uncertainty_km or 1.0, _MIN_KM), _MAX_KM)
    first = location.places[0] if location.places else None
    if location.shape == "corridor" and len(location.places) > 1:
        ends = [(p.lon, p.lat) for p in location.places[:2] if p.lon is not None and p.lat is not None]
        return (
            corridor(line_through(ends), max(radius / 4, 2.0))
            if len(set(ends)) == 2
            else disc(location.lon, location.lat, radius)
        )
    if location.shape == "border_stretch" and first is not None:
        return _border(first, location.lon, location.lat, radius)
    if (
        location.shape == "line"
        and first is not None
        and first.place_id in roads
        and len(roads[first.place_id].points) > 1
    ):
        return corridor(line_through(roads[first.place_id].points), ROAD_HALF_WIDTH_KM)
    if location.shape == "sector" and location.bearing_deg is not None:
        return sector(location.lon, location.lat, location.bearing_deg, HALF_ANGLE_DEG, radius)
    return _discs(location, radius)


def _discs(location: Location, radius: float) -> "BaseGeometry":
    """Give a disc around the marker, and one around every other place of the incident."""
    from shapely import unary_union

    shapes = [disc(location.lon or 0.0, location.lat or 0.0, radius)]
    others = [p for p in location.places[1:] if p.lat is not None and p.lon is not None]
    shapes += [disc(p.lon or 0.0, p.lat or 0.0, min(max(p.radius_km, _MIN_KM), _MAX_KM)) for p in others]
    return unary_union(shapes) if len(shapes) > 1 else shapes[0]


def _border(place: Place, lon: float, lat: float, radius: float) -> "BaseGeometry":
    """Give a stretch of the border line, widened; a disc where the base map has no such line."""
    codes = place.place_id.split("-")[1:3] if place.place_id.startswith("border-") else []
    pair = [code.upper() for code in codes] if len(codes) == 2 else sides_in(place.name, _names())
    if len(pair) == 2 and place.feature_class is FeatureClass.BORDER:
        try:
            return corridor(
                border_stretch(border_between(pair[0], pair[1]), lon, lat, max(2 * radius, 20.0)), BORDER_HALF_WIDTH_KM
            )
        except BaseMapError:
            pass
    return disc(lon, lat, radius)


def _names() -> dict[str, str]:
    """Country names by lower-cased word, as the base map has them."""
    from geo.basemap import country_table

    return {row.name.lower(): code for code, row in country_table().items()}
