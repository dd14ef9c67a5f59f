"""The file that `write_map` writes: whole, repeatable, self-contained, one FeatureCollection of plain data."""

import json
import re
from datetime import date

import folium
import maps_frames as invented
import pytest
from branca.element import Element

from geo.errors import MarchlandError
from maps.features import feature_collection
from maps.figure import counted_ids
from maps.html import render_map, write_map
from maps.safe import content_security_policy, json_for_html, web_address


@pytest.fixture(scope="module")
def html():
    return render_map(invented.layers(), title="Invented borders", base=invented.base(), sides=invented.SIDES)


def embedded(html, name):
    return json.loads(re.search(rf'id="marchland-{name}">(.*?)</script>', html, re.DOTALL)[1])


def test_rendering_twice_gives_the_same_bytes_and_other_maps_keep_their_random_ids(html):
    again = render_map(invented.layers(), title="Invented borders", base=invented.base(), sides=invented.SIDES)
    assert again == html
    assert len(folium.Map(tiles=None).get_name()) == len("map_") + 32


def test_ids_are_random_again_even_when_building_fails():
    with pytest.raises(ZeroDivisionError), counted_ids():
        _ = 1 / 0
    assert Element().get_name() != Element().get_name()


def test_page_is_self_contained(html):
    assert re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["'](?!data:)""", html) == []
    assert "sourceMappingURL" not in html
    assert re.findall(r"url\((?!data:|#)[^)]*\)", html) == []
    assert "default-src &#39;none&#39;" in html
    assert html.index("Content-Security-Policy") < html.index("<script>")


def test_one_feature_collection_and_no_script_per_incident(html):
    data = embedded(html, "data")
    assert data["type"] == "FeatureCollection"
    incidents = [feature for feature in data["features"] if "l" not in feature["properties"]]
    assert len(incidents) == 31
    assert html.count("i00017") == 1


def test_tiles_are_allowed_only_when_asked_for(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert "https:" not in policy
    tiled = render_map(invented.layers(), title="T", tiles=True)
    assert (
        "img-src data: https://a.basemaps.cartocdn.com"
        in re.search(r'Content-Security-Policy" content="([^"]*)"', tiled)[1]
    )


def test_file_appears_whole_or_not_at_all(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(MarchlandError, match="--out"):
        write_map({}, blocker / "map.html", title="T")
    path = write_map({}, tmp_path / "map.html", title="T")
    assert path.read_text(encoding="utf-8").endswith("</html>\n") or path.read_text(encoding="utf-8").endswith(
        "</html>"
    )
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_what_many_incidents_share_stands_once():
    data = feature_collection({"incidents": invented.incidents()})
    assert len(data["articles"]) == 3
    assert len(data["actors"]) == 3
    assert data["articles"][0]["published"] == "2023-09-02"
    first = data["features"][0]["properties"]
    assert data["forms"][first["f"]][:5] == ["armed_clash", "reported", "day", 1, "pin"]
    assert data["harm"][first["h"]]["killed"] == (2, 2, 3)


def test_marks_outside_the_sentence_are_left_out():
    row = invented.incident(1) | {"trigger_start": 0, "trigger_end": 5, "place_start": 99_990, "place_end": 99_999}
    properties = feature_collection({"incidents": invented.frame("incidents", [row])})["features"][0]["properties"]
    assert "t" not in properties
    assert "pl" not in properties


def test_places_keep_the_names_of_all_sides_and_what_articles_wrote():
    kapan = next(
        feature
        for feature in feature_collection({"places": invented.places()})["features"]
        if feature["properties"]["i"] == "kapan"
    )
    assert ["Ghapan", "", "", "attested", ""] in kapan["properties"]["names"]
    assert ["Կապան", "am", "Armn", "official", ""] in kapan["properties"]["names"]


def test_both_parties_are_those_in_whose_countries_the_incidents_lie(html):
    assert embedded(html, "page")["parties"] == ["am", "az"]


def test_dates_of_the_frames_are_written_as_days():
    row = invented.incident(1, when=date(1994, 5, 12))
    assert feature_collection({"incidents": invented.frame("incidents", [row])})["features"][0]["properties"]["d"] == [
        "1994-05-12"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "ftp://example.org",
        "https://",
        "vbscript:x",
        None,
        "",
        "http://[broken",
    ],
)
def test_only_web_addresses_become_links(url):
    assert web_address(url) == ""


def test_json_cannot_leave_its_element():
    text = json_for_html(["</script>", "<!--", "\u2028"])
    assert "<" not in text
    assert json.loads(text) == ["</script>", "<!--", "\u2028"]


def test_policy_names_each_script_once_and_changes_with_it():
    policy = content_security_policy("<script>a</script><script>a</script><script>b</script>")
    assert policy.count("sha256-") == 2
    assert policy != content_security_policy("<script>c</script>")
