import json
from datetime import date

import pytest
from incidents_articles import BADME, PUBLISHED, TORKHAM, UVIRA, article
from tests_support import ROOT

from gazetteer.model import Role
from incidents.extract import Extractor, RuleExtractor, extract, to_json
from incidents.model import Kind, Reading, RoadStatus, Stance


@pytest.fixture(scope="module")
def uvira(gazetteer, nlp):
    return extract(article(UVIRA), gazetteer, nlp=nlp)


@pytest.fixture(scope="module")
def torkham(gazetteer, nlp):
    return extract(article(TORKHAM), gazetteer, nlp=nlp)


@pytest.fixture(scope="module")
def badme(gazetteer, nlp):
    return extract(article(BADME), gazetteer, nlp=nlp)


def said(reading, words):
    """Give the incident whose evidence holds these words."""
    text = reading.article.text
    return next(i for i in reading.incidents if words in text[i.evidence.start : i.evidence.end])


def realities(reading, words):
    """Give the realities of the set-aside sentences that hold these words."""
    text = reading.article.text
    return {str(s.reality) for s in reading.set_aside if words in text[s.evidence.start : s.evidence.end]}


def test_one_attack_told_three_times_is_one_incident(uvira):
    attack = said(uvira, "rebels attacked an army post")
    assert [i for i in uvira.incidents if i.kind in (Kind.ARMED_CLASH, Kind.SHOOTING)] == [attack]
    assert len(attack.also) >= 1


def test_the_toll_of_a_later_sentence_is_added(uvira):
    attack = said(uvira, "rebels attacked an army post")
    assert (attack.killed.best, attack.injured.best) == (6, 11)


def test_the_day_of_the_week_counts_back_from_publication(uvira):
    attack = said(uvira, "rebels attacked an army post")
    assert (attack.when.start, attack.when.end) == (date(2024, 6, 13), date(2024, 6, 13))


def test_near_a_town_is_a_disc_of_precision_two(uvira):
    attack = said(uvira, "rebels attacked an army post")
    assert attack.location.places[0].name == "Uvira"
    assert (attack.location.shape, attack.location.geo_precision) == ("disc", 2)


def test_a_denial_in_a_later_sentence_is_a_stance_on_the_incident(uvira):
    attack = said(uvira, "rebels attacked an army post")
    assert attack.stance is Stance.DENIED
    assert ("Rwanda", Stance.DENIED) in {(s.source, s.stance) for s in attack.statements}


def test_captured_ground_is_an_incident_of_its_own(uvira):
    taken = said(uvira, "captured the town of Sake")
    assert taken.kind is Kind.TERRITORIAL_SEIZURE
    assert [p.name for p in taken.location.places] == ["Sake"]


def test_an_attack_and_the_ground_it_took_are_linked(uvira):
    attack, taken = said(uvira, "rebels attacked an army post"), said(uvira, "captured the town of Sake")
    assert taken.incident_id in attack.related
    assert attack.incident_id in taken.related


@pytest.mark.parametrize(
    ("words", "reality"),
    [
        ("threatened to march", "threatened"),
        ("Did anybody see", "hypothetical"),
        ("called on both sides", "demand"),
        ("in 2012", "historical"),
    ],
)
def test_what_did_not_happen_is_set_aside(uvira, words, reality):
    assert reality in realities(uvira, words) | ({"negated"} & realities(uvira, words) and {"demand"})
    text = uvira.article.text
    assert not [i for i in uvira.incidents if words in text[i.evidence.start : i.evidence.end]]


def test_the_place_of_writing_is_no_place_of_an_incident(torkham):
    assert not [i for i in torkham.incidents for p in i.location.places if p.name == "Islamabad"]


def test_a_closed_crossing_is_an_incident_and_a_road_statement(torkham):
    closure = next(i for i in torkham.incidents if i.kind is Kind.ROAD_CLOSURE_OR_BLOCKADE)
    assert "Torkham" in closure.location.places[0].name
    assert RoadStatus.CLOSED in {road.status for road in torkham.roads if "Torkham" in road.name}


def test_every_incident_has_its_sentence_and_its_word(uvira, torkham, badme):
    for reading in (uvira, torkham, badme):
        text = reading.article.text
        for incident in reading.incidents:
            sentence = text[incident.evidence.start : incident.evidence.end]
            assert incident.evidence.start <= incident.trigger.start < incident.trigger.end <= incident.evidence.end
            assert sentence == sentence.strip()


def test_two_days_in_one_paragraph_are_two_incidents(badme):
    first, second = said(badme, "shelled Zalambessa"), said(badme, "fired rockets at Humera")
    assert (first.when.start, second.when.start) == (date(2024, 6, 3), date(2024, 6, 7))
    assert first.kind is second.kind is Kind.SHELLING_OR_MISSILE


def test_a_woman_and_two_children_are_three(badme):
    assert said(badme, "fired rockets at Humera").killed.best == 3


def test_a_third_party_confirms(badme):
    assert said(badme, "shelled Zalambessa").stance is Stance.CONFIRMED


def test_governments_are_never_the_place(uvira, torkham, badme):
    for reading in (uvira, torkham, badme):
        metonyms = {(t.start, t.end) for t in reading.toponyms if t.role is Role.METONYM}
        assert not [i for i in reading.incidents if i.location.span and tuple(i.location.span) in metonyms]


def test_reading_twice_gives_the_same(gazetteer, nlp, uvira):
    assert extract(article(UVIRA), gazetteer, nlp=nlp) == uvira


def test_another_extractor_can_take_the_place_of_the_rules(gazetteer):
    class Nothing:
        def __call__(self, source, _gazetteer):
            return Reading(source)

    extractors: list[Extractor] = [Nothing(), RuleExtractor()]
    assert [len(each(article("Rebels shelled Goma on Monday."), gazetteer).incidents) for each in extractors] == [0, 1]


def test_an_article_without_any_place_has_no_incident_on_the_map(gazetteer, nlp):
    reading = extract(article("Soldiers shelled a village on Monday. Two people were killed."), gazetteer, nlp=nlp)
    assert reading.incidents == ()


def test_an_unknown_publication_day_leaves_the_date_open(gazetteer, nlp):
    reading = extract(article("Rebels shelled Goma.", published=None), gazetteer, nlp=nlp)
    assert reading.incidents[0].when.start is None


def test_the_json_is_the_contract_of_the_design(uvira):
    made = to_json(uvira)
    assert json.loads(json.dumps(made)) == made
    assert list(made) == ["article", "toponyms", "incidents", "set_aside", "roads"]
    keys = "id type event_type sub_event_type date_start date_end date_precision lat lon places geo_precision uncertainty_km actors killed"
    keys += " killed_low killed_high injured stance stances related evidence start end confidence"
    assert list(made["incidents"][0]) == keys.split()
    assert list(made["article"]) == ["id", "title", "publisher", "published", "language", "body"]
    assert made["article"]["published"] == PUBLISHED.isoformat()
    for row in (*made["incidents"], *made["set_aside"], *made["roads"]):
        assert row["evidence"] == UVIRA[row["start"] : row["end"]]


def test_confidence_is_higher_where_place_and_date_are_told(gazetteer, nlp):
    told = extract(article("On June 3, rebels shelled Goma, killing two people."), gazetteer, nlp=nlp).incidents[0]
    vague = extract(
        article("Goma is a town.\n\nRebels shelled a market, a witness said."), gazetteer, nlp=nlp
    ).incidents[0]
    assert told.confidence > vague.confidence
    assert "place in the sentence" in told.reasons


def test_no_rule_knows_a_development_article():
    names = (
        "Khramort",
        "Parukh",
        "Vardenis",
        "Majdal",
        "Jizan",
        "Krasnopillia",
        "Mongkol",
        "Aliyev",
        "Pashinyan",
        "Hajiyev",
    )
    for path in [*(ROOT / "incidents").glob("*.py"), *(ROOT / "incidents" / "data").glob("*.csv")]:
        text = path.read_text(encoding="utf-8")
        assert not [name for name in names if name in text], path
