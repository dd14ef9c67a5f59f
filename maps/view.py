"""The part of the world that a page shows first."""

from collections import Counter
from collections.abc import Mapping

import geopandas as gpd

WORLD = [[-55.0, -170.0], [75.0, 180.0]]
# Incidents in neighbouring cells belong to one theatre: two borders some 200 km apart do, two wars do not.
CELL_DEG = 1.5
# Below this share no theatre stands for the whole, and everything is shown.
MAIN_SHARE = 0.6
# Half a degree around a single spot: its valley and the next towns.
LEAST_MARGIN_DEG = 0.25
# UCDP precisions whose point lies near the event; provinces and countries stand in the margin list.
_NEAR = (1, 2, 3, 5, 7)

Cell = tuple[int, int]


def first_view(layers: Mapping[str, gpd.GeoDataFrame]) -> list[list[float]]:
    """Give the bounds that a page shows first: where most incidents lie, else the roads, else the places.

    Parameters
    ----------
    layers : mapping of str to geopandas.GeoDataFrame
        `incidents`, `roads` and `places` in the columns of `incidents.schema`, WGS84.

    Returns
    -------
    list of list of float
        [[south, west], [north, east]] in degrees, Leaflet's order, with a margin.

    Examples
    --------
    >>> from shapely.geometry import Point
    >>> spots = [Point(46.3, 39.5), Point(46.8, 39.8), Point(46.5, 39.6), Point(36.2, 50.0)]
    >>> frame = gpd.GeoDataFrame({"geo_precision": [1, 1, 2, 2]}, geometry=spots, crs="EPSG:4326")
    >>> first_view({"incidents": frame})
    [[39.25, 46.05], [40.05, 47.05]]
    """
    for name in ("incidents", "roads", "places"):
        frame = layers.get(name)
        if frame is None or frame.empty:
            continue
        near = frame[frame["geo_precision"].isin(_NEAR)] if name == "incidents" else frame
        for rows in (near, frame):
            shapes = rows.geometry.dropna()
            shapes = shapes[~shapes.is_empty]
            if not shapes.empty:
                return _with_margin(_main_part(shapes) if name == "incidents" else shapes)
    return WORLD


def _with_margin(shapes: gpd.GeoSeries) -> list[list[float]]:
    """Give the bounds of shapes with room around them."""
    west, south, east, north = (float(value) for value in shapes.total_bounds)
    margin = max(LEAST_MARGIN_DEG, (east - west) * 0.08, (north - south) * 0.08)
    return [[south - margin, west - margin], [north + margin, east + margin]]


def _main_part(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Keep the shapes of the theatre in which most of them lie; all where none holds `MAIN_SHARE`."""
    middles = shapes.representative_point()
    cells = [(int(x // CELL_DEG), int(y // CELL_DEG)) for x, y in zip(middles.x, middles.y, strict=True)]
    theatre = _theatres(set(cells))
    sizes = Counter(theatre[cell] for cell in cells)
    largest, size = sizes.most_common(1)[0]
    if size < MAIN_SHARE * len(cells):
        return shapes
    return shapes[[theatre[cell] == largest for cell in cells]]


def _theatres(cells: set[Cell]) -> dict[Cell, Cell]:
    """Give each cell the first cell of the connected group that it belongs to."""
    found: dict[Cell, Cell] = {}
    for first in sorted(cells):
        waiting = [] if first in found else [first]
        while waiting:
            x, y = cell = waiting.pop()
            if cell in found:
                continue
            found[cell] = first
            waiting += [
                near for i in (-1, 0, 1) for j in (-1, 0, 1) if (near := (x + i, y + j)) in cells and near not in found
            ]
    return found
