"""The page of one place: a small map without any other file, everything escaped."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from gazetteer.curated import Curated
from gazetteer.model import FeatureClass, Name, Place
from gazetteer.roads import Road, RoadPoint
from gazetteer.show import dossier
from marchland.place_page import Frame, page_bounds, place_page, write_place_page


def place(place_id, lat, lon, *, name="", feature_class=FeatureClass.SETTLEMENT, radius_km=2.0):
    label = name or place_id.title()
    return Place(place_id, label, feature_class, lat, lon, radius_km=radius_km, names=(Name(label),))


def svg(page):
    return ET.fromstring(re.search(r"<svg.*</svg>", page, re.DOTALL)[0])  # noqa: S314 - our own page


def test_the_map_shows_the_place_in_the_middle_and_its_neighbours_around():
    near, far = place("near", 40.05, 45.0), place("far", 42.0, 45.0)
    drawn = svg(place_page(dossier(place("ford", 40.0, 45.0), Curated()), neighbours=[near, far]))
    assert [text.text for text in drawn.iter("text")] == ["Ford", "Near", "10 km"]
    own, other = drawn.findall("circle[@class='own']")[0], drawn.findall("circle[@class='other']")[0]
    assert (own.get("cx"), own.get("cy")) == ("360.0", "240.0")
    assert float(other.get("cy")) < 240, "north is up"


def test_east_and_north_have_one_scale():
    frame = Frame(45.0, 60.0, 20.0)
    east = frame.xy(45.0 + 10 / (111.195 * 0.5), 60.0)[0] - 360
    north = 240 - frame.xy(45.0, 60.0 + 10 / 111.195)[1]
    assert abs(east - north) <= 0.2
    assert abs(east - frame.pixels(10)) <= 0.2


def test_a_road_is_drawn_through_its_points_and_fills_the_map():
    points = (RoadPoint(1, "Mill", 45.0, 40.0), RoadPoint(2, "Inn", 45.4, 40.2))
    road = Road("way", "Way", points)
    told = dossier(place("way", 40.1, 45.2, feature_class=FeatureClass.ROAD), Curated(), [road])
    drawn = svg(place_page(told))
    (line,) = drawn.findall("polyline[@class='line']")
    ends = [tuple(map(float, pair.split(","))) for pair in line.get("points").split()]
    assert all(0 < x < 720 and 0 < y < 480 for x, y in ends)
    assert max(abs(ends[0][0] - ends[1][0]) / 720, abs(ends[0][1] - ends[1][1]) / 480) > 0.6
    assert {"Mill", "Inn"} <= {text.text for text in drawn.iter("text")}


def test_labels_do_not_lie_on_each_other():
    crowd = [place(f"village{i}", 40.0 + i * 0.001, 45.0) for i in range(20)]
    drawn = svg(place_page(dossier(place("ford", 40.0, 45.0), Curated()), neighbours=crowd))
    heights = sorted(float(text.get("y")) for text in drawn.iter("text"))
    assert len(drawn.findall("circle[@class='other']")) == 20
    assert all(b - a >= 14 for a, b in pairwise(heights))


def test_names_are_escaped_and_nothing_is_fetched(tmp_path):
    told = dossier(place("ford", 40.0, 45.0, name="<script>alert(1)</script>"), Curated())
    write_place_page(told, tmp_path / "ford.html")
    page = (tmp_path / "ford.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"\b(src|href)=|url\(|@import", page)


def test_borders_and_lakes_are_drawn_with_the_credit_of_their_source():
    ring = [[[44.95, 40.0], [45.0, 40.05], [45.0, 40.0], [44.95, 40.0]]]
    lines = [[[44.9, 40.1], [45.1, 40.1]], [[44.9, 39.9], [45.1, 39.9]]]
    base = {
        "lakes": {"features": [{"geometry": {"type": "Polygon", "coordinates": ring}}]},
        "borders": {
            "features": [
                {"properties": {"kind": "disputed"}, "geometry": {"type": "MultiLineString", "coordinates": lines}}
            ]
        },
        "attribution": ["A & B"],
    }
    page = place_page(dossier(place("ford", 40.0, 45.0), Curated()), base=base)
    assert len(svg(page).findall("polyline[@class='border disputed']")) == 2
    assert len(svg(page).findall("polyline[@class='lake']")) == 1
    assert "A &amp; B" in page


def test_the_bounds_of_the_page_are_those_of_the_map():
    west, south, east, north = page_bounds(dossier(place("ford", 60.0, 45.0, radius_km=100), Curated()))
    frame = Frame(45.0, 60.0, 160.0)
    assert frame.xy(west, north) == pytest.approx((0.0, 0.0), abs=0.1)
    assert frame.xy(east, south) == pytest.approx((720.0, 480.0), abs=0.1)


def test_a_map_across_the_180th_meridian_stays_together():
    told = dossier(place("ford", -17.0, 179.95), Curated())
    west, _, east, _ = page_bounds(told)
    assert west > 179
    assert -180 < east < -179
    drawn = svg(place_page(told, neighbours=[place("near", -17.0, -179.95)]))
    assert 360 < float(drawn.find("circle[@class='other']").get("cx")) < 720


def test_a_place_without_a_point_says_so():
    page = place_page(dossier(place("quor", None, None), Curated()))
    assert "has no point" in page
    assert "<svg" not in page
