import json
import os
import sqlite3
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import geojson_validator
import geopandas
import numpy as np
import pandas as pd
import pyogrio
import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, box
from tests_support import missing

from geo.errors import CoordinateError, VectorFileError
from geo.shapes import corridor, disc, line_through
from geo.vectors import feature_collection, geojson_text, geometry_json, replacing, write_geojson, write_geopackage

TYPES = {"id": "text", "day": "date", "killed": "int", "places": "json", "share": "float", "schematic": "bool"}
CHANGED = datetime(2023, 9, 19, tzinfo=UTC)


@pytest.fixture
def frame():
    columns = {
        "id": ["a", "b"],
        "day": [date(2022, 11, 5), None],
        "killed": [4, None],
        "places": ['[{"name":"Khramort"}]', "[]"],
        "share": [0.5, None],
        "schematic": [True, None],
    }
    return geopandas.GeoDataFrame(columns, geometry=[Point(46.8, 39.9), None], crs="EPSG:4326")


@pytest.fixture
def shapes():
    clockwise = Polygon([(0, 0), (0, 4), (4, 4), (4, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    road = line_through([(46.3, 39.5), (46.75, 39.82)])
    geometry = [clockwise, disc(179.95, 20, 30), corridor(road, 3), road, MultiPolygon([box(5, 5, 6, 6)])]
    return geopandas.GeoDataFrame({"n": range(len(geometry))}, geometry=geometry, crs="EPSG:4326")


def test_geojson_is_valid_and_right_handed(shapes, tmp_path):
    write_geojson(shapes, tmp_path / "a.geojson", id_columns=["n"])
    text = (tmp_path / "a.geojson").read_text(encoding="utf-8")
    assert geojson_validator.validate_structure(json.loads(text), check_crs=True) == {}
    found = geojson_validator.validate_geometries(json.loads(text))
    assert found["invalid"] == {}
    # Holes are no fault, and the validator takes a part that ends at 180 degrees for one that crosses them.
    assert set(found["problematic"]) <= {"holes", "crosses_antimeridian"}


def test_geojson_writes_dates_nulls_and_json_columns_plainly(frame):
    first, second = feature_collection(frame, types=TYPES)["features"]
    assert first["properties"] == {
        "id": "a",
        "day": "2022-11-05",
        "killed": 4,
        "places": '[{"name":"Khramort"}]',
        "share": 0.5,
        "schematic": True,
    }
    assert second["geometry"] is None
    assert second["properties"]["killed"] is None
    assert second["properties"]["share"] is None


def test_a_text_that_looks_like_a_missing_value_stays_a_text():
    frame = geopandas.GeoDataFrame({"name": ["NaT", "<NA>", "nan"]}, geometry=[None] * 3, crs="EPSG:4326")
    assert [feature["properties"]["name"] for feature in feature_collection(frame)["features"]] == [
        "NaT",
        "<NA>",
        "nan",
    ]


def test_numbers_of_numpy_and_times_of_pandas_become_json():
    columns = {"n": [np.int64(3)], "t": [pd.Timestamp("2023-09-19 13:00")], "d": [pd.Timestamp("2023-09-19")]}
    frame = geopandas.GeoDataFrame(columns, geometry=[Point(0, 0)], crs="EPSG:4326")
    properties = json.loads(geojson_text(frame, types={"d": "date"}))["features"][0]["properties"]
    assert properties == {"n": 3, "t": "2023-09-19T13:00:00", "d": "2023-09-19"}


def test_the_same_frame_gives_the_same_bytes(shapes, frame, tmp_path):
    for name in ("a", "b"):
        write_geojson(shapes, tmp_path / f"{name}.geojson")
        layers = {"shapes": shapes, "points": frame}
        write_geopackage(layers, tmp_path / f"{name}.gpkg", types={"points": TYPES}, changed=CHANGED)
    assert (tmp_path / "a.geojson").read_bytes() == (tmp_path / "b.geojson").read_bytes()
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


def test_coordinates_have_no_more_digits_than_asked():
    assert geometry_json(Point(46.123456789, -0.00000001), digits=4) == {"type": "Point", "coordinates": [46.1235, 0.0]}


def test_rounding_leaves_valid_shapes_and_never_nothing():
    sliver = Polygon([(0, 0), (1, 0.00001), (1, 1), (0.5, 0.000011)])
    tiny = box(0.0, 0.0, 0.0001, 0.0001)
    frame = geopandas.GeoDataFrame(geometry=[sliver, tiny, LineString([(0, 0), (0.00001, 0)])], crs="EPSG:4326")
    collection = json.loads(geojson_text(frame, digits=3))
    assert [feature["geometry"]["type"] for feature in collection["features"]] == ["Polygon", "Polygon", "LineString"]
    assert geojson_validator.validate_geometries(collection)["invalid"] == {}


def test_two_features_with_one_id_are_refused(frame):
    with pytest.raises(VectorFileError, match="'a'"):
        geojson_text(frame.assign(id="a"), id_columns=["id"])


def test_an_id_of_several_columns_tells_rows_apart(frame):
    features = feature_collection(frame.assign(id="a"), id_columns=["id", "share"])["features"]
    assert [feature["id"] for feature in features] == ["a/0.5", "a/None"]


@pytest.mark.parametrize("write", [write_geojson, lambda frame, path: write_geopackage({"x": frame}, path)])
def test_another_coordinate_system_is_never_written(frame, tmp_path, write):
    with pytest.raises(CoordinateError):
        write(frame.to_crs("EPSG:3857"), tmp_path / "x.gpkg")
    assert list(tmp_path.iterdir()) == []


def test_a_value_that_json_does_not_know_is_an_error_that_says_so(tmp_path):
    frame = geopandas.GeoDataFrame({"x": [{1, 2}]}, geometry=[None], crs="EPSG:4326")
    with pytest.raises(VectorFileError, match="set"):
        write_geojson(frame, tmp_path / "x.geojson")
    assert list(tmp_path.iterdir()) == []


def fail_while_writing(path):
    with replacing(path) as temporary:
        temporary.write_text("half")
        _ = 1 / 0


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "out.geojson"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        fail_while_writing(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_an_error_that_names_it(frame, tmp_path):
    with pytest.raises(VectorFileError, match="nowhere"):
        write_geojson(frame, tmp_path / "nowhere" / "x.geojson")


def test_geopackage_columns_have_the_same_types_empty_full_or_null(frame, tmp_path):
    layers = {"full": frame, "empty": frame.iloc[:0], "nulls": frame.iloc[1:]}
    path = tmp_path / "x.gpkg"
    write_geopackage(layers, path, types=dict.fromkeys(layers, TYPES), geometry_types=dict.fromkeys(layers, "Point"))
    with sqlite3.connect(path) as database:
        tables = [database.execute(f"PRAGMA table_info({name})").fetchall() for name in layers]
        version = database.execute("PRAGMA user_version").fetchone()
    database.close()
    columns = [[(row[1], row[2]) for row in table] for table in tables]
    assert columns[0] == columns[1] == columns[2]
    assert dict(columns[0]) == {
        "fid": "INTEGER",
        "geom": "POINT",
        "id": "TEXT",
        "day": "DATE",
        "killed": "INTEGER",
        "places": "TEXT",
        "share": "REAL",
        "schematic": "BOOLEAN",
    }
    assert version == (10300,)


def test_geopackage_keeps_every_value(frame, tmp_path):
    write_geopackage({"x": frame}, tmp_path / "x.gpkg", types={"x": TYPES})
    found = pyogrio.read_dataframe(tmp_path / "x.gpkg", layer="x")
    assert [pd.Timestamp(value).date() if pd.notna(value) else None for value in found.day] == frame.day.tolist()
    assert found.killed.iloc[0] == 4
    assert found.killed.isna().tolist() == [False, True]
    assert found.places.tolist() == frame.places.tolist()
    assert found.geometry.iloc[0].equals(frame.geometry.iloc[0])


def test_dates_are_dates_without_being_declared(frame, tmp_path):
    write_geopackage({"x": frame[["day", "geometry"]]}, tmp_path / "x.gpkg")
    assert pyogrio.read_info(tmp_path / "x.gpkg", layer="x")["dtypes"][0] == "datetime64[D]"


def test_a_value_of_the_wrong_type_names_layer_and_column(frame, tmp_path):
    with pytest.raises(VectorFileError, match="layer x, column id"):
        write_geopackage({"x": frame}, tmp_path / "x.gpkg", types={"x": {"id": "int"}})
    with pytest.raises(VectorFileError, match="column type 'date32'"):
        write_geopackage({"x": frame}, tmp_path / "x.gpkg", types={"x": {"id": "date32"}})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.shared
def test_the_geopackage_validator_of_gdal_is_content(frame, tmp_path):
    if not has_qgis():
        missing("QGIS and GDAL's tools (apt-get install python3-qgis python3-gdal)")
    for name, changed in (("a", CHANGED), ("b", None)):
        path = tmp_path / f"{name}.gpkg"
        write_geopackage(
            {"x": frame, "empty": frame.iloc[:0]}, path, types={"x": TYPES, "empty": TYPES}, changed=changed
        )
        command = [
            "/usr/bin/python3",
            "-m",
            "osgeo_utils.samples.validate_gpkg",
            "-k",
            "--extra",
            "--warning-as-error",
            path,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr


def has_qgis() -> bool:
    python = Path("/usr/bin/python3")
    return (
        python.exists()
        and not subprocess.run([python, "-c", "import qgis.core"], capture_output=True, check=False).returncode
    )


@pytest.mark.shared
def test_qgis_loads_every_layer_with_its_types(frame, shapes, shared_dir, tmp_path):
    if not has_qgis():
        missing("QGIS (apt-get install python3-qgis)")
    path = tmp_path / "x.gpkg"
    layers = {"points": frame, "empty": frame.iloc[:0], "areas": shapes.iloc[[0, 2, 4]]}
    types = {"points": TYPES, "empty": TYPES}
    write_geopackage(layers, path, types=types, geometry_types={"empty": "Point", "areas": "MultiPolygon"})
    write_geojson(frame, tmp_path / "x.geojson", types=TYPES, id_columns=["id"])
    found = {layer["name"]: layer for layer in qgis_layers(shared_dir, path)}
    assert {name: layer["feature_count"] for name, layer in found.items()} == {"points": 2, "empty": 0, "areas": 3}
    assert all(layer["valid"] and layer["crs"] == "EPSG:4326" for layer in found.values())
    assert {field["name"]: field["type"] for field in found["empty"]["fields"]}["day"] == "Date"
    (layer,) = qgis_layers(shared_dir, tmp_path / "x.geojson")
    assert layer["valid"]
    assert layer["feature_count"] == 2


def qgis_layers(shared_dir, path):
    done = subprocess.run(
        ["/usr/bin/python3", shared_dir / "qgis" / "qgis_check.py", path],
        capture_output=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=120,
    )
    return json.loads(done.stdout)["layers"]
