"""The commands of `marchland gazetteer`: find, show, near, import, export, check, sources.

Everything heavy is imported inside the commands, so that `marchland --help` answers at once.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from gazetteer.compile import Progress
    from gazetteer.model import Place
    from gazetteer.store import Gazetteer, NameHit

FOUND, NOT_FOUND = 0, 1
SAME_KM = 3.0

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
    output_format: Format = OutputFormat.TABLE,
) -> None:
    """Say which places a name may mean: coordinates, all names with language and side, sources."""
    countries = tuple(code.upper() for code in country or ())
    gazetteer = _open()
    hits = [hit for hit in _hits(gazetteer, name) if not countries or hit.country in countries]
    near = [] if hits else gazetteer.near_names(name, countries=countries, limit=limit)
    places = [gazetteer.place(hit.place_id) for hit in hits[:limit]]
    if output_format is OutputFormat.JSON:
        _print_found_json(name, places, len(hits), near)
    else:
        _print_found(name, places, len(hits), near)
    raise typer.Exit(FOUND if places else NOT_FOUND)


def _hits(gazetteer: "Gazetteer", name: str) -> "list[NameHit]":
    """Return the places of a name, each once, curated ones first and without the world's rows for the same places."""
    found = {hit.place_id: hit for hit in reversed(gazetteer.lookup([name]).get(name, []))}
    ranked = sorted(found.values(), key=lambda hit: (hit.origin != "curated", hit.tier, -hit.population))
    curated = [hit for hit in ranked if hit.origin == "curated"]
    return [hit for hit in ranked if hit.origin == "curated" or not any(_same(hit, own) for own in curated)]


def _same(hit: "NameHit", own: "NameHit") -> bool:
    """Say whether two rows of one name and class are one place: within 3 km, as far as sources differ."""
    from gazetteer.distance import distance_km

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


def _open() -> "Gazetteer":
    """Open the gazetteer, with a progress bar on standard error while it is compiled for the first time."""
    from gazetteer.store import open_gazetteer

    with _progress() as progress:
        return open_gazetteer(progress=progress)


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Give a callback that draws a progress bar on standard error from its first call on."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def advance(what: str, done: int, total: int) -> None:
            if not bars:
                from rich.console import Console
                from rich.progress import Progress as Bar

                bar = stack.enter_context(Bar(console=Console(stderr=True), transient=True))
                bars.extend((bar, bar.add_task(what, total=total)))
            bars[0].update(bars[1], completed=done, total=total, description=what)

        yield advance


@app.command()
def check(*, output_format: Format = OutputFormat.TABLE) -> None:
    """Check the curated rows: faults, duplicates, shared names, sides, sources, coordinates; print the counts."""
    from gazetteer.check import check_gazetteer, required_sides
    from gazetteer.counts import tally, tally_lines
    from gazetteer.curated import scan_curated
    from gazetteer.findings import world_points

    world = world_points()
    findings = check_gazetteer(world=world)
    count = tally(scan_curated()[0], world, required=required_sides()[0])
    if output_format is OutputFormat.JSON:
        from dataclasses import asdict

        _print_json({"findings": [asdict(finding) for finding in findings], "counts": asdict(count)})
    else:
        for finding in findings:
            typer.echo(f"{finding.check}: {finding}")
        for line in (*tally_lines(count), f"{len(findings) or 'no'} findings"):
            typer.echo(line)
    raise typer.Exit(NOT_FOUND if findings else FOUND)
