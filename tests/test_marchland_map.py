"""`marchland map` as a whole: the same bytes twice, one more article, valid layers."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from gazetteer.store import Gazetteer
from marchland.changes import Changes, compare, read_previous
from marchland.outputs import write_outputs
from marchland.pipeline import read_all

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="module")
def seed_files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Copy the dispatches, without the folder's README, so that a test may add and drop some."""
    folder = tmp_path_factory.mktemp("seeds")
    files = [shutil.copy(file, folder) for file in sorted(SEEDS.glob("*.md")) if file.name != "README.md"]
    return [str(file) for file in files]


@pytest.fixture(scope="module")
def readings(seed_files: list[str], gazetteer: Gazetteer) -> list[Any]:
    result = read_all(seed_files, gazetteer, say=lambda _: None)
    assert result.faults == []
    return result.readings


@pytest.fixture(scope="module")
def out(readings: list[Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("maps") / "out"
    write_outputs(readings, folder)
    return folder


def features(file: Path) -> dict[str, Any]:
    collection = json.loads(file.read_text(encoding="utf-8"))
    return {feature["properties"]["incident_id"]: feature for feature in collection["features"]}


def test_every_promised_file_is_there(out: Path) -> None:
    files = {str(file.relative_to(out)) for file in out.rglob("*") if file.is_file()}
    promised = {"index.html", "map.html", "marchland.gpkg"} | {
        f"{layer}.geojson" for layer in ("incidents", "uncertainty", "roads", "places")
    }
    assert promised <= files
    assert len([name for name in files if name.startswith("articles/")]) == 3


def test_mapping_again_gives_the_same_bytes(out: Path, readings: list[Any], tmp_path: Path) -> None:
    write_outputs(readings, tmp_path / "again")
    write_outputs(readings, tmp_path / "again")
    once_more = tmp_path / "third"
    shutil.copytree(tmp_path / "again", once_more)
    write_outputs(readings, once_more)
    for file in sorted(once_more.rglob("*")):
        if file.suffix in {".html", ".geojson"}:
            assert file.read_bytes() == (tmp_path / "again" / file.relative_to(once_more)).read_bytes(), file.name
    for file in out.glob("*.geojson"):
        assert file.read_bytes() == (once_more / file.name).read_bytes(), file.name


def test_one_more_article_leaves_the_others_features_as_they_were(readings: list[Any], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_outputs(readings[:2], folder)
    two = features(folder / "incidents.geojson")
    pages = {page.name for page in (folder / "articles").iterdir()}
    write_outputs(readings, folder)
    three = features(folder / "incidents.geojson")
    assert two
    assert {key: three[key] for key in two} == two
    third = {incident.incident_id for incident in readings[2].incidents}
    assert third
    assert set(three) == set(two) | third
    assert {page.name for page in (folder / "articles").iterdir()} == pages | {f"{readings[2].article.article_id}.html"}


def test_the_page_of_a_dropped_article_goes_but_foreign_files_stay(readings: list[Any], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_outputs(readings, folder)
    (folder / "notes.txt").write_text("mine")
    (folder / "articles" / "mine.html").write_text("mine too")
    write_outputs(readings[:1], folder)
    assert {page.name for page in (folder / "articles").iterdir()} == {
        f"{readings[0].article.article_id}.html",
        "mine.html",
    }
    assert (folder / "notes.txt").read_text() == "mine"


def test_the_geopackage_holds_the_same_layers_as_the_geojson_files(out: Path) -> None:
    with sqlite3.connect(out / "marchland.gpkg") as database:
        for layer in ("incidents", "uncertainty", "roads", "places"):
            (rows,) = database.execute(f"SELECT count(*) FROM {layer}").fetchone()  # noqa: S608
            collection = json.loads((out / f"{layer}.geojson").read_text(encoding="utf-8"))
            assert rows == len(collection["features"]), layer
    assert rows > 0


def test_the_seed_map_is_small_enough_to_mail(out: Path) -> None:
    assert (out / "map.html").stat().st_size <= 1_500_000


def test_a_blurred_map_gives_no_exact_coordinate_away(readings: list[Any], tmp_path: Path) -> None:
    write_outputs(readings, tmp_path / "out", blur_km=25)
    exact = {
        f"{value:.4f}"
        for reading in readings
        for incident in reading.incidents
        for place in incident.location.places
        if place.lat is not None and place.feature_class == "settlement"
        for value in (place.lat, place.lon)
    }
    assert exact
    written = [file for file in (tmp_path / "out").rglob("*") if file.suffix in {".html", ".geojson"}]
    content = "".join(file.read_text(encoding="utf-8") for file in written)
    assert not {number for number in exact if number in content}


def test_changes_say_what_is_new_gone_and_told_differently(out: Path) -> None:
    previous = read_previous(out / "incidents.geojson")
    assert previous
    key, other = sorted(previous)[:2]
    after = {k: dict(v) for k, v in previous.items() if k != other} | {"brand-new": {}}
    after[key]["killed_best"] = 77
    assert compare(previous, after) == Changes(new=("brand-new",), gone=(other,), changed=(key,))


def test_a_damaged_previous_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "incidents.geojson").write_text('{"features": [')
    assert read_previous(tmp_path / "incidents.geojson") is None
