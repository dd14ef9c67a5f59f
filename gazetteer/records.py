"""What the curated tables say beside places and names: sources, sides, claims, shared names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Something that the gazetteer rests on, as `sources.csv` describes it."""

    source_id: str
    title: str
    publisher: str = ""
    year: str = ""
    url: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Whose usage a name is; `label_switch` is the word for it in a map's switch of labels."""

    side: str
    label: str
    label_switch: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who claims a disputed territory or line, and what the claim is."""

    place_id: str
    claimant: str
    claim: str
    since: str = ""
    until: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name that several places carry, with the note that argues it."""

    text: str
    place_ids: tuple[str, ...]
    note: str
