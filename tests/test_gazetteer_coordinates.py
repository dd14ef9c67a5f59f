import pytest

from gazetteer.coordinates import find_coordinates


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("at 39.5119, 46.3390.", 39.5119, 46.3390),
        ("at -33.8567, 151.2152", -33.8567, 151.2152),
        ("at 39.51°N, 46.34°E", 39.51, 46.34),
        ("at 39.51N 46.34E", 39.51, 46.34),
        ("at 39°30'36\"N 46°20'24\"E", 39.51, 46.34),
        ("at 39° 30′ N, 46° 20′ E", 39.5, 46.333333),
        ("at N39°30'36\", E46°20'24\"", 39.51, 46.34),
        ("at 12°30'S 70°15'W", -12.5, -70.25),
        ("grid 38S NJ 44061 81240", 39.58, 45.51),
    ],
)
def test_every_usual_notation_is_read(text, lat, lon):
    (found,) = find_coordinates(text)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=0.01), pytest.approx(lon, abs=0.01))
    assert text[found.start] not in " ."


@pytest.mark.parametrize(
    "text",
    ["a 3.5, 4.5 rise", "on 12.03.2022, 14.15", "95.1234, 200.1234", "version 1.23.4", "38SXX", "It is 40° C today"],
)
def test_other_numbers_are_no_coordinates(text):
    assert find_coordinates(text) == []
