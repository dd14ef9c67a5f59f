"""One style table: complete, legible, told apart without colour."""

import re

import pytest

from incidents.model import Kind, Reality, RoadStatus, Stance
from maps.styles import load_styles, load_symbols, styles_for_page
from maps.wording import load_strings

STYLES = {(style.group, style.key): style for style in load_styles()}


def luminance(color):
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize(("group", "words"), [("kind", Kind), ("stance", Stance), ("road", RoadStatus)])
def test_every_word_of_the_incidents_has_a_style_and_a_label(group, words):
    for word in words:
        assert (group, word.value) in STYLES
        assert load_strings()[f"{group}.{word.value}"]


def test_every_reality_but_the_actual_has_a_pale_style():
    for reality in Reality:
        if reality is not Reality.ACTUAL:
            assert STYLES["reality", reality.value].opacity < 1


def test_no_two_kinds_share_both_colour_and_symbol():
    seen = [(style.color_light, style.symbol) for style in STYLES.values() if style.group == "kind"]
    assert len(set(seen)) == len(seen)


def test_stances_and_road_statuses_differ_in_more_than_colour():
    for group in ("stance", "road"):
        looks = [
            (style.dash, style.symbol) for (name, key), style in STYLES.items() if name == group and key != "unknown"
        ]
        assert len(set(looks)) == len(looks)


@pytest.mark.parametrize(
    "style", [style for style in STYLES.values() if style.group == "kind"], ids=lambda style: style.key
)
def test_symbols_stand_out_from_their_discs(style):
    assert contrast(style.ink_light, style.color_light) >= 3
    assert contrast(style.ink_dark, style.color_dark) >= 3


@pytest.mark.parametrize(
    "style", [style for style in STYLES.values() if style.group == "road"], ids=lambda style: style.key
)
def test_road_lines_stand_out_from_the_land(style):
    assert contrast(style.color_light, STYLES["base", "land"].color_light) >= 3
    assert contrast(style.color_dark, STYLES["base", "land"].color_dark) >= 3


def test_every_symbol_that_a_kind_names_is_drawn():
    symbols = {symbol.symbol for symbol in load_symbols()}
    assert {style.symbol for style in STYLES.values() if style.group == "kind"} <= symbols


def test_page_gets_both_themes():
    page = styles_for_page()
    assert page["kind"]["shooting"]["color"] == ["#D55E00", "#E8752B"]


def test_scripts_ask_only_for_strings_that_exist():
    from maps.figure import static_text
    from maps.html import SCRIPTS

    known = load_strings()
    asked = set()
    for script in SCRIPTS:
        asked |= set(re.findall(r"""M\.t\(\s*["']([\w.]+)["']""", static_text(script)))
        asked |= {
            f"{key}.{number}"
            for key in re.findall(r'M\.count\("([\w.]+)"', static_text(script))
            for number in ("one", "many")
        }
    assert len(asked) > 60
    assert asked - set(known) == set()
