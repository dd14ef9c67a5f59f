"""The check finds what is wrong with rows that are sound in form."""

import pytest

from gazetteer.check import check_gazetteer, required_sides
from gazetteer.check_names import (
    check_duplicates,
    check_shared_names,
    check_shared_rows,
    check_sides,
    check_sources,
    origins,
    towns,
)
from gazetteer.check_points import check_circles, check_containment, check_ground, check_labels, check_world
from gazetteer.counts import tally, tally_lines
from gazetteer.curated import Curated
from gazetteer.findings import WorldPoint
from gazetteer.ground import BaseMapGround, border_places
from gazetteer.model import FeatureClass, Name, Place
from gazetteer.records import SharedName, Source

SIDES = {"hills": ("north", "south")}


def place(place_id, lat=10.0, lon=20.0, *, names=(), sides="", feature_class="settlement", **values):
    own = (Name(place_id.title()), *names, *(Name(f"{place_id} {side}", side=side) for side in sides.split()))
    values.setdefault("sources", ("atlas", "census"))
    return Place(place_id, place_id.title(), FeatureClass(feature_class), lat, lon, names=own, **values)


def curated(*places, shared=()):
    where = {one.place_id: f"hills/places.csv:{row}" for row, one in enumerate(places, start=2)}
    return Curated(places=places, shared_names=tuple(shared), where=where)


def said(findings):
    return [str(finding) for finding in findings]


def test_two_rows_with_one_geonames_id_are_duplicates():
    told = said(check_duplicates(curated(place("ford", geonames_id="7"), place("mill", geonames_id="7"), place("inn"))))
    assert told == ["hills/places.csv:3: geonames_id 7 of mill is also ford's; delete one, or mend the id"]


def test_a_name_of_two_places_needs_a_note():
    ford, mill = place("ford", names=(Name("Old Town"),)), place("mill", 11.0, names=(Name("old-town"),))
    (told,) = check_shared_names(curated(ford, mill))
    assert told.check == "shared name"
    assert told.message.startswith("'old-town' names both ford and mill; add ford;mill to shared_names.csv")
    argued = SharedName("Old Town", ("mill", "ford"), "the ford is the older one")
    assert list(check_shared_names(curated(ford, mill, shared=[argued]))) == []


def test_a_note_about_two_places_does_not_excuse_a_third():
    three = [place(name, 10.0 + i, names=(Name("Old Town"),)) for i, name in enumerate(("ford", "mill", "inn"))]
    argued = SharedName("Old Town", ("ford", "mill"), "two of them")
    assert len(list(check_shared_names(curated(*three, shared=[argued])))) == 2


def test_two_places_of_one_name_class_and_point_may_be_one():
    old = (Name("Old Town"),)
    (told,) = check_shared_names(curated(place("ford", names=old), place("mill", 10.001, names=old)))
    assert told.check == "duplicate"
    other = place("mill", 10.001, names=old, feature_class="admin")
    assert [f.check for f in check_shared_names(curated(place("ford", names=old), other))] == ["shared name"]


def test_a_shared_name_that_a_place_does_not_have_is_found():
    shared = SharedName("Ford", ("ford", "mill"), "both")
    told = said(check_shared_rows(curated(place("ford"), place("mill"), shared=[shared])))
    assert told == [
        "shared_names.csv, 'Ford': mill has no name 'Ford'; give mill the name in names.csv, or take it out of the row"
    ]


def test_a_town_needs_a_name_from_each_side_and_a_village_does_not():
    rows = curated(
        place("ford", radius_km=3.0, sides="north"),
        place("mill", radius_km=1.0),
        place("inn", radius_km=1.0, geonames_id="5", sides="north south"),
        place("ash", radius_km=1.0, geonames_id="6"),
    )
    world = {"5": WorldPoint(10, 20, "AA", 9000), "6": WorldPoint(10, 20, "AA", 3000)}
    assert [one.place_id for one in towns(rows, world)] == ["ford", "inn"]
    told = said(check_sides(rows, SIDES, world))
    assert told == ["hills/places.csv:2: ford has no name from side south; add it to names.csv"]


def test_what_gives_a_district_its_name_is_a_town():
    district = Place("ford-district", "Ford District", FeatureClass.ADMIN, 10.0, 20.0, names=(Name("Ford District"),))
    assert [one.place_id for one in towns(curated(place("ford"), place("mill"), district), {})] == ["ford"]


@pytest.mark.parametrize(("alone", "found"), [(3, False), (4, True)])
def test_more_than_sixty_percent_of_rows_on_one_source_is_a_finding(alone, found):
    rows = [place(f"p{i}", sources=("atlas",) if i < alone else ("atlas", "census")) for i in range(5)]
    told = said(check_sources(curated(*rows)))
    assert bool(told) == found
    assert all("80% of the rows rest on one source alone (atlas 4)" in line for line in told)


def test_two_pages_of_one_publisher_and_the_curators_word_are_one_source():
    known = {"w1": "Encyclopedia (English)", "w2": "Encyclopedia contributors", "wof": "First", "geonames": "GeoNames"}
    sources = {key: Source(key, key, publisher) for key, publisher in known.items()}
    cited = [("w1", "w2", "curator"), ("wof", "geonames"), ("w1", "geonames"), ("curator",)]
    found = [origins(place("ford", sources=ids), sources) for ids in cited]
    assert found == [{"Encyclopedia"}, {"GeoNames"}, {"Encyclopedia", "GeoNames"}, set()]


def test_a_point_far_from_geonames_needs_a_note_with_the_distance():
    world = {"5": WorldPoint(10.05, 20.0, "AA", 100)}
    (told,) = check_world(curated(place("ford", geonames_id="5", country="AA")), world)
    assert told.message.startswith("ford lies 5.5 km from GeoNames 5 (10.05, 20.0); mend it, or say in the note")
    noted = place("ford", geonames_id="5", country="AA", note="GeoNames has the station, 5.5 km north")
    near = place("ford", 10.03, geonames_id="5", country="AA")
    assert [list(check_world(curated(one), world)) for one in (noted, near)] == [[], []]


def test_a_country_other_than_geonames_or_the_province_is_a_contradiction():
    world = {"5": WorldPoint(10.0, 20.0, "BB", 100)}
    rows = curated(
        place("shire", feature_class="admin", country="BB", radius_km=50.0),
        place("ford", geonames_id="5", country="AA", admin="shire"),
    )
    told = [f.message for f in (*check_world(rows, world), *check_containment(rows))]
    assert told[0].startswith("ford is in AA, GeoNames 5 in BB")
    assert told[1].startswith("ford is in AA, its admin shire in BB")


def test_a_place_beyond_its_province_is_found_and_a_road_may_lead_out():
    shire = place("shire", feature_class="admin", radius_km=20.0)
    rows = curated(
        shire,
        place("ford", 10.17, admin="shire", radius_km=1.0),
        place("mill", 10.20, admin="shire", radius_km=1.0),
        place("way", 10.20, admin="shire", feature_class="road"),
    )
    told = said(check_containment(rows))
    assert len(told) == 1
    assert told[0].startswith("hills/places.csv:4: mill lies 22 km from shire, which reaches 20 km; mend the point")


def test_a_province_with_a_shape_is_no_disc():
    rows = curated(
        place("shire", feature_class="admin", radius_km=500.0, country="AA"),
        place("ford", 10.0, 20.9, admin="shire"),
        place("mill", 10.0, 21.5, admin="shire"),
        place("inn", 10.0, 21.5, admin="shire", note="50 km off, by the treaty of the two shires"),
        place("woods", 10.0, 21.5, admin="shire", feature_class="region"),
    )
    assert list(check_containment(rows)) == []
    told = said(check_containment(rows, Island()))
    assert len(told) == 1
    assert told[0].startswith("hills/places.csv:4: mill lies 50 km outside shire; mend the point, the admin or")


def test_the_base_map_knows_provinces_by_name():
    ground = BaseMapGround()
    syunik = place("syunik province", feature_class="admin", country="AM")
    kapan, yerevan = (46.4068, 39.2076), (44.51, 40.18)
    lons, lats = zip(kapan, yerevan, strict=True)
    inside, outside = ground.beyond_province(lons, lats, syunik, 10.0)
    assert inside == 0
    assert 80 < outside < 150
    assert ground.beyond_province(lons, lats, place("quor", feature_class="admin", country="AM"), 10.0) is None


def test_places_that_contain_each_other_are_found():
    rows = curated(place("ford", admin="mill"), place("mill", admin="ford"), place("inn", admin="ford"))
    assert [finding.where for finding in check_circles(rows)] == ["hills/places.csv:2", "hills/places.csv:3"]


class Island:
    """A country AA from 19 to 21 E in a sea without end; its coast is known to 0.5 km."""

    def error_km(self, lon, lat):  # noqa: ARG002
        return 0.5

    def knows(self, country):
        return country == "AA"

    def beyond(self, lons, lats, country, limits_km):  # noqa: ARG002
        reach = {"AA": 1.0, "": 3.0}.get(country, 180.0)
        away = [max(0.0, abs(lon - 20.0) - reach) * 100 for lon in lons]
        return [km if km > limit else 0.0 for km, limit in zip(away, limits_km, strict=True)]

    def beyond_province(self, lons, lats, province, limit_km):
        return self.beyond(lons, lats, province.country, [limit_km] * len(lons))


@pytest.mark.parametrize(
    ("lon", "values", "found"),
    [
        (20.9, {}, []),
        (21.004, {}, []),
        (21.02, {}, ["wrong side of the border"]),
        (21.02, {"note": "2 km over the line by this base map, within by the treaty"}, []),
        (21.02, {"feature_class": "region"}, []),
        (23.02, {"country": "", "radius_km": 5.0}, []),
        (24.0, {"country": ""}, ["in the sea"]),
        (24.0, {}, ["in the sea"]),
        (22.0, {"country": ""}, []),
        (22.0, {"country": "BB"}, []),
        (24.0, {"country": "BB"}, ["in the sea"]),
    ],
)
def test_the_wrong_side_of_a_border_counts_only_beyond_the_error_of_the_base_map(lon, values, found):
    one = place("ford", 10.0, lon, **{"country": "AA", **values})
    assert [finding.check for finding in check_ground([one], Island(), {})] == found


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Sumy, Ukraine", "RU", True),
        ("Sumy, Ukraine", "UA", False),
        ("Batumi (Georgia)", "TR", True),
        ("Batumi (the port)", "TR", False),
        ("Georgia", "US", False),
        ("Sumy, Ukraine", "", False),
    ],
)
def test_a_name_that_ends_in_another_country_is_a_contradiction(name, country, found):
    one = place("ford", names=(Name(name),), country=country)
    assert bool(list(check_labels([one], {"ukraine": "UA", "georgia": "GE"}, {}))) == found


def test_the_base_map_tells_land_sea_and_the_side_of_a_border():
    ground = BaseMapGround()
    yerevan, baku, caspian, crimea = (44.51, 40.18), (49.87, 40.41), (51.0, 41.0), (34.1, 44.95)

    def beyond(point, country, limit_km=0.5):
        return ground.beyond([point[0]], [point[1]], country, [limit_km])[0]

    assert beyond(yerevan, "AM") == 0
    assert beyond(yerevan, "QQ") == 0, "nothing is known of that country"
    assert beyond(baku, "AM") > 250
    assert 15 < beyond(yerevan, "TR") < 30
    assert beyond(yerevan, "TR", 30.0) == 0
    assert 40 < beyond(caspian, "") < 120
    assert beyond(baku, "") == 0
    assert beyond(crimea, "") == 0, "disputed land is land"
    assert beyond(crimea, "UA") == 0, "by international recognition"


def test_border_places_lie_near_the_border_of_two_of_the_countries():
    towns = [place("near", 40.906, 45.42), place("far", 40.18, 44.51), place("turkish border", 40.12, 43.66)]
    assert border_places(towns, ["AM", "AZ"]) == {"near"}
    assert border_places(towns, ["AM", "TR"]) == {"turkish border"}


def test_the_curated_gazetteer_is_clean():
    assert said(check_gazetteer(ground=BaseMapGround())) == []


def test_the_counts_tell_towns_villages_sides_and_sources():
    rows = curated(
        place("ford", radius_km=3.0, sides="north south"),
        place("mill", sides="north south", sources=("atlas",)),
        place("inn", sides="north"),
        place("shire", feature_class="admin"),
    )
    count = tally(rows, {}, required=SIDES, border=("ford", "mill", "inn", "shire"))
    assert (count.places, count.by_class) == (4, {"settlement": 3, "admin": 1})
    assert (count.towns, count.towns_with_every_side) == (1, 1)
    assert (count.border_villages, count.border_villages_with_every_side) == (2, 1)
    assert count.names_by_side == {"intl": 4, "north": 3, "south": 2}
    assert (count.single_source, count.sole_sources) == (0.25, {"atlas": 1})
    assert "border villages: 2, with a name from every side 1" in tally_lines(count)


def test_the_sides_that_towns_need_are_read_from_their_file(tmp_path):
    (tmp_path / "set_sides.csv").write_text("set,side,note\nhills,north,\nhills,south,\ncoast,,\n", "utf-8")
    required, faults = required_sides(tmp_path)
    assert required == {"hills": ("north", "south")}
    assert faults == ["set_sides.csv:4: side is empty; it must be filled"]
