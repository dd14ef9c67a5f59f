"""`write_map`: the layers as one HTML file that needs no network, no server and no other file."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
from folium.template import Template

from maps.features import feature_collection
from maps.figure import OfflineFigure, PageElement, Verbatim, counted_ids, static_text
from maps.files import write_atomically
from maps.safe import json_for_html
from maps.sides import offered, parties, side_rows
from maps.styles import styles_for_page
from maps.view import first_view
from maps.wording import load_strings

TILE_HOSTS = ("https://a.basemaps.cartocdn.com", "https://b.basemaps.cartocdn.com", "https://c.basemaps.cartocdn.com")
_STYLES = ("page.css", "panel.css", "time.css", "popup.css", "print.css")
SCRIPTS = (
    "core.js",
    "dates.js",
    "names.js",
    "data.js",
    "filter.js",
    "symbols.js",
    "canvas.js",
    "basemap.js",
    "shapes.js",
    "roads.js",
    "labels.js",
    "points.js",
    "popup.js",
    "list.js",
    "margin.js",
    "timebar.js",
    "panel.js",
    "fragment.js",
    "page.js",
)


class OfflineMap(folium.Map):
    """A folium map without a tile layer, whose page needs nothing but itself."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's own attribute; Leaflet is inlined by the figure
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(static_text("../templates/map.html.j2"))


def _folium_map(bounds: list[list[float]]) -> OfflineMap:
    """Make the empty map over the bounds."""
    (south, west), (north, east) = bounds
    return OfflineMap(
        location=[round((south + north) / 2, 4), round((west + east) / 2, 4)],
        tiles=None,
        zoom_start=7,
        prefer_canvas=True,
        zoom_control=False,
        control_scale=False,
        min_zoom=2,
        zoomSnap=0.5,
        fadeAnimation=False,
        maxZoom=15,
    )


def render_map(
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    title: str,
    base: Mapping[str, Any] | None = None,
    sides: Iterable[Any] = (),
    tiles: bool = False,
    blur_km: float | None = None,
    latest_article: str | None = None,
    changes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Render the page of `write_map`; same arguments, same bytes."""
    strings = load_strings()
    known = offered(layers, side_rows(sides))
    bounds = first_view(layers)
    page = {
        "title": title,
        "strings": dict(strings),
        "styles": styles_for_page(),
        "sides": known,
        "parties": parties(layers, known),
        "bounds": [[round(value, 4) for value in corner] for corner in bounds],
        "tiles": tiles,
        "blurKm": blur_km,
        "latest": latest_article,
        "changes": {name: list(ids) for name, ids in (changes or {}).items()},
    }
    blurred = strings["about.blur"].replace("{km}", f"{blur_km:g}") if blur_km else ""
    data = feature_collection(layers, new=frozenset((changes or {}).get("added", ())))
    with counted_ids():
        figure = OfflineFigure(title=title, strings=strings, tile_hosts=TILE_HOSTS if tiles else ())
        drawn = _folium_map(bounds)
        PageElement("header", styles=_STYLES, values={"title": title}).add_to(figure)
        PageElement("panel", values={"blur": blurred}).add_to(figure)
        figure.add_child(drawn)
        PageElement("time", scripts=SCRIPTS).add_to(figure)
        for name, value in (("page", page), ("base", base or {}), ("data", data)):
            figure.html.add_child(
                Verbatim(f'<script type="application/json" id="marchland-{name}">{json_for_html(value)}</script>')
            )
        return figure.render()


def write_map(
    layers: Mapping[str, gpd.GeoDataFrame],
    path: str | Path,
    *,
    title: str,
    base: Mapping[str, Any] | None = None,
    sides: Iterable[Any] = (),
    tiles: bool = False,
    blur_km: float | None = None,
    latest_article: str | None = None,
    changes: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """Write the map as one self-contained HTML file.

    Parameters
    ----------
    layers : mapping of str to GeoDataFrame
        Keys and columns of `incidents.schema.LAYERS`, WGS84; a missing layer is an empty one.
    path : path
        The file to write; it appears whole or not at all.
    title : str
        The page's heading.
    base : mapping of str to FeatureCollection
        The base map, clipped to the region (`geo.basemap.clip_for_map`).
    sides : iterable
        Whose names can be shown: mappings or objects with `side`, `label`, `label_switch`.
    tiles : bool
        Offer online tiles; the page's policy then lets images come from the tile server, else nothing may be requested.
    blur_km : float, optional
        The grid that the layers' points were moved to (`maps.blur.blur_layers`); the page says so.
    latest_article : str, optional
        article_id of the article that came last; its incidents are marked.
    changes : mapping, optional
        What changed against the previous run: `added`, `removed`, `changed` lists of incident ids.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    MarchlandError
        When the file cannot be written.
    """
    html = render_map(
        layers,
        title=title,
        base=base,
        sides=sides,
        tiles=tiles,
        blur_km=blur_km,
        latest_article=latest_article,
        changes=changes,
    )
    return write_atomically(Path(path), html)
