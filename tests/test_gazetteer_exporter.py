"""Exported places can be read by other tools, and by our own import."""

import csv
import json

import pytest

from gazetteer.exporter import Form, curated_places, export_places, imported_places
from gazetteer.importer import import_places
from gazetteer.model import FeatureClass, Name, Place
from gazetteer.store import open_gazetteer
from geo.errors import MarchlandError

PLACES = [
    Place(
        "zumvorrak",
        "Zumvorrak",
        FeatureClass.MOUNTAIN,
        12.5,
        -33.25,
        radius_km=2.5,
        country="QQ",
        population=7,
        sources=("atlas", "census"),
        note='a "height", with commas',
        names=(Name("Zumvorrak"), Name("Зумворрак", language="ru", script="Cyrl", side="north", kind="official")),
    ),
    Place(
        "pellgrath", "Pellgrath", FeatureClass.SETTLEMENT, -1.0, 33.0, geonames_id="77", names=(Name("Pell,\tgrath"),)
    ),
    Place("quor", "Quor", FeatureClass.REGION, None, None),
]


def test_csv_has_a_row_for_each_place_with_a_point(tmp_path):
    assert export_places(PLACES, tmp_path / "out.csv", Form.CSV) == 2
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["lat"], first["lon"], first["names"]) == ("12.5", "-33.25", "Zumvorrak|Зумворрак")
    assert (first["sources"], first["note"]) == ("atlas;census", 'a "height", with commas')
    assert second["feature_class"] == "settlement"


def test_geojson_has_longitude_first_and_every_name_in_full(tmp_path):
    assert export_places(PLACES, tmp_path / "out.geojson", Form.GEOJSON) == 2
    document = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    feature = document["features"][0]
    assert (document["type"], feature["id"]) == ("FeatureCollection", "zumvorrak")
    assert feature["geometry"] == {"type": "Point", "coordinates": [-33.25, 12.5]}
    told = {"text": "Зумворрак", "language": "ru", "script": "Cyrl", "side": "north", "kind": "official"}
    assert told in feature["properties"]["names"]


def test_the_geonames_form_has_nineteen_columns_and_numbers_for_ids(tmp_path):
    assert export_places(PLACES, tmp_path / "out.txt", Form.GEONAMES) == 2
    rows = [line.split("\t") for line in (tmp_path / "out.txt").read_text("utf-8").splitlines()]
    assert [len(row) for row in rows] == [19, 19]
    assert rows[1][:8] == ["77", "Pellgrath", "Pellgrath", "Pell  grath", "-1.0", "33.0", "P", "PPL"]
    assert int(rows[0][0]) >= 9_000_000_000
    assert (rows[0][6:9], rows[0][14]) == (["T", "MT", "QQ"], "7")


def test_an_export_that_fails_leaves_the_file_before(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("before", "utf-8")

    def broken():
        yield PLACES[0]
        raise MarchlandError("the disk is gone")

    with pytest.raises(MarchlandError):
        export_places(broken(), path, Form.CSV)
    assert [(one.name, one.read_text("utf-8")) for one in tmp_path.iterdir()] == [("out.csv", "before")]


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("name", ["out.csv", "out.geojson", "out.txt"])
def test_what_is_exported_can_be_imported_and_exported_again(tmp_path, name):
    form = {"csv": Form.CSV, "geojson": Form.GEOJSON, "txt": Form.GEONAMES}[name.split(".")[1]]
    export_places(PLACES, tmp_path / name, form)
    assert import_places(tmp_path / name).places == 2
    mountain, village = imported_places("out")
    assert (mountain.name, mountain.lat, mountain.lon, mountain.country) == ("Zumvorrak", 12.5, -33.25, "QQ")
    assert mountain.feature_class is FeatureClass.MOUNTAIN
    assert village.feature_class is FeatureClass.SETTLEMENT
    assert open_gazetteer().lookup(["зумворрак"])["зумворрак"][0].place_id == mountain.place_id
    assert export_places(imported_places(), tmp_path / "again.csv", Form.CSV) == 2


def test_one_curated_set_can_be_exported_alone():
    karabakh = {place.place_id for place in curated_places("karabakh")}
    assert {"lachin", "shusha"} <= karabakh < {place.place_id for place in curated_places()}
    with pytest.raises(MarchlandError, match="there is no curated set 'atlantis'; there are: armenia, azerbaijan"):
        list(curated_places("atlantis"))


@pytest.mark.usefixtures("own_cache")
def test_there_is_nothing_to_export_without_an_import():
    with pytest.raises(MarchlandError, match="there is no imported set"):
        list(imported_places())
