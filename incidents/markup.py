"""Tags and entities of HTML out of the way without moving a character: tags become blanks, entities the letter they mean."""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

JOINER = "\u2060"

_TOKEN = re.compile(
    r"<!--|<!|<\?|</?([a-zA-Z][a-zA-Z0-9:-]{0,30})|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
)
_PAGE_TAG = re.compile(
    r"<(?:!doctype|html|head|body|article|main|div|section|h1|p|table)\b[^<>]{0,2000}>", re.IGNORECASE
)
_QUOTE_OR_END = re.compile("[>\"']")
_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "select", "title"}
)
_OPENING = "\"'“‘«„([’"


class Piece(NamedTuple):
    """A stretch of markup and what a reader sees instead: "" for a tag, a letter for an entity."""

    start: int
    end: int
    seen: str
    tag: str = ""


def find_markup(text: str) -> Iterator[Piece]:
    """Yield every tag, comment, script and entity of a text in order.

    Examples
    --------
    >>> [text_piece.seen for text_piece in find_markup("<p>Sn&uuml;r</p>")]
    ['', 'ü', '']
    """
    last_end = text.rfind(">")
    unclosed: set[str] = set()
    position = 0
    while token := _TOKEN.search(text, position):
        if token[0][0] == "&":
            yield Piece(token.start(), token.end(), html.unescape(token[0]))
            position = token.end()
        elif token.start() > last_end:
            position = token.end()
        else:
            piece = _tag(text, token, unclosed)
            yield piece
            position = piece.end


def _tag(text: str, token: re.Match[str], unclosed: set[str]) -> Piece:
    """Follow one tag to its end, a script to the end of the script; `unclosed` remembers what is never closed below."""
    name = (token[1] or "").lower()
    if token[0] == "<!--":
        end = _after(text, "-->", token.end(), unclosed) or text.find(">", token.end()) + 1
        return Piece(token.start(), end, "")
    end = _tag_end(text, token.end())
    if name in _UNSEEN and token[0][1] != "/" and text[end - 2] != "/":
        end = _after(text, f"</{name}", end, unclosed) or end
    tag = ("/" if token[0][1] == "/" else "") + name
    return Piece(token.start(), end, "", tag)


def _tag_end(text: str, start: int) -> int:
    """Find the end of a tag, past quoted attributes; a quote that never closes is no quote."""
    position = start
    while mark := _QUOTE_OR_END.search(text, position):
        if mark[0] == ">":
            return mark.end()
        position = text.find(mark[0], mark.end()) + 1
        if position == 0:
            break
    return text.find(">", start) + 1


def _after(text: str, closing: str, start: int, unclosed: set[str]) -> int:
    """Position after the next `closing`, 0 where there is none: looked for once only, so that time stays linear."""
    if closing in unclosed:
        return 0
    found = re.compile(re.escape(closing) + ("[^>]{0,200}>" if closing[1] == "/" else ""), re.IGNORECASE).search(
        text, start
    )
    if found is None:
        unclosed.add(closing)
        return 0
    return found.end()


def blank_markup(text: str) -> str:
    """Replace tags by blanks and entities by what they mean, leaving every other character where it was.

    Parameters
    ----------
    text : str
        Text with HTML in it; text without comes back as it is.

    Returns
    -------
    str
        As long as `text`. A letter written as an entity is filled up with U+2060 (word joiner), so that the word holds
        together; opening quotation marks and apostrophes stand right in their gap, everything else left.

    Examples
    --------
    >>> blank_markup("near <b>Sumy</b> &amp; Kursk")
    'near    Sumy     &     Kursk'
    """
    parts: list[str] = []
    position = 0
    for piece in find_markup(text):
        parts += (text[position : piece.start], _fill(piece))
        position = piece.end
    return "".join([*parts, text[position:]])


def _fill(piece: Piece) -> str:
    """Blanks for a tag, the letter and filling for an entity."""
    length = piece.end - piece.start
    if not piece.seen.strip():
        return " " * length
    seen = piece.seen[:length]
    if seen.isalpha():
        return seen.ljust(length, JOINER)
    return seen.rjust(length) if seen in _OPENING else seen.ljust(length)


class Visible(NamedTuple):
    """What a reader of a page sees, without white space, and the offset that each of its characters comes from."""

    squeezed: str
    offsets: list[int]

    def span_of(self, found: int, length: int) -> tuple[int, int]:
        """Offsets in the page of a stretch of the squeezed text."""
        return self.offsets[found], self.offsets[found + length - 1] + 1

    def index_at(self, offset: int) -> int:
        """Position in the squeezed text of the first character at or after a page offset."""
        return bisect_left(self.offsets, offset)


def visible_text(page: str) -> Visible:
    """Squeeze a page to the characters that are seen, each with its offset."""
    blanked = blank_markup(page)
    offsets = [match.start() for match in re.finditer(rf"[^\s{JOINER}]", blanked)]
    return Visible("".join(blanked[offset] for offset in offsets), offsets)


def looks_like_page(text: str) -> bool:
    """Tell whether a text is a web page.

    Examples
    --------
    >>> looks_like_page("<!DOCTYPE html><html><body><p>Shots were heard.</p></body></html>")
    True
    >>> looks_like_page("Shots < 5, said <b>the mission</b>.")
    False
    """
    head = text[:2000].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and _PAGE_TAG.search(head) is not None
