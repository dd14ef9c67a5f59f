"""`write_index`: what was mapped, what changed, and where the maps are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from maps.figure import page_templates, static_text
from maps.files import write_atomically
from maps.rows import day, records
from maps.safe import content_security_policy, web_address
from maps.wording import load_strings

_STYLES = ("page.css", "index.css")
_POLICY = "%policy%"
_CHANGES = ("added", "changed", "removed")

Row = Mapping[str, Any]


def render_index(
    *,
    articles: Sequence[Row],
    maps: Sequence[Row],
    incidents: Any,
    changes: Mapping[str, Sequence[str]],
    notes: Sequence[str] = (),
    files: Sequence[str] = (),
) -> str:
    """Render the page of `write_index`; same arguments, same bytes."""
    strings = load_strings()
    environment = page_templates()
    body = environment.get_template("index.html.j2").render(
        t=strings,
        summary=strings["index.summary"].format(articles=len(articles), incidents=len(incidents)),
        articles=[{**row, "link": web_address(row.get("url"))} for row in articles],
        maps=maps,
        changed=_changed(changes, incidents, strings),
        notes=notes,
        files=files,
    )
    styles = "\n".join(f"<style>{static_text(name)}</style>" for name in _STYLES)
    html = environment.get_template("page.html.j2").render(
        title=strings["index.title"],
        t=strings,
        policy=_POLICY,
        header=Markup(styles),  # noqa: S704  our own style files
        body=Markup(body),  # noqa: S704  rendered with escaping
        script="",
    )
    return html.replace(_POLICY, content_security_policy(html).replace("'", "&#39;"), 1)


def write_index(
    path: str | Path,
    *,
    articles: Sequence[Row],
    maps: Sequence[Row],
    incidents: Any,
    changes: Mapping[str, Sequence[str]],
    notes: Sequence[str] = (),
    files: Sequence[str] = (),
) -> Path:
    """Write the page that lists articles, maps, files and what changed since the last map.

    Parameters
    ----------
    path : str or pathlib.Path
        The HTML file.
    articles : sequence of mapping
        title, publisher, published, published_by, url, page, incidents, set_aside, roads, places, latest.
    maps : sequence of mapping
        title, href; the overall maps.
    incidents : geopandas.GeoDataFrame
        The incidents layer, to say in words what changed.
    changes : mapping of str to sequence of str
        Incident ids: added, changed, removed.
    notes : sequence of str
        Remarks on single articles.
    files : sequence of str
        Names of the layer files beside the page.

    Returns
    -------
    pathlib.Path
        The written file.
    """
    html = render_index(articles=articles, maps=maps, incidents=incidents, changes=changes, notes=notes, files=files)
    return write_atomically(Path(path), html)


def _changed(changes: Mapping[str, Sequence[str]], incidents: Any, strings: Mapping[str, str]) -> list[dict[str, Any]]:
    """Group the changes with a line of words each; removed ones are only counted, since they are gone."""
    known = {row["incident_id"]: _line(row, strings) for row in records(incidents)}
    groups = []
    for name in _CHANGES:
        ids = changes.get(name, ())
        if ids:
            label = strings[f"index.{name}"].format(n=len(ids))
            groups.append({"label": label, "lines": [known[key] for key in ids if key in known]})
    return groups


def _line(row: Row, strings: Mapping[str, str]) -> str:
    """Say an incident in a line: day, kind, place, stance."""
    parts = (
        day(row["date_start"]) or strings["index.undated"],
        strings[f"kind.{row['kind']}"],
        row["place_name"],
        row["stance"],
    )
    return " · ".join(str(part) for part in parts if part)
