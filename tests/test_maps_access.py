"""The pages for everyone: axe-core, keyboard, landmarks, phone, print, light and dark."""

import maps_frames as invented
import pytest

from maps.html import write_map
from maps.index import write_index

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    return write_map(
        invented.layers(),
        tmp_path_factory.mktemp("maps") / "map.html",
        title="Invented borders",
        base=invented.base(),
        sides=invented.SIDES,
    )


def faults(page, axe):
    """Run axe-core through the protocol, which the page's policy does not bind."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for rule in found["violations"]
        if rule["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_map(open_page, map_file, axe, theme):
    page = open_page(map_file, f"#t={theme}")
    for tab in ("list", "filters", "about"):
        page.locator(f"#tab-{tab}").click()
        assert faults(page, axe) == [], tab


def test_axe_finds_no_serious_fault_with_the_evidence_open(open_page, map_file, axe):
    page = open_page(map_file)
    page.locator(".row").first.click()
    page.locator(".leaflet-popup .evidence").wait_for()
    assert faults(page, axe) == []


def test_axe_finds_no_serious_fault_on_a_phone(open_page, map_file, axe):
    page = open_page(map_file, width=390, height=844, has_touch=True)
    assert faults(page, axe) == []


def test_axe_finds_no_serious_fault_on_the_index(open_page, tmp_path, axe):
    row = {
        "title": "One",
        "publisher": "P",
        "published": "2022-01-01",
        "published_by": "front matter",
        "url": "https://example.org",
        "page": "articles/1.html",
        "incidents": 3,
        "set_aside": 2,
        "roads": 1,
        "places": 4,
        "latest": True,
    }
    path = write_index(
        tmp_path / "index.html",
        articles=[row, row | {"latest": False, "published": ""}],
        maps=[{"title": "All", "href": "map.html"}],
        incidents=invented.incidents(),
        changes={"added": ["i00001"], "removed": ["gone"]},
        notes=["a note"],
        files=["incidents.geojson"],
    )
    assert faults(open_page(path), axe) == []


def test_page_has_its_landmarks_and_language(open_page, map_file):
    page = open_page(map_file)
    assert page.locator("html").get_attribute("lang") == "en"
    for role in ("banner", "main", "complementary", "search"):
        assert page.get_by_role(role).count() == 1, role
    assert page.get_by_role("heading", level=1).inner_text() == "Invented borders"


def test_keyboard_alone_reaches_the_evidence_and_comes_back(open_page, map_file):
    page = open_page(map_file)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#list").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup .evidence").wait_for()
    third = page.evaluate("Marchland.shown[2].i")
    assert page.evaluate("Marchland.state.selected") == third
    assert page.evaluate("document.activeElement.classList.contains('evidence')")
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup .evidence").wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "list"


def test_tabs_follow_the_arrow_keys(open_page, map_file):
    page = open_page(map_file)
    page.locator("#tab-list").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#pane-filters").is_visible()
    assert page.evaluate("document.activeElement.id") == "tab-filters"


def test_phone_shows_map_list_and_evidence_without_sideways_scrolling(open_page, map_file):
    page = open_page(map_file, width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#map-landmark").bounding_box()["height"] > 400
    page.locator("#tabs-phone button", has_text="Incidents").click()
    page.locator(".row").nth(1).click()
    sheet = page.locator("#sheet")
    sheet.wait_for()
    assert sheet.bounding_box()["width"] == 390
    page.locator("#sheet-close").click()
    assert sheet.is_hidden()


def test_map_prints_to_one_page(open_page, map_file):
    page = open_page(map_file)
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


def test_dark_and_light_differ_and_the_choice_is_kept_in_the_address(open_page, map_file):
    page = open_page(map_file, color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").select_option("light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    assert "t=light" in page.url


def test_every_visible_string_comes_from_the_one_file(open_page, map_file):
    page = open_page(map_file)
    missing = page.evaluate(
        "Marchland.page.strings['kind.other'] === 'Other' && document.body.innerText.match(/\\b(kind|stance|precision|shape|label|road|reality)\\.[a-z_0-9]+/g)"
    )
    assert missing is None
