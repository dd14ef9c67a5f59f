"""An article with its places, triggers, incidents and set-aside sentences marked, and why: in the terminal or as a page."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from incidents.model import Incident, Reading, Span

if TYPE_CHECKING:
    from rich.console import Console

TOPONYM, TRIGGER, INCIDENT, ASIDE, ROAD, OUTSIDE = "toponym", "trigger", "incident", "aside", "road", "outside"
_STYLES = {
    OUTSIDE: "dim strike",
    ASIDE: "yellow",
    INCIDENT: "green",
    ROAD: "magenta",
    TOPONYM: "bold underline",
    TRIGGER: "bold reverse",
}
_CSS = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;white-space:pre-wrap}"
    ".outside{color:#888}.aside{background:#fff3c4}.incident{background:#d9f2d9}.road{background:#f0dcf5}"
    ".toponym{border-bottom:2px solid #1f4e79}.trigger{font-weight:bold;outline:1px solid #444}"
    "table{white-space:normal;border-collapse:collapse;margin-top:2rem}td,th{border:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and what it is; `note` says why."""

    span: Span
    what: str
    note: str = ""


def find_marks(reading: Reading) -> list[Mark]:
    """List everything that is marked in an article.

    Parameters
    ----------
    reading : Reading
        Of one article.

    Returns
    -------
    list of Mark
        Set-aside sentences, incidents, roads, place names and triggers, in that order: later ones lie over earlier ones.
    """
    marks = [Mark(span, OUTSIDE) for span in _outside(reading)]
    marks += [Mark(s.evidence, ASIDE, f"{s.reality}: {s.why}") for s in reading.set_aside]
    marks += [Mark(i.evidence, INCIDENT, summary(i)) for i in reading.incidents]
    marks += [Mark(r.evidence, ROAD, f"{r.name}: {r.status}") for r in reading.roads]
    for toponym in reading.toponyms:
        place = toponym.place
        note = f"{place.name} ({place.feature_class}, {toponym.role})" if place else f"no such place ({toponym.role})"
        marks.append(Mark(Span(toponym.start, toponym.end), TOPONYM, f"{note}: {toponym.resolution.reason}"))
    marks += [Mark(i.trigger, TRIGGER, i.rule) for i in reading.incidents]
    return [mark for mark in marks if 0 <= mark.span.start < mark.span.end <= len(reading.article.text)]


def summary(incident: Incident) -> str:
    """Say in one line what an incident is."""
    when = incident.when
    days = (
        "undated"
        if when.start is None
        else str(when.start)
        if when.start == when.end
        else f"{when.start} to {when.end}"
    )
    places = ", ".join(p.name for p in incident.location.places) or "no place"
    killed = "" if incident.killed.best is None else f", killed {incident.killed.best}"
    return f"{incident.kind}, {days}, {places} (precision {incident.location.geo_precision}), {incident.stance}{killed}, confidence {incident.confidence}; {incident.rule}"


def _outside(reading: Reading) -> Iterator[Span]:
    """Give the stretches that are not the article's body."""
    at = 0
    for span in reading.article.body:
        if span.start > at and reading.article.text[at : span.start].strip():
            yield Span(at, span.start)
        at = span.end
    if reading.article.text[at:].strip():
        yield Span(at, len(reading.article.text))


def explain_terminal(reading: Reading, *, console: "Console | None" = None) -> None:
    """Print an article with everything that was read in it marked, and the reasons below.

    Parameters
    ----------
    reading : Reading
        Of one article.
    console : rich.console.Console, optional
        Where to print; standard output when None.
    """
    from rich.console import Console
    from rich.text import Text

    out = console or Console(highlight=False)
    text = Text(reading.article.text)
    for mark in find_marks(reading):
        text.stylize(_STYLES[mark.what], mark.span.start, mark.span.end)
    out.print(text)
    for heading, lines in _reasons(reading):
        out.print(Text(f"\n{heading}", style="bold"))
        for line in lines:
            out.print(Text(f"- {line}"))


def _reasons(reading: Reading) -> list[tuple[str, list[str]]]:
    """Give the lists below the text: incidents, set-aside sentences, roads, notes."""
    text = reading.article.text
    incidents = [f"{summary(i)} | {_quote(text, i.evidence)}" for i in reading.incidents]
    aside = [f"{s.reality} because of “{s.why}” | {_quote(text, s.evidence)}" for s in reading.set_aside]
    roads = [
        f"{r.name}: {r.status} as of {r.as_of} ({r.source or 'the article'}) | {_quote(text, r.evidence)}"
        for r in reading.roads
    ]
    lists = [("Incidents", incidents), ("Set aside", aside), ("Roads", roads), ("Notes", list(reading.notes))]
    return [(heading, lines) for heading, lines in lists if lines]


def _quote(text: str, span: Span, *, most: int = 160) -> str:
    """Give the start of a sentence on one line."""
    words = " ".join(text[span.start : span.end].split())
    return words if len(words) <= most else words[: most - 1] + "…"


def explain_html(reading: Reading) -> str:
    """Write an article with everything that was read in it marked as a page.

    Parameters
    ----------
    reading : Reading
        Of one article.

    Returns
    -------
    str
        A whole HTML page; everything that comes from the article is escaped, nothing is fetched.
    """
    title = escape(reading.article.title or "Article")
    parts = [
        f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_CSS}</style>\n<body>'
    ]
    parts += list(_marked(reading.article.text, find_marks(reading)))
    for heading, lines in _reasons(reading):
        items = "".join(f"<tr><td>{escape(line)}</td></tr>" for line in lines)
        parts.append(f"<table><tr><th>{escape(heading)}</th></tr>{items}</table>")
    return "".join([*parts, "</body></html>\n"])


def _marked(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Give the text in pieces between mark borders, each in a span with the classes and notes that hold there."""
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark.span)})
    starts: dict[int, list[Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.span.start, []).append(mark)
    open_marks: list[Mark] = []
    for start, end in itertools.pairwise(edges):
        open_marks = [m for m in open_marks if m.span.end > start] + starts.get(start, [])
        piece = escape(text[start:end])
        if not open_marks:
            yield piece
            continue
        classes = " ".join(dict.fromkeys(m.what for m in open_marks))
        notes = escape("\n".join(m.note for m in open_marks if m.note), quote=True)
        yield f'<span class="{classes}" title="{notes}">{piece}</span>'
