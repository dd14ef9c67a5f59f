"""The one coordinate system of every frame: WGS84 longitude and latitude."""

from typing import TYPE_CHECKING

from geo.errors import CoordinateError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

WGS84 = "EPSG:4326"


def require_crs(frame: "GeoDataFrame", crs: str = WGS84) -> None:
    """Refuse a frame that is not in the expected coordinate system.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Any frame with a geometry column.
    crs : str
        The authority code that its coordinates must have, WGS84 by default.

    Raises
    ------
    CoordinateError
        The frame has another coordinate system, or none.

    Examples
    --------
    >>> import geopandas
    >>> require_crs(geopandas.GeoDataFrame(geometry=[], crs="EPSG:3857"))
    Traceback (most recent call last):
    geo.errors.CoordinateError: the frame is in EPSG:3857, expected EPSG:4326; convert it with to_crs("EPSG:4326")
    """
    if frame.crs is None:
        raise CoordinateError(f"the frame has no coordinate system, expected {crs}; set it with set_crs({crs!r})")
    if frame.crs != crs:
        found = frame.crs.to_string()
        raise CoordinateError(f'the frame is in {found}, expected {crs}; convert it with to_crs("{crs}")')
