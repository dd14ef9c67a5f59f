"""`marchland gazetteer` as a user meets it."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from marchland.gazetteer_cli import app

ROW = "{}\t{}\t{}\t\t{}\t33.25\tP\tPPL\tQQ\t\t07\t\t\t\t900\t\t400\tAfrica/Khartoum\t2024-05-01\n"


@pytest.fixture
def run(own_cache):  # noqa: ARG001
    """Run a command in this process."""
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def cold(*arguments, after=""):
    """Run a command in a process of its own, and some code after it."""
    code = f"import sys, atexit\nfrom marchland.cli import main\natexit.register(lambda: exec({after!r}))\nmain()"
    command = [sys.executable, "-c", code, "gazetteer", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)


def test_find_tells_coordinates_names_by_side_and_sources(run):
    told = run("find", "Qafan")
    assert told.exit_code == 0
    assert told.stdout.startswith("Kapan (kapan): settlement, AM, syunik-province, 39.2076 N 46.4068 E\n")
    assert "am: Կապան (hy, official" in told.stdout
    assert "az: Qafan (az, exonym" in told.stdout
    assert "sources: geonames" in told.stdout


def test_find_prints_one_json_object(run):
    told = json.loads(run("find", "Գորիս", "--format", "json").stdout)
    assert told["places"][0]["place_id"] == "goris"
    assert {"am", "az"} <= {name["side"] for name in told["places"][0]["names"]}


def test_find_leaves_out_the_worlds_row_of_a_curated_place(run):
    told = json.loads(run("find", "Goris", "--limit", "50", "--format", "json").stdout)
    near = [one for one in told["places"] if abs(one["lat"] - 39.51) < 0.05 and abs(one["lon"] - 46.34) < 0.05]
    assert [one["place_id"] for one in near] == ["goris"]


@pytest.mark.parametrize(
    ("name", "first"), [("Belgorod", "gn-578072"), ("Isfara", "gn-1514896"), ("Karabakh", "nagorno-karabakh")]
)
def test_find_puts_the_likeliest_of_several_first(run, name, first):
    told = json.loads(run("find", name, "--format", "json").stdout)
    assert told["places"][0]["place_id"] == first
    assert told["count"] > 1


def test_find_keeps_to_the_countries_asked_for(run):
    told = json.loads(run("find", "Springfield", "--country", "us", "--limit", "3", "--format", "json").stdout)
    assert [one["country"] for one in told["places"]] == ["US"] * 3
    assert told["count"] > 10


def test_find_offers_near_misses_when_there_is_no_such_place(run):
    told = run("find", "Stepanakerd")
    assert told.exit_code == 1
    assert told.stdout.startswith("no place is called 'Stepanakerd'\n")
    assert "near: Stepanakert (stepanakert), likeness 9" in told.stdout


def test_find_in_a_cold_process_loads_nothing_heavy(gazetteer):
    assert gazetteer.path.exists()
    heavy = "('geopandas', 'pandas', 'spacy', 'folium', 'trafilatura')"
    told = cold("find", "Kapan", after=f"print([m for m in {heavy} if m in sys.modules])")
    assert told.returncode == 0
    assert told.stdout.endswith("\n[]\n")


def test_show_tells_everything_and_writes_a_page(run, tmp_path):
    told = run("show", "lachin", "--html", tmp_path / "lachin.html")
    assert told.exit_code == 0
    for heading in ("names\n", "held by\n", "sources\n"):
        assert heading in told.stdout
    assert "<svg" in (tmp_path / "lachin.html").read_text("utf-8")


def test_show_takes_a_name_and_tells_who_else_has_it(run):
    told = run("show", "Karabakh")
    assert told.exit_code == 0
    assert "also called so:" in told.stderr


def test_show_of_an_unknown_place_is_told_plainly_with_near_ones():
    told = cold("show", "stepanakerd")
    assert (told.returncode, told.stdout) == (1, "")
    assert "there is no place with the id 'stepanakerd'" in told.stderr
    assert "Stepanakert (stepanakert)" in told.stderr
    assert "Traceback" not in told.stderr


def test_near_takes_southern_and_western_degrees(run):
    told = run("near", "-33.8678", "151.2073", "--km", "2")
    assert told.exit_code == 0
    assert "Sydney (gn-2147714)" in told.stdout
    assert run("near", "-48.0", "-123.0").exit_code == 1


def test_near_lists_a_curated_place_once(run):
    told = json.loads(run("near", "39.51", "46.34", "--km", "3", "--format", "json").stdout)
    assert [one["place_id"] for one in told if one["name"] == "Goris"] == ["goris"]


def test_an_imported_dump_is_found_exported_listed_checked_and_removed(run, tmp_path):
    dump = tmp_path / "QQ.txt"
    dump.write_text(ROW.format(990001, "Zumvorrak", "Zumvorrak", "15.5"), "utf-8")
    assert run("import", dump).stdout == "imported 1 places as qq\n"
    assert run("find", "Zumvorrak").stdout.startswith("Zumvorrak (gn-990001): settlement, QQ, 15.5 N 33.25 E")
    assert run("export", tmp_path / "out.csv", "--imported").stdout.startswith("wrote 1 places to ")
    assert "1 places  imported set qq" in run("sources").stdout
    assert run("check", "--imported").stdout == "no findings\n"
    assert run("import", "--remove", "qq").stdout == "removed qq\n"
    assert run("find", "Zumvorrak").exit_code == 1


def test_an_import_with_faulty_rows_says_where_and_imports_nothing(tmp_path, own_cache):  # noqa: ARG001
    dump = tmp_path / "QQ.txt"
    dump.write_text(ROW.format(990001, "Zumvorrak", "Zumvorrak", "95"), "utf-8")
    told = cold("import", dump)
    assert told.returncode == 1
    assert "QQ.txt:1: latitude 95 is outside -90..90; are the columns swapped?" in told.stderr
    assert "Traceback" not in told.stderr


def test_places_at_sea_are_found_in_an_import(run, tmp_path):
    dump = tmp_path / "QQ.txt"
    dump.write_text(ROW.format(990001, "Zumvorrak", "Zumvorrak", "-50.0").replace("\t33.25", "\t-33.25"), "utf-8")
    run("import", dump)
    told = run("check", "--imported")
    assert told.exit_code == 1
    assert "in the sea: import:qq: gn-990001 lies out at sea at -50.0, -33.25" in told.stdout


def test_export_needs_a_form_that_it_knows(run, tmp_path):
    told = run("export", tmp_path / "out.shp")
    assert told.exit_code == 2
    assert "say --format csv, geojson or geonames" in told.stderr


def test_check_is_clean_and_prints_the_counts(run):
    told = run("check", "--format", "json")
    counts = json.loads(told.stdout)["counts"]
    assert json.loads(told.stdout)["findings"] == []
    assert counts["places"] >= 350
    assert counts["border_villages"] >= 60
    assert counts["border_villages_with_every_side"] >= 25
    assert counts["towns_with_every_side"] == counts["towns"]
    assert counts["single_source"] <= 0.6


def test_sources_have_licences_and_row_counts(run):
    told = {one["source_id"]: one for one in json.loads(run("sources", "--format", "json").stdout)["sources"]}
    assert told["geonames"]["licence"] == "CC BY 4.0"
    assert told["geonames"]["rows"] > 100
