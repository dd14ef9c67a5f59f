"""Find the people of a text, so that they are not taken for the places they share names with."""

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.lexicon import cue_words, given_names
from gazetteer.tokens import Token

_PUBLIC = ("public_body", "media", "company", "sport", "education", "event", "street", "facility")


@dataclass(frozen=True, slots=True)
class People:
    """Token numbers that belong to names of people, and the folded last names of these people."""

    tokens: frozenset[int]
    last_names: frozenset[str]


def find_people(tokens: Sequence[Token], places: frozenset[int]) -> People:
    """Find names of people by titles, given names and initials.

    Parameters
    ----------
    tokens : sequence of Token
        The words of the text.
    places : frozenset of int
        Token numbers of places that are beyond doubt (countries); they end a person's name.

    Returns
    -------
    People
        Which tokens are part of a person's name, and their last names.
    """
    marked: set[int] = set()
    last_names: set[str] = set()
    for i, token in enumerate(tokens):
        if i in marked:
            continue
        start = _name_begins(tokens, i, places)
        if start is None:
            continue
        end = _name_ends(tokens, start, places)
        if end < start or (end == start and not _is_title(token)):
            continue
        marked.update(range(start, end + 1))
        if len(tokens[end].key) > 2:
            last_names.add(tokens[end].key)
    return People(frozenset(marked), frozenset(last_names))


def _is_title(token: Token) -> bool:
    """Tell whether a word is a title, as written."""
    return token.text.rstrip(".") in cue_words()["title"]


def _name_begins(tokens: Sequence[Token], i: int, places: frozenset[int]) -> int | None:
    """Return where the person's name begins that token i announces, None when it announces none."""
    if i + 1 >= len(tokens) or not adjacent(tokens[i + 1]):
        return None
    following = tokens[i + 1]
    if _is_title(tokens[i]) and following.is_name and i + 1 not in places and not _public(following):
        return i + 1 if not _is_title(following) else None
    weak = tokens[i].text.islower() and tokens[i].lower in cue_words()["weak_title"]
    if weak and (
        _two_words(tokens, i + 1, places)
        or (following.is_name and following.key in given_names() and i + 1 not in places)
    ):
        return i + 1
    if (
        tokens[i].key in given_names()
        and tokens[i].is_name
        and i not in places
        and _may_be_surname(tokens, i + 1, places)
    ):
        return i
    return None


def _two_words(tokens: Sequence[Token], i: int, places: frozenset[int]) -> bool:
    """Tell whether a name of two words begins at token i."""
    if i + 1 >= len(tokens) or not tokens[i].is_name or i in places or _public(tokens[i]):
        return False
    return _may_be_surname(tokens, i + 1, places)


def _may_be_surname(tokens: Sequence[Token], i: int, places: frozenset[int]) -> bool:
    """Tell whether token i can follow a given name: a capitalised word or an initial, and no public body."""
    token = tokens[i]
    return token.is_name and adjacent(token) and i not in places and not _public(token)


def _public(token: Token) -> bool:
    """Tell whether a word is typical of organisations, events or streets."""
    return any(token.text in cue_words()[kind] for kind in _PUBLIC) or token.text in cue_words()["never"]


def _name_ends(tokens: Sequence[Token], start: int, places: frozenset[int]) -> int:
    """Return the last token of the person's name that begins at `start`: three words, initials not counted."""
    end = start
    words = 1
    for j in range(start + 1, min(start + 5, len(tokens))):
        token = tokens[j]
        initial = len(token.text) == 1
        particle = (
            token.lower in {"al", "el", "bin", "ibn", "de", "van", "von", "der", "da", "dos", "la"}
            and not token.is_name
        )
        if not (adjacent(token) or (token.gap in {"-", ' "', '" '})) or j in places or _public(token) or words >= 3:
            break
        if particle:
            continue
        if not token.is_name:
            break
        end = j
        words += not initial
    return end


def adjacent(token: Token) -> bool:
    """Tell whether a word follows the one before with nothing but a blank (or an abbreviating point) between."""
    return token.gap in {" ", "\xa0", "-"} or (token.gap == ". " and not token.opens)
