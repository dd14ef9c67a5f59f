import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from gazetteer.compile import merged, write_gazetteer
from gazetteer.model import FeatureClass, Name, Place
from gazetteer.store import Gazetteer, cache_dir, open_gazetteer
from gazetteer.world import Entry
from geo.errors import MarchlandError


def town(place_id, name, lat=40.0, lon=45.0, **more):
    more = {"country": "AM", "origin": "world", **more}
    return Place(place_id, name, FeatureClass.SETTLEMENT, lat, lon, **more)


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.sqlite"
    entries = [
        Entry(town("goris", "Goris", 39.51, 46.34, population=20_000)),
        Entry(town("gori", "Gori", 41.98, 44.11, population=48_000), ("Goris",)),
        Entry(town("kapan", "Kapan", 39.21, 46.41, population=33_000, names=(Name("Qafan", side="az"),))),
    ]
    write_gazetteer(path, entries)
    return Gazetteer(path)


def test_the_main_name_comes_before_an_alternate_whatever_the_population(small):
    assert [(h.place_id, h.is_primary) for h in small.lookup(["Goris"])["Goris"]] == [("goris", True), ("gori", False)]


def test_a_place_is_found_by_every_side_and_given_with_its_names(small):
    assert small.lookup(["QAFAN"])["QAFAN"][0].place_id == "kapan"
    assert [n.side for n in small.place("kapan").names] == ["az"]


def test_names_without_a_place_are_left_out(small):
    assert small.lookup(["Atlantis", ""]) == {}


def test_near_lists_by_distance(small):
    assert [p.place_id for p, _ in small.near(39.3, 46.4, 40)] == ["kapan", "goris"]


def test_near_names_stay_within_the_country(small):
    assert small.near_names("Kapann", countries=["AM"])[0][0].place_id == "kapan"
    assert small.near_names("Kapann", countries=["GE"]) == []


def test_an_unknown_id_is_an_error_with_a_remedy(small):
    with pytest.raises(MarchlandError, match="marchland gazetteer find"):
        small.place("nowhere")


def test_a_curated_town_and_the_worlds_are_one():
    curated = town("lachin", "Lachin", 39.64, 46.55, origin="curated")
    world = [
        Entry(town("gn-1", "Lachin", 39.63, 46.54, population=2300), ("Laçın",)),
        Entry(town("gn-2", "Lachin", 10.0, 10.0, population=5)),
    ]
    found = {e.place.place_id: e for e in merged([curated], world)}
    assert set(found) == {"lachin", "gn-2"}
    assert found["lachin"].place.population == 2300
    assert found["lachin"].alternates == ("Laçın",)


def test_a_failed_compilation_leaves_nothing_behind(tmp_path):
    def broken():
        yield Entry(town("a", "A place"))
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        write_gazetteer(tmp_path / "g.sqlite", broken())
    assert list(tmp_path.iterdir()) == []


def write_some(path):
    write_gazetteer(Path(path), [Entry(town(f"t{i}", f"Town {i}")) for i in range(3000)])


def test_two_processes_may_compile_at_once(tmp_path):
    target = tmp_path / "g.sqlite"
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=write_some, args=(str(target),)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [p.exitcode for p in both] == [0, 0]
    with sqlite3.connect(target) as db:
        assert db.execute("SELECT count(*) FROM places").fetchone() == (3000,)
    assert [p.name for p in tmp_path.iterdir()] == ["g.sqlite"]


def test_progress_is_told(tmp_path):
    told = []
    write_gazetteer(
        tmp_path / "g.sqlite",
        (Entry(town(f"t{i}", f"Town {i}")) for i in range(10_000)),
        progress=lambda *a: told.append(a),
    )
    assert [done for _, done, _ in told] == [5000, 10_000]


def test_the_cache_folder_can_be_told(tmp_path, monkeypatch):
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "here"))
    assert cache_dir() == tmp_path / "here"


def test_a_cache_folder_that_cannot_be_written_is_explained(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(MarchlandError, match="MARCHLAND_CACHE"):
        open_gazetteer()


def test_the_whole_gazetteer_ranks_kapan_and_goris_right(gazetteer):
    found = gazetteer.lookup(["Kapan", "Goris", "Գորիս", "Горис"])
    assert found["Kapan"][0].country == "AM"
    assert {hits[0].place_id for name, hits in found.items() if name != "Kapan"} == {"goris"}


def test_countries_have_points_and_populations(gazetteer):
    found = gazetteer.lookup(["United States", "Россия", "Kosovo", "Türkiye"])
    assert {h[0].feature_class for h in found.values()} == {FeatureClass.COUNTRY}
    assert found["Россия"][0].country == "RU"


def test_classes_that_the_town_list_lacks_are_there(gazetteer):
    for feature_class in (
        FeatureClass.LAKE,
        FeatureClass.RIVER,
        FeatureClass.BORDER,
        FeatureClass.ROAD,
        FeatureClass.MOUNTAIN,
    ):
        assert gazetteer.by_class(feature_class)
