"""The time bar: histogram, window, play, step, keys; incidents that are vaguely dated; roads at the chosen day."""

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
    )


def shown(page):
    return page.evaluate("Marchland.shown.map((incident) => incident.i)")


def window(page, first, last):
    page.evaluate(f"Marchland.set({{ from: Marchland.dayNumber('{first}'), to: Marchland.dayNumber('{last}') }})")


def test_window_keeps_what_touches_it_and_the_counter_follows(open_page, map_file):
    page = open_page(map_file)
    everything = int(page.evaluate("document.documentElement.dataset.drawn"))
    window(page, "2022-09-10", "2022-09-14")
    assert "i00011" in shown(page), "13 to 14 September lies in the window"
    assert "i00009" in shown(page), "dated to September only, so it may have been then"
    assert "i00010" in shown(page), "without a date it stays until it is switched off"
    assert "i00000" not in shown(page)
    assert int(page.evaluate("document.documentElement.dataset.drawn")) < everything
    assert page.locator("#time-words").inner_text() == "10–14 Sep 2022"


def test_undated_incidents_can_be_switched_off_and_the_list_says_how_vague_a_date_is(open_page, map_file):
    page = open_page(map_file)
    assert page.locator("#undated-count").inner_text() == "1 undated"
    page.locator("#undated").uncheck()
    assert "i00010" not in shown(page)
    words = page.evaluate(
        "['i00009', 'i00010'].map((id) => Marchland.dateWords(Marchland.byId.get(id).d, Marchland.byId.get(id).dp))"
    )
    assert words == ["some time in September 2022", "date not known"]


def test_histogram_counts_every_dated_incident_once(open_page, map_file):
    page = open_page(map_file)
    heights = page.evaluate(
        "[...document.querySelectorAll('#histogram rect')].map((bar) => [bar.getAttribute('class'), Number(bar.getAttribute('height'))])"
    )
    most = int(page.locator("#histogram-most").inner_text())
    dated = page.evaluate("Marchland.incidents.filter((incident) => incident.start !== null).length")
    assert sum(height for _, height in heights) / 92 * most == pytest.approx(dated, rel=0.15)
    assert any(name == "vague" for name, _ in heights), "the one dated to a month is drawn apart"
    page.locator("#time-unit").select_option("month")
    assert page.locator("#histogram rect").count() < len(heights)


def test_dragging_on_the_chart_chooses_days_and_dragging_the_window_moves_them(open_page, map_file):
    page = open_page(map_file)
    box = page.locator("#time-track").bounding_box()

    def drag(first, last):
        page.mouse.move(box["x"] + box["width"] * first, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (first + last) / 2, box["y"] + 20)
        page.mouse.move(box["x"] + box["width"] * last, box["y"] + 20)
        page.wait_for_timeout(80)
        page.mouse.up()

    drag(0.3, 0.5)
    first = page.evaluate("[Marchland.state.from, Marchland.state.to]")
    assert None not in first
    some = len(shown(page))
    assert 0 < some < 31
    drag(0.4, 0.6)
    second = page.evaluate("[Marchland.state.from, Marchland.state.to]")
    assert second[1] - second[0] == first[1] - first[0]
    assert second[0] > first[0]
    page.locator("#time-reset").click()
    assert len(shown(page)) == 31


def test_keys_move_each_end_and_shift_moves_the_window(open_page, map_file):
    page = open_page(map_file)
    page.locator("#time-from").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    start = page.evaluate("Marchland.state.from")
    assert start is not None
    assert page.locator("#time-from").get_attribute("aria-valuetext") == page.evaluate(
        "Marchland.longDay(Marchland.isoDay(Marchland.state.from))"
    )
    page.locator("#time-to").focus()
    page.keyboard.press("PageDown")
    before = page.evaluate("[Marchland.state.from, Marchland.state.to]")
    page.keyboard.press("Shift+ArrowRight")
    after = page.evaluate("[Marchland.state.from, Marchland.state.to]")
    assert after[0] - before[0] == after[1] - before[1] == 7
    page.keyboard.press("End")
    page.locator("#time-from").focus()
    page.keyboard.press("Home")
    assert page.evaluate("[Marchland.state.from, Marchland.state.to]") == [None, None]


def test_step_and_play_walk_through_the_days_and_stop_at_the_end(open_page, map_file):
    page = open_page(map_file)
    page.locator("#time-on").click()
    first = page.evaluate("Marchland.state.from")
    page.locator("#time-on").click()
    assert page.evaluate("Marchland.state.from") == first + 7
    page.locator("#time-back").click()
    assert page.evaluate("Marchland.state.from") == first
    page.locator("#time-play").click()
    for _ in range(40):
        page.wait_for_timeout(100)
        if page.evaluate("Marchland.state.from") > first + 7:
            break
    else:
        pytest.fail("playing does not move the window")
    assert page.locator("#time-play").get_attribute("aria-pressed") == "true"
    page.locator("#time-play").click()
    assert page.locator("#time-play").get_attribute("aria-pressed") == "false"


def test_roads_are_drawn_as_they_were_on_the_last_day_of_the_window(open_page, map_file):
    page = open_page(map_file)
    status = "((day) => { const road = Marchland.roads().find((road) => road.id === 'lachin-road'); const { curated, article, differ } = Marchland.statusOn(road, Marchland.dayNumber(day)); return [curated?.status ?? null, article?.status ?? null, differ]; })"
    assert page.evaluate(f"{status}('2021-05-01')") == ["open", None, False]
    assert page.evaluate(f"{status}('2023-01-01')") == ["closed", None, False]
    assert page.evaluate(f"{status}('2023-09-02')") == ["closed", "contested", True], (
        "history and article disagree: both are drawn"
    )
    window(page, "2022-05-01", "2022-06-01")
    assert page.locator("#road-date").inner_text() == "Roads on 1 Jun 2022"


def test_road_popup_gives_the_dated_history_with_sources_and_says_that_the_line_is_schematic(open_page, map_file):
    page = open_page(map_file)
    page.evaluate(
        "Marchland.openRoad(Marchland.roads().find((road) => road.id === 'lachin-road'), Marchland.map.getCenter())"
    )
    text = page.locator(".leaflet-popup .evidence.road").inner_text()
    for said in (
        "Open",
        "10 November 2020 – 11 December 2022",
        "12 December 2022 – now",
        "by demonstrators",
        "a dated source",
        "Schematic",
        "disagree",
        "The road is open to some",
    ):
        assert said in text
    assert page.locator(".history .holds").count() == 2


def test_a_road_under_the_pointer_opens_by_a_click_on_the_map(open_page, map_file):
    page = open_page(map_file)
    page.evaluate("Marchland.map.setView([38.95, 46.45], 9, { animate: false })")
    page.evaluate("Marchland.set({ hidden: ['shapes'] })")
    spot = page.evaluate(
        "(() => { const p = Marchland.map.latLngToContainerPoint([38.95, 46.45]); const box = Marchland.map.getContainer().getBoundingClientRect(); return [p.x + box.x, p.y + box.y]; })()"
    )
    page.mouse.click(*spot)
    assert page.locator(".evidence.road h2").inner_text() == "Proposed corridor"
