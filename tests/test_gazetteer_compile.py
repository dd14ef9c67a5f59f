"""What the compiled gazetteer makes of curated and world places together."""

import pytest

from gazetteer.compile import merged
from gazetteer.model import FeatureClass, Place
from gazetteer.store import Gazetteer
from gazetteer.toponyms import read_toponyms
from gazetteer.world import Entry


def place(place_id: str, feature_class: FeatureClass, *, admin: str = "", population: int = 0) -> Place:
    return Place(place_id, place_id.title(), feature_class, 40.0, 45.0, admin=admin, population=population)


def test_a_province_counts_the_people_of_its_settlements_also_through_its_districts() -> None:
    curated = [
        place("tavria", FeatureClass.ADMIN),
        place("low-district", FeatureClass.ADMIN, admin="tavria"),
        place("town", FeatureClass.SETTLEMENT, admin="low-district", population=4000),
        place("village", FeatureClass.SETTLEMENT, admin="tavria", population=300),
        place("empty-district", FeatureClass.ADMIN),
    ]
    people = {entry.place.place_id: entry.place.population for entry in merged(curated, [])}
    assert people == {"tavria": 4300, "low-district": 4000, "town": 4000, "village": 300, "empty-district": 0}


def test_containers_in_a_ring_end_somewhere() -> None:
    ring = [
        place("a", FeatureClass.ADMIN, admin="b"),
        place("b", FeatureClass.ADMIN, admin="a"),
        place("town", FeatureClass.SETTLEMENT, admin="a", population=10),
    ]
    assert [entry.place.population for entry in merged(ring, [])] == [10, 10, 10]


def test_the_worlds_entry_for_a_curated_place_is_left_out_and_its_people_are_kept() -> None:
    town = place("town", FeatureClass.SETTLEMENT)
    same = Place("gn-1", "Town", FeatureClass.SETTLEMENT, 40.01, 45.01, population=77)
    far = Place("gn-2", "Town", FeatureClass.SETTLEMENT, 50.0, 10.0, population=5)
    found = {entry.place.place_id: entry.place.population for entry in merged([town], [Entry(same), Entry(far)])}
    assert found == {"town": 77, "gn-2": 5}


@pytest.mark.parametrize(
    ("sentence", "place_id"),
    [
        ("Residents of Syunik complain about the road controls, the governor said.", "syunik-province"),
        ("Armenia said that its posts in Gegharkunik came under mortar fire.", "gegharkunik-province"),
        ("Villages in Tavush were shelled overnight, according to Yerevan.", "tavush-province"),
    ],
)
def test_a_bare_name_of_a_province_is_the_province(gazetteer: Gazetteer, sentence: str, place_id: str) -> None:
    name = sentence.split()[2] if sentence.startswith(("Residents", "Villages")) else "Gegharkunik"
    (found,) = [t for t in read_toponyms(sentence, gazetteer) if t.text == name]
    assert found.place is not None
    assert found.place.place_id == place_id
