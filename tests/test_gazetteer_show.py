"""Everything about one place: names by side, who held it when, claims, roads, sources."""

import json

from gazetteer.curated import Curated
from gazetteer.model import FeatureClass, Holder, Name, Place
from gazetteer.records import Claim, SharedName, Side, Source
from gazetteer.roads import DatedStatus, Road, RoadPoint
from gazetteer.show import dossier, dossier_lines, dossier_record, name_lines

FORT = Place(
    "fort-qamar",
    "Fort Qamar",
    FeatureClass.FACILITY,
    -12.5,
    33.25,
    radius_km=2,
    origin="curated",
    admin="upper-district",
    sources=("atlas",),
    confidence="high",
    note="on the ridge",
    names=(Name("Fort Qamar", language="en"), Name("Qamar", language="ar", side="east", kind="official", source="law")),
    holders=(
        Holder("Quorland", "1950", "1999-05", "atlas"),
        Holder("Pellia", "1999-05", "", "daily;law", "by its army"),
    ),
)
CURATED = Curated(
    places=(FORT,),
    claims=(
        Claim("fort-qamar", "Quorland", "the whole ridge", "1999", "", "law"),
        Claim("other", "Pellia", "a river", "", "", "atlas"),
    ),
    sources=(
        Source("atlas", "Atlas of the Ridge", "Institute", "2001", "https://example.org/"),
        Source("law", "Law 7"),
    ),
    sides=(Side("intl", "International"), Side("east", "Eastern side")),
    shared_names=(SharedName("Qamar", ("fort-qamar", "qamar-village"), "the village lies below"),),
)


def test_a_dossier_says_who_held_the_place_when_who_claims_it_and_who_says_so():
    lines = dossier_lines(dossier(FORT, CURATED))
    assert lines[0] == "Fort Qamar (fort-qamar): facility, upper-district, 12.5 S 33.25 E"
    text = "\n".join(lines)
    assert "held by\n  1950 to 1999-05: Quorland [atlas]\n  since 1999-05: Pellia [daily;law] (by its army)" in text
    assert "claims\n  since 1999: Quorland: the whole ridge [law]" in text
    assert "shared names\n  Qamar is also qamar-village: the village lies below" in text
    assert "  Eastern side: Qamar (ar, official; law)" in text
    assert "river" not in text


def test_every_cited_source_is_named_once_also_one_that_nobody_described():
    told = dossier(FORT, CURATED)
    assert [source.source_id for source in told.sources] == ["atlas", "law", "daily"]
    assert "  atlas: Atlas of the Ridge, Institute, 2001, https://example.org/" in dossier_lines(told)


def test_a_road_shows_its_points_and_dated_statuses():
    place = Place("ridge-road", "Ridge road", FeatureClass.ROAD, 1.0, 2.0)
    points = (RoadPoint(1, "Ford", 2.0, 1.0, "atlas"), RoadPoint(2, "Inn", 2.1, 1.1, "atlas"))
    shut = DatedStatus("closed", "2001-03", "", "the army", "law")
    road = Road("ridge-road", "Ridge road", points, (shut,), part_of="valley-road")
    lines = dossier_lines(dossier(place, CURATED, [road]))
    at = lines.index("road")
    assert lines[at + 1 : at + 3] == [
        "  schematic line (section of valley-road): Ford - Inn",
        "  since 2001-03: closed (the army) [law]",
    ]


def test_names_of_which_only_the_spelling_is_known_stand_alone():
    assert name_lines([Name("Qamar", source="geonames"), Name("Kamar", source="geonames")]) == ["intl: Qamar, Kamar"]


def test_a_dossier_is_plain_json():
    record = json.loads(json.dumps(dossier_record(dossier(FORT, CURATED))))
    assert record["feature_class"] == "facility"
    assert record["holders"][1]["holder"] == "Pellia"
    assert [claim["claimant"] for claim in record["claims"]] == ["Quorland"]
    assert record["road"] is None
