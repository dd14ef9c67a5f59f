"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their byte order marks, Windows-1251 and Windows-1252 by their letters."""

import codecs
import re

from incidents.errors import ArticleError

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"SQLite format 3\x00": "a database",
}
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w-]{3,20})", re.IGNORECASE)
_LATIN_ACCENTS_MOST = 0.3
_MID_WORD_CAPITALS_MOST = 0.3


def decode_article(data: bytes, *, name: str = "the text") -> str:
    """Decode an article, changing nothing: line ends stay, and so does the byte order mark of a UTF-8 file.

    Parameters
    ----------
    data : bytes
        The file as it came.
    name : str
        What error messages call it.

    Returns
    -------
    str
        Offsets into it are offsets into the file. A UTF-8 byte order mark is the character at offset 0; those of UTF-16
        and UTF-32 belong to the encoding and are gone.

    Raises
    ------
    ArticleError
        When the data are empty, binary, or in an encoding that cannot be told.

    Examples
    --------
    >>> decode_article("Обстрел у Сум".encode("cp1251"))
    'Обстрел у Сум'
    >>> decode_article("the “line”".encode("cp1252"))
    'the “line”'
    """
    if not data.strip():
        raise ArticleError(f"{name}: the file is empty; save the article's text in it")
    for magic, what in _FORMATS.items():
        if data.startswith(magic):
            raise ArticleError(f"{name}: this is {what}, not text; export it as .txt, .md or .html")
    if data.startswith(_UTF32):
        return _strict(data, "utf-32", name)
    if data.startswith(_UTF16):
        return _strict(data, "utf-16", name)
    _require_text(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, name, error.start)


def _strict(data: bytes, encoding: str, name: str) -> str:
    """Decode with the encoding that the byte order mark promises."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{name}: starts like {encoding.upper()} but breaks off at byte {error.start}; save it as UTF-8"
        raise ArticleError(message) from error
    if not text.strip():
        raise ArticleError(f"{name}: the file is empty; save the article's text in it")
    return text


def _require_text(data: bytes, name: str) -> None:
    """Raise for bytes that no text file holds."""
    nulls = data.count(b"\x00")
    if (
        nulls
        and len(data) > 3
        and nulls >= 0.3 * len(data)
        and max(data[::2].count(0), data[1::2].count(0)) > 0.9 * nulls
    ):
        raise ArticleError(f"{name}: looks like UTF-16 without a byte order mark; save it as UTF-8")
    controls = len(data) - len(data.translate(None, _CONTROL))
    if nulls or controls > len(data) * 0.02 + 2:
        raise ArticleError(f"{name}: this is a binary file, not text; export the article as .txt, .md or .html")


def _decode_legacy(data: bytes, name: str, broken_at: int) -> str:
    """Decode a file that is no UTF-8: by the page's own charset, else by how its letters stand together."""
    declared = _CHARSET.search(data[:4096])
    if declared and (text := _try(data, declared[1].decode("ascii"))) is not None:
        return text
    for encoding, plausible in (("cp1251", _is_cyrillic), ("cp1252", _is_western)):
        text = _try(data, encoding)
        if text is not None and plausible(text):
            return text
    raise ArticleError(
        f"{name}: not UTF-8 (byte {broken_at}: 0x{data[broken_at]:02x}), and neither Windows-1251 nor Windows-1252 "
        "reads as text; save it as UTF-8"
    )


def _try(data: bytes, encoding: str) -> str | None:
    """Decode, None where the encoding is unknown or does not fit."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return text if isinstance(text, str) else None


def _is_cyrillic(text: str) -> bool:
    """Whether the Cyrillic letters form words of their own, in sane case (KOI8-R read as Windows-1251 has it swapped)."""
    words = re.findall(r"[^\W\d_]{2,40}", text[:200_000])
    cyrillic = [word for word in words if any("\u0400" <= letter <= "\u04ff" for letter in word)]
    pure = [word for word in cyrillic if all("\u0400" <= letter <= "\u04ff" for letter in word)]
    if not cyrillic or len(pure) < 0.8 * len(cyrillic):
        return False
    odd = sum(not (word.islower() or word.isupper() or word.istitle()) for word in pure)
    swapped = sum(word[0].islower() and word[1:].isupper() for word in pure)
    shouted = sum(word.isupper() for word in pure)
    if swapped and shouted > len(pure) / 2:
        return False
    return bool(odd <= _MID_WORD_CAPITALS_MOST * len(pure))


def _is_western(text: str) -> bool:
    """Whether accents are as rare as in Western languages, and no UTF-8 sequences shine through."""
    letters = [letter for letter in text[:200_000] if letter.isalpha()]
    accents = sum(not letter.isascii() for letter in letters)
    broken_utf8 = len(re.findall("[ÃâÐÑÕÖ][\u0080-\u00bf€™œžŸ“”‘’]", text[:200_000]))
    return bool(accents <= _LATIN_ACCENTS_MOST * len(letters) and broken_utf8 <= 0.3 * accents + 1)
