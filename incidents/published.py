"""When an article was published: as it says itself, or as its own dates allow."""

import re
from dataclasses import replace
from datetime import date

from incidents.model import Article

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def date_article(
    article: Article, *, stated: str = "", found_in: str = "front matter", published: date | None = None
) -> Article:
    """Give an article its publication date, and the year that its dates count from."""
    if published is not None:
        return replace(article, published=published, published_by="option", year=published.year)
    match = _ISO.search(stated)
    if match:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return replace(article, published=day, published_by=found_in, year=day.year)
    return article
