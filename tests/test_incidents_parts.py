from datetime import date

import pytest
from incidents_articles import PUBLISHED, article

from gazetteer.model import FeatureClass, Place, Resolution, Toponym
from gazetteer.toponyms import read_toponyms
from incidents.borders import border_place, nearest_stretch, resolve_borders
from incidents.codes import acled_precision, codes, ucdp_date_precision
from incidents.counts import read_count
from incidents.dates import find_dates
from incidents.drafts import draft_sentence
from incidents.model import Count, DatePrecision, Kind, Location, Reality, RoadStatus, Span, Toll
from incidents.parse import parse_sentences
from incidents.roadnews import find_roads
from incidents.sentences import MAX_SENTENCE, split_sentences
from incidents.tolls import total
from incidents.where import contains, locate, place_location


@pytest.fixture(scope="module")
def read(gazetteer, nlp):
    """Read the drafts of one sentence and what it sets aside."""

    def reader(text):
        source = article(text)
        sentences = split_sentences(text, source.body)
        toponyms = resolve_borders(read_toponyms(text, gazetteer))
        parsed = parse_sentences(text, sentences, toponyms, find_dates(text, source), nlp=nlp, anchor=PUBLISHED)
        return draft_sentence(parsed[0], latest=PUBLISHED, last=None)

    return reader


def places(draft):
    return [m.toponym.text for m in draft.found.mentions]


def spans(text):
    return [text[s.span.start : s.span.end] for s in split_sentences(text, (Span(0, len(text)),))]


def test_abbreviations_and_initials_end_no_sentence():
    assert spans("Col. A. Rao of the U.N. force spoke at 4 p.m. on Monday. Two were hurt.") == [
        "Col. A. Rao of the U.N. force spoke at 4 p.m. on Monday.",
        "Two were hurt.",
    ]


def test_a_closing_quotation_mark_belongs_to_its_sentence():
    assert spans("“They fired first.” The army said so.") == ["“They fired first.”", "The army said so."]


def test_a_line_that_breaks_in_mid_sentence_goes_on():
    text = "Rebels near the town of Sake opened fire on a patrol of\nthe army on Monday."
    assert len(spans(text)) == 1


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("## Background", "headline"),
        ("Clashes near Uvira leave six dead", "headline"),
        ("A still image from a video shows a burnt truck near Goma", "caption"),
        ("A burnt truck in Goma (June 3, Ministry of Defence)", "caption"),
        ("* Rebels shelled Goma.", "item"),
        ("Rebels shelled Goma.", "body"),
    ],
)
def test_headlines_captions_and_items_are_told_apart(text, role):
    padded = "Rebels met in Goma on Monday and then went home.\n\n" + text
    assert split_sentences(padded, (Span(0, len(padded)),))[-1].role == role


def test_a_sentence_without_an_end_is_cut():
    text = "word, " * 2000
    cut = split_sentences(text, (Span(0, len(text)),))
    assert max(s.span.end - s.span.start for s in cut) <= MAX_SENTENCE
    assert "".join(text[s.span.start : s.span.end] for s in cut).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("four servicemen", Count(4, 4, 4)),
        ("at least 12 people", Count(12, 12, None)),
        ("more than 1,200 people", Count(1200, 1200, None)),
        ("up to 30 fighters", Count(None, 30, 30)),
        ("10 to 15 soldiers", Count(10, None, 15)),
        ("dozens of guards", Count(24, None, 99)),
        ("two dozen guards", Count(24, 24, 24)),
        ("no soldiers", Count(0, 0, 0)),
        ("a shepherd", Count(1, 1, 1)),
        ("nearly 100 people", Count(90, 100, 110)),
    ],
)
def test_numbers_are_ranges(words, count):
    assert read_count(words.split()) == count


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Shelling of Goma killed 3 and injured over 14 people.", 3, 14),
        ("Two guards were killed and another 12 injured in a raid on Sake.", 2, 12),
        ("A blast in Quetta left nine people dead.", 9, None),
        ("A guard lost his life in a clash near Torkham.", 1, None),
        ("A clash near Batken caused three fatalities.", 3, None),
        ("Fighting near Badme left over 300 soldiers and civilians dead.", 300, None),
        ("Raiders shot dead a farmer and two of his sons near Kerem.", None, None),
        ("An attack on Goma wounded six people, including a child.", None, 6),
    ],
)
def test_tolls_by_what_happened_to_whom(read, text, killed, injured):
    drafts, _ = read(text)
    tolls = [toll for draft in drafts for toll in draft.tolls]
    assert (total(tolls, "killed").best, total(tolls, "injured").best) == (killed, injured)


def test_tolls_of_two_sources_are_a_range():
    tolls = [
        Toll("killed", "people", Count(10, 10, 10), "Kabul"),
        Toll("killed", "guards", Count(3, 3, 3), "Islamabad"),
    ]
    assert total(tolls, "killed") == Count(3, 10, 10)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("The governor of Kano said rebels attacked Diffa.", ["Diffa"]),
        ("Rockets fired from Khost hit a school in Chaman.", ["Chaman"]),
        ("Rebels shelled Goma, Uvira and Rutshuru on Monday.", ["Goma", "Uvira", "Rutshuru"]),
        ("Nairobi said soldiers were ambushed in Mandera.", ["Mandera"]),
        ("A mine killed a herder near Diffa, 1,300 km east of Niamey.", ["Diffa"]),
        ("A convoy from Goma was attacked near Rutshuru.", ["Rutshuru"]),
        ("Troops from Nairobi clashed with fighters in Mandera.", ["Mandera"]),
    ],
)
def test_the_place_is_the_one_the_words_hang_on(read, text, where):
    drafts, _ = read(text)
    assert places(drafts[0]) == where


def test_two_acts_at_two_places_in_one_sentence_are_two(read):
    drafts, _ = read("Rebels shelled Goma on Monday after the army bombed Rutshuru on Sunday.")
    assert sorted((places(d)[0], str(d.kind)) for d in drafts) == [
        ("Goma", "shelling_or_missile"),
        ("Rutshuru", "air_or_drone_strike"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen attacked Diffa with rockets.", Kind.SHELLING_OR_MISSILE),
        ("Drones attacked Erbil.", Kind.AIR_OR_DRONE_STRIKE),
        ("Troops fired on the town of Uri.", Kind.SHELLING_OR_MISSILE),
        ("Troops fired on a farmer in Uri.", Kind.SHOOTING),
        ("Rebels captured Bunagana.", Kind.TERRITORIAL_SEIZURE),
        ("Rebels captured four soldiers in Bunagana.", Kind.ABDUCTION_OR_CAPTURE),
        ("Two tanks were destroyed in Humera.", Kind.ARMED_CLASH),
        ("Two houses were destroyed in Humera.", Kind.PROPERTY_DAMAGE),
    ],
)
def test_weapon_target_and_object_make_the_kind(read, text, kind):
    drafts, _ = read(text)
    assert drafts[0].kind == kind


@pytest.mark.parametrize(
    ("text", "reality", "why"),
    [
        ("Sudan vowed to attack Heglig.", Reality.THREATENED, "vowed"),
        ("Troops could attack Heglig.", Reality.HYPOTHETICAL, "could"),
        ("If troops attack Heglig, people will flee.", Reality.HYPOTHETICAL, "if"),
        ("Troops did not attack Heglig.", Reality.NEGATED, "not"),
        ("Troops often attack Heglig.", Reality.GENERIC, "often"),
        ("It was the worst since clashes in Heglig.", Reality.HISTORICAL, "since"),
        ("Troops took up heights from which to attack Heglig.", Reality.HYPOTHETICAL, "to attack"),
        ("Troops attacked Heglig in 2012.", Reality.HISTORICAL, "2012"),
    ],
)
def test_the_word_that_decided_is_kept(read, text, reality, why):
    _, aside = read(text)
    assert (reality, why.lower()) in {(v.reality, v.why.lower()) for _, v in aside}


def test_a_week_after_counts_back_from_the_story(read):
    drafts, _ = read("The fighting came a week after rebels attacked Rutshuru.")
    attack = next(d for d in drafts if places(d))
    assert attack.when.start <= date(2024, 6, 8) <= attack.when.end
    assert attack.when.precision is DatePrecision.WEEK


def test_the_date_of_an_agreement_dates_no_attack(read):
    drafts, _ = read("Rebels attacked Goma and broke the December 2023 agreement.")
    assert drafts[0].when is None


def town(name, lat, lon, **fields):
    return Place(name.lower(), name, FeatureClass.SETTLEMENT, lat, lon, **fields)


@pytest.mark.parametrize(
    ("text", "shape", "precision"),
    [
        ("Rebels shelled Goma.", "disc", 1),
        ("Rebels shelled a camp near Goma.", "disc", 2),
        ("Rebels shelled a camp 10 km north of Goma.", "disc", 2),
        ("Rebels shelled a camp north of Goma.", "sector", 2),
        ("Shells were fired in the direction of Goma.", "sector", 2),
        ("A truck was attacked between Goma and Rutshuru.", "corridor", 5),
        ("Clashes took place on the Kyrgyz-Tajik border.", "border_stretch", 5),
        ("Clashes took place in South Kivu.", "area", 4),
    ],
)
def test_wording_makes_shape_and_precision(read, text, shape, precision):
    drafts, _ = read(text)
    location = locate(drafts[0].parsed, drafts[0].found)
    assert (location.shape, location.geo_precision) == (shape, precision)


def test_ten_kilometres_north_moves_the_marker(read):
    drafts, _ = read("Rebels shelled a camp 10 km north of Goma.")
    location = locate(drafts[0].parsed, drafts[0].found)
    assert location.lat - location.places[0].lat == pytest.approx(10 / 110.6, abs=0.002)
    assert location.bearing_deg == 0


def test_a_border_of_two_countries_is_a_place_on_their_line():
    border = border_place("KG", "TJ")
    assert border.feature_class is FeatureClass.BORDER
    assert 69 < border.lon < 74
    assert 39 < border.lat < 41
    assert border_place("KG", "BR") is None


def test_the_border_is_marked_where_the_article_is_about():
    lon, lat = nearest_stretch("border-kg-tj", [(70.82, 40.06)])
    assert abs(lon - 70.82) < 0.6
    assert abs(lat - 40.06) < 0.6
    assert nearest_stretch("border-kg-tj", [(20.0, 10.0)]) is None


def test_a_name_of_two_countries_and_border_is_resolved():
    bare = Toponym(4, 23, "Kyrgyz-Tajik border", Resolution(None, 0.0, "not in the gazetteer"))
    assert resolve_borders([bare])[0].place.place_id == "border-kg-tj"


def test_a_village_lies_in_its_district_but_no_region_in_a_border():
    district = Place("d", "D", FeatureClass.ADMIN, 40.0, 45.0, radius_km=30)
    assert contains(district, town("V", 40.1, 45.1))
    assert not contains(district, town("W", 41.1, 45.1))


@pytest.mark.parametrize(
    ("feature_class", "radius", "precision"),
    [
        (FeatureClass.SETTLEMENT, 2, 1),
        (FeatureClass.ADMIN, 20, 3),
        (FeatureClass.ADMIN, 80, 4),
        (FeatureClass.BORDER, 200, 5),
        (FeatureClass.COUNTRY, 400, 6),
        (FeatureClass.LAKE, 20, 7),
    ],
)
def test_a_place_has_the_precision_of_its_class(feature_class, radius, precision):
    place = Place("p", "P", feature_class, 40.0, 45.0, radius_km=radius)
    assert place_location(place).geo_precision == precision


def roads(text, gazetteer):
    toponyms = read_toponyms(text, gazetteer)
    found = find_roads(text, split_sentences(text, (Span(0, len(text)),)), toponyms, latest=PUBLISHED)
    return {(road.name, road.status) for road in found}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Torkham crossing was closed on Monday.", RoadStatus.CLOSED),
        ("The Torkham crossing was reopened on Monday.", RoadStatus.OPEN),
        ("Both sides agreed on the opening of the Torkham crossing.", RoadStatus.CONTESTED),
        ("Rebels could cut the Goma-Sake road within days.", RoadStatus.THREATENED),
        ("Rebels cut off the Goma-Sake road; it was closed by barricades.", RoadStatus.CLOSED),
        ("The standoff over the Goma-Sake road goes on.", RoadStatus.CONTESTED),
    ],
)
def test_what_is_said_of_a_road_is_a_status(gazetteer, text, status):
    assert {s for _, s in roads(text, gazetteer)} == {status}


def test_a_corridor_that_is_asked_for_is_proposed(gazetteer):
    found = roads("Ethiopia repeated its demand for a corridor through Djibouti.", gazetteer)
    assert {status for _, status in found} == {RoadStatus.PROPOSED}


def test_a_road_that_is_only_named_has_no_status(gazetteer):
    assert roads("The Goma-Sake road runs along the lake.", gazetteer) == set()


def test_every_kind_has_its_acled_codes():
    assert {codes(kind).event_type for kind in Kind} >= {"Battles", "Protests", "Strategic developments"}
    assert [acled_precision(p) for p in range(1, 8)] == [1, 2, 2, 3, 3, 3, 3]


def test_ucdp_date_precision_follows_the_length():
    day = date(2024, 5, 3)
    assert ucdp_date_precision(DatePrecision.DAY, day, day) == 1
    assert ucdp_date_precision(DatePrecision.SPAN, day, date(2024, 5, 5)) == 2
    assert ucdp_date_precision(DatePrecision.WEEK, day, date(2024, 5, 9)) == 3
    assert ucdp_date_precision(DatePrecision.MONTH, date(2024, 5, 1), date(2024, 5, 31)) == 4
    assert ucdp_date_precision(DatePrecision.UNKNOWN, None, None) == 5


def test_a_location_without_a_point_has_none():
    assert Location(None, None).geo_precision == 6
