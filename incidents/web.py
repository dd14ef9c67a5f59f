"""A saved web page: its article's paragraphs as offsets into the page, and what the page says of itself."""

import logging
import re
from typing import NamedTuple

import trafilatura
from lxml.etree import LxmlError  # type: ignore[import-untyped]
from trafilatura.settings import Document

from incidents.markup import Visible, blank_markup, find_markup, visible_text
from incidents.model import Span

_HEADING = re.compile(r"<h1\b[^<>]{0,2000}>", re.IGNORECASE)
_MISSES_MOST = 50
# What the extractor and its libraries raise over pages that are none: they assert and index without looking.
_TROUBLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    LxmlError,
)
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
    ]
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


class Page(NamedTuple):
    """What a page holds: `fields` by the keys of front matter, `paragraphs` as spans of the raw page."""

    fields: dict[str, str]
    paragraphs: tuple[Span, ...]


def read_page(page: str) -> Page:
    """Find the article in a web page.

    Parameters
    ----------
    page : str
        The page's source.

    Returns
    -------
    Page
        Paragraphs in page order, headline first; empty where the page holds no article.
    """
    metadata = _metadata(page)
    return Page(_fields(metadata), _paragraphs(page))


def _metadata(page: str) -> Document | None:
    """Read the page's own metadata; dates from its metadata only, never guessed from the text."""
    try:
        return trafilatura.extract_metadata(page, date_config={"extensive_search": False, "original_date": True})
    except _TROUBLE:
        return None


def _fields(metadata: Document | None) -> dict[str, str]:
    """Name the metadata as front matter names them."""
    if metadata is None:
        return {}
    fields = {
        "title": metadata.title,
        "publisher": metadata.sitename,
        "published": metadata.date,
        "author": metadata.author,
        "url": metadata.url,
        "language": metadata.language,
    }
    return {key: " ".join(value.split()) for key, value in fields.items() if isinstance(value, str) and value.strip()}


def _extracted(page: str) -> list[str]:
    """Let trafilatura take the article's paragraphs out of the page."""
    try:
        text = trafilatura.extract(
            page, output_format="txt", include_comments=False, include_tables=False, favor_recall=True
        )
    except _TROUBLE:
        text = None
    return [line.removeprefix("- ").strip() for line in (text or "").splitlines() if line.strip()]


def _paragraphs(page: str) -> tuple[Span, ...]:
    """Find each extracted paragraph again in the page as it came."""
    seen = visible_text(page)
    spans: list[Span] = []
    cursor = misses = 0
    for paragraph in _extracted(page):
        squeezed = "".join(paragraph.split())
        found = seen.squeezed.find(squeezed, cursor)
        if found < 0 and misses < _MISSES_MOST:
            misses += 1
            found = seen.squeezed.find(squeezed)
        if squeezed and found >= 0:
            spans.append(Span(*seen.span_of(found, len(squeezed))))
            cursor = max(cursor, found + len(squeezed))
    return _without_overlaps([*_headline(page, seen, spans), *spans]) or block_spans(page)


def block_spans(page: str) -> tuple[Span, ...]:
    """Cut what is seen of a page at its block tags: for pages that the extractor finds no article in.

    Examples
    --------
    >>> page = "<ul><li>Shots at <b>Chop</b></li><li>Calm at Adré</li></ul>"
    >>> [page[span.start : span.end] for span in block_spans(page)]
    ['Shots at <b>Chop</b>', 'Calm at Adré']
    """
    cuts = [(piece.start, piece.end) for piece in find_markup(page) if piece.tag.lstrip("/") in _BLOCK_TAGS]
    spans: list[Span] = []
    begin = 0
    for start, end in [*cuts, (len(page), len(page))]:
        seen = blank_markup(page[begin:start])
        if seen.strip():
            spans.append(Span(*_trimmed(page, begin, start)))
        begin = end
    return tuple(spans)


def _trimmed(page: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends of a stretch inwards past white space."""
    stripped = page[start:end].strip()
    begin = page.index(stripped[0], start)
    return begin, begin + len(stripped)


def _headline(page: str, seen: Visible, spans: list[Span]) -> list[Span]:
    """Take the page's one large heading along; extractors leave it to the metadata."""
    heading = _HEADING.search(page)
    end = page.lower().find("</h1", heading.end()) if heading else -1
    if heading is None or end < 0 or not spans or end - heading.end() > 2000:
        return []
    first, last = seen.index_at(heading.end()), seen.index_at(end)
    return [Span(*seen.span_of(first, last - first))] if last > first else []


def _without_overlaps(spans: list[Span]) -> tuple[Span, ...]:
    """Sort spans and drop those that lie in an earlier one."""
    kept: list[Span] = []
    for span in sorted(set(spans)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
