import subprocess
import sys

import pytest

from gazetteer.inflect import base_forms, languages_of
from gazetteer.toponyms import read_toponyms


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Noyabrın 5-də Xankəndidə və Laçında atəş açılıb, Bakıdan xəbər verilir.", ["stepanakert", "lachin", "baku"]),
        ("Ադրբեջանը կրակել է Գորիսի և Կապանի ուղղությամբ։", ["goris", "kapan"]),
        ("თბილისში და ცხინვალში", ["Tbilisi", "Ts’khinvali"]),
        ("У Бахмуті та околицях Харкова загинули люди.", ["Bakhmut", "Kharkiv"]),
        ("הפגנות בירושלים וחיפה", ["Jerusalem", "Haifa"]),
        ("قصفت الطائرات صنعاء وتعز", ["Sanaa", "Taiz"]),
    ],
)
def test_inflected_names_in_their_own_script_resolve(gazetteer, text, places):
    found = [t.place for t in read_toponyms(text, gazetteer) if t.place]
    assert [p for p in places if p not in {x.place_id for x in found} | {x.name for x in found}] == []


@pytest.mark.filterwarnings("ignore")
def test_russian_cases_resolve_and_people_are_left_out(gazetteer):
    text = "Бои идут в Карабахе и под Аскераном, сообщили в Москве. Владимир Путин позвонил в Ереван."
    found = {t.text: t.place for t in read_toponyms(text, gazetteer)}
    assert found["Карабахе"].place_id == "nagorno-karabakh"
    assert found["Аскераном"].place_id == "askeran"
    assert found["Москве"].country == "RU"
    assert "Владимир" not in found


def test_the_language_is_told_by_its_letters():
    assert languages_of("Стрельба в Карабахе") == ("ru",)
    assert languages_of("Обстріл триває, її не чути") == ("uk", "ru")
    assert languages_of("A report from Xankendi") == ()


def test_short_words_are_not_stripped_to_nothing():
    assert all(len(form) >= 3 for form in base_forms("Ани", ["ru"]))


def test_english_loads_neither_natasha_nor_spacy():
    code = (
        "import sys; from gazetteer.store import open_gazetteer; from gazetteer.toponyms import read_toponyms;"
        "read_toponyms('Troops left Goris.', open_gazetteer());"
        "print([m for m in ('natasha', 'spacy', 'geopandas', 'pandas', 'mgrs') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
