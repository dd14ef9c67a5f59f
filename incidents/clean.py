"""An article's text as a parser wants it: sentences only, every character where it was."""

import re

from incidents.markup import blank_markup
from incidents.model import Article

_MARKUP = re.compile(
    r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?(?:[ \t]\"[^\"\n]{0,300}\")?\)"  # a link's target
    r"|\[\^[^\]\s]{1,20}\]:?"  # a footnote mark
    r"|!?\[(?=[^\[\]\n]{0,500}\]\([^\s()])"  # a link's or image's opening bracket
    r"|^[ \t]{0,3}#{1,6}(?=\s)"
    r"|^[ \t]{0,8}[*+](?=[ \t])"
    r"|^[ \t]{0,3}>(?=\s)"
    r"|^[ \t]{0,3}(?:[-*_][ \t]?){3,60}$"
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}"
    r"|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|__+"
    r"|`{1,3}"
    r"|https?://[^\s<>\"]{1,2000}",
    re.MULTILINE,
)


def clean_text(article: Article) -> str:
    r"""Blank everything that is not the article's own sentences.

    Parameters
    ----------
    article : Article
        A read article.

    Returns
    -------
    str
        As long as `article.text`, so that offsets into it are offsets into the file. Outside the body, and in place of
        tags, link targets and other markup, it holds blanks; line breaks stay everywhere.

    Examples
    --------
    >>> from incidents.model import Span
    >>> text = "By us\n**Shots** near [Sumy](http://a.b/c)."
    >>> clean_text(Article("id", text, (Span(6, len(text)),)))
    '     \n  Shots   near  Sumy               .'
    """
    parts: list[str] = []
    position = 0
    for span in article.body:
        parts.append(_blank(article.text[position : span.start]))
        parts.append(_MARKUP.sub(lambda match: _blank(match[0]), blank_markup(article.text[span.start : span.end])))
        position = span.end
    return "".join([*parts, _blank(article.text[position:])])


def _blank(text: str) -> str:
    """Blanks as long as the text, with its line breaks."""
    return re.sub(r"[^\r\n]", " ", text)
