"""Distance between two points for ranking: fast, on a sphere, within half a percent of the ellipsoid."""

from math import asin, cos, radians, sin, sqrt

_EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points in kilometres.

    Parameters
    ----------
    lat, lon, other_lat, other_lon : float
        WGS84 degrees.

    Returns
    -------
    float
        Kilometres.

    Examples
    --------
    >>> round(distance_km(40.18, 44.51, 40.38, 49.87))
    455
    """
    phi, psi = radians(lat), radians(other_lat)
    h = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))
