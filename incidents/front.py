"""What an article file says about itself before its text: YAML, TOML or plain header lines."""

import re
import tomllib
from collections.abc import Iterable
from typing import NamedTuple

import yaml

_LONGEST = 100_000

ALIASES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site_name", "sitename", "site", "outlet", "publication", "newspaper", "source"),
    "published": (
        "published",
        "date",
        "pubdate",
        "publishdate",
        "publish_date",
        "published_at",
        "datepublished",
        "created",
    ),
    "author": ("author", "authors", "byline", "creator"),
    "url": (
        "url",
        "link",
        "canonical",
        "canonical_url",
        "original",
        "originally",
        "src",
        "source_url",
        "permalink",
        "source",
    ),
    "language": ("language", "lang", "locale"),
}
_WANTED = {alias for aliases in ALIASES.values() for alias in aliases}
_KEY = re.compile(r"([A-Za-z][\w -]{0,30}?)[ \t]{0,3}:(?:[ \t]+(.*))?$")
_TOML_LINE = re.compile(r"^([A-Za-z][\w-]{0,30})[ \t]*=[ \t]*(.*)$", re.MULTILINE)


class FrontMatter(NamedTuple):
    """What the head of a file says (`fields`, by the keys of `ALIASES`) and where the text begins (`end`)."""

    fields: dict[str, str]
    end: int


def read_front_matter(text: str) -> FrontMatter:
    r"""Read YAML between `---` lines, TOML between `+++` lines, or header lines such as `Title: ...` at the top.

    Parameters
    ----------
    text : str
        The whole file; a byte order mark and blank lines before the head are passed over.

    Returns
    -------
    FrontMatter
        Fields title, publisher, published, author, url, language as far as given; `end` is 0 without a head. A faulty
        entry costs that entry alone.

    Examples
    --------
    >>> head = read_front_matter("---\ntitle: Shelling near Sumy\ndate: 2022-06-04\n---\nText.")
    >>> head.fields
    {'title': 'Shelling near Sumy', 'published': '2022-06-04'}
    >>> head.end
    50
    """
    start = len(text[:_LONGEST]) - len(text[:_LONGEST].lstrip("\ufeff \t\r\n"))
    fence = text[start : start + 3]
    if fence in ("---", "+++"):
        return _fenced(text[: start + _LONGEST], start, fence)
    return _header_lines(text[: start + 5000], start)


def _fenced(text: str, start: int, fence: str) -> FrontMatter:
    """Read what stands between two fences; no second fence, no head."""
    opening = re.compile(re.escape(fence) + r"[ \t]*\r?\n").match(text, start)
    if opening is None:
        return FrontMatter({}, 0)
    closing = re.compile(r"^" + re.escape(fence) + r"[ \t]*\r?$", re.MULTILINE).search(text, opening.end())
    if closing is None:
        return FrontMatter({}, 0)
    inner = text[opening.end() : closing.start()].replace("\r\n", "\n")
    entries = _toml_entries(inner) if fence == "+++" else _yaml_entries(inner)
    if fence == "---" and not entries and not _KEY.match(inner.strip().partition("\n")[0]):
        return FrontMatter({}, 0)
    return FrontMatter(_fields(entries), closing.end())


def _yaml_entries(inner: str) -> list[tuple[str, str]]:
    """Read the wanted top-level entries, each for itself."""
    chunks: list[tuple[str, list[str]]] = []
    for line in inner.split("\n"):
        key = _KEY.match(line)
        if key:
            chunks.append((key[1].strip().lower(), [line]))
        elif chunks:
            chunks[-1][1].append(line)
    return [(key, _yaml_value("\n".join(lines))) for key, lines in chunks if key in _WANTED]


def _yaml_value(chunk: str) -> str:
    """Read one entry as strings, without the types that YAML guesses; a faulty one is taken as it is written."""
    try:
        entry = yaml.load(chunk[:5000], Loader=yaml.BaseLoader)  # noqa: S506 - strings, lists and mappings only
    except (yaml.YAMLError, RecursionError, ValueError):
        entry = None
    if isinstance(entry, dict) and len(entry) == 1:
        return _flat(next(iter(entry.values())))
    return chunk.partition(":")[2].strip().strip("\"'")


def _toml_entries(inner: str) -> list[tuple[str, str]]:
    """Read the top-level entries; line by line where the whole is faulty."""
    try:
        table = tomllib.loads(inner)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        lines = ((match[1], match[2].strip().strip("\"'")) for match in _TOML_LINE.finditer(inner))
        return [(key.lower(), value) for key, value in lines]
    return [(key.lower(), _flat(value)) for key, value in table.items()]


def _flat(value: object) -> str:
    """Make one line of a scalar, of a list of scalars, or of a mapping with a name."""
    if isinstance(value, dict):
        value = value.get("name", "")
    if isinstance(value, list):
        return ", ".join(_flat(item) for item in value[:20] if not isinstance(item, list))
    return "" if isinstance(value, dict) else " ".join(str(value).split())


def _header_lines(text: str, start: int) -> FrontMatter:
    """Read `Key: value` lines at the very top: two known keys or more, then a blank line."""
    entries: list[tuple[str, str]] = []
    position = start
    for line in text[start:].splitlines(keepends=True):
        key = _KEY.match(line.rstrip())
        if key is None or len(line) > 500:  # a paragraph, no header
            break
        entries.append((key[1].strip().lower(), (key[2] or "").strip()))
        position += len(line)
    known = {key for key, value in entries if key in _WANTED and value}
    ended = not text[position : position + 1].strip()
    if len(known) < 2 or not ended:
        return FrontMatter({}, 0)
    return FrontMatter(_fields(entries), len(text[:position].rstrip()))


def _fields(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Sort entries into our fields; `source` is a link or a publisher by what it says."""
    by_key = {key: value for key, value in entries if value}
    fields: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        for alias in aliases:
            value = by_key.get(alias, "")
            is_link = value.startswith(("http://", "https://", "www."))
            if value and (field == "url") == is_link:
                fields[field] = value
                break
    return fields
