"""The three real articles that the project was made for: what the map must and must not say of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gazetteer.store import Gazetteer
from geo.points import distance_km
from incidents.extract import extract, to_json
from incidents.read import read_article

pytestmark = pytest.mark.shared

KHRAMORT = (46.88, 39.985)  # lon, lat
NO_INCIDENT = ("threat", "demand", "hypothetical")


def gold_of(shared: Path, name: str) -> dict[str, Any]:
    return json.loads((shared / "dev" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def readings(shared_dir: Path, gazetteer: Gazetteer) -> dict[str, dict[str, Any]]:
    """Read each article as a user would: with the publication date where the publisher gave one."""
    found = {}
    for name in ("seed-000", "seed-003", "seed-004"):
        gold = gold_of(shared_dir, name)
        published = gold["source"]["published"]
        path = shared_dir / "dev" / gold["text_file"]
        article = read_article(str(path), published=date.fromisoformat(published) if published else None)
        found[name] = to_json(extract(article, gazetteer)) | {"text": article.text}
    return found


def test_the_shooting_at_khramort_is_near_khramort_on_its_day(readings: dict[str, dict[str, Any]]) -> None:
    near = [
        i
        for i in readings["seed-000"]["incidents"]
        if i["date_start"] == "2022-11-05" and distance_km(i["lon"], i["lat"], *KHRAMORT) <= 8
    ]
    assert near
    assert {"denied", "confirmed"} & {s["stance"] for i in near for s in i["stances"]}


def test_the_kalbajar_incident_has_its_day_and_its_four_dead(readings: dict[str, dict[str, Any]]) -> None:
    (incident,) = [i for i in readings["seed-003"]["incidents"] if i["killed"] == 4]
    assert incident["date_start"] == "2023-09-01"
    assert "Kalbajar" in incident["evidence"]
    assert incident["geo_precision"] >= 2


def test_the_offensive_of_september_2022_is_told_by_both_articles(readings: dict[str, dict[str, Any]]) -> None:
    for name in ("seed-000", "seed-004"):
        days = {(i["date_start"], i["type"]) for i in readings[name]["incidents"]}
        assert ("2022-09-13", "armed_clash") in days, name


def test_at_least_six_of_the_eight_road_statements_are_right(
    readings: dict[str, dict[str, Any]], shared_dir: Path
) -> None:
    right = total = 0
    for name, printed in readings.items():
        for statement in gold_of(shared_dir, name)["roads"]:
            total += 1
            at = printed["text"].find(statement["evidence"])
            right += any(
                road["status"] == statement["status"]
                and road["start"] < at + len(statement["evidence"])
                and at < road["end"]
                for road in printed["roads"]
            )
    assert total == 8
    assert right >= 6


def test_every_bracket_gloss_is_one_name_at_the_place_in_the_bracket(readings: dict[str, dict[str, Any]]) -> None:
    resolved = {t["text"]: t["name"] for t in readings["seed-000"]["toponyms"]}
    glosses = {
        "Garakilsa [Sisian]": "Sisian",
        "Gafan [Kapan]": "Kapan",
        "Gorus [Goris]": "Goris",
        "Istisu [Jermuk]": "Jermuk",
        "Lake Bala Goyce [Lake Sevan]": "Lake Sevan",
    }
    assert {text: resolved.get(text) for text in glosses} == glosses


def test_no_threat_demand_or_hypothetical_is_on_the_map(readings: dict[str, dict[str, Any]], shared_dir: Path) -> None:
    for name, printed in readings.items():
        gold = gold_of(shared_dir, name)
        real = [(printed["text"].find(i["evidence"]), len(i["evidence"])) for i in gold["incidents"]]
        for sentence in gold["non_incidents"]:
            if not any(word in sentence["why"] for word in NO_INCIDENT):
                continue
            at = printed["text"].find(sentence["evidence"])
            on_map = [
                i["evidence"]
                for i in printed["incidents"]
                if i["start"] <= at < i["end"] and not any(i["start"] < a + n and a < i["end"] for a, n in real)
            ]
            assert on_map == [], (name, sentence["why"])
