"""The curated sets are read strictly, and everything wrong is told at once."""

from pathlib import Path

import pytest

from gazetteer.curated import read_curated, scan_curated
from gazetteer.curated_rows import (
    CLAIM_COLUMNS,
    HOLDER_COLUMNS,
    NAME_COLUMNS,
    PLACE_COLUMNS,
    SHARED_COLUMNS,
    SIDE_COLUMNS,
    SOURCE_COLUMNS,
)
from gazetteer.model import FeatureClass
from geo.errors import DataFileError

HEADERS = {
    "places": PLACE_COLUMNS,
    "names": NAME_COLUMNS,
    "holders": HOLDER_COLUMNS,
    "claims": CLAIM_COLUMNS,
    "shared_names": SHARED_COLUMNS,
}
PROVINCE = "tavush-province,Tavush,admin,40.9,45.1,40,AM,,,,atlas,high,"
VILLAGE = "berdavan,Berdavan,settlement,41.2,45.0,1.5,AM,tavush-province,616199,Q2897203,atlas;census,high,"
NAME = "berdavan,Բերդավան,hy,Armn,am,official,1978,,census,"


def write_set(root: Path, name: str = "north", **tables: list[str]) -> Path:
    """Write one set with the tables given, and the files that all sets share."""
    root.mkdir(exist_ok=True)
    (root / "sources.csv").write_text(",".join(SOURCE_COLUMNS) + "\natlas,Atlas,,,,,\ncensus,Census,,,,,\n", "utf-8")
    (root / "sides.csv").write_text(",".join(SIDE_COLUMNS) + "\nintl,International,\nam,Armenian,\n", "utf-8")
    folder = root / name
    folder.mkdir(exist_ok=True)
    for table, lines in tables.items():
        text = "\n".join([",".join(HEADERS[table]), *lines]) + "\n"
        (folder / f"{table}.csv").write_text(text, "utf-8")
    return root


def faults_of(root: Path) -> list[str]:
    with pytest.raises(DataFileError) as caught:
        read_curated(root)
    return caught.value.faults


def test_a_place_carries_its_names_and_holders_and_its_label_as_a_name(tmp_path):
    holders = ["berdavan,Armenia,1991,,census,", "berdavan,Soviet Union,1922,1991,atlas,"]
    curated = read_curated(write_set(tmp_path, places=[PROVINCE, VILLAGE], names=[NAME], holders=holders))
    place = curated.by_id()["berdavan"]
    assert (place.feature_class, place.lat, place.lon, place.radius_km) == (FeatureClass.SETTLEMENT, 41.2, 45.0, 1.5)
    assert [(n.text, n.side, n.source) for n in place.names] == [
        ("Berdavan", "intl", "atlas"),
        ("Բերդավան", "am", "census"),
    ]
    assert [h.holder for h in place.holders] == ["Soviet Union", "Armenia"]
    assert (place.sources, place.geonames_id, place.origin) == (("atlas", "census"), "616199", "curated")
    assert curated.row_of("berdavan") == "north/places.csv:3"


def test_the_label_is_no_second_name_where_names_has_it_for_the_same_side(tmp_path):
    own = "berdavan,Berdavan,en,Latn,intl,transliteration,,,census,"
    curated = read_curated(write_set(tmp_path, places=[PROVINCE, VILLAGE], names=[own]))
    assert [n.kind for n in curated.by_id()["berdavan"].names] == ["transliteration"]


def test_what_the_label_says_in_brackets_is_no_part_of_the_name(tmp_path):
    curated = read_curated(write_set(tmp_path, places=[PROVINCE.replace("Tavush,", "Tavush (province),")]))
    assert [n.text for n in curated.places[0].names] == ["Tavush"]


def test_claims_and_shared_names_are_read(tmp_path):
    root = write_set(
        tmp_path,
        places=[PROVINCE, VILLAGE],
        claims=["tavush-province,Somebody,all of it,1990,,atlas,"],
        shared_names=["Berd,berdavan;tavush-province,the short form of both"],
    )
    curated = read_curated(root)
    assert curated.claims_on("tavush-province")[0].claimant == "Somebody"
    assert curated.shared_names[0].place_ids == ("berdavan", "tavush-province")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (VILLAGE.replace("41.2,", "97.0,"), "lat 97.0 is outside -90..90; are the columns swapped?"),
        (VILLAGE.replace("41.2,", "41°12,"), "lat '41°12' is not a number"),
        (VILLAGE.replace("41.2,", ","), "one of lat and lon is empty"),
        (VILLAGE.replace("1.5", "-1"), "radius_km -1 is outside 0..10000"),
        (VILLAGE.replace("settlement", "village"), "feature_class 'village' is unknown; use one of settlement"),
        (VILLAGE.replace("AM", "Armenia"), "country 'Armenia' is malformed"),
        (VILLAGE.replace("tavush-province", "tavus"), "admin 'tavus' is no place_id"),
        (VILLAGE.replace("tavush-province", "berdavan"), "admin 'berdavan' is the place itself"),
        (VILLAGE.replace("616199", "gn 616199"), "geonames_id 'gn 616199' is malformed; write the number only"),
        (VILLAGE.replace("Q2897203", "2897203"), "wikidata_id '2897203' is malformed; write it like Q399"),
        (VILLAGE.replace("atlas;census", "atlas, census"), "14 values for 13 columns, beginning 'berdavan'"),
        (VILLAGE.replace("atlas;census", "memory"), "source 'memory' is unknown; add it to sources.csv"),
        (VILLAGE.replace("atlas;census", ""), "sources is empty; it must be filled"),
        (VILLAGE.replace("high", "sure"), "confidence 'sure' is unknown; use one of high, medium, low"),
        (VILLAGE.replace("berdavan,Ber", "Berdavan,Ber"), "place_id 'Berdavan' is malformed"),
        (VILLAGE.replace("Berdavan", " Berdavan"), "name ' Berdavan' has blanks around it"),
        (VILLAGE.replace("Berdavan", "Be\u0301rdavan"), "is in decomposed Unicode"),
    ],
)
def test_a_wrong_places_row_fails_with_file_line_value_and_remedy(tmp_path, row, message):
    (fault,) = faults_of(write_set(tmp_path, places=[PROVINCE, row]))
    assert fault.startswith("north/places.csv:3: ")
    assert message in fault


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (NAME.replace("berdavan", "berdavam"), "place_id 'berdavam' has no sound row in places.csv"),
        (NAME.replace("hy", "Armenian"), "language 'Armenian' is malformed"),
        (NAME.replace("Armn", "Latn"), "text 'Բերդավան' has letters of another script than Latn"),
        (NAME.replace(",am,", ",az,"), "side 'az' is unknown; add it to sides.csv"),
        (NAME.replace("official", "nickname"), "kind 'nickname' is unknown; use one of official, endonym"),
        (NAME.replace("1978", "1978-13"), "since '1978-13' is not a date"),
        (NAME.replace("1978,", "1978,1960"), "since 1978 is after until 1960; are the columns swapped?"),
        (NAME.replace("census", ""), "source is empty"),
    ],
)
def test_a_wrong_names_row_fails_with_file_line_value_and_remedy(tmp_path, row, message):
    (fault,) = faults_of(write_set(tmp_path, places=[PROVINCE, VILLAGE], names=[row]))
    assert fault.startswith("north/names.csv:2: ")
    assert message in fault


def test_all_faults_of_all_files_come_at_once(tmp_path):
    write_set(tmp_path, "south", places=[VILLAGE.replace("berdavan,", "other,").replace("tavush-province", "")])
    root = write_set(
        tmp_path,
        places=[PROVINCE, VILLAGE.replace("41.2", "412"), VILLAGE.replace("berdavan", "koti").replace("1.5", "wide")],
        names=[NAME.replace("berdavan", "tavush-province"), NAME.replace("berdavan", "tavush-province")],
        holders=["tavush-province,Armenia,soon,,census,"],
        shared_names=["Berd,tavush-province,only one"],
    )
    where = [fault.split(" ")[0] for fault in faults_of(root)]
    assert where == [
        "north/places.csv:3:",
        "north/places.csv:4:",
        "north/names.csv:3:",
        "north/holders.csv:2:",
        "north/shared_names.csv:2:",
    ]


def test_two_sets_may_not_give_one_id_twice(tmp_path):
    write_set(tmp_path, "south", places=[PROVINCE])
    (fault,) = faults_of(write_set(tmp_path, "north", places=[PROVINCE]))
    assert fault == ("south/places.csv:2: place_id 'tavush-province' is taken by north/places.csv:2; choose another")


def test_a_wrong_header_names_the_right_one(tmp_path):
    root = write_set(tmp_path, places=[PROVINCE])
    (root / "north" / "places.csv").write_text("id,name\n1,Tavush\n", "utf-8")
    (fault,) = faults_of(root)
    assert fault.startswith("north/places.csv:1: the header is 'id,name'; it must be 'place_id,name,feature_class")


def test_a_quotation_mark_left_open_is_a_fault_where_it_begins(tmp_path):
    (fault,) = faults_of(
        write_set(tmp_path, places=[PROVINCE + '"never closed', VILLAGE.replace("tavush-province", "")])
    )
    assert fault.startswith("north/places.csv:2: the row cannot be read (unexpected end of data)")


def test_bytes_that_are_not_utf8_are_a_fault_with_their_line(tmp_path):
    root = write_set(tmp_path, places=[PROVINCE])
    path = root / "north" / "places.csv"
    path.write_bytes(path.read_bytes() + "erevan,Ереван\n".encode("cp1251"))
    (fault,) = faults_of(root)
    assert fault == "north/places.csv:3: byte 0xc5 is not UTF-8; save the file as UTF-8"


def test_a_byte_order_mark_and_a_multi_line_note_do_no_harm(tmp_path):
    root = write_set(tmp_path, places=[PROVINCE + '"two\nlines"', VILLAGE.replace("1.5", "x")])
    path = root / "north" / "places.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (fault,) = faults_of(root)
    assert fault.startswith("north/places.csv:4: radius_km 'x'")


def test_scanning_keeps_the_sound_rows_beside_the_faults(tmp_path):
    curated, faults = scan_curated(write_set(tmp_path, places=[PROVINCE, VILLAGE.replace("41.2", "412")]))
    assert [place.place_id for place in curated.places] == ["tavush-province"]
    assert len(faults) == 1


def test_a_latin_looking_cyrillic_letter_is_found(tmp_path):
    row = "berdavan,B\u0435rdavan,en,Latn,intl,transliteration,,,census,"
    (fault,) = faults_of(write_set(tmp_path, places=[PROVINCE, VILLAGE], names=[row]))
    assert "letters of another script than Latn: '\u0435'" in fault


def test_the_sets_of_the_package_are_sound():
    curated = read_curated()
    assert {"intl", "am", "az", "ru"} <= {side.side for side in curated.sides}
    assert all(place.sources and place.names for place in curated.places)
