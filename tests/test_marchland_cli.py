"""The command line as a user meets it: help at once, exit codes, messages, faulty articles beside good ones."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = (
    "---\ntitle: Shots near the border\npublisher: Test Courier\npublished: 2022-11-06\n---\n\n"
    "Two soldiers were killed by gunfire near Sotk on November 5, the Armenian defence ministry said. "
    "The Goris-Kapan road was closed by Azerbaijani troops on Friday.\n"
)


def marchland(*arguments: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from marchland.cli import main; main()", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.md"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, marchland.cli as c\n"
        "try: c.app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'geopandas', 'pandas', 'spacy', 'folium', 'shapely', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {sorted(heavy)}' if heavy else 0)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "extract" in run.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("gone.txt", None, "no such file"),
    ],
)
def test_a_faulty_article_is_named_and_the_good_one_still_mapped(
    tmp_path: Path, good: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    run = marchland("map", name, good.name, "--out", "out", cwd=tmp_path)
    assert run.returncode == 1, run.stderr
    assert name in run.stderr
    assert said in run.stderr.lower()
    assert "Traceback" not in run.stderr
    assert (tmp_path / "out" / "map.html").exists()


def test_a_folder_without_articles_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = marchland("map", "empty", "--out", "out", cwd=tmp_path)
    assert run.returncode == 1
    assert "no articles" in run.stderr.lower()
    assert not (tmp_path / "out").exists()


def test_an_article_without_any_place_gives_an_empty_map_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "placeless.txt").write_text("Nothing happened to anybody, and it happened slowly.\n", encoding="utf-8")
    run = marchland("map", "placeless.txt", "--out", "out", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "no place was found" in run.stderr


def test_an_unwritable_output_folder_is_said(tmp_path: Path, good: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    run = marchland("map", good.name, "--out", "out", cwd=tmp_path)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "out" in run.stderr
    assert (tmp_path / "out").read_text() == "a file, not a folder"


@pytest.mark.parametrize("arguments", [["map"], ["extract"], ["map", "x.txt", "--published", "yesterday"], ["fly"]])
def test_wrong_usage_exits_with_2(tmp_path: Path, arguments: list[str]) -> None:
    run = marchland(*arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_extract_reads_standard_input_and_prints_the_contract(tmp_path: Path) -> None:
    text = "Two soldiers were killed by gunfire near Sotk on 5 November, officials said.\n"
    run = marchland("extract", "-", "--published", "2022-11-06", "--format", "json", cwd=tmp_path, stdin=text)
    assert run.returncode == 0, run.stderr
    printed = json.loads(run.stdout)
    assert set(printed) == {"article", "toponyms", "incidents", "set_aside", "roads"}
    (incident,) = printed["incidents"]
    assert text[incident["start"] : incident["end"]] == incident["evidence"] == text.strip()
    assert (incident["date_start"], incident["killed"]) == ("2022-11-05", 2)
    assert incident["places"][0]["place_id"] == "sotk"


def test_the_table_names_the_place_and_the_toll(tmp_path: Path, good: Path) -> None:
    run = marchland("extract", good.name, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "Sotk" in run.stdout
    assert "2 killed" in " ".join(run.stdout.split())


def test_an_article_with_markup_is_only_text_in_every_output(tmp_path: Path) -> None:
    hostile = GOOD.replace("Shots near the border", "<script>alert(1)</script>").replace(
        "gunfire near Sotk", "gunfire near Sotk </script><img src=x onerror=alert(1)>"
    )
    (tmp_path / "hostile.md").write_text(hostile, encoding="utf-8")
    run = marchland("map", "hostile.md", "--out", "out", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    for page in (tmp_path / "out").rglob("*.html"):
        content = page.read_text(encoding="utf-8")
        assert "<script>alert(1)" not in content, page
        assert "<img src=x" not in content, page


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_output_folder_is_said(tmp_path: Path, good: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    run = marchland("map", good.name, "--out", "out", cwd=tmp_path)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
