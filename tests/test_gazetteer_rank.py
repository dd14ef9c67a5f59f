import json

import numpy as np
import pytest

from gazetteer.model import FeatureClass
from gazetteer.rank import (
    BARE_FEATURES,
    LIT_FEATURES,
    WEIGHTS,
    Question,
    Surroundings,
    chances,
    contains,
    distances,
    softmax,
)
from gazetteer.store import NameHit


def hit(pid, country="AM", population=0, **more):
    feature_class = more.pop("feature_class", FeatureClass.SETTLEMENT)
    lat, lon = 40.0, 45.0
    return NameHit(
        pid,
        f"p{pid}",
        f"Town {pid}",
        feature_class,
        lat,
        lon,
        1.0,
        country,
        more.pop("admin", ""),
        population,
        "world",
        **more,
    )


def nowhere():
    from collections import Counter

    return Surroundings(Counter(), Counter())


def test_the_weights_name_their_training_and_every_feature():
    data = json.loads(WEIGHTS.read_text())
    assert "LGL" in data["note"]
    assert set(data["bare"]) == {*BARE_FEATURES, "none"}
    assert set(data["lit"]) == {*LIT_FEATURES, "none"}


def test_with_nothing_else_the_larger_namesake_is_likelier():
    chance, _ = chances(Question((hit(1, population=1000), hit(2, population=900_000))), nowhere(), lit=False)
    assert chance[1] > chance[0]


def test_a_named_country_turns_the_choice():
    from collections import Counter

    question = Question((hit(1, "US", population=60_000), hit(2, "GB", population=90_000)))
    chance, _ = chances(question, Surroundings(Counter(US=3), Counter()), lit=False)
    assert chance[0] > chance[1]


def test_probabilities_leave_room_for_none_of_these():
    chance, _ = chances(Question((hit(1, tier=2),)), nowhere(), lit=False)
    assert 0 < chance.sum() < 1


def test_softmax_does_not_overflow():
    assert softmax(np.array([1000.0, 0.0]), 0.0).tolist() == pytest.approx([1.0, 0.0])


def test_distances_are_great_circles():
    assert distances([(0.0, 0.0)], [(0.0, 1.0), (0.0, 180.0)])[0].tolist() == pytest.approx([111.2, 20015.1], abs=0.2)


def test_a_division_contains_the_towns_of_its_code_only():
    province = hit(1, "UA", feature_class=FeatureClass.ADMIN, admin="21")
    assert contains(province, hit(2, "UA", admin="21"))
    assert not contains(province, hit(3, "UA", admin="05"))
    assert not contains(province, hit(4, "RU", admin="21"))
