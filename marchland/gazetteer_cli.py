"""The commands of `marchland gazetteer`: find, show, near, import, export, check, sources.

Everything heavy is imported inside the commands, so that `marchland --help` answers at once.
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.progress import opened_gazetteer, progress_bar

if TYPE_CHECKING:
    from gazetteer.curated import Curated
    from gazetteer.model import Place
    from gazetteer.store import Gazetteer, NameHit

FOUND, NOT_FOUND = 0, 1
SAME_KM = 3.0
CLASS_ORDER = {"country": 0, "settlement": 1, "admin": 2, "region": 2}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


class OutputFormat(StrEnum):
    """How the commands print."""

    JSON = "json"
    TABLE = "table"


Format = Annotated[OutputFormat, typer.Option("--format", help="json or table")]


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A place name in any script.")],
    *,
    country: Annotated[
        list[str] | None, typer.Option(help="Only places of this ISO country code (repeatable).")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many places at most.")] = 5,
    online: Annotated[
        bool, typer.Option("--online", help="Ask Nominatim (OpenStreetMap) when nothing is found.")
    ] = False,
    online_url: Annotated[str, typer.Option(help="An own Nominatim server for --online.")] = "",
    output_format: Format = OutputFormat.TABLE,
) -> None:
    """Say which places a name may mean: coordinates, all names with language and side, sources."""
    countries = tuple(code.upper() for code in country or ())
    gazetteer = opened_gazetteer()
    hits = [hit for hit in ranked_hits(gazetteer, name) if not countries or hit.country in countries]
    places = [gazetteer.place(hit.place_id) for hit in hits[:limit]]
    if not places and online:
        places = _ask_online(name, countries, limit, online_url)
    near = [] if places else gazetteer.near_names(name, countries=countries, limit=limit)
    if output_format is OutputFormat.JSON:
        _print_found_json(name, places, len(hits), near)
    else:
        _print_found(name, places, len(hits), near)
    raise typer.Exit(FOUND if places else NOT_FOUND)


def _ask_online(name: str, countries: tuple[str, ...], limit: int, url: str) -> "list[Place]":
    """Ask the online fallback; that it could not be asked is said on standard error."""
    from gazetteer.online import OnlineGazetteer

    answer = OnlineGazetteer(url=url).find(name, countries=countries, limit=limit)
    if answer.note:
        typer.echo(f"note: {answer.note}", err=True)
    return list(answer.places)


def ranked_hits(gazetteer: "Gazetteer", name: str) -> "list[NameHit]":
    """Return the places of a name, each once, the likeliest first.

    Parameters
    ----------
    gazetteer : Gazetteer
        The compiled gazetteer.
    name : str
        A name in any script.

    Returns
    -------
    list of NameHit
        First those that `shared_names.csv` orders, then curated places, then main names before others, towns before the
        provinces around them, many inhabitants before few. The world's rows of curated places are left out.
    """
    found = {hit.place_id: hit for hit in reversed(gazetteer.lookup([name]).get(name, []))}
    shared = gazetteer.shared(name)

    def key(hit: "NameHit") -> tuple[int, bool, int, int, int]:
        # A label with a bracket is that of the lesser namesake: "Isfara (river)".
        lesser = " (" in hit.name
        place = shared.index(hit.place_id) if hit.place_id in shared else len(shared)
        order = CLASS_ORDER.get(hit.feature_class.value, len(CLASS_ORDER))
        return place, hit.origin != "curated" or lesser, hit.tier + lesser, order, -hit.population

    ranked = sorted(found.values(), key=key)
    curated = [hit for hit in ranked if hit.origin == "curated"]
    return [hit for hit in ranked if hit.origin == "curated" or not any(_same(hit, own) for own in curated)]


def _same(hit: "NameHit | Place", own: "NameHit | Place") -> bool:
    """Say whether two rows of one name and class are one place: within 3 km, as far as sources differ."""
    from gazetteer.distance import distance_km

    if hit.lat is None or hit.lon is None or own.lat is None or own.lon is None:
        return False
    return hit.feature_class == own.feature_class and distance_km(hit.lat, hit.lon, own.lat, own.lon) < SAME_KM


def _print_found_json(
    name: str, places: "Iterable[Place]", count: int, near: "Iterable[tuple[NameHit, float]]"
) -> None:
    """Print what was found as one JSON object."""
    from gazetteer.show import place_record

    misses = [{"place_id": hit.place_id, "name": hit.name, "likeness": round(score)} for hit, score in near]
    found = [place_record(place) for place in places]
    _print_json({"query": name, "count": count, "places": found, "near_misses": misses})


def _print_found(name: str, places: "list[Place]", count: int, near: "Iterable[tuple[NameHit, float]]") -> None:
    """Print what was found as text."""
    from gazetteer.show import name_lines, place_heading

    for place in places:
        typer.echo(place_heading(place))
        for line in (*name_lines(place.names), f"sources: {', '.join(place.sources)}"):
            typer.echo(f"  {line}")
    if count > len(places) > 0:
        typer.echo(f"{count - len(places)} more; --limit {count} shows them")
    if not places:
        typer.echo(f"no place is called {name!r}")
        for hit, score in near:
            typer.echo(f"  near: {hit.name} ({hit.place_id}), likeness {score:.0f} of 100")


def _print_json(value: object) -> None:
    """Print one JSON value."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


@app.command()
def show(
    place: Annotated[str, typer.Argument(help="A place id, or a name that one place has.")],
    *,
    html: Annotated[Path | None, typer.Option(help="Also write a page with a small map to this file.")] = None,
    output_format: Format = OutputFormat.TABLE,
) -> None:
    """Show everything about one place: names by side, who held it when, claims, road status, sources."""
    from gazetteer.curated import scan_curated
    from gazetteer.roads import scan_roads
    from gazetteer.show import dossier, dossier_lines, dossier_record

    curated, _ = scan_curated()
    told = dossier(_one_place(place, curated), curated, scan_roads()[0])
    if output_format is OutputFormat.JSON:
        _print_json(dossier_record(told))
    else:
        typer.echo("\n".join(dossier_lines(told)))
    if html is not None:
        from geo.clip import clip_for_map
        from marchland.place_page import page_bounds, write_place_page

        bounds = page_bounds(told)
        write_place_page(told, html, neighbours=curated.places, base=clip_for_map(bounds) if bounds else None)
        typer.echo(f"open {html}", err=True)


def _one_place(asked: str, curated: "Curated") -> "Place":
    """Return the place of an id, or the first of a name; the others are told on standard error."""
    from geo.errors import MarchlandError

    own = curated.by_id()
    if asked in own:
        return own[asked]
    gazetteer = opened_gazetteer()
    hits = ranked_hits(gazetteer, asked)
    if not hits:
        try:
            return gazetteer.place(asked)
        except MarchlandError as error:
            near = ", ".join(f"{hit.name} ({hit.place_id})" for hit, _ in gazetteer.near_names(asked))
            raise MarchlandError(f"{error}{f'; near: {near}' if near else ''}") from None
    if len(hits) > 1:
        typer.echo(f"also called so: {', '.join(hit.place_id for hit in hits[1:6])}", err=True)
    return own.get(hits[0].place_id) or gazetteer.place(hits[0].place_id)


# The options are declared unknown-friendly so that a southern latitude is no option.
@app.command(context_settings={"ignore_unknown_options": True})
def near(
    lat: Annotated[float, typer.Argument(min=-90, max=90, help="Latitude in degrees, south negative.")],
    lon: Annotated[float, typer.Argument(min=-180, max=180, help="Longitude in degrees, west negative.")],
    *,
    km: Annotated[float, typer.Option(min=0.1, max=500, help="How far around the point.")] = 10.0,
    limit: Annotated[int, typer.Option(min=1, help="How many places at most.")] = 20,
    output_format: Format = OutputFormat.TABLE,
) -> None:
    """List the places around a point, nearest first."""
    from gazetteer.show import place_heading, place_record

    found = _distinct(opened_gazetteer().near(lat, lon, km))[:limit]
    if output_format is OutputFormat.JSON:
        _print_json([{"km": away, **place_record(place)} for place, away in found])
    else:
        for place, away in found:
            typer.echo(f"{away:6.2f} km  {place_heading(place)}")
        if not found:
            typer.echo(f"no place within {km:g} km; --km looks farther")
    raise typer.Exit(FOUND if found else NOT_FOUND)


def _distinct(found: "list[tuple[Place, float]]") -> "list[tuple[Place, float]]":
    """Leave out the world's rows of places that are curated: same class, a name in common, within 3 km."""
    from gazetteer.fold import fold

    curated = [(place, {fold(name.text) for name in place.names}) for place, _ in found if place.origin == "curated"]

    def doubled(place: "Place") -> bool:
        return place.origin != "curated" and any(
            fold(place.name) in names and _same(place, own) for own, names in curated
        )

    return [(place, away) for place, away in found if not doubled(place)]


@app.command("import")
def import_command(
    file: Annotated[Path | None, typer.Argument(help="GeoNames dump (.zip, .txt), .csv or .tsv, .geojson.")] = None,
    *,
    name: Annotated[str, typer.Option(help="What the set is called; the file's name without it.")] = "",
    skip_faulty: Annotated[bool, typer.Option("--skip-faulty", help="Import the sound rows of a faulty file.")] = False,
    remove: Annotated[str, typer.Option(metavar="SET", help="Remove an imported set.")] = "",
) -> None:
    """Import places beside the gazetteer's own; they are used from then on."""
    from gazetteer.importer import import_places, remove_import

    if remove:
        remove_import(remove)
        typer.echo(f"removed {remove}")
    if file is None:
        if not remove:
            raise typer.BadParameter("name a FILE to import, or a set to --remove")
        return
    with progress_bar() as progress:
        done = import_places(file, name=name, skip_faulty=skip_faulty, progress=progress)
    for fault in done.faults:
        typer.echo(f"skipped: {fault}", err=True)
    extra = {"in the gazetteer already": done.known, "of no class of ours": done.left_out, "faulty": len(done.faults)}
    left = ", ".join(f"{count} {what}" for what, count in extra.items() if count)
    typer.echo(f"imported {done.places} places as {done.name}{f' ({left})' if left else ''}")
    raise typer.Exit(NOT_FOUND if done.faults else FOUND)


class ExportForm(StrEnum):
    """The forms of `export`."""

    CSV = "csv"
    GEOJSON = "geojson"
    GEONAMES = "geonames"


@app.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    *,
    form: Annotated[ExportForm | None, typer.Option("--format", help="By the file's ending without it.")] = None,
    imported: Annotated[bool, typer.Option("--imported", help="The imported places instead of the curated.")] = False,
    name: Annotated[str, typer.Option("--set", help="Only this curated or imported set.")] = "",
) -> None:
    """Write the curated or the imported places as CSV, GeoJSON or in the form of a GeoNames dump."""
    from gazetteer.exporter import Form, curated_places, export_places, imported_places

    endings = {".csv": Form.CSV, ".geojson": Form.GEOJSON, ".json": Form.GEOJSON, ".txt": Form.GEONAMES}
    chosen = Form(form.value) if form else endings.get(file.suffix.lower())
    if chosen is None:
        raise typer.BadParameter(f"{file.suffix or 'no ending'} is unknown; say --format csv, geojson or geonames")
    count = export_places(imported_places(name) if imported else curated_places(name), file, chosen)
    typer.echo(f"wrote {count} places to {file}")


@app.command()
def sources(*, output_format: Format = OutputFormat.TABLE) -> None:
    """List what the gazetteer rests on, with licences, how many rows rest on it, and the imported sets."""
    from dataclasses import asdict

    from gazetteer.counts import rows_by_source
    from gazetteer.curated import scan_curated
    from gazetteer.importer import imported_sets

    curated, _ = scan_curated()
    rows = rows_by_source(curated)
    sets = imported_sets()
    if output_format is OutputFormat.JSON:
        told = [{**asdict(source), "rows": rows[source.source_id]} for source in curated.sources]
        _print_json({"sources": told, "imported": [{"set": one.name, "places": one.places} for one in sets]})
        return
    for source in sorted(curated.sources, key=lambda source: -rows[source.source_id]):
        about = ", ".join(part for part in (source.publisher, source.year, source.licence, source.url) if part)
        typer.echo(f"{rows[source.source_id]:6} rows  {source.source_id}: {source.title} ({about})")
    for one in sets:
        typer.echo(f"{one.places:6} places  imported set {one.name}")


@app.command()
def check(
    *,
    imported: Annotated[bool, typer.Option("--imported", help="Check the imported places instead.")] = False,
    output_format: Format = OutputFormat.TABLE,
) -> None:
    """Check the curated rows: faults, duplicates, shared names, sides, sources, coordinates; print the counts."""
    if imported:
        _check_imported(output_format)
        return
    from gazetteer.check import check_gazetteer, required_sides
    from gazetteer.counts import tally, tally_lines
    from gazetteer.curated import scan_curated
    from gazetteer.findings import world_points
    from gazetteer.ground import BaseMapGround, border_places

    world = world_points()
    findings = check_gazetteer(world=world, ground=BaseMapGround())
    curated, required = scan_curated()[0], required_sides()[0]
    sided = [place for place in curated.places if curated.set_of(place.place_id) in required]
    border = border_places(sided, {place.country for place in sided if place.country})
    count = tally(curated, world, required=required, border=border)
    if output_format is OutputFormat.JSON:
        from dataclasses import asdict

        _print_json({"findings": [asdict(finding) for finding in findings], "counts": asdict(count)})
    else:
        for finding in findings:
            typer.echo(f"{finding.check}: {finding}")
        for line in (*tally_lines(count), f"{len(findings) or 'no'} findings"):
            typer.echo(line)
    raise typer.Exit(NOT_FOUND if findings else FOUND)


def _check_imported(output_format: OutputFormat) -> None:
    """Check the imported places and print what is to be mended."""
    from gazetteer.check import check_imported
    from gazetteer.ground import BaseMapGround

    findings = check_imported(ground=BaseMapGround())
    if output_format is OutputFormat.JSON:
        from dataclasses import asdict

        _print_json({"findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            typer.echo(f"{finding.check}: {finding}")
        typer.echo(f"{len(findings) or 'no'} findings")
    raise typer.Exit(NOT_FOUND if findings else FOUND)
