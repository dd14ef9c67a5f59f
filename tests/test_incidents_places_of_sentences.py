"""Where an incident is put: what is attacked and not who attacks, where the people were whom it hit, not who quarrels."""

from datetime import date

import pytest

from gazetteer.store import Gazetteer
from incidents.extract import extract
from incidents.read import article_from_bytes

PLACES = [
    ("An offensive of the armed forces of Sudan against Ethiopia began on Tuesday.", "Ethiopia"),
    ("An attack by the army of Chad on Sudan began on Monday.", "Sudan"),
    ("A raid of the forces of Uganda into Kenya was reported on Friday.", "Kenya"),
    ("The assault of the military of Myanmar on Myawaddy continued on Tuesday.", "Myawaddy"),
    (
        "On November 5 shots were fired at farmers who worked in the fields of Cizre, a town in Sirnak province.",
        "Cizre",
    ),
    ("Gunmen killed two men who were fishing near Lodwar in Kenya on Sunday.", "Lodwar"),
    ("A shell hit a family that lived in Goma on Monday.", "Goma"),
    ("Soldiers opened fire on Tuesday at villagers who were collecting firewood near Torkham.", "Torkham crossing"),
    ("Aid for the people of Tigray is stuck since Monday, because Addis Ababa and Asmara cannot agree.", "Tigray"),
    (
        "Trucks were stopped at Torkham on Tuesday because Kabul and Islamabad could not agree on visas.",
        "Torkham crossing",
    ),
]


@pytest.mark.parametrize(("sentence", "name"), PLACES)
def test_an_incident_is_where_the_sentence_puts_it(gazetteer: Gazetteer, nlp, sentence: str, name: str) -> None:
    article = article_from_bytes(sentence.encode(), name="a.txt", published=date(2024, 11, 8))
    (incident,) = extract(article, gazetteer, nlp=nlp).incidents
    assert incident.location.places[0].name == name


def test_what_is_stopped_later_in_a_sentence_was_where_the_sentence_named_it(gazetteer: Gazetteer, nlp) -> None:
    text = (
        "The standoff over the Lachin road goes on. Azerbaijan sent a convoy by the Agdam road on August 30; "
        "local authorities stopped the convoy on the way."
    )
    article = article_from_bytes(text.encode(), name="a.txt", published=date(2023, 9, 14))
    found = [i for i in extract(article, gazetteer, nlp=nlp).incidents if i.kind == "obstruction_of_aid"]
    assert [i.location.places[0].place_id for i in found] == ["agdam-khankandi-road"]


@pytest.mark.parametrize(
    ("sentence", "precision"),
    [
        ("Rockets hit Zinder and Diffa provinces in Niger on Monday.", 4),
        ("Rockets hit the city of Zinder in Niger on Monday.", 1),
    ],
)
def test_a_province_named_like_its_town_is_no_pin(gazetteer: Gazetteer, nlp, sentence: str, precision: int) -> None:
    article = article_from_bytes(sentence.encode(), name="a.txt", published=date(2024, 11, 8))
    found = extract(article, gazetteer, nlp=nlp).incidents
    assert {incident.location.geo_precision for incident in found} == {precision}


@pytest.mark.parametrize(
    "sentence",
    [
        "When Kuwait was invaded, Washington decided to buy more oil from Venezuela.",
        "After Kyiv was shelled, Warsaw changed its budget.",
        "When Georgia was invaded, gas prices rose all over Europe.",
    ],
)
def test_an_undated_event_that_a_sentence_only_starts_from_is_background(
    gazetteer: Gazetteer, nlp, sentence: str
) -> None:
    article = article_from_bytes(sentence.encode(), name="a.txt", published=date(2024, 11, 8))
    reading = extract(article, gazetteer, nlp=nlp)
    assert reading.incidents == ()
    assert "historical" in {aside.reality for aside in reading.set_aside}


def test_an_event_in_a_when_clause_of_a_toll_is_an_incident(gazetteer: Gazetteer, nlp) -> None:
    sentence = "Two soldiers were killed on Monday when a mine exploded near Goma."
    article = article_from_bytes(sentence.encode(), name="a.txt", published=date(2024, 11, 8))
    (incident,) = extract(article, gazetteer, nlp=nlp).incidents
    assert incident.killed.best == 2


def test_a_threat_lies_where_it_names_a_place_and_not_at_the_government_that_speaks(gazetteer: Gazetteer, nlp) -> None:
    sentence = "Islamabad said that it would shell Poonch in Jammu and Kashmir if the talks fail."
    article = article_from_bytes(sentence.encode(), name="a.txt", published=date(2024, 11, 8))
    reading = extract(article, gazetteer, nlp=nlp)
    assert reading.incidents == ()
    located = [aside.location for aside in reading.set_aside if aside.location is not None]
    assert located
    assert all(location.places[0].name != "Islamabad" for location in located)
