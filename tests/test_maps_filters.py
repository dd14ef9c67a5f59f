"""Filters, search over all names, the list in step with the map, the names switch, and the view in the address."""

import maps_frames as invented
import pytest

from maps.html import write_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    return write_map(
        invented.layers(),
        tmp_path_factory.mktemp("maps") / "map.html",
        title="Invented borders",
        base=invented.base(),
        sides=invented.SIDES,
        changes={"added": ["i00001"], "removed": [], "changed": []},
        latest_article="a2",
    )


def shown(page):
    return page.evaluate("Marchland.shown.map((incident) => incident.i)")


def drawn(page):
    return int(page.evaluate("document.documentElement.dataset.drawn"))


def spot(page, incident_id):
    """Give the page coordinates of an incident's marker."""
    return page.evaluate(
        """(id) => {
          const { at, s } = Marchland.byId.get(id);
          const point = Marchland.map.latLngToContainerPoint([at[1], at[0]]);
          const box = Marchland.map.getContainer().getBoundingClientRect();
          return [point.x + box.x, point.y + box.y - (s === "pin" ? 16 : 0)];
        }""",
        incident_id,
    )


def found(page, asked):
    """Give the places of the incidents that a search finds; those without a place are found by their sentence."""
    page.locator("#search").fill(asked)
    return set(page.evaluate("Marchland.shown.filter((incident) => incident.p).map((incident) => incident.p)"))


def test_any_name_in_any_letters_finds_the_place(open_page, map_file):
    page = open_page(map_file)
    asked = ["Gafan", "Qafan", "Kapan", "kapan", "Ghapan", "Կապան", "Капан", "Капа"]
    assert {name: found(page, name) for name in asked} == {name: {"kapan"} for name in asked}


def test_azerbaijani_letters_are_found_as_they_are_typed_without_them(open_page, map_file):
    page = open_page(map_file)
    expected = {"xankendi": "stepanakert", "Stepanakert": "stepanakert", "kelbecer": "kalbajar", "Lacin": "lachin"}
    assert {name: found(page, name) for name in expected} == {name: {place} for name, place in expected.items()}


def test_a_name_that_nobody_uses_finds_nothing_and_says_so(open_page, map_file):
    page = open_page(map_file)
    page.locator("#search").fill("Atlantis")
    assert shown(page) == []
    assert page.locator("#list-empty").is_visible()
    page.locator("#tab-filters").click()
    page.locator("#reset").click()
    assert len(shown(page)) == 31


def test_switching_a_kind_off_in_the_legend_takes_it_from_map_and_list(open_page, map_file):
    page = open_page(map_file)
    before = drawn(page)
    row = page.locator("#legend-kinds li", has_text="Armed clash")
    count = int(row.locator(".n").inner_text())
    row.locator("input").uncheck()
    assert len(shown(page)) == 31 - count
    assert drawn(page) < before
    assert page.locator("#count").inner_text() == f"{31 - count} of 31 incidents"
    assert int(row.locator(".n").inner_text()) == count, "the count still says what would come back"


def test_stances_precisions_confidence_source_and_actor_filter(open_page, map_file):
    page = open_page(map_file)
    page.locator("#legend-stances li", has_text="denied").locator("input").uncheck()
    assert all(stance != "denied" for stance in page.evaluate("Marchland.shown.map((incident) => incident.st)"))
    page.locator("#tab-filters").click()
    page.locator("#precisions li", has_text="Country").locator("input").uncheck()
    assert 6 not in page.evaluate("Marchland.shown.map((incident) => incident.g)")
    page.locator("#reset").click()
    page.locator("#confidence").fill("60")
    assert min(page.evaluate("Marchland.shown.map((incident) => incident.c)")) >= 0.6
    page.locator("#reset").click()
    page.locator("#source").select_option("publisher:Made-up Monitor")
    assert shown(page) == ["i00029"]
    page.locator("#source").select_option("says:the invented ministry")
    assert len(shown(page)) == 31
    page.locator("#actor").select_option("Invented forces 1")
    assert 0 < len(shown(page)) < 31


def test_threats_are_a_pale_layer_of_their_own_that_is_off_at_first(open_page, map_file):
    page = open_page(map_file)
    before, listed = drawn(page), len(shown(page))
    page.locator("#tab-filters").click()
    page.locator("#realities li", has_text="Threat").locator("input").check()
    assert drawn(page) == before + 1
    assert len(shown(page)) == listed, "a threat is no incident"
    page.evaluate("Marchland.openAside(Marchland.aside[0])")
    assert "Deciding words" in page.locator(".evidence.aside").inner_text()


def test_new_and_latest_are_marked_and_can_be_chosen(open_page, map_file):
    page = open_page(map_file)
    page.locator("#tab-filters").click()
    page.locator("#only").select_option("new")
    assert shown(page) == ["i00001"]
    page.locator("#only").select_option("latest")
    assert set(page.evaluate("Marchland.shown.map((incident) => Marchland.articleOf(incident).id)")) == {"a2"}
    page.locator("#only").select_option("")
    page.evaluate("Marchland.select('i00001', { from: 'list' })")
    assert "new" in page.locator(".evidence h2").inner_text()


def test_choosing_in_the_list_opens_it_on_the_map_and_choosing_on_the_map_marks_it_in_the_list(open_page, map_file):
    page = open_page(map_file)
    page.locator(".row").nth(3).click()
    chosen = shown(page)[3]
    assert page.locator(".row[aria-selected='true']").get_attribute("data-id") == chosen
    page.locator(".leaflet-popup .evidence").wait_for()
    page.evaluate("Marchland.closeEvidence()")
    page.evaluate("Marchland.map.setView([14.88, 103.49], 11, { animate: false })")
    page.mouse.click(*spot(page, "i00028"))
    assert page.locator(".row[aria-selected='true']").get_attribute("data-id") == "i00028"
    assert "Surin" in page.locator(".leaflet-popup .where").inner_text()


def test_the_list_is_sorted_by_date_either_way_and_can_follow_the_view(open_page, map_file):
    page = open_page(map_file)
    starts = "Marchland.shown.filter((incident) => incident.start !== null).map((incident) => incident.start)"
    newest = page.evaluate(starts)
    assert newest == sorted(newest, reverse=True)
    page.locator("#order").click()
    assert page.evaluate(starts) == sorted(newest)
    page.evaluate("Marchland.map.setView([14.88, 103.49], 9, { animate: false })")
    page.locator("#inView").check()
    listed = page.evaluate("[...document.querySelectorAll('.row')].map((row) => row.dataset.id)")
    assert "i00028" in listed
    assert len(listed) == 4, "the one in view and the three of the margin"


def test_one_switch_changes_names_in_labels_list_and_popup(open_page, map_file):
    page = open_page(map_file)
    page.evaluate(
        "Marchland.select(Marchland.incidents.find((incident) => incident.p === 'stepanakert').i, { from: 'list' })"
    )

    def names():
        return (
            page.locator(".evidence .where").inner_text(),
            page.locator(".row[aria-selected='true'] .row-place").inner_text(),
            page.evaluate("Marchland.label(Marchland.places.get('stepanakert'))"),
        )

    expected = {
        "intl": "Khankendi",
        "am": "Stepanakert",
        "az": "Xankəndi",
        "ru": "Ханкенди",
        "both": "Stepanakert / Xankəndi",
    }
    for side, name in expected.items():
        page.locator("#names").select_option(side)
        assert names() == (name, name, name)
    page.locator("#names").select_option("am")
    page.locator("#own").check()
    assert names() == ("Ստեփանակերտ",) * 3


def test_the_view_is_in_the_address_and_comes_back(open_page, map_file):
    page = open_page(map_file)
    page.locator("#search").fill("Gorus")
    page.locator("#names").select_option("az")
    page.locator("#legend-kinds li", has_text="Protest").locator("input").uncheck()
    page.evaluate("Marchland.set({ from: Marchland.dayNumber('2022-03-01'), to: Marchland.dayNumber('2023-03-01') })")
    page.evaluate("Marchland.map.setView([39.5, 46.3], 9, { animate: false })")
    page.evaluate("Marchland.select(Marchland.shown[0].i, { from: 'list' })")
    fragment = page.url.split("#", 1)[1]
    kept = "[Marchland.state.q, Marchland.state.names, Marchland.state.kinds, Marchland.state.from, Marchland.state.to, Marchland.state.selected, Marchland.map.getZoom(), Marchland.shown.length]"
    first = page.evaluate(kept)
    again = open_page(map_file, f"#{fragment}")
    again.locator(".leaflet-popup .evidence").wait_for()
    assert again.evaluate(kept) == first
    assert again.locator("#search").input_value() == "Gorus"


def test_a_mangled_address_is_ignored(open_page, map_file):
    page = open_page(map_file, "#k=nonsense&d=yesterday_&m=1_2&i=nobody&v=elsewhere&n=xx&c=9&p=a.b&t=pink")
    assert len(shown(page)) == 31
    assert page.evaluate("Marchland.label(Marchland.places.get('kapan'))") == "Kapan"
