"""Many incidents: one FeatureCollection, canvas, groups that count; filters that nobody waits for; tiles that are never needed."""

import re

import maps_frames as invented
import pytest

from maps.html import write_map

MANY = 4000


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    layers = {"incidents": invented.many(MANY), "places": invented.places()}
    return write_map(
        layers, tmp_path_factory.mktemp("maps") / "map.html", title="Many", base=invented.base(), sides=invented.SIDES
    )


def test_page_grows_by_data_only(map_file):
    html = map_file.read_text(encoding="utf-8")
    assert len(re.findall("<script>", html)) < 30
    data = html[html.index('id="marchland-data"') :]
    assert len(data.encode()) / MANY < 450
    assert "L.marker" not in html[html.rindex("<script>") :]


@pytest.mark.browser
def test_every_incident_is_drawn_in_a_group_that_counts_it_by_kind(open_page, map_file):
    page = open_page(map_file)
    assert page.evaluate("Marchland.groupsOnMap().reduce((sum, group) => sum + group.members.length, 0)") == MANY
    assert page.evaluate(
        "Marchland.groupsOnMap().every((group) => group.members.length === 1 || [...group.counts.values()].reduce((a, b) => a + b) === group.members.length)"
    )
    assert int(page.evaluate("document.documentElement.dataset.drawn")) >= MANY
    assert page.evaluate("document.querySelectorAll('.leaflet-marker-icon').length") == 0
    assert page.locator(".row").count() < 40, "only the rows in view are made"


@pytest.mark.browser
def test_after_a_filter_change_only_what_is_in_view_is_made_and_the_list_keeps_up(open_page, map_file):
    page = open_page(map_file)
    page.evaluate("Marchland.set({ kinds: ['shooting'] })")
    assert page.locator(".row").count() < 40
    page.evaluate("document.getElementById('list').scrollTop = 62 * 2000")
    page.wait_for_timeout(100)
    positions = page.evaluate(
        "[...document.querySelectorAll('.row')].map((row) => Number(row.getAttribute('aria-posinset')))"
    )
    assert any(1990 < position < 2020 for position in positions)


@pytest.mark.browser
def test_tiles_are_never_asked_for_without_a_network(open_page, tmp_path):
    page = open_page(
        write_map(invented.layers(), tmp_path / "map.html", title="Tiles", base=invented.base(), tiles=True)
    )
    page.locator("#tab-filters").click()
    assert page.locator("#layers li", has_text="Online map tiles").count() == 1
    assert page.locator(".leaflet-tile").count() == 0
