"""What of a text is the article itself: not comments, biographies, navigation, credits or link lists."""

import re

from incidents.model import Span

_BLOCK = re.compile(r"\S[^\n]*(?:\n[ \t]*[^\s][^\n]*)*")


def find_body(text: str, *, start: int = 0, paragraphs: tuple[Span, ...] | None = None) -> tuple[Span, ...]:
    """Find the article's own paragraphs in a plain or markdown text."""
    if paragraphs is not None:
        return paragraphs
    return tuple(Span(*match.span()) for match in _BLOCK.finditer(text, start))
