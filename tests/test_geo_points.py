import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import CoordinateError
from geo.points import bearing_deg, check_point, compass_bearing, destination, distance_km, haversine_km, midpoint

LONS = st.floats(-180, 180)
LATS = st.floats(-89, 89)


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        (46.0, 97.0, "latitude 97.0 is outside -90..90; are the columns swapped?"),
        (190.0, 40.0, "longitude 190.0 is outside -180..180"),
        (math.nan, 40.0, "longitude nan is not a number"),
        (46.0, math.inf, "latitude inf is not a number"),
        ("46.0", 40.0, "longitude '46.0' is not a number"),
        (46.0, None, "latitude None is not a number"),
    ],
)
def test_a_point_that_cannot_be_on_the_earth_is_refused_with_file_value_and_remedy(lon, lat, words):
    with pytest.raises(CoordinateError, match=r"^places\.csv:41: ") as caught:
        check_point(lon, lat, where="places.csv:41")
    assert words in str(caught.value)


def test_numpy_numbers_are_points_and_come_back_as_plain_floats():
    lon, lat = check_point(np.float64(46.5), np.int64(39))
    assert (lon, lat) == (46.5, 39.0)
    assert type(lon) is float
    assert type(lat) is float


def test_known_distances():
    assert distance_km(44.51, 40.18, 49.87, 40.41) == pytest.approx(456.4, abs=0.5)
    assert distance_km(-0.13, 51.51, -74.01, 40.71) == pytest.approx(5585, abs=5)
    assert distance_km(179.5, 0, -179.5, 0) == pytest.approx(111.3, abs=0.1)


@given(LONS, LATS, LONS, LATS)
def test_the_fast_distance_ranks_within_a_percent_of_the_exact_one(lon_a, lat_a, lon_b, lat_b):
    exact = distance_km(lon_a, lat_a, lon_b, lat_b)
    assert float(haversine_km(lon_a, lat_a, lon_b, lat_b)) == pytest.approx(exact, rel=0.0065, abs=1e-3)


@given(LONS, st.floats(-80, 80), st.floats(0, 359.9), st.floats(1, 3000))
def test_walking_back_leads_home(lon, lat, bearing, length):
    there = destination(lon, lat, bearing, length)
    assert distance_km(lon, lat, *there) == pytest.approx(length, rel=1e-6)
    home = destination(*there, bearing_deg(*there, lon, lat), length)
    assert distance_km(lon, lat, *home) < 0.001


@given(LONS, LATS, LONS, LATS)
def test_the_midpoint_is_equally_far_from_both_ends(lon_a, lat_a, lon_b, lat_b):
    middle = midpoint(lon_a, lat_a, lon_b, lat_b)
    assert distance_km(lon_a, lat_a, *middle) == pytest.approx(distance_km(lon_b, lat_b, *middle), abs=1e-3)


@pytest.mark.parametrize(
    ("words", "bearing"),
    [
        ("north", 0),
        ("Northeast", 45),
        ("north-east", 45),
        ("east", 90),
        ("SSE", 157.5),
        ("south-south-east", 157.5),
        ("southern", 180),
        ("southwesterly", 225),
        ("west", 270),
        ("N.W.", 315),
        ("northwards", 0),
        ("north–western", 315),
    ],
)
def test_compass_words_are_bearings(words, bearing):
    assert compass_bearing(words) == bearing


@pytest.mark.parametrize("words", ["", "central", "northsouth", "eastnorth", "nonsense", "northampton", "se nne", "ew"])
def test_other_words_are_no_bearings(words):
    assert compass_bearing(words) is None
