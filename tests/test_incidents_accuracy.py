import csv

import pytest
from anyascii import anyascii
from incidents_articles import article
from tests_support import ROOT

from incidents.extract import extract


@pytest.fixture(scope="module")
def judged(gazetteer, nlp):
    """Every sentence of our own test set with what was read in it."""
    with (ROOT / "tests" / "data" / "sentences.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    return [(row, extract(article(row["text"]), gazetteer, nlp=nlp)) for row in rows]


def folded(name):
    return anyascii(name).lower().replace("'", "")


def test_the_set_is_large_and_half_of_it_tells_of_nothing(judged):
    assert len(judged) >= 120
    assert abs(sum(1 for row, _ in judged if row["kind"]) - len(judged) / 2) <= 5
    assert len({row["kind"] for row, _ in judged}) == 14


def test_incidents_are_found_with_their_kind(judged):
    told = [(row, reading) for row, reading in judged if row["kind"]]
    missed = [row["text"] for row, reading in told if row["kind"] not in {str(i.kind) for i in reading.incidents}]
    # All but one are names that the gazetteer leaves open in a text that names no other place.
    assert len(missed) <= 6, missed


def test_an_incident_is_told_once(judged):
    twice = [row["text"] for row, reading in judged if row["kind"] and len(reading.incidents) > 1]
    assert len(twice) <= 1, twice


def test_incidents_are_put_where_the_sentence_says(judged):
    wrong = []
    for row, reading in judged:
        spans = [row["text"][i.location.span.start : i.location.span.end] for i in reading.incidents if i.location.span]
        if row["kind"] and reading.incidents and not any(folded(row["place"]) in folded(span) for span in spans):
            wrong.append(row["text"])
    assert len(wrong) <= 2, wrong


def test_what_did_not_happen_is_not_reported(judged):
    reported = [row["text"] for row, reading in judged if not row["kind"] and reading.incidents]
    assert len(reported) <= 4, reported


def test_set_aside_sentences_have_the_fitting_reality(judged):
    others = [(row, {str(s.reality) for s in reading.set_aside}) for row, reading in judged if not row["kind"]]
    wrong = [(row["text"], row["reality"], got) for row, got in others if row["reality"] not in got]
    assert len(wrong) <= 12, wrong
