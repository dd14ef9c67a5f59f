"""What `marchland extract --format table` prints."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from incidents.model import Article, Count, Incident, Reading, When


def print_reading(reading: Reading, *, console: Console | None = None) -> None:
    """Print the places, incidents, set-aside sentences and road statements of an article as tables.

    Parameters
    ----------
    reading : Reading
        What was read in the article.
    console : rich.console.Console, optional
        Where to print; standard output without it.
    """
    console = console or Console()
    article = reading.article
    console.print(Text(_headline(article), style="bold"))
    _table(console, "Places", ("as written", "is", "class", "role", "sure"), _places(reading))
    _table(console, "Incidents", ("what", "when", "where", "prec.", "toll", "stance", "sentence"), _incidents(reading))
    _table(console, "Set aside", ("as", "because of", "sentence"), _set_aside(reading))
    _table(console, "Roads", ("road", "status", "as of", "by", "sentence"), _roads(reading))


def _table(console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print one table, or say that there is nothing."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if table.row_count:
        console.print(table)
    else:
        console.print(f"{title}: none\n")


def _headline(article: Article) -> str:
    """Name the article, its publisher and its date."""
    when = article.published.isoformat() if article.published else "date unknown"
    source = f" ({article.published_by})" if article.published_by else ""
    return " · ".join(part for part in (article.title or article.path, article.publisher, when + source) if part)


def _places(reading: Reading) -> Iterable[Sequence[str]]:
    """Give a row per spelling and place, in the order of the text."""
    seen: set[tuple[str, str, str]] = set()
    for toponym in reading.toponyms:
        place = toponym.place
        key = (toponym.text, place.place_id if place else "", toponym.role.value)
        if key in seen:
            continue
        seen.add(key)
        known = (place.name, place.feature_class.value) if place else ("not resolved", "")
        yield (toponym.text, *known, toponym.role.value, f"{toponym.resolution.confidence:.2f}")


def _incidents(reading: Reading) -> Iterable[Sequence[str]]:
    """Give a row per incident."""
    for incident in reading.incidents:
        yield (
            incident.kind.value.replace("_", " "),
            _when(incident.when),
            ", ".join(place.name for place in incident.location.places) or "nowhere named",
            str(incident.location.geo_precision),
            _toll(incident),
            incident.stance.value,
            _quote(reading, incident.evidence),
        )


def _set_aside(reading: Reading) -> Iterable[Sequence[str]]:
    """Give a row per sentence that tells of no incident."""
    for item in reading.set_aside:
        yield (item.reality.value, item.why, _quote(reading, item.evidence))


def _roads(reading: Reading) -> Iterable[Sequence[str]]:
    """Give a row per road statement."""
    for road in reading.roads:
        as_of = road.as_of.isoformat() if road.as_of else ""
        yield (road.name, road.status.value, as_of, road.by, _quote(reading, road.evidence))


def _when(when: When) -> str:
    """Write a date interval and its precision."""
    if when.start is None:
        return "unknown"
    days = [when.start.isoformat()]
    if when.end and when.end != when.start:
        days.append(when.end.isoformat())
    return f"{' to '.join(days)} ({when.precision.value})"


def _toll(incident: Incident) -> str:
    """Write the killed and injured, as ranges where sources differ."""
    counts = (("killed", incident.killed), ("injured", incident.injured))
    return ", ".join(f"{_count(count)} {word}" for word, count in counts if count.best is not None)


def _count(count: Count) -> str:
    """Write a count as one number or as a range."""
    if count.low is not None and count.high is not None and count.low != count.high:
        return f"{count.low}-{count.high}"
    return str(count.best)


def _quote(reading: Reading, span: tuple[int, int], limit: int = 160) -> str:
    """Give the sentence on one line, shortened for the terminal."""
    sentence = " ".join(reading.article.text[span[0] : span[1]].split())
    return sentence if len(sentence) <= limit else sentence[: limit - 1] + "…"
