"""Measure the map page with many incidents beside the same incidents drawn with one folium.Marker each.

Prints file size, seconds to write, seconds until the page is interactive in headless Chromium, seconds for a filter change.
`python scripts/bench_map.py [NUMBER]`; 50,000 incidents unless told otherwise.
"""

import html
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import folium
import geopandas as gpd
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import maps_frames as invented  # noqa: E402

from maps.figure import leaflet_folder, leaflet_script, leaflet_style  # noqa: E402
from maps.html import write_map  # noqa: E402

MINUTES_10 = 600_000
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def popup(row: dict[str, object]) -> str:
    """Give what a marker's popup says: the same facts as our evidence."""
    statements = json.loads(str(row["statements"]))
    lines = [
        f"<b>{row['kind']}</b> {row['place_name']} {row['date_start']}",
        str(row["evidence"]),
        f"{statements[0]['source']}: {row['stance']}",
        f"killed {row['killed_low']} to {row['killed_high']}",
        f"{row['title']}, {row['publisher']}, {row['url']}",
        f"confidence {row['confidence']:.2f}: {', '.join(json.loads(str(row['reasons'])))}",
    ]
    return "<br>".join(html.escape(line) for line in lines)


def write_markers(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """Write the plain folium map, Leaflet inlined so that it opens without a network too."""
    drawn = folium.Map(location=[30, 60], zoom_start=3, tiles=None)
    drawn.default_js, drawn.default_css = [], []
    for row in incidents.to_dict("records"):
        point = row["geometry"]
        folium.Marker([point.y, point.x], popup=popup(row)).add_to(drawn)
    page = drawn.get_root().render()
    stub = "var $ = function (markup) { var box = document.createElement('div'); box.innerHTML = markup; return [box.firstChild]; };"
    head = f"<style>{leaflet_style()}</style><script>{leaflet_script()}</script><script>{stub}</script>"
    for image in (leaflet_folder() / "images").glob("marker-*.png"):
        shutil.copy(image, path.parent)
    path.write_text(page.replace("<head>", f"<head>{head}", 1), encoding="utf-8")


def opened(page: Page, path: Path, ready: str) -> float:
    """Give the seconds until the page answers, its first frame drawn."""
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="load", timeout=MINUTES_10)
    page.evaluate(f"new Promise((done) => requestAnimationFrame(() => setTimeout(() => done({ready}), 0)))")
    return time.perf_counter() - start


def filter_seconds(page: Page) -> list[float]:
    """Give the seconds of several filter changes: a kind, a time window, a word, everything again."""
    changes = (
        "{ kinds: ['shooting'] }",
        "{ from: Marchland.dayNumber('2016-01-01'), to: Marchland.dayNumber('2018-01-01') }",
        "{ q: 'gorus' }",
        "{ q: 'convoy' }",
        "{ q: '', kinds: [], from: null, to: null }",
    )
    measure = "(patch) => new Promise((done) => { const t = performance.now(); Marchland.set(patch()); requestAnimationFrame(() => setTimeout(() => done(performance.now() - t), 0)); })"
    return [page.evaluate(f"({measure})(() => ({patch}))") / 1000 for patch in changes]


def main() -> int:
    """Write both pages, open both, print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    chromium = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if chromium is None:
        print("no Chromium is installed; apt-get install chromium", file=sys.stderr)
        return 1
    incidents = invented.many(number)
    layers = {"incidents": incidents, "places": invented.places()}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, plain = Path(folder) / "ours.html", Path(folder) / "plain.html"
        start = time.perf_counter()
        write_map(layers, ours, title="Benchmark", base=invented.base(), sides=invented.SIDES)
        our_write = time.perf_counter() - start
        start = time.perf_counter()
        write_markers(incidents, plain)
        plain_write = time.perf_counter() - start
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        page = browser.new_context(offline=True, viewport={"width": 1400, "height": 860}).new_page()
        our_open = opened(page, ours, "Number(document.documentElement.dataset.drawn)")
        drawn = page.evaluate("Number(document.documentElement.dataset.drawn)")
        changes = filter_seconds(page)
        page.context.close()
        page = browser.new_context(offline=True, viewport={"width": 1400, "height": 860}).new_page()
        plain_open = opened(page, plain, "document.querySelectorAll('.leaflet-marker-icon').length")
        markers = page.evaluate("document.querySelectorAll('.leaflet-marker-icon').length")
        browser.close()
        sizes = [path.stat().st_size / 1e6 for path in (ours, plain)]
    print(f"{number} incidents; drawn: ours {drawn} features, plain {markers} markers")
    print(f"{'':24}{'marchland':>12}{'folium.Marker':>15}{'ratio':>8}")
    for name, mine, other in (
        ("size, MB", *sizes),
        ("seconds to write", our_write, plain_write),
        ("seconds to interactive", our_open, plain_open),
    ):
        print(f"{name:24}{mine:12.2f}{other:15.2f}{mine / other:8.2f}")
    print(f"filter change, seconds: {', '.join(f'{seconds:.2f}' for seconds in changes)}; longest {max(changes):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
