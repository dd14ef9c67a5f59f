"""The map of the dispatches in `seeds/`, as a user opens it: in a browser, without a network, from a file."""

from pathlib import Path

import pytest

from marchland.outputs import write_outputs
from marchland.pipeline import read_all

pytestmark = pytest.mark.browser
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
MAIL_BYTES = 1_500_000


@pytest.fixture(scope="module")
def out(gazetteer, tmp_path_factory):
    files = [str(file) for file in sorted(SEEDS.glob("*.md")) if file.name != "README.md"]
    folder = tmp_path_factory.mktemp("seeds") / "out"
    write_outputs(read_all(files, gazetteer, say=lambda _: None).readings, folder)
    return folder


def test_the_seed_map_shows_incidents_roads_borders_lakes_and_legend(open_page, out):
    page = open_page(out / "map.html")
    assert int(page.evaluate("document.documentElement.dataset.drawn")) > 10
    assert page.evaluate("Marchland.groupsOnMap().length") > 2
    assert page.evaluate("Marchland.roads().length") >= 4
    assert {"borders", "lakes", "countries", "towns", "disputed", "lines"} <= set(
        page.evaluate("Object.keys(Marchland.base)")
    )
    assert page.locator("#legend-kinds li").count() >= 2
    assert page.locator("#legend-roads li").count() >= 3
    assert "OpenStreetMap" in page.locator(".leaflet-control-attribution").inner_text()
    assert (out / "map.html").stat().st_size <= MAIL_BYTES


def test_every_seed_incident_opens_its_evidence_with_source_and_article(open_page, out):
    page = open_page(out / "map.html")
    for incident in page.evaluate("Marchland.incidents.map((incident) => incident.i)"):
        page.evaluate("(id) => Marchland.select(id, { from: 'list' })", incident)
        evidence = page.locator(".evidence:visible")
        assert len(evidence.locator("blockquote").inner_text()) > 20
        assert evidence.locator("mark.trigger").count() == 1
        assert evidence.locator("dt", has_text="Who says so").count() == 1
        assert evidence.locator("dt", has_text="Article").count() == 1


def test_seed_roads_change_with_the_time_window(open_page, out):
    page = open_page(out / "map.html")
    status = "(day) => { const road = Marchland.roads().find((road) => road.id === 'lachin-road'); return Marchland.statusOn(road, Marchland.dayNumber(day)).curated?.status; }"
    assert page.evaluate(status, "2022-06-01") == "open"
    assert page.evaluate(status, "2023-02-01") != "open"
    page.evaluate("Marchland.set({ from: Marchland.dayNumber('2022-09-01'), to: Marchland.dayNumber('2022-09-30') })")
    assert page.locator("#road-date").inner_text() == "Roads on 30 Sep 2022"


def test_any_name_finds_the_seed_place(open_page, out):
    page = open_page(out / "map.html")
    for asked in ("Gafan", "Qafan", "Kapan", "Կապան", "Капан"):
        assert "kapan" in page.evaluate("(asked) => [...Marchland.findPlaces(asked)]", asked), asked


def test_both_sides_names_stand_together_on_the_seed_map(open_page, out):
    page = open_page(out / "map.html")
    page.locator("#names").select_option("both")
    assert page.evaluate("Marchland.label(Marchland.places.get('shusha'))") == "Shushi / Şuşa"
    page.locator("#names").select_option("ru")
    assert page.evaluate("Marchland.label(Marchland.places.get('shusha'))") == "Шуша"


def test_axe_finds_no_serious_fault_on_the_seed_pages(open_page, out, axe):
    for name in ("map.html", "index.html"):
        page = open_page(out / name)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert [rule["id"] for rule in found["violations"] if rule["impact"] in {"serious", "critical"}] == [], name


def test_every_article_has_a_page_that_opens_from_the_index(open_page, out):
    page = open_page(out / "index.html")
    links = page.locator("tbody th > a")
    assert links.count() == 3
    for n in range(3):
        article = open_page(out / links.nth(n).get_attribute("href"))
        assert article.locator("h1").inner_text() == links.nth(n).inner_text()
        assert article.evaluate("new Set(Marchland.incidents.map((incident) => incident.a)).size") <= 1
