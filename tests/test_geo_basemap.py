import csv
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
import shapely
from shapely import Point

from geo.basemap import (
    REGION,
    border_between,
    countries,
    country,
    country_at,
    country_point,
    country_table,
    disputed_areas,
    disputed_lines,
    lakes,
    named_areas,
    neighbours,
    possible_countries,
    province_table,
    provinces,
    rivers,
)
from geo.clip import clip_for_map
from geo.countries import DATA
from geo.errors import BaseMapError
from geo.points import distance_km
from geo.shapes import length_km


def test_every_un_member_and_iso_territory_has_names_point_and_bounds():
    table = country_table()
    assert len(table) >= 235
    for one in table.values():
        assert one.name
        assert one.long_name
        assert len(one.iso2) == 2
        assert len(one.iso3) == 3
        west, south, east, north = one.bounds
        assert south < north
        assert south <= one.lat <= north
        assert (west <= one.lon <= east) if west < east else (one.lon >= west or one.lon <= east)


@pytest.mark.parametrize(
    ("iso2", "lon", "lat", "within_km"),
    [
        ("AM", 45.0, 40.2, 40),
        ("AZ", 47.7, 40.4, 60),
        ("US", -98.5, 39.8, 200),
        ("RU", 97.0, 62.0, 300),
        ("FR", 2.5, 46.6, 50),
        ("NO", 13.0, 64.0, 100),
        ("FJ", 178.0, -17.8, 100),
        ("ID", 117.0, -2.5, 300),
    ],
)
def test_country_points_are_where_an_atlas_has_them(iso2, lon, lat, within_km):
    assert distance_km(*country_point(iso2), lon, lat) < within_km


def test_a_country_across_the_antimeridian_has_a_narrow_box():
    west, _, east, _ = country("FJ").bounds
    assert west > east
    assert (east - west) % 360 < 10


def test_an_unknown_country_is_an_error_with_the_remedy():
    with pytest.raises(BaseMapError, match="two letters"):
        country_point("Armenia")


def test_the_country_table_needs_neither_geopandas_nor_shapely():
    code = "import sys; from geo.countries import country_point; country_point('AM'); print([m for m in ('geopandas','shapely','pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_border_of_armenia_and_azerbaijan_is_about_a_thousand_km_with_its_enclaves():
    border = border_between("am", "AZ")
    assert length_km(border) == pytest.approx(996, abs=30)
    assert border.equals(border_between("AZ", "AM"))
    # The ring of Artsvashen, an exclave inside Azerbaijan.
    assert border.distance(Point(45.48, 40.63)) < 0.05


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ("AM", "GE", 219),
        ("AM", "IR", 44),
        ("AM", "TR", 311),
        ("AZ", "RU", 338),
        ("IN", "PK", 2900),
        ("KP", "KR", 238),
        ("AF", "PK", 2430),
    ],
)
def test_borders_have_about_their_published_lengths(one, other, km):
    assert length_km(border_between(one, other)) == pytest.approx(km, rel=0.2)


def test_without_disputed_stretches_the_border_is_shorter():
    whole, recognised = border_between("IN", "PK"), border_between("IN", "PK", disputed=False)
    assert length_km(recognised) < 0.8 * length_km(whole)


def test_countries_without_a_common_border_are_an_error():
    with pytest.raises(BaseMapError, match="no land border"):
        border_between("AM", "RU")


def test_neighbours():
    assert neighbours("AZ") == ("AM", "GE", "IR", "RU", "TR")
    assert neighbours("IS") == ()


@pytest.mark.parametrize(
    ("place", "lon", "lat", "iso2"),
    [
        ("Goris", 46.34, 39.51, "AM"),
        ("Lachin", 46.55, 39.64, "AZ"),
        ("Nakhchivan", 45.41, 39.21, "AZ"),
        ("Artsvashen", 45.52, 40.63, "AM"),
        ("Karki", 44.949, 39.786, "AZ"),
        ("Barkhudarli", 45.21, 40.995, "AZ"),
        ("Stepanakert", 46.75, 39.82, "AZ"),
        ("Simferopol", 34.10, 44.95, "UA"),
        ("Donetsk", 37.80, 48.00, "UA"),
        ("Sukhumi", 41.02, 43.00, "GE"),
        ("Tiraspol", 29.60, 46.84, "MD"),
        ("Katzrin", 35.69, 32.99, "SY"),
        ("Ramallah", 35.20, 31.90, "PS"),
        ("Laayoune", -13.20, 27.15, "EH"),
        ("Hargeisa", 44.06, 9.56, "SO"),
        ("Kyrenia", 33.32, 35.32, "CY"),
        ("Srinagar", 74.80, 34.09, None),
        ("Gilgit", 74.31, 35.92, None),
        ("the Atlantic", -30.0, 40.0, None),
    ],
)
def test_land_belongs_to_the_recognised_state_or_to_none(place, lon, lat, iso2):
    assert country_at(lon, lat) == iso2, place


def test_on_a_border_the_base_map_does_not_take_a_side():
    border = border_between("AM", "AZ", disputed=False)
    point = border.geoms[0].interpolate(0.5, normalized=True)
    assert country_at(point.x, point.y) is None
    assert {"AM", "AZ"} <= possible_countries(point.x, point.y)


def test_no_disputed_land_lies_in_a_countrys_polygon():
    land = countries()
    for row in disputed_areas().itertuples():
        overlap = shapely.area(land.geometry.intersection(row.geometry).to_numpy()).sum()
        assert overlap <= 0.001 * row.geometry.area + 1e-6, row.area_id


def test_every_disputed_area_says_who_claims_who_holds_and_who_wrote_it():
    for row in disputed_areas().itertuples():
        assert row.held_by, row.area_id
        assert row.source, row.area_id
        assert row.since, row.area_id
        assert len(row.claimants.split(";")) >= 2 or row.area_id in {"gaza-strip", "bir-tawil"}, row.area_id


def test_land_and_disputed_land_do_not_overlap_each_other():
    shapes = np.concatenate([countries().geometry.to_numpy(), disputed_areas().geometry.to_numpy()])
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="overlaps")
    overlaps = [shapes[a].intersection(shapes[b]).area for a, b in zip(first, second, strict=True) if a < b]
    # The seam of the two sources around the region is where at all.
    assert sum(overlaps) < 0.001


def test_all_shapes_are_valid():
    for frame in (countries(), disputed_areas(), disputed_lines(), lakes(), rivers(), provinces()):
        assert frame.crs == "EPSG:4326"
        assert shapely.is_valid(frame.geometry.to_numpy()).all()
        assert not frame.geometry.is_empty.any()


def test_the_line_of_contact_passes_between_the_towns_it_parted():
    line = disputed_lines().set_index("line_id").geometry["line-of-contact-1994"]
    for west, east in (((46.93, 39.99), (47.3, 40.1)), ((46.75, 40.21), (46.93, 40.45)), ((47.1, 39.5), (47.5, 39.5))):
        assert shapely.LineString([west, east]).intersects(line)


def test_provinces_fill_their_country_and_have_ids_of_their_own():
    table = province_table()
    assert max(Counter(one.province_id for one in table).values()) == 1
    for iso2 in ("AM", "AZ"):
        land = next(shape for code, shape in zip(countries().iso2, countries().geometry, strict=True) if code == iso2)
        mine = provinces(iso2).geometry.union_all()
        assert land.difference(mine).area < 0.002 * land.area


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (46.13, 39.51, "Syunik"),
        (46.4, 39.75, "Lachin"),
        (46.0, 40.1, "Kalbajar"),
        (45.14, 40.88, "Tavush"),
        (44.51, 40.18, "Yerevan"),
    ],
)
def test_provinces_are_where_they_belong(lon, lat, name):
    frame = provinces()
    assert frame[frame.contains(Point(lon, lat))].name.tolist() == [name]


def test_lake_sevan_and_the_araxes_are_there():
    sevan = lakes((45.0, 40.0, 46.0, 41.0)).set_index("name").loc["Lake Sevan"]
    assert sevan.area_km2 == pytest.approx(1260, rel=0.15)
    assert sevan.geometry.contains(Point(45.35, 40.35))
    assert "Aras" in rivers((45.0, 38.5, 47.0, 39.5)).name.tolist()


def test_named_areas_are_points_on_the_earth_with_a_radius():
    kinds = {"continent", "region", "ocean", "sea", "gulf", "strait", "canal", "mountains", "islands", "site"}
    areas = named_areas()
    assert len({area.area_id for area in areas}) == len(areas) >= 200
    for area in areas:
        assert area.kind in kinds
        assert -180 <= area.lon <= 180
        assert -90 <= area.lat <= 90
        assert area.radius_km > 0
        assert all(iso2 in country_table() for iso2 in area.countries), area.area_id


def test_a_clip_holds_every_layer_within_its_budget():
    base = clip_for_map((43.4, 38.6, 48.6, 41.6), max_kb=400)
    assert len(json_bytes(base)) <= 400 * 1024
    layers = {"countries", "disputed", "borders", "lines", "provinces", "lakes", "rivers", "towns"}
    assert layers <= set(base)
    assert all(base[name]["features"] for name in layers)
    assert any("OpenStreetMap" in words for words in base["attribution"])


def test_a_smaller_budget_gives_a_lighter_map_of_the_same_countries():
    light, full = clip_for_map((22, 44, 41, 53), max_kb=250), clip_for_map((22, 44, 41, 53), max_kb=700)
    assert len(json_bytes(light)) <= 250 * 1024 < len(json_bytes(full))
    names = [{feature["properties"]["iso2"] for feature in base["countries"]["features"]} for base in (light, full)]
    assert names[0] == names[1]


def test_a_clip_names_both_claims():
    base = clip_for_map((32.0, 44.0, 37.0, 47.0))
    crimea = next(f for f in base["disputed"]["features"] if f["properties"]["area_id"] == "crimea")
    assert crimea["properties"]["claims"] == ["UA", "RU"]
    assert crimea["properties"]["recognised"] == "UA"


def test_a_clip_across_the_antimeridian_shows_both_sides():
    base = clip_for_map((175.0, -20.0, -175.0, -10.0))
    lons = shapely.get_coordinates(
        shapely.from_geojson(str(base["countries"]["features"][0]["geometry"]).replace("'", '"'))
    )[:, 0]
    assert lons.min() < 0 < lons.max()


def test_a_budget_that_nothing_fits_into_and_bounds_that_are_none_are_errors():
    with pytest.raises(BaseMapError, match="KB"):
        clip_for_map((22, 44, 41, 53), max_kb=2)
    for wrong in ((10, 50, 20, 40), (10, 40, 10, 50), (10, 40, 200, 50)):
        with pytest.raises(BaseMapError, match="bounds"):
            clip_for_map(wrong)


def json_bytes(base):
    import json

    return json.dumps(base, ensure_ascii=False, separators=(",", ":")).encode()


def test_the_curated_tables_name_only_known_countries_and_dates():
    for name, columns in (("disputed_areas", ("recognised",)), ("disputed_lines", ())):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            assert all(row[column] == "" or row[column] in country_table() for column in columns)
            assert all(part.isdigit() for part in row["since"].split("-"))
            for word in (row.get("claimants") or row.get("parties", "")).split(";"):
                assert len(word) != 2 or word in country_table(), row


def test_the_base_map_is_small_and_says_under_which_licence_it_is():
    size = sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file())
    assert size < 6 * 1024 * 1024
    words = (DATA / "README.md").read_text(encoding="utf-8")
    for needed in ("ODbL", "OpenStreetMap contributors", "Natural Earth", "GeoNames", "CC BY 4.0"):
        assert needed in words


def test_the_region_is_the_one_the_documentation_names():
    assert REGION == (43.0, 38.0, 51.0, 42.0)
