"""An article's body cut into sentences, with the part that each plays: headline, caption, list item, body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from incidents.model import Span

MAX_SENTENCE = 1000
_SHORT = 160
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "cpl",
        "brig",
        "adm",
        "rep",
        "sen",
        "gov",
        "hon",
        "st",
        "mt",
        "jr",
        "sr",
        "no",
        "vs",
        "etc",
        "inc",
        "co",
        "approx",
        "fig",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "u.s",
        "u.k",
        "u.n",
        "a.m",
        "p.m",
        "e.g",
        "i.e",
        "d.c",
        "ph.d",
    ]
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s)")
_OPENS = re.compile(r"\s+[\"'“‘«(\[*_–—-]*[^\W_a-z]")
_WORD_BEFORE = re.compile(r"([\w.]+)$")
_CAPTION = re.compile(
    r"\b(still image|image grab|frame grab|file photo|handout|photo(graph)? (by|taken|released|shows)|in this (\w+ )?(photo|image|picture|still)"
    r"|(file )?(photo|image|picture) (by|released|made|shows)|(picture|image|photo|footage)[^.]{0,80}\bshows|pictured)\b"
    r"|\((afp|reuters|ap|epa|file|photo|[A-Z][\w ,]*/[\w /]+)\)\s*$",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\([^()]*\d[^()]*\)\s*$")
_ITEM = re.compile(r"\s*(?:[*•·\-–]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\*[^*]+\*\*\s*$)")
_TERMINAL = re.compile(r"[.!?…:;,][\"'”’»)\]*_]*\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body; `span` are offsets into the article, `role` is headline, caption, item or body."""

    index: int
    paragraph: int
    span: Span
    role: str = "body"


def split_sentences(text: str, body: tuple[Span, ...]) -> tuple[Sentence, ...]:
    r"""Cut the body spans of a text into sentences.

    Parameters
    ----------
    text : str
        The article, cleaned or not; offsets are kept.
    body : tuple of Span
        What belongs to the article.

    Returns
    -------
    tuple of Sentence
        In reading order, none longer than 1000 characters, none empty.

    Examples
    --------
    >>> text = "Shots near Uri\\n\\nGen. Rao spoke. Two guards were hurt."
    >>> [(s.role, text[s.span.start : s.span.end]) for s in split_sentences(text, (Span(0, len(text)),))]
    [('headline', 'Shots near Uri'), ('body', 'Gen. Rao spoke.'), ('body', 'Two guards were hurt.')]
    """
    found: list[Sentence] = []
    for number, paragraph in enumerate(_paragraphs(text, body)):
        role = _role(text[paragraph.start : paragraph.end], first=number == 0)
        for span in _sentences(text, paragraph):
            found.append(Sentence(len(found), number, span, role))
    return tuple(found)


def _paragraphs(text: str, body: tuple[Span, ...]) -> Iterator[Span]:
    """Lines of the body; a line that breaks off in mid-sentence goes on in the next one."""
    for start, end in body:
        begin = start
        for match in re.finditer(r"\n", text[start:end]):
            at = start + match.start()
            if not _goes_on(text[max(begin, at - 200) : at], text[at + 1 : min(end, at + 40)]):
                yield from _trimmed(text, begin, at)
                begin = at + 1
        yield from _trimmed(text, begin, end)


def _goes_on(line: str, after: str) -> bool:
    """Whether a line break lies inside a sentence: a full line without an end, then a small letter."""
    return len(line) > 40 and after[:1].islower() and not _TERMINAL.search(line)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Give the span without white space around it, nothing when it is empty."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end)


def _role(paragraph: str, *, first: bool) -> str:
    """Give what part a paragraph plays."""
    if _HEADING.match(paragraph):
        return "headline"
    if len(paragraph) < 2 * MAX_SENTENCE and (_CAPTION.search(paragraph[-600:]) or _caption_by_credit(paragraph)):
        return "caption"
    if _ITEM.match(paragraph):
        return "item"
    if len(paragraph) < _SHORT and not _TERMINAL.search(paragraph) and (first or len(paragraph.split()) < 12):
        return "headline"
    return "body"


def _caption_by_credit(paragraph: str) -> bool:
    """Give a short paragraph that ends with a bracket holding a date or a credit instead of a full stop."""
    return len(paragraph) < 3 * _SHORT and bool(_CREDIT.search(paragraph))


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """Give the sentences of one paragraph."""
    begin = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if _OPENS.match(text, match.end(), paragraph.end) and not _abbreviated(text, begin, match):
            yield from _cut(text, begin, match.end())
            begin = match.end()
    yield from _cut(text, begin, paragraph.end)


def _abbreviated(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a full stop belongs to an abbreviation or an initial."""
    if match.group() != ".":
        return False
    word = _WORD_BEFORE.search(text[max(begin, match.start() - 12) : match.start()])
    if word is None:
        return False
    return word[1].lower() in _ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper())


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Give a sentence, in pieces where it is too long to be one."""
    while end - start > MAX_SENTENCE:
        at = max(text.rfind(mark, start + MAX_SENTENCE // 2, start + MAX_SENTENCE) for mark in (";", ",", " "))
        at = at + 1 if at > start else start + MAX_SENTENCE
        yield from _trimmed(text, start, at)
        start = at
    yield from _trimmed(text, start, end)
