"""The command line: `marchland map`, `extract`, `explain`, `gazetteer`.

Everything heavy is imported inside the commands, so that `marchland --help` answers at once.
"""

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import MarchlandError
from marchland.gazetteer_cli import app as gazetteer_app

if TYPE_CHECKING:
    from gazetteer.fallback import OnlineFallback

DONE, FAULTY = 0, 1

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Turn news articles about border conflicts into maps that can be checked.",
)
app.add_typer(gazetteer_app, name="gazetteer", help="Look places up, check and extend the gazetteer.")


class OutputFormat(StrEnum):
    """How `extract` prints."""

    JSON = "json"
    TABLE = "table"


Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Publication date, where the article has none."),
]

Online = Annotated[
    bool, typer.Option("--online", help="Ask OpenStreetMap's Nominatim for names that the gazetteer lacks.")
]


@app.command("map")
def map_command(
    articles: Annotated[list[str], typer.Argument(help="Files or folders of .txt, .md, .html; - is standard input.")],
    *,
    published: Published = None,
    out: Annotated[Path, typer.Option(help="Folder for the maps and layers.")] = Path("out"),
    online: Online = False,
    tiles: Annotated[bool, typer.Option("--tiles", help="Offer online tiles as a base map (needs a network).")] = False,
    blur_km: Annotated[
        float | None, typer.Option(min=0.1, max=500, help="Move published points onto a grid this coarse.")
    ] = None,
) -> None:
    """Read articles, write maps and layers to OUT, and say which file to open."""
    from marchland.outputs import write_outputs
    from marchland.pipeline import read_all
    from marchland.progress import opened_gazetteer

    fallback = _fallback() if online else None
    result = read_all(articles, opened_gazetteer(), published=_day(published), fallback=fallback, say=_say)
    _report(fallback.notes if fallback else [])
    if result.readings:
        written = write_outputs(result.readings, out, tiles=tiles, blur_km=blur_km)
        _say(written.summary)
        typer.echo(f"open {written.index}")
    _report(result.faults)
    raise typer.Exit(FAULTY if result.faults or not result.readings else DONE)


@app.command()
def extract(
    file: Annotated[str, typer.Argument(help="An article (.txt, .md, .html); - is standard input.")],
    *,
    published: Published = None,
    online: Online = False,
    output_format: Annotated[OutputFormat, typer.Option("--format", help="json or table")] = OutputFormat.TABLE,
) -> None:
    """Show what was read in one article: places, incidents, what was set aside, roads."""
    from marchland.pipeline import read_one
    from marchland.progress import opened_gazetteer

    fallback = _fallback() if online else None
    reading = read_one(file, opened_gazetteer(), published=_day(published), fallback=fallback)
    _report(fallback.notes if fallback else [])
    if output_format is OutputFormat.JSON:
        import json

        from incidents.extract import to_json

        typer.echo(json.dumps(to_json(reading), ensure_ascii=False, indent=1))
    else:
        from marchland.tables import print_reading

        print_reading(reading)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="An article (.txt, .md, .html); - is standard input.")],
    *,
    published: Published = None,
    html: Annotated[Path | None, typer.Option(help="Write the same as a page to this file.")] = None,
) -> None:
    """Print the article with its places, triggers, incidents and set-aside sentences marked, and why."""
    from incidents.explain import explain_html, explain_terminal
    from marchland.pipeline import read_one
    from marchland.progress import opened_gazetteer

    reading = read_one(file, opened_gazetteer(), published=_day(published))
    if html is None:
        explain_terminal(reading)
        return
    from maps.files import write_atomically

    write_atomically(html, explain_html(reading))
    typer.echo(f"open {html}")


def main() -> None:
    """Run the command line; what the user can mend is said in one line each, never with a traceback."""
    _speak_utf8()
    try:
        app()
    except MarchlandError as error:
        _report(str(error).splitlines())
        sys.exit(FAULTY)
    except KeyboardInterrupt:
        _say("stopped")
        sys.exit(130)


def _fallback() -> "OnlineFallback":
    """Make the one who asks online."""
    from gazetteer.fallback import OnlineFallback
    from gazetteer.online import OnlineGazetteer

    return OnlineFallback(OnlineGazetteer())


def _day(moment: datetime | None) -> date | None:
    """Give the calendar day of an option."""
    return moment.date() if moment else None


def _say(text: str) -> None:
    """Tell the user how far things are, on standard error."""
    typer.echo(text, err=True)


def _report(faults: list[str]) -> None:
    """Print each fault on a line of its own."""
    for fault in faults:
        typer.echo(f"marchland: {fault}", err=True)


def _speak_utf8() -> None:
    """Print place names in any script, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
