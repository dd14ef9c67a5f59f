import geopandas
import pytest

from geo.crs import WGS84, require_crs
from geo.errors import CoordinateError


def test_wgs84_passes():
    require_crs(geopandas.GeoDataFrame(geometry=[], crs=WGS84))


def test_another_coordinate_system_is_refused_with_the_remedy():
    with pytest.raises(CoordinateError, match=r"EPSG:32638.*to_crs"):
        require_crs(geopandas.GeoDataFrame(geometry=[], crs="EPSG:32638"))


def test_a_frame_without_coordinate_system_is_refused():
    with pytest.raises(CoordinateError, match="no coordinate system"):
        require_crs(geopandas.GeoDataFrame(geometry=[]))
