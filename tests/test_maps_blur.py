"""Blurred output: no exact point is left, in any layer, column or page."""

import json
import re

import maps_frames as invented
import pytest

from geo.vectors import geojson_text
from maps.blur import blur_layers, blur_towns
from maps.html import render_map

GRID_KM = 10


@pytest.fixture(scope="module")
def blurred():
    return blur_layers(invented.layers(), GRID_KM)


def exact_points():
    """Every longitude and latitude that the unblurred layers hold, as a file would write it."""
    layers = invented.layers()
    found = {
        (point.x, point.y)
        for name in ("incidents", "places", "set_aside")
        for point in layers[name].geometry.dropna()
        if not point.is_empty
    }
    return {f"{lon:.4f}".rstrip("0") for lon, _ in found} | {f"{lat:.4f}".rstrip("0") for _, lat in found}


def numbers(text):
    """Every number with a decimal point that a file holds."""
    return set(re.findall(r"\d+\.\d+", text))


def test_no_exact_coordinate_is_left_in_a_layer(blurred):
    exact = {point for point in exact_points() if len(point.split(".")[1]) >= 3}
    assert len(exact) > 20
    assert exact & numbers(geojson_text(invented.incidents())), "the search finds them in the exact layers"
    for name, frame in blurred.items():
        text = geojson_text(frame)
        assert exact & numbers(text) == set(), name


def test_no_exact_coordinate_is_left_in_the_page(blurred):
    html = render_map(blurred, title="T", base=blur_towns(invented.base()), sides=invented.SIDES, blur_km=GRID_KM)
    data = html[html.index('id="marchland-data"') :]
    exact = {point for point in exact_points() if len(point.split(".")[1]) >= 3}
    assert exact & numbers(data) == set()
    assert "10 km" in re.search(r'<p class="note">(.*?)</p>', html)[1]


def test_places_of_an_incident_lose_their_points_but_not_their_names(blurred):
    place = json.loads(blurred["incidents"]["places"].iloc[1])[0]
    assert set(place) == {"place_id", "name"}


def test_precision_says_that_points_were_moved(blurred):
    frame = blurred["incidents"]
    located = frame[frame.geometry.notna()]
    assert located["uncertainty_km"].min() >= GRID_KM
    assert "pin" not in set(located["shape"])
    assert 1 not in set(located["geo_precision"])


def test_points_moved_less_than_the_grid_and_moving_twice_changes_nothing(blurred):
    before, after = invented.incidents(), blurred["incidents"]
    twice = blur_layers(blurred, GRID_KM)["incidents"]
    for one, two, three in zip(before.geometry, after.geometry, twice.geometry, strict=True):
        if one is None:
            continue
        assert abs(one.y - two.y) * 111 <= GRID_KM
        assert two.distance(three) < 1e-6


def test_given_layers_stay_as_they_are():
    layers = invented.layers()
    before = layers["incidents"].copy()
    blur_layers(layers, GRID_KM)
    assert layers["incidents"].geometry.equals(before.geometry)
