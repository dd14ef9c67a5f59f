"""Contested roads: one line for a road and its sections, and what each was on which day."""

from datetime import date
from pathlib import Path

import pytest

from gazetteer.curated_rows import PLACE_COLUMNS, SIDE_COLUMNS, SOURCE_COLUMNS
from gazetteer.roads import POINT_COLUMNS, SECTION_COLUMNS, STATUS_COLUMNS, DatedStatus, roads, status_on, statuses_on
from geo.errors import DataFileError

PLACES = ["valley-road,Valley road,road,,,20,,,,,atlas,high,", "upper-road,Upper road,road,,,9,,,,,atlas,high,"]
POINTS = [
    "valley-road,30,Mill,42.2,44.2,atlas,",
    "valley-road,10,Ford,42.0,44.0,atlas,",
    "valley-road,20,Inn,42.1,44.1,atlas,",
]
STATUS = ["valley-road,closed,2008-08,2010,army,atlas,", "valley-road,open,1991,,,atlas,"]
SECTION = ["upper-road,valley-road,20,30"]


def write_roads(root: Path, *, points=POINTS, status=STATUS, sections=SECTION) -> Path:
    folder = root / "lines"
    folder.mkdir()
    (root / "sources.csv").write_text(",".join(SOURCE_COLUMNS) + "\natlas,Atlas,,,,,\n", "utf-8")
    (root / "sides.csv").write_text(",".join(SIDE_COLUMNS) + "\nintl,International,\n", "utf-8")
    for name, columns, lines in [
        ("places", PLACE_COLUMNS, PLACES),
        ("road_points", POINT_COLUMNS, points),
        ("road_status", STATUS_COLUMNS, status),
        ("road_sections", SECTION_COLUMNS, sections),
    ]:
        (folder / f"{name}.csv").write_text("\n".join([",".join(columns), *lines]) + "\n", "utf-8")
    return root


def test_a_road_runs_through_its_points_in_order_and_a_section_shares_them(tmp_path):
    upper, valley = roads(write_roads(tmp_path))
    assert valley.points == ((44.0, 42.0), (44.1, 42.1), (44.2, 42.2))
    assert upper.points == valley.points[1:]
    assert (upper.name, upper.part_of) == ("Upper road", "valley-road")
    assert upper.statuses == valley.statuses


def test_a_section_with_a_status_of_its_own_keeps_it(tmp_path):
    upper, _ = roads(write_roads(tmp_path, status=[*STATUS, "upper-road,contested,2011,,,atlas,"]))
    assert [told.status for told in upper.statuses] == ["contested"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1990, 12, 31), None),
        (date(1991, 1, 1), "open"),
        (date(2008, 7, 31), "open"),
        (date(2008, 8, 1), "closed"),
        (date(2010, 12, 31), "closed"),
        (date(2011, 1, 1), "open"),
    ],
)
def test_the_status_of_a_day_is_the_one_that_began_last(tmp_path, day, expected):
    told = status_on(roads(write_roads(tmp_path))[1], day)
    assert (told.status if told else None) == expected


def test_where_sources_disagree_both_statuses_are_given(tmp_path):
    valley = roads(write_roads(tmp_path))[1]
    assert [told.status for told in statuses_on(valley, date(2009, 5, 1))] == ["closed", "open"]


def test_a_month_ends_with_its_last_day():
    told = DatedStatus("closed", "2024-02", "2024-02")
    assert told.holds_on(date(2024, 2, 29))
    assert not told.holds_on(date(2024, 3, 1))


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        (
            {"status": ["valley-road,shut,,,,atlas,"]},
            "lines/road_status.csv:2: status 'shut' is unknown; use one of open",
        ),
        ({"status": ["valley-road,open,2010,2001,,atlas,"]}, "lines/road_status.csv:2: since 2010 is after until 2001"),
        ({"points": [*POINTS, POINTS[0]]}, "lines/road_points.csv:5: seq 30 stands twice in valley-road"),
        ({"points": [*POINTS, "hill-road,1,Top,1,1,atlas,"]}, "lines/road_points.csv:5: place_id 'hill-road' has no"),
        ({"points": [*POINTS, "valley-road,40,Top,142,44,atlas,"]}, "lines/road_points.csv:5: lat 142 is outside"),
        ({"sections": []}, None),
        (
            {"sections": ["upper-road,valley-road,30,20"]},
            "lines/road_sections.csv:2: 30..20 is no stretch of valley-road",
        ),
        ({"sections": ["upper-road,valley-road,20,25"]}, "lines/road_sections.csv:2: 20..25 is no stretch"),
        (
            {"sections": ["upper-road,upper-road,20,30"]},
            "lines/road_sections.csv:2: part_of 'upper-road' has no points",
        ),
        (
            {"sections": ["valley-road,valley-road,20,30"]},
            "lines/road_sections.csv:2: 'valley-road' has points of its own",
        ),
        (
            {"sections": [], "status": [*STATUS, "upper-road,open,,,,atlas,"]},
            "lines/road_status.csv:4: 'upper-road' has no line; give it two points",
        ),
    ],
)
def test_wrong_road_rows_fail_with_file_line_value_and_remedy(tmp_path, tables, fault):
    root = write_roads(tmp_path, **tables)
    if fault is None:
        assert [road.place_id for road in roads(root)] == ["valley-road"]
        return
    with pytest.raises(DataFileError) as caught:
        roads(root)
    assert any(line.startswith(fault) for line in caught.value.faults), caught.value.faults


def test_the_roads_of_the_package_are_sound_lines_with_sourced_statuses():
    for road in roads():
        assert len(set(road.points)) >= 2, road.place_id
        assert all(told.source for told in road.statuses), road.place_id
