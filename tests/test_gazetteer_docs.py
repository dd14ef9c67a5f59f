"""What `docs/gazetteer.md` tells curators is true: its rows are sound, its columns and commands exist."""

import re
import shutil

import pytest
from tests_support import ROOT
from typer.testing import CliRunner

from gazetteer.check_names import check_shared_names, check_shared_rows
from gazetteer.curated import DATA, read_curated
from gazetteer.curated_rows import NAME_COLUMNS, PLACE_COLUMNS
from gazetteer.roads import POINT_COLUMNS, SECTION_COLUMNS, STATUSES
from marchland.gazetteer_cli import app

TEXT = (ROOT / "docs" / "gazetteer.md").read_text("utf-8")
BLOCKS = re.findall(r"```csv (\w+\.csv)\n(.*?)```", TEXT, re.DOTALL)


def test_the_rows_of_the_example_can_be_read_and_checked(tmp_path):
    for shared in ("sources.csv", "sides.csv"):
        shutil.copy(DATA / shared, tmp_path)
    (tmp_path / "ridge").mkdir()
    for file, rows in BLOCKS:
        with (tmp_path / "ridge" / file).open("a", encoding="utf-8") as out:
            out.write(rows)
    curated = read_curated(tmp_path)
    village = curated.by_id()["zumvorrak"]
    assert {name.side for name in village.names} == {"intl", "ru"}
    assert (village.holders[0].holder, curated.claims[0].claimant) == ("Quorland", "Pellia")
    assert [*check_shared_names(curated), *check_shared_rows(curated)] == []


@pytest.mark.parametrize("column", sorted({*PLACE_COLUMNS, *NAME_COLUMNS, *POINT_COLUMNS, *SECTION_COLUMNS}))
def test_every_column_is_explained(column):
    prose = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
    assert re.search(rf"\b{column}\b", prose), column


def test_every_road_status_is_named():
    assert all(status in TEXT for status in STATUSES)


def test_every_command_and_option_of_the_text_exists():
    commands = re.findall(r"^    marchland gazetteer (\w+)(.*?)(?:#.*)?$", TEXT, re.MULTILINE)
    assert {name for name, _ in commands} == {"find", "show", "near", "import", "export", "check", "sources"}
    for name, rest in commands:
        told = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
        assert all(option in told for option in re.findall(r"--[\w-]+", rest)), (name, rest)
