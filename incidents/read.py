"""An article file, web page or standard input, read into an `Article` whose offsets point into the file as it came."""

import hashlib
import re
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from incidents.body import find_body
from incidents.clean import clean_text
from incidents.decode import decode_article
from incidents.errors import ArticleError
from incidents.front import read_front_matter
from incidents.markup import looks_like_page
from incidents.model import Article, Span
from incidents.published import date_article

__all__ = ["article_from_bytes", "clean_text", "find_articles", "read_article"]

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})
_PAGES = frozenset({".html", ".htm"})
_SCRIPTS = (
    ("hy", re.compile("[\u0531-\u0587]")),
    ("ka", re.compile("[\u10d0-\u10ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ar", re.compile("[\u0620-\u064a]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)


def find_articles(paths: Iterable[str | Path]) -> list[Path]:
    """List the article files among files and folders.

    Parameters
    ----------
    paths : iterable of str or Path
        Files are taken as they are; of a folder its own .txt, .md and .html files, sorted, without README files.

    Returns
    -------
    list of Path
        In the order given, each file once. `-` (standard input) stays `-`.

    Raises
    ------
    ArticleError
        One line for each path that does not exist and each folder without articles.
    """
    found: dict[Path, None] = {}
    faults: list[str] = []
    for path in map(Path, paths):
        try:
            found.update(dict.fromkeys(_articles_at(path)))
        except ArticleError as fault:
            faults.append(str(fault))
    if faults:
        raise ArticleError("\n".join(faults))
    return list(found)


def _articles_at(path: Path) -> list[Path]:
    """Article files at one path."""
    try:
        if str(path) == "-" or path.is_file():
            return [path]
        if not path.is_dir():
            raise ArticleError(f"{path}: no such file or folder; check the spelling")
        entries = sorted(path.iterdir())
    except (OSError, ValueError) as error:
        raise ArticleError(f"{path}: cannot be read: {error}; check the name and the permissions") from error
    articles = [
        entry
        for entry in entries
        if entry.suffix.lower() in SUFFIXES and entry.stem.lower() != "readme" and entry.is_file()
    ]
    if not articles:
        raise ArticleError(f"{path}: no articles in this folder; it needs .txt, .md or .html files")
    return articles


def read_article(source: str | Path, *, published: date | None = None) -> Article:
    """Read one article.

    Parameters
    ----------
    source : str or Path
        A .txt, .md or .html file, or "-" for standard input.
    published : date, optional
        The publication date, if known; it wins over the one in the file.

    Returns
    -------
    Article
        With the body found and the publication date or year as far as it can be told.

    Raises
    ------
    ArticleError
        When there is no such file, or it is empty, binary or in an encoding that cannot be told.
    """
    if str(source) == "-":
        return article_from_bytes(sys.stdin.buffer.read(), name="standard input", published=published)
    try:
        path = Path(source)
        if path.is_dir():
            raise ArticleError(f"{path}: this is a folder; give its files, or let find_articles list them")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ArticleError(f"{source}: no such file; check the spelling") from error
    except (OSError, ValueError) as error:
        raise ArticleError(f"{source}: cannot be read: {error}; check the name and the permissions") from error
    return article_from_bytes(data, name=str(source), published=published)


def article_from_bytes(data: bytes, *, name: str, published: date | None = None) -> Article:
    r"""Read an article from a file's bytes.

    Parameters
    ----------
    data : bytes
        The file as it came.
    name : str
        Its path; the suffix tells a web page, and messages name it.
    published : date, optional
        The publication date, if known.

    Returns
    -------
    Article
        `article_id` is the start of the SHA-256 of the bytes.

    Examples
    --------
    >>> article = article_from_bytes(b"---\ntitle: Shots\ndate: 2024-05-03\n---\nShots were heard.", name="a.md")
    >>> article.title, article.published.isoformat(), article.published_by
    ('Shots', '2024-05-03', 'front matter')
    """
    text = decode_article(data, name=name)
    if Path(name).suffix.lower() in _PAGES or looks_like_page(text):
        from incidents.web import read_page

        page = read_page(text)
        fields, found_in = page.fields, "html metadata"
        body = find_body(text, paragraphs=page.paragraphs) if page.paragraphs else ()
    else:
        head = read_front_matter(text)
        fields, found_in = head.fields, "front matter"
        body = find_body(text, start=head.end)
    article = Article(
        article_id=hashlib.sha256(data).hexdigest()[:16],
        text=text,
        body=body,
        path=name,
        title=fields.get("title") or _first_heading(text, body),
        publisher=fields.get("publisher", ""),
        author=fields.get("author", ""),
        language=_language(fields.get("language", ""), text, body),
        url=fields.get("url", ""),
    )
    return date_article(article, stated=fields.get("published", ""), found_in=found_in, published=published)


def _first_heading(text: str, body: tuple[Span, ...]) -> str:
    """Take the body's first line for a title where it reads like one."""
    if not body:
        return ""
    line = text[body[0].start : body[0].start + 300].partition("\n")[0].lstrip("\ufeff#* \t").rstrip("*# \t\r")
    return " ".join(line.split()) if len(line) <= 200 and not line.endswith((".", ",", ";", ":")) else ""


def _language(stated: str, text: str, body: tuple[Span, ...]) -> str:
    """Language code as stated, else by the script that most letters are in."""
    if code := re.match(r"[a-z]{2}(?![a-z])", stated.lower()):
        return code[0]
    sample = "".join(text[span.start : span.end] for span in body[:40])[:5000] or text[:5000]
    letters = sum(letter.isalpha() for letter in sample)
    for code_of_script, script in _SCRIPTS:
        share = 0.01 if code_of_script == "uk" else 0.5
        if letters and len(script.findall(sample)) > share * letters:
            return code_of_script
    return "en"
