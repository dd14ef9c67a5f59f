"""Classes of error found on articles that nobody here had seen, each held by sentences about other borders.

`tests/data/borders_generalise.csv`: the class, a text as of 12 March 2025, and its incidents as kind|place|first day|killed.
"""

import csv
from datetime import date

import pytest
from incidents_articles import article
from tests_support import ROOT

from incidents.extract import extract

with (ROOT / "tests" / "data" / "borders_generalise.csv").open(encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))


def summary(text, incident):
    """Give an incident in the words of the table."""
    span = incident.location.span
    place = text[span.start : span.end] if span else ""
    killed = "" if incident.killed.best is None else incident.killed.best
    return f"{incident.kind}|{place}|{incident.when.start}|{killed}"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['class']}: {row['text'][:40]}" for row in ROWS])
def test_a_text_gives_exactly_its_incidents(row, gazetteer, nlp):
    reading = extract(article(row["text"], published=date(2025, 3, 12)), gazetteer, nlp=nlp)
    found = [summary(row["text"], incident) for incident in reading.incidents]
    assert found == [wanted for wanted in row["incidents"].split(" + ") if wanted]
