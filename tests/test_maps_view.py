"""What part of the world a page shows first."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, Point

from maps.view import WORLD, first_view


def incidents(*spots, precision=1):
    return gpd.GeoDataFrame(
        {"geo_precision": [precision] * len(spots)}, geometry=[Point(*spot) for spot in spots], crs=4326
    )


def holds(bounds, lon, lat):
    (south, west), (north, east) = bounds
    return south <= lat <= north and west <= lon <= east


def test_a_lone_incident_far_away_does_not_shrink_the_main_theatre():
    shown = first_view({"incidents": incidents((74.1, 34.1), (74.4, 34.0), (73.9, 34.3), (77.2, 28.6), (-0.1, 51.5))})
    assert holds(shown, 74.1, 34.1)
    assert not holds(shown, -0.1, 51.5)
    assert shown[1][1] - shown[0][1] < 2


def test_two_theatres_of_like_weight_are_both_shown():
    shown = first_view({"incidents": incidents((32.5, 15.6), (32.6, 15.7), (25.3, 13.6), (25.4, 13.7))})
    assert holds(shown, 32.6, 15.7)
    assert holds(shown, 25.3, 13.6)


def test_what_is_known_only_to_a_country_does_not_widen_the_view():
    near = incidents((36.0, 33.1))
    wide = incidents((60.0, 10.0), precision=6)
    frame = gpd.GeoDataFrame(pd.concat([near, wide], ignore_index=True), crs=4326)
    assert not holds(first_view({"incidents": frame}), 60.0, 10.0)


def test_only_country_level_incidents_are_still_a_view():
    assert holds(first_view({"incidents": incidents((60.0, 10.0), precision=6)}), 60.0, 10.0)


def test_without_incidents_the_roads_are_shown_and_without_anything_the_world():
    roads = gpd.GeoDataFrame(geometry=[LineString([(46.3, 39.5), (46.7, 39.8)])], crs=4326)
    assert holds(first_view({"incidents": incidents()[:0], "roads": roads}), 46.5, 39.6)
    assert first_view({}) == WORLD


@pytest.mark.parametrize("lon", [-179.9, 0.0, 179.9])
def test_a_single_spot_gets_its_neighbourhood(lon):
    (south, west), (north, east) = first_view({"incidents": incidents((lon, 10.0))})
    assert east - west == pytest.approx(0.5)
    assert north - south == pytest.approx(0.5)
