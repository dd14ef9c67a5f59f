"""A user's places are imported whole or not at all, and are found at once."""

import json
import zipfile

import pytest

from gazetteer.importer import import_places, imported_sets, imports_dir, remove_import
from gazetteer.model import FeatureClass
from gazetteer.store import open_gazetteer
from geo.errors import DataFileError, MarchlandError

pytestmark = pytest.mark.usefixtures("own_cache")


def dump_row(number, name, *, lat="12.5", lon="33.25", code="P\tPPL", names="", country="QQ", population="0"):
    """Make one row in the form of a GeoNames dump."""
    return f"{number}\t{name}\t{name}\t{names}\t{lat}\t{lon}\t{code}\t{country}\t\t07\t\t\t\t{population}\t\t400\tAfrica/Khartoum\t2024-05-01"


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_a_dump_in_a_zip_is_found_by_every_name_at_once(tmp_path):
    with zipfile.ZipFile(tmp_path / "QQ.zip", "w") as archive:
        archive.writestr("readme.txt", "what the columns are")
        archive.writestr(
            "QQ.txt", dump_row(990001, "Zumvorrak", names="Zumworrak,Зумворрак", population="90000") + "\n"
        )
    done = import_places(tmp_path / "QQ.zip")
    assert (done.name, done.places, done.faults) == ("qq", 1, ())
    hit = open_gazetteer().lookup(["зумворрак"])["зумворрак"][0]
    assert (hit.place_id, hit.lat, hit.lon, hit.country, hit.population) == ("gn-990001", 12.5, 33.25, "QQ", 90000)
    place = open_gazetteer().place("gn-990001")
    assert (place.origin, place.sources, place.radius_km) == ("imported", ("import:qq",), 3.1)


def test_feature_codes_become_classes_and_undersea_features_are_left_out(tmp_path):
    codes = ["H\tLK", "H\tSTM", "T\tPK", "S\tMSTY", "A\tADM2", "L\tRGN", "R\tRD", "U\tRDGU"]
    rows = [dump_row(990010 + i, f"Qorvath{i}", code=code) for i, code in enumerate(codes)]
    done = import_places(write(tmp_path / "QQ.txt", *rows))
    found = [open_gazetteer().place(f"gn-{990010 + i}").feature_class.value for i in range(7)]
    assert found == ["lake", "river", "mountain", "facility", "admin", "region", "road"]
    assert (done.places, done.left_out) == (7, 1)


def test_what_the_gazetteer_has_is_not_imported_twice(tmp_path):
    rows = [dump_row(3038832, "Vila"), dump_row(174875, "Kapan"), dump_row(990001, "Zumvorrak")]
    done = import_places(write(tmp_path / "QQ.txt", *rows))
    assert (done.places, done.known) == (1, 2)


def test_every_faulty_row_is_told_with_its_line_and_nothing_is_imported(tmp_path):
    rows = [
        dump_row(990001, "Zumvorrak"),
        dump_row(990002, "Pellgrath", lat="97.0"),
        "990003\tToo\tshort",
        dump_row("x12", "Morvend"),
        dump_row(990005, "Tarvin", lon="east"),
    ]
    with pytest.raises(DataFileError) as caught:
        import_places(write(tmp_path / "QQ.txt", *rows))
    assert caught.value.faults == [
        "QQ.txt:2: latitude 97.0 is outside -90..90; are the columns swapped?",
        "QQ.txt:3: 3 columns, beginning '990003'; a GeoNames row has 19, tab-separated",
        "QQ.txt:4: geonameid 'x12' is no number; is this a GeoNames dump?",
        "QQ.txt:5: longitude 'east' is not a number; write decimal degrees like 39.51",
        "QQ.txt: nothing is imported; mend these rows or skip them",
    ]
    assert list(imports_dir().iterdir()) == []


def test_faulty_rows_can_be_skipped(tmp_path):
    path = write(tmp_path / "QQ.txt", dump_row(990001, "Zumvorrak"), dump_row(990002, "Pellgrath", lat="97.0"))
    done = import_places(path, skip_faulty=True)
    assert (done.places, len(done.faults)) == (1, 1)


def test_a_failed_import_leaves_the_one_before(tmp_path):
    import_places(write(tmp_path / "QQ.txt", dump_row(990001, "Zumvorrak")))
    with pytest.raises(DataFileError):
        import_places(write(tmp_path / "QQ.txt", dump_row(990002, "Pellgrath"), "broken"))
    assert set(open_gazetteer().lookup(["Zumvorrak", "Pellgrath"])) == {"Zumvorrak"}


def test_a_second_import_of_one_name_replaces_the_first_and_can_be_removed(tmp_path):
    import_places(write(tmp_path / "a.txt", dump_row(990001, "Zumvorrak")), name="Field notes")
    import_places(
        write(tmp_path / "b.txt", dump_row(990002, "Pellgrath"), dump_row(990003, "Tarvind")), name="field-notes"
    )
    assert [(found.name, found.places) for found in imported_sets()] == [("field-notes", 2)]
    remove_import("field-notes")
    assert imported_sets() == []
    with pytest.raises(MarchlandError, match="there is no imported set 'field-notes'; there are: none"):
        remove_import("field-notes")


def test_a_csv_of_places_needs_only_name_lat_lon(tmp_path):
    path = write(
        tmp_path / "posts.csv",
        "Name;Latitude;Longitude;feature_class;names;radius_km;sources",
        "Zumvorrak post;12.5;33.25;facility;Post 4|Gate of Zum;0.5;survey",
        "Zumvorrak post;12.6;33.25;;;;",
    )
    assert import_places(path).places == 2
    first, second = (open_gazetteer().place(f"posts-zumvorrak-post{end}") for end in ("", "-2"))
    assert (first.feature_class, first.radius_km, first.sources) == (
        FeatureClass.FACILITY,
        0.5,
        ("survey", "import:posts"),
    )
    assert [name.text for name in first.names] == ["Post 4", "Gate of Zum"]
    assert (second.feature_class, second.radius_km) == (FeatureClass.SETTLEMENT, 1.0)
    assert open_gazetteer().lookup(["gate of zum"])["gate of zum"][0].place_id == first.place_id


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Ford,12.5", "posts.csv:3: 2 values for 4 columns; quote values that contain ','"),
        (",12.5,33,1", "posts.csv:3: name is empty; it must be filled"),
        ("Ford,12.5,233,1", "posts.csv:3: lon 233 is outside -180..180; are the columns swapped?"),
        ("Ford,,33,1", "posts.csv:3: lat '' is not a number; write decimal degrees like 39.51"),
        ("Ford,12,33,wide", "posts.csv:3: radius_km 'wide' is no number from 0 up; leave it empty when it is unknown"),
        ("Ford,nan,33,1", "posts.csv:3: lat nan is outside -90..90; are the columns swapped?"),
    ],
)
def test_a_wrong_csv_row_is_told_with_line_and_remedy(tmp_path, row, fault):
    path = write(tmp_path / "posts.csv", "name,lat,lon,radius_km", "Mill,12,33,1", row)
    with pytest.raises(DataFileError) as caught:
        import_places(path)
    assert caught.value.faults[0] == fault


def test_geojson_points_are_imported_with_full_names(tmp_path):
    names = [{"text": "Zumworrak", "language": "qq", "side": "south", "kind": "exonym"}, "Zum"]
    point = {"type": "Point", "coordinates": [33.25, 12.5, 400]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": "Zumvorrak", "names": names}}
    path = tmp_path / "posts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    import_places(path)
    place = open_gazetteer().place("posts-zumvorrak")
    assert (place.lat, place.lon) == (12.5, 33.25)
    assert {(name.text, name.side) for name in place.names} == {("Zumworrak", "south"), ("Zum", "intl")}


def test_geojson_lines_and_nameless_points_are_faults(tmp_path):
    line = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "properties": {}}
    nameless = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [0, 0]}, "properties": None}
    path = tmp_path / "posts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [line, nameless]}), "utf-8")
    with pytest.raises(DataFileError) as caught:
        import_places(path)
    assert caught.value.faults[:2] == [
        "posts.geojson: feature 1: geometry is LineString; only points can be imported",
        "posts.geojson: feature 2: name is empty; it must be filled",
    ]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.shp", b"x", "is not a form of places; give a file that ends in .zip"),
        ("a.zip", b"no zip", "a.zip: it is no sound zip file"),
        ("a.csv", b"place,north,east\n", "a.csv:1: there is no column name, lat, lon; the first line must name"),
        ("a.csv", "name,lat,lon\nГорис,39,46\n".encode("cp1251"), "is not UTF-8; save it as UTF-8"),
        ("a.json", b'{"type": "FeatureCollection",\n "features": [', "a.json:2: it is no JSON"),
        ("a.json", b"[1, 2]", "a.json: it is no GeoJSON"),
        ("a.csv", b'name,lat,lon\n"' + b"x" * 200_000, "a.csv: it is no sound table (field larger than field limit"),
        ("a.json", b'{"geometry": [1], "properties": {}}', "a.json: nothing is imported; mend these rows"),
        ("a.json", b'{"geometry": {"type": "Point", "coordinates": {"x": 1}}}', "a.json: nothing is imported"),
        ("a.csv", b"name,lat,lon\n", "a.csv: nothing to import: it holds no place"),
        ("a.txt", b"", "a.txt: nothing to import: it holds no place"),
    ],
)
def test_a_file_that_is_no_list_of_places_is_told_plainly(tmp_path, name, content, fault):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataFileError) as caught:
        import_places(tmp_path / name)
    assert fault in caught.value.faults[-1]


def test_a_population_beyond_belief_is_left_out(tmp_path):
    path = write(tmp_path / "QQ.txt", dump_row(990001, "Zumvorrak", population="9" * 30))
    import_places(path)
    assert open_gazetteer().place("gn-990001").population == 0


def test_a_damaged_set_is_named():
    imports_dir().mkdir()
    (imports_dir() / "qq.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(MarchlandError, match=r"qq\.sqlite: it is damaged .* delete it and import the places again"):
        imported_sets()


def test_a_cache_that_cannot_hold_the_places_is_told(tmp_path):
    imports_dir().write_text("a file where the folder should be")
    with pytest.raises(MarchlandError, match="set MARCHLAND_CACHE to a folder that can be written"):
        import_places(write(tmp_path / "QQ.txt", dump_row(990001, "Zumvorrak")))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataFileError, match="there is no such file"):
        import_places(tmp_path / "none.csv")


def test_forty_thousand_rows_are_imported_and_tell_their_progress(tmp_path):
    rows = (dump_row(2_000_000_000 + i, f"Vorrak {i}", names=f"Worrak {i},Воррак {i}") for i in range(40_000))
    path = write(tmp_path / "QQ.txt", *rows)
    told = []
    done = import_places(path, progress=lambda what, part, whole: told.append((what, part / whole)))
    assert done.places == 40_000
    shares = [share for what, share in told if what == "importing QQ.txt"]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=0.15)
