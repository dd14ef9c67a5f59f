"""From files to readings: find the articles, read each one, keep going past the faulty ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from gazetteer.fallback import OnlineFallback
from gazetteer.store import Gazetteer
from geo.errors import MarchlandError
from incidents.model import Reading

Say = Callable[[str], None]


@dataclass(slots=True)
class Result:
    """The readings of the good articles, one per different text, and a line for each fault."""

    readings: list[Reading] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_one(
    file: str, gazetteer: Gazetteer, *, published: date | None = None, fallback: OnlineFallback | None = None
) -> Reading:
    """Read one article.

    Parameters
    ----------
    file : str
        Path of a .txt, .md or .html file, or "-" for standard input.
    gazetteer : Gazetteer
        Where names are looked up.
    published : datetime.date, optional
        Publication date where the article has none of its own.
    fallback : OnlineFallback, optional
        Asked for the names that the gazetteer lacks.

    Returns
    -------
    Reading
        Toponyms, incidents, what was set aside, and road statements.

    Raises
    ------
    MarchlandError
        If the file cannot be read as an article; the message says why and what to do.
    """
    from incidents.extract import extract
    from incidents.read import read_article

    article = read_article(file, published=published)
    return extract(article, gazetteer, resolve_more=fallback)


def read_all(
    arguments: Sequence[str],
    gazetteer: Gazetteer,
    *,
    published: date | None = None,
    fallback: OnlineFallback | None = None,
    say: Say,
) -> Result:
    """Read all articles that the arguments name; a faulty one costs a line in `faults`, not the others.

    Parameters
    ----------
    arguments : sequence of str
        Files, folders, or "-" for standard input.
    gazetteer : Gazetteer
        Where names are looked up.
    published : datetime.date, optional
        Publication date of the articles that have none of their own.
    fallback : OnlineFallback, optional
        Asked for the names that the gazetteer lacks.
    say : callable
        Called with a line of text per article.

    Returns
    -------
    Result
        Readings in the order of the arguments (a text given twice is read once) and one line per fault.
    """
    result, paths = Result(), []
    for argument in arguments:
        try:
            paths += _files_of(argument)
        except MarchlandError as error:
            result.faults += str(error).splitlines()
    seen: set[str] = set()
    for path in paths:
        try:
            reading = read_one(path, gazetteer, published=published, fallback=fallback)
        except MarchlandError as error:
            result.faults += str(error).splitlines()
            continue
        if reading.article.article_id not in seen:
            seen.add(reading.article.article_id)
            result.readings.append(reading)
            say(_line(reading))
    return result


def _files_of(argument: str) -> list[str]:
    """Give the article files that one argument stands for."""
    from incidents.read import find_articles

    return ["-"] if argument == "-" else [str(path) for path in find_articles([argument])]


def _line(reading: Reading) -> str:
    """Say in a line what was read."""
    article = reading.article
    name = article.title or article.path
    when = article.published.isoformat() if article.published else "date unknown"
    if article.published_by == "inferred":
        when += " (inferred)"
    counts = (
        f"{len(reading.incidents)} incidents, {len(reading.set_aside)} set aside, {len(reading.roads)} road statements"
    )
    places = len({t.place.place_id for t in reading.toponyms if t.place})
    if not places:
        return f"{name}: no place was found in it, so nothing of it can be on the map"
    return f"{name} ({when}): {places} places, {counts}"
