"""Doubt made visible, the evidence popup, the margin, the base map, and strings of articles that stay data."""

import json

import maps_frames as invented
import pandas as pd
import pytest

from maps.html import write_map

pytestmark = pytest.mark.browser
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> ' \" {{ 7 * 7 }} {% raw %} <!-- \u2028 &amp;"


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    return write_map(
        invented.layers(),
        tmp_path_factory.mktemp("maps") / "map.html",
        title="Invented borders",
        base=invented.base(),
        sides=invented.SIDES,
    )


def choose(page, incident_id):
    page.evaluate("(id) => Marchland.select(id, { from: 'list' })", incident_id)
    return page.locator(".evidence")


def test_the_popup_gives_the_whole_evidence(open_page, map_file):
    page = open_page(map_file)
    text = choose(page, "i00003").inner_text()
    for said in (
        "Shooting", "the invented ministry", "confirmed", "2 (2 to 3) killed", "says the invented ministry", "Invented forces 0", "artillery",
        "around the place", "Within about 25 km", "within 12 km", "50 %", "a day is named", "ACLED: Battles / Armed clash", "UCDP place precision 2",
        "Two roads and a checkpoint", "Imaginary Herald, 20 December 2022", "Kəlbəcər",
    ):  # fmt: skip
        assert said in text or said in choose(page, "i00003").text_content(), said
    assert page.locator(".evidence a").get_attribute("href") == "https://example.org/two"
    assert page.locator(".evidence a").get_attribute("rel") == "noopener noreferrer"


def test_trigger_and_place_are_marked_at_their_offsets(open_page, map_file):
    page = open_page(map_file)
    choose(page, "i00002")
    assert page.locator("mark.trigger").inner_text() == "killed"
    assert page.locator("mark.place").inner_text() == "Khankendi"


def test_offsets_count_letters_even_behind_an_emoji(open_page, tmp_path):
    evidence = "\U0001f4a5 Shells killed one in Goris."
    row = invented.incident(1, place_id="goris", evidence=evidence)
    path = write_map({"incidents": invented.frame("incidents", [row])}, tmp_path / "map.html", title="One")
    page = open_page(path)
    choose(page, "i00001")
    assert page.locator("mark.trigger").inner_text() == "killed"
    assert page.locator("mark.place").inner_text() == "Goris"


def test_coordinates_have_no_more_digits_than_the_precision_earns(open_page, map_file):
    page = open_page(map_file)
    digits = "(id) => Marchland.coordinates(Marchland.byId.get(id))"
    exact, near, wide, country = (page.evaluate(digits, f"i000{n}") for n in ("02", "03", "12", "27"))
    assert [len(text.split(".")[-1]) if text else 0 for text in (exact, near, wide)] == [2, 1, 0] or wide.count(
        "."
    ) == 0
    assert exact.count(".") == 2
    assert country == ""


def test_only_exact_places_are_pins_and_everything_wider_has_its_shape(open_page, map_file):
    page = open_page(map_file)
    shapes = page.evaluate(
        "Object.fromEntries(Marchland.incidents.map((incident) => [incident.i, [incident.s, Boolean(incident.area), incident.margin]]))"
    )
    assert shapes["i00000"][0] == "pin"
    for name, shape in {"i00004": "sector", "i00005": "border_stretch", "i00007": "area", "i00008": "corridor"}.items():
        assert shapes[name] == [shape, True, False]
    assert shapes["i00003"] == ["disc", False, False], "a disc is drawn from its point and radius"


def test_wide_shapes_lie_below_narrow_ones(open_page, map_file):
    page = open_page(map_file)
    page.evaluate("Marchland.map.setView([39.35, 46.35], 9, { animate: false })")
    point = page.evaluate(
        "(() => { const { at } = Marchland.byId.get('i00007'); return Marchland.map.latLngToLayerPoint([39.45, 46.25]); })()"
    )
    title = page.evaluate("(point) => Marchland.shapeAt(point)?.title", point)
    assert title == "Property damage · in this area", "the district, not the wider disc around it"


def test_country_and_province_level_are_in_the_margin_and_light_up_their_area(open_page, map_file):
    page = open_page(map_file)
    assert page.locator("#margin-count").inner_text() == "3"
    lit = "document.querySelectorAll('.leaflet-lit-pane path').length"
    assert page.evaluate(lit) == 0
    page.locator("#margin-list button", has_text="Armenia").hover()
    assert page.evaluate(lit) == 1
    page.locator("#margin-list button", has_text="Syunik").focus()
    assert page.evaluate("Marchland.lit") == "i00026"
    page.locator("#margin-list button", has_text="Place not known").click()
    assert page.locator("#sheet .evidence").is_visible()


def test_near_ones_are_gathered_by_kind_and_open_as_a_list_where_they_share_a_spot(open_page, tmp_path):
    rows = [
        invented.incident(n, place_id="goris", kind=kind) | {"geometry": invented.Point(46.34, 39.51)}
        for n, kind in enumerate(["shooting", "shooting", "protest"])
    ]
    path = write_map(
        {"incidents": invented.frame("incidents", rows), "places": invented.places()},
        tmp_path / "map.html",
        title="One spot",
    )
    page = open_page(path)
    groups = page.evaluate("Marchland.groupsOnMap().map((group) => Object.fromEntries(group.counts))")
    assert groups == [{"shooting": 2, "protest": 1}]
    box = page.evaluate(
        "(() => { const p = Marchland.map.latLngToContainerPoint([39.51, 46.34]); const b = Marchland.map.getContainer().getBoundingClientRect(); return [p.x + b.x, p.y + b.y]; })()"
    )
    page.mouse.click(*box)
    assert page.locator(".evidence.several .pick").count() == 3
    page.locator(".evidence.several .pick", has_text="Protest").click()
    assert page.locator(".evidence h2").first.inner_text().strip() == "Protest"


def test_base_map_has_scale_north_attribution_and_disputed_areas_with_both_claims(open_page, map_file):
    page = open_page(map_file)
    assert page.locator(".leaflet-control-scale-line").first.is_visible()
    assert page.locator(".north").is_visible()
    assert "rectangles of our own" in page.locator(".leaflet-control-attribution").inner_text()
    page.evaluate("Marchland.set({ hidden: ['incidents', 'shapes', 'roads'] })")
    page.evaluate("Marchland.map.setView([39.5, 46.6], 9, { animate: false })")
    spot = page.evaluate(
        "(() => { const p = Marchland.map.latLngToContainerPoint([39.5, 46.6]); const b = Marchland.map.getContainer().getBoundingClientRect(); return [p.x + b.x, p.y + b.y]; })()"
    )
    page.mouse.click(*spot)
    assert "claimed by claim of one and claim of the other" in page.locator(".evidence").inner_text()


def test_layers_can_be_switched_off(open_page, map_file):
    page = open_page(map_file)
    count = "Number(document.documentElement.dataset.drawn)"
    page.locator("#tab-filters").click()
    counts = [page.evaluate(count)]
    for name in ("Incidents", "Where the place is uncertain", "Roads"):
        page.locator("#layers li", has_text=name).locator("input").uncheck()
        counts.append(page.evaluate(count))
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == 4
    assert counts[-1] == 0


def hostile_layers():
    layers = invented.layers()
    incidents = layers["incidents"].copy()
    for column in ("title", "publisher", "place_name", "evidence", "rule", "event_type"):
        incidents[column] = HOSTILE
    incidents["url"] = "javascript:document.title='taken'"
    incidents["statements"] = json.dumps(
        [{"source": HOSTILE, "stance": "claimed", "start": 0, "end": 1, "text": HOSTILE + "2"}]
    )
    incidents["actors"] = json.dumps(
        [{"actor_id": "x", "name": HOSTILE, "actor_class": "", "side": "", "part": "agent"}]
    )
    incidents["reasons"] = json.dumps([HOSTILE])
    places = layers["places"].copy()
    places["name"] = HOSTILE
    places["names"] = json.dumps(
        [
            {"text": HOSTILE, "side": side, "script": "Latn", "kind": "official", "language": ""}
            for side in ("intl", "am", "az")
        ]
    )
    roads = layers["roads"].copy()
    for column in ("name", "evidence", "source", "by"):
        roads[column] = HOSTILE
    roads["url"] = " JaVaScRiPt:alert(1)"
    return layers | {"incidents": incidents, "places": places, "roads": roads}


def test_strings_of_articles_do_nothing_anywhere(open_page, tmp_path):
    path = write_map(
        hostile_layers(),
        tmp_path / "map.html",
        title=HOSTILE,
        base={"attribution": [HOSTILE], **{k: v for k, v in invented.base().items() if k != "attribution"}},
        sides=invented.SIDES,
    )
    page = open_page(path)
    assert page.title().startswith("</script><script>")
    page.evaluate("Marchland.select('i00001', { from: 'list' })")
    assert page.locator(".evidence a").count() == 0, "a javascript link is no link"
    assert "{{ 7 * 7 }}" in page.locator(".evidence blockquote").inner_text()
    for tab in ("#tab-filters", "#tab-about", "#tab-list"):
        page.locator(tab).click()
    page.evaluate("Marchland.openRoad(Marchland.roads()[0], Marchland.map.getCenter())")
    page.evaluate("Marchland.openList(Marchland.incidents.slice(0, 5), Marchland.map.getCenter())")
    page.evaluate("Marchland.set({ realities: ['threatened'], q: '<img src=x onerror=alert(1)>' })")
    assert page.evaluate("document.querySelectorAll('img[src=x]').length") == 0
    assert "taken" not in page.title()[:5]
    assert page.evaluate("document.title") == page.title()


def test_the_policy_stops_an_added_script_and_every_request(chromium, map_file):
    context = chromium.new_context(offline=False)
    page = context.new_page()
    stopped, answered, said = [], [], []
    page.on("requestfailed", lambda request: stopped.append(request.failure))
    page.on("response", lambda response: answered.append(response.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(map_file.as_uri())
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.taken = true";
          const image = document.createElement("img");
          image.src = "https://example.org/pixel.png";
          document.body.append(script, image);
          return fetch("https://example.org/").catch(() => 0);
        }"""
    )
    taken = page.evaluate("window.taken === true")
    context.close()
    assert not taken
    assert [url for url in answered if not url.startswith(("file:", "data:"))] == []
    assert set(stopped) == {"csp"}
    assert sum("Content Security Policy" in text for text in said) >= 3


def test_missing_values_and_empty_layers_give_a_page_all_the_same(open_page, tmp_path):
    row = invented.incident(1) | dict.fromkeys(
        [
            "date_start",
            "date_end",
            "killed_low",
            "killed_best",
            "killed_high",
            "confidence",
            "uncertainty_km",
            "url",
            "published",
            "title",
            "publisher",
            "trigger_start",
            "trigger_end",
            "rule",
        ]
    )
    row |= {
        "reasons": None,
        "statements": None,
        "actors": "[]",
        "tolls": None,
        "weapons": None,
        "related": None,
        "places": None,
        "evidence": "",
    }
    frame = invented.frame("incidents", [row])
    frame["killed_best"] = pd.array([pd.NA], dtype="Int64")
    page = open_page(write_map({"incidents": frame}, tmp_path / "map.html", title="Nearly nothing"))
    page.evaluate("Marchland.select('i00001', { from: 'list' })")
    assert page.locator(".evidence").is_visible()
    empty = open_page(write_map({}, tmp_path / "empty.html", title="Nothing"))
    assert empty.evaluate("document.documentElement.dataset.drawn") == "0"
