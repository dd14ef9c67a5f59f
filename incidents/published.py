"""When an article was published: as it says itself, or as its own dates allow."""

import re
import warnings
from dataclasses import replace
from datetime import date

from incidents.clean import clean_text
from incidents.dates import DATELINE, find_dates
from incidents.datewords import read_atoms
from incidents.infer import infer_published
from incidents.markup import blank_markup
from incidents.model import Article, DatePrecision, Span

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_LABEL = re.compile(
    r"\b(?:first |last )?(published|posted|updated|modified|issued|released|date|created)\b(?: on| at)?[ \t]*[:|]?",
    re.IGNORECASE,
)
_LINE_FILLING = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:[.,]\d+)?|\b(?:[ap]\.?m\.?|GMT|UTC|BST|CET|CEST|EST|EDT|PST|PDT|MSK|local time|time|at|on|by|hrs?|h|Z)\b"
    r"|[+-]\d{2}:?\d{2}\b|\b\d{4}\b(?= ?hrs)|[^\w]+|(?<=\d)T(?=\d)",
    re.IGNORECASE,
)
_LANGUAGES = [
    "ru",
    "uk",
    "hy",
    "az",
    "ka",
    "tr",
    "ar",
    "fa",
    "he",
    "fr",
    "es",
    "pt",
    "de",
    "it",
    "pl",
    "ro",
    "hi",
    "zh",
]
_HEAD_LINES = 12
_LABELLED_LINES = 40
_LONGEST_LINE = 200
_NOBODY = Article("", "", ())


def date_article(
    article: Article, *, stated: str = "", found_in: str = "front matter", published: date | None = None
) -> Article:
    r"""Give an article its publication date, and the year that its dates count from.

    Parameters
    ----------
    article : Article
        An article without a date.
    stated : str
        What its front matter or metadata says.
    found_in : str
        Where `stated` was found, "front matter" or "html metadata".
    published : date, optional
        A date from the user; it wins over all others.

    Returns
    -------
    Article
        `published`, `published_by` and `year` set as far as they can be told: from the user's option, `stated`, a date
        line near the head, a dateline ("KYIV, 12 May"), or inferred from the text's own dates.

    Examples
    --------
    >>> article = Article("id", "Published: 4 June 2022\n\nShells fell.", (Span(24, 36),))
    >>> dated = date_article(article)
    >>> dated.published.isoformat(), dated.published_by
    ('2022-06-04', 'date line')
    """
    if published is not None:
        return _dated(article, published, "option")
    if (day := parse_date(stated)) is not None:
        return _dated(article, day, found_in)
    if (day := _date_line(article)) is not None:
        return _dated(article, day, "date line")
    inferred = infer_published(clean_text(article))
    if inferred.year is None:
        return article
    return replace(article, published=inferred.day, published_by="inferred", year=inferred.year)


def _dated(article: Article, day: date, by: str) -> Article:
    """Set the date and its year."""
    return replace(article, published=day, published_by=by, year=day.year)


def parse_date(stated: str) -> date | None:
    """Read one date with its year, in any usual way of writing.

    Parameters
    ----------
    stated : str
        Such as "2020-09-27-19-55-27", "May 12, 2021", "12.05.2021", "20210512" or "12 мая 2021".

    Returns
    -------
    date or None
        None where it is no date.

    Examples
    --------
    >>> parse_date("2020-09-27-19-55-27"), parse_date("Thu, 12 May 2021 10:00 GMT")
    (datetime.date(2020, 9, 27), datetime.date(2021, 5, 12))
    """
    stated = stated.strip()[:100]
    for pattern in (_ISO, _COMPACT):
        if match := pattern.search(stated):
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    own = [when.start for when in find_dates(stated, _NOBODY) if when.precision is DatePrecision.DAY and when.start]
    if own:
        return own[0]
    is_foreign = re.search(r"\d{4}", stated) and re.search(r"[^\W\d_]{3}", stated) and not _has_english_month(stated)
    return _parse_elsewhere(stated) if is_foreign else None


def _has_english_month(stated: str) -> bool:
    """Whether our own reading knows the month, so that the rest is what is wrong."""
    return any(atom.code == "M" for atom in read_atoms(stated, 0, len(stated)))


def _parse_elsewhere(stated: str) -> date | None:
    """Let dateparser read what is written in another language."""
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY", "RETURN_AS_TIMEZONE_AWARE": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = dateparser.parse(stated, languages=_LANGUAGES, settings=settings)
        except (ValueError, TypeError, OverflowError, RecursionError):  # its way of saying that this is no date
            return None
    return found.date() if found else None


def _date_line(article: Article) -> date | None:
    """Find a line near the head that is nothing but a date, or a dateline with its year."""
    unlabelled: date | None = None
    updated: date | None = None
    for number, line in enumerate(_head_lines(article.text)):
        label = _LABEL.search(line)
        if number >= _HEAD_LINES and not label:
            continue
        day = _line_date(line, label)
        if day is None:
            continue
        if label and label[1].lower() not in ("updated", "modified"):
            return day
        unlabelled, updated = (unlabelled, updated or day) if label else (unlabelled or day, updated)
    return unlabelled or updated or _dateline(article)


def _head_lines(text: str) -> list[str]:
    """First lines that hold something; of a web page's source, what is seen of it."""
    lines = blank_markup(text[: _LABELLED_LINES * _LONGEST_LINE * 5]).splitlines()
    return [line.strip() for line in lines if line.strip()][:_LABELLED_LINES]


def _line_date(line: str, label: re.Match[str] | None) -> date | None:
    """Date of a line that says little else."""
    if len(line) > _LONGEST_LINE:
        return None
    plain = line.replace("`", " ").replace("*", " ").replace("_", " ")
    plain = re.sub(r"(?<=\d)T(?=\d\d:)", " ", plain)
    days = [
        when for when in find_dates(plain, _NOBODY) if when.precision is DatePrecision.DAY and when.start and when.span
    ]
    if not days:
        return None
    span = days[0].span or Span(0, 0)
    rest = plain[: span.start] + " " + plain[span.end :]
    rest = _LABEL.sub(" ", rest)
    if re.search(r"\bby\b", rest, re.IGNORECASE) or "|" in line:
        rest = re.sub(r"(?:\bBy\s+|\bby\s+)?(?:[A-Z][\w.'-]{0,30}\s*){1,4}", " ", rest)
    words = [word for word in _LINE_FILLING.sub(" ", rest).split() if not word.isdigit()]
    return days[0].start if len(words) <= (3 if label else 0) else None


def _dateline(article: Article) -> date | None:
    """Find a dateline with its year at the head of the first paragraphs: "KYIV, May 12, 2023 (Agency) -"."""
    if not article.body:
        return None
    start = article.body[0].start
    head = clean_text(article)[start : start + 3000]
    return next((when.start for when in find_dates(head, _NOBODY) if when.rule == DATELINE and when.start), None)
