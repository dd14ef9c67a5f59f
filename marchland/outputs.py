"""From readings to the output folder: layers, GeoPackage, pages."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import geopandas as gpd

from geo.errors import MarchlandError
from geo.vectors import geojson_text, write_geojson, write_geopackage
from incidents.frames import frames
from incidents.model import Reading
from incidents.schema import LAYERS
from maps.blur import blur_layers
from maps.html import write_map
from maps.index import write_index
from marchland.changes import Changes, compare, read_previous
from marchland.pages import article_rows, base_map, map_changes, sides

# Layer, and the columns that make a row of it one of a kind.
EXPORTED = {
    "incidents": ("incident_id",),
    "uncertainty": ("incident_id",),
    "roads": (),
    "places": ("place_id",),
}
ARTICLES = "articles"
GEOPACKAGE = "marchland.gpkg"
MANIFEST = ".marchland.json"
TITLE = "Marchland: all incidents"

Layers = Mapping[str, gpd.GeoDataFrame]


class OutputError(MarchlandError):
    """The output folder cannot be written."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the page to open, and a line for the user."""

    index: Path
    summary: str


def write_outputs(
    readings: Sequence[Reading], out: Path, *, tiles: bool = False, blur_km: float | None = None
) -> Written:
    """Write maps and layers of these readings; files of an earlier run are replaced, files of others stay.

    Everything is written to a folder beside `out` first and moved over when all of it is there.

    Parameters
    ----------
    readings : sequence of Reading
        What was read, one per article.
    out : pathlib.Path
        The output folder; made if need be.
    tiles : bool
        Offer online tiles in the maps.
    blur_km : float, optional
        Grid onto which points are moved before anything is written.

    Returns
    -------
    Written
        The index page and a summary.

    Raises
    ------
    OutputError
        If the folder cannot be written; what was there before is left as it was.
    """
    with _staged(out) as stage:
        layers = _layers(readings, blur_km)
        changes = _changes(layers["incidents"], out)
        _write_layers(layers, readings, stage)
        _write_pages(readings, layers, changes, stage, tiles=tiles, blur_km=blur_km)
        _write_manifest(changes, stage)
    incidents, roads = len(layers["incidents"]), len(layers["roads"])
    return Written(
        out / "index.html", f"{len(readings)} articles, {incidents} incidents, {roads} road statements mapped"
    )


def _layers(readings: Sequence[Reading], blur_km: float | None) -> dict[str, gpd.GeoDataFrame]:
    """Frame the readings, blurred where asked for."""
    layers = frames(readings)
    return blur_layers(layers, blur_km) if blur_km is not None else layers


def _write_layers(layers: Layers, readings: Sequence[Reading], stage: Path) -> None:
    """Write each exported layer as GeoJSON and all of them as one GeoPackage."""
    types = {name: {column.name: column.dtype for column in LAYERS[name]} for name in EXPORTED}
    for name, id_columns in EXPORTED.items():
        write_geojson(layers[name], stage / f"{name}.geojson", id_columns=id_columns, types=types[name])
    exported = {name: layers[name] for name in EXPORTED}
    write_geopackage(exported, stage / GEOPACKAGE, types=types, changed=_last_published(readings))


def _last_published(readings: Sequence[Reading]) -> datetime:
    """Give the GeoPackage's time of change: the newest article's day, so that the same articles give the same file."""
    days = [reading.article.published for reading in readings if reading.article.published]
    return datetime.combine(max(days, default=date(2000, 1, 1)), time(), tzinfo=UTC)


def _write_pages(
    readings: Sequence[Reading],
    layers: Layers,
    changes: Changes,
    stage: Path,
    *,
    tiles: bool,
    blur_km: float | None,
) -> None:
    """Write the overall map, a map per article, and the index that leads to them."""
    rows = article_rows(readings)
    latest = next((row["article_id"] for row in rows if row["latest"]), None)
    common: dict[str, Any] = {"sides": sides(), "tiles": tiles, "blur_km": blur_km}
    write_map(
        layers,
        stage / "map.html",
        title=TITLE,
        base=base_map(layers, blurred=blur_km is not None),
        latest_article=latest,
        changes=map_changes(changes),
        **common,
    )
    (stage / ARTICLES).mkdir()
    for reading, row in zip(readings, rows, strict=True):
        own = _layers([reading], blur_km)
        write_map(
            own, stage / row["page"], title=row["title"], base=base_map(own, blurred=blur_km is not None), **common
        )
    maps = [{"title": TITLE, "href": "map.html"}]
    write_index(
        stage / "index.html",
        articles=rows,
        maps=maps,
        incidents=layers["incidents"],
        changes=map_changes(changes),
        notes=_notes(readings),
        files=[GEOPACKAGE, *(f"{name}.geojson" for name in EXPORTED)],
    )


def _notes(readings: Sequence[Reading]) -> list[str]:
    """Collect what the readers of the index should know about single articles."""
    return [
        f"{reading.article.title or reading.article.path}: {note}" for reading in readings for note in reading.notes
    ]


def _changes(incidents: gpd.GeoDataFrame, out: Path) -> Changes:
    """Compare with the last run; the same incidents again keep what that run had to say."""
    before = read_previous(out / "incidents.geojson")
    text = geojson_text(
        incidents, id_columns=EXPORTED["incidents"], types={column.name: column.dtype for column in LAYERS["incidents"]}
    )
    after = {feature["id"]: feature["properties"] for feature in json.loads(text)["features"]}
    changes = compare(before, after)
    if before is not None and changes == Changes():
        return _last_changes(out)
    return changes


def _last_changes(out: Path) -> Changes:
    """Read what the last run said had changed."""
    said = _read_manifest(out).get("changes", {})
    return Changes(**{name: tuple(said.get(name, ())) for name in ("new", "gone", "changed")})


def _write_manifest(changes: Changes, stage: Path) -> None:
    """List the files of this run, so that the next one knows which are ours to replace or drop."""
    files = sorted(str(file.relative_to(stage).as_posix()) for file in stage.rglob("*") if file.is_file())
    content = {"files": [*files, MANIFEST], "changes": asdict(changes)}
    (stage / MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _read_manifest(out: Path) -> dict[str, Any]:
    """Read the list of the last run; an unreadable one is as good as none."""
    try:
        content = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


@contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """Give a folder to write into beside `out`; move its files over when the block ends well."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.exists() and not out.is_dir():
            raise OutputError(f"{out}: is a file; choose another folder with --out")
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
            stage = Path(folder) / "new"
            stage.mkdir()
            yield stage
            _move_over(stage, out)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{out}: cannot be written ({reason}); choose another folder with --out") from fault


def _move_over(stage: Path, out: Path) -> None:
    """Move the new files to their places, the pages last, and drop those of ours that this run no longer has."""
    old = set(_read_manifest(out).get("files", ()))
    new = [file.relative_to(stage) for file in sorted(stage.rglob("*")) if file.is_file()]
    for name in sorted(new, key=lambda name: (name.suffix == ".html", name.as_posix())):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(stage / name, out / name)
    for name in sorted(old - {name.as_posix() for name in new}):
        inside = (out / name).resolve()
        if inside.is_relative_to(out.resolve()):
            inside.unlink(missing_ok=True)
