"""Cut a text into words that know where they stand, so that names can be looked up without losing offsets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.fold import fold, is_cased

# letters of any script with their combining marks; apostrophes belong inside a word, the possessive's does not
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}|(?:{_LETTER}+(?:['’‘ʼʻʿʾ`´](?!s\b|S\b){_LETTER}+)*)",
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$|[:;]\s*\n|\n\s*\n|\n\s*[*#>•\-–—]")
_ABBREVIATED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "gen",
        "lt",
        "col",
        "sgt",
        "gov",
        "sen",
        "rep",
        "prof",
        "capt",
        "maj",
        "mt",
        "no",
        "vs",
        "jr",
        "sr",
        "rev",
        "ft",
        "dist",
    ]
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text: where it stands, its folded form, and how it relates to the word before.

    `gap` is the text between the previous word and this one, `opens` whether a sentence, line or quotation begins here,
    `is_name` whether it is written like a name (capital first, or in a script without capitals).
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    opens: bool
    is_name: bool

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


def tokenize(text: str, spans: Sequence[tuple[int, int]]) -> list[Token]:
    """Cut the spans of a text into words.

    Parameters
    ----------
    text : str
        The untouched text.
    spans : sequence of (int, int)
        Which parts to read, in order.

    Returns
    -------
    list of Token
        With offsets into `text`.

    Examples
    --------
    >>> [t.text for t in tokenize("Baku's forces in Al-Fashaga, U.S.", [(0, 33)])]
    ['Baku', 'forces', 'in', 'Al', 'Fashaga', 'U.S.']
    """
    found: list[Token] = []
    for start, end in spans:
        before = -1
        for match in _WORD.finditer(text, start, end):
            if before >= 0:
                gap = text[before : match.start()]
                if gap in {"'", "’"} and match[0].lower() == "s":
                    continue
            else:
                gap = "\n\n"
            found.append(_token(match, gap, found[-1] if found and before >= 0 else None))
            before = match.end()
    return found


def _token(match: re.Match[str], gap: str, last: Token | None) -> Token:
    """Make a token of a match, given the text between it and the last one."""
    word = match[0]
    ends = bool(_SENTENCE_END.search(gap)) or last is None
    abbreviated = (
        last is not None
        and gap.startswith(".")
        and "\n" not in gap
        and (last.lower in _ABBREVIATED or len(last.text) == 1)
    )
    contracted = (
        word[-3:].lower() in {"'re", "'ve", "'ll", "’re", "’ve", "’ll"}
        or word[-2:].lower() in {"'d", "'m", "’d", "’m"}
        or word[-3:].lower() in {"n't", "n’t"}
    )
    named = not contracted and (word[0].isupper() or (word[0].isalpha() and not is_cased(word)))
    return Token(match.start(), match.end(), word, fold(word), gap, ends and not abbreviated, named)
