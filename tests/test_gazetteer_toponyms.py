import pytest

from gazetteer.model import FeatureClass, Role
from gazetteer.toponyms import read_toponyms


@pytest.fixture(scope="module")
def read(gazetteer):
    return lambda text, **options: read_toponyms(text, gazetteer, **options)


def texts(found):
    return [t.text for t in found]


def by_text(found):
    return {t.text: t for t in found}


def test_offsets_point_into_the_text(read):
    text = "Shells fell near Metula.\n\nBeirut’s army fired from Kfar Kila, Lebanon said."
    for toponym in read(text):
        assert text[toponym.start : toponym.end] == toponym.text
    assert texts(read(text)) == ["Metula", "Beirut", "Kfar Kila", "Lebanon"]


def test_only_the_body_is_read(read):
    text = "Troops left Badme. Share this on Facebook from Paris."
    assert texts(read(text, spans=[(0, 18)])) == ["Badme"]


# --- people, organisations, words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("President Vladimir Putin met Hun Sen.", []),
        ("Chad Wolf and Georgia Meloni spoke to Jordan Peterson in Rome.", ["Rome"]),
        ("Sevan Petrosyan, 24, of Vardenis was killed near Lake Sevan.", ["Vardenis", "Lake Sevan"]),
        ("The Kyiv Post and the Jerusalem Times reported it.", []),
        ("The Red Cross, TASS and NATO reacted on Monday.", []),
        ("We're told that Most of the Police were Nice.", []),
        ("Iran-backed fighters left; a Moscow-brokered truce holds in Tripoli.", ["Tripoli"]),
        ("Manchester United beat Dynamo Kyiv on Sunday.", []),
    ],
)
def test_what_is_no_place_is_left_out(read, text, places):
    found = texts(read(text))
    assert [p for p in places if p not in found] == []
    assert [f for f in found if f not in places and f != "Kyiv"] == []


def test_demonyms_are_an_option(read):
    text = "Turkish and Greek ministers met."
    assert read(text) == []
    assert [t.place.country for t in read(text, demonyms=True)] == ["TR", "GR"]


@pytest.mark.parametrize(
    ("text", "country"), [("U.S.", "US"), ("UAE", "AE"), ("DRC", "CD"), ("UK", "GB"), ("Okla.", "US")]
)
def test_abbreviations_stand_for_their_places(read, text, country):
    found = [t for t in read(f"Officials in {text} confirmed it.") if t.text == text]
    assert [t.place.country for t in found] == [country]


def test_an_abbreviation_of_disputed_land_has_no_country(read):
    (found,) = read("Police in J&K confirmed it.")
    assert (found.place.place_id, found.place.country) == ("jammu-kashmir", "")


# --- feature words --------------------------------------------------------------------------------------------------


def test_the_words_around_say_which_lachin_is_meant(read):
    text = "The Lachin road, the Lachin checkpoint, the Lachin district and the town of Lachin are four things."
    assert [t.place.place_id for t in read(text)] == ["lachin-road", "lachin-checkpoint", "lachin-district", "lachin"]


@pytest.mark.parametrize(
    ("text", "feature_class"),
    [
        ("Fighting went on in Kursk Oblast.", FeatureClass.ADMIN),
        ("Shells hit the city of Kursk.", FeatureClass.SETTLEMENT),
        ("Boats cross Lake Chad.", FeatureClass.LAKE),
        ("A column crossed the Euphrates River.", FeatureClass.RIVER),
        ("Drones hit Luhansk region at night.", FeatureClass.ADMIN),
        ("Drones hit Luhansk at night.", FeatureClass.SETTLEMENT),
    ],
)
def test_a_feature_word_decides_the_class(read, text, feature_class):
    assert [t.place.feature_class for t in read(text)] == [feature_class]


def test_plural_feature_words_hold_for_the_whole_list(read):
    found = read("Villages burned in Sumy and Chernihiv oblasts.")
    assert [t.place.feature_class for t in found] == [FeatureClass.ADMIN, FeatureClass.ADMIN]
    found = read("The provinces of Idlib, Homs and Aleppo were bombed.")
    assert {t.place.feature_class for t in found} == {FeatureClass.ADMIN}


# --- joined names ---------------------------------------------------------------------------------------------------


def test_a_gloss_and_its_name_are_one_toponym_at_the_bracketed_place(read):
    text = "They see Garakilsa [Sisian] and Gorus [Goris] from there."
    found = read(text)
    assert texts(found) == ["Garakilsa [Sisian]", "Gorus [Goris]"]
    assert [t.place.place_id for t in found] == ["sisian", "goris"]
    assert [text[slice(*t.gloss)] for t in found] == ["Sisian", "Goris"]


def test_a_bracket_without_a_place_is_no_gloss(read):
    (found,) = read("The army entered Agdam [sic] at dawn.")
    assert (found.text, found.gloss) == ("Agdam", None)


def test_a_link_is_no_gloss(read):
    assert "Russia" in texts(read("Armenia and [Russia](https://example.org/a) agreed."))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The Agdam-Khankandi road is open.", "Agdam-Khankandi road"),
        ("Shots along the Armenia-Azerbaijan border.", "Armenia-Azerbaijan border"),
        ("Shots along the Armenian - Azerbaijani border.", "Armenian - Azerbaijani border"),
        ("Mines on the Kupiansk-Svatove road.", "Kupiansk-Svatove road"),
        ("Troops on the Uganda-DRC border.", "Uganda-DRC border"),
    ],
)
def test_a_pair_and_its_feature_word_are_one_toponym(read, text, whole):
    (found,) = read(text)
    assert found.text == whole
    assert found.place is not None


def test_two_roads_may_share_their_word(read):
    found = read("They agreed to open both the Lachin and Agdam-Khankandi roads.")
    assert [t.place.place_id for t in found] == ["lachin-road", "agdam-khankandi-road"]


def test_a_border_that_nobody_curated_is_drawn_from_the_base_map(read):
    found = by_text(read("Rebels near Kasese, Uganda, crossed the Uganda-DRC border."))
    border = found["Uganda-DRC border"].place
    assert border.feature_class is FeatureClass.BORDER
    assert 29.0 < border.lon < 31.5
    assert -1.5 < border.lat < 4.0


# --- unknown names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The village of Zzyrbakend was shelled.", "Zzyrbakend"),
        ("Mortars fell on Qwertivka in Sumy Oblast.", "Qwertivka"),
        ("Two died at Vlkovarsk village.", "Vlkovarsk"),
        ("Attacks on Bilopillia, Xyzanivka and Khotin continued in Sumy Oblast.", "Xyzanivka"),
    ],
)
def test_a_name_that_must_be_a_place_is_listed_without_one(read, text, name):
    found = by_text(read(text))
    assert name in found
    assert found[name].place is None


def test_a_near_spelling_close_by_is_proposed(read):
    found = by_text(
        read("Russian troops shelled Shostka and Hlukhiv in Ukraine and the village of Shalyhine in Sumy Oblast.")
    )
    assert found["Shalyhine"].place.name.startswith("Shal")
    assert "spelled like" in found["Shalyhine"].resolution.reason


def test_a_name_that_the_text_puts_elsewhere_has_no_place(read):
    found = by_text(read("A drone hit Gorodishche, Rylsky District, Kursk Oblast."))
    assert found["Gorodishche"].place is None
    assert "the text puts it in" in found["Gorodishche"].resolution.reason
    assert found["Gorodishche"].resolution.runners_up


def test_spacy_is_asked_for_what_is_undecided(read, nlp):
    text = "Soldiers were killed near Xhlobyn on Tuesday. He was born in Xhlobyn."
    assert "Xhlobyn" not in texts(read(text)) or texts(read(text, nlp=nlp)).count("Xhlobyn") >= 1
    assert {t.text for t in read(text, nlp=nlp)} <= {"Xhlobyn"}


# --- coordinates ----------------------------------------------------------------------------------------------------


def test_a_written_coordinate_is_a_toponym_of_its_own(read):
    (found,) = read("The drone fell at 39.5119, 46.3390 at noon.")
    assert (found.place.lat, found.place.lon) == (39.5119, 46.339)
    assert found.resolution.confidence == 1.0


# --- roles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Baku admitted the loss.", "Baku", Role.METONYM),
        ("Protesters gathered in Baku.", "Baku", Role.EVENT),
        ("Tensions between Khartoum and Addis Ababa grew.", "Addis Ababa", Role.METONYM),
        ("Washington, Moscow and Beijing called for calm.", "Washington", Role.METONYM),
        ("India denied the report.", "India", Role.METONYM),
        ("Shelling hit the villages of Uri and Keran.", "Keran", Role.EVENT),
        ("Civilians fled from Rutshuru.", "Rutshuru", Role.ORIGIN),
        ("Aid went by the Lachin road.", "Lachin road", Role.ROUTE),
        ("Moscow's proposal was rejected.", "Moscow", Role.METONYM),
    ],
)
def test_the_role_follows_from_the_words_around(read, text, name, role):
    assert by_text(read(text))[name].role is role


# --- resolution -----------------------------------------------------------------------------------------------------


def test_one_article_gives_a_name_one_sense(read):
    found = read("Paris, Texas, lies far from Dallas. The mayor of Paris flew to Houston. Texas paid.")
    assert {t.place.country for t in found} == {"US"}


def test_the_same_name_alone_is_the_capital(read):
    (found,) = read("Ministers met in Paris.")
    assert found.place.country == "FR"


def test_runners_up_and_a_reason_are_kept(read):
    found = by_text(read("Police in Tripoli and Sidon arrested ten people, Lebanon said."))["Tripoli"]
    assert found.place.country == "LB"
    assert "LY" in {c.place.country for c in found.resolution.runners_up}
    assert found.resolution.reason


def test_an_article_without_places_gives_none(read):
    assert read("Nothing happened anywhere, and nobody said a word.") == []
    assert read("") == []
