"""Count what the curated gazetteer holds: places, towns, border villages, names by side, sources."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gazetteer.check_names import CURATOR, sides_of, sole_origins, towns
from gazetteer.curated import Curated
from gazetteer.findings import WorldPoint
from gazetteer.model import FeatureClass, Place


@dataclass(frozen=True, slots=True)
class Tally:
    """How much the curated gazetteer holds; `single_source` is the share of places that rest on one publisher alone."""

    places: int
    by_set: Mapping[str, int]
    by_class: Mapping[str, int]
    towns: int
    towns_with_every_side: int
    border_villages: int
    border_villages_with_every_side: int
    names: int
    names_by_side: Mapping[str, int]
    names_by_script: Mapping[str, int]
    names_by_kind: Mapping[str, int]
    names_by_curator_alone: int
    with_holders: int
    holder_rows: int
    claims: int
    shared_names: int
    sources: int
    single_source: float
    sole_sources: Mapping[str, int]


def tally(
    curated: Curated,
    world: Mapping[str, WorldPoint],
    *,
    required: Mapping[str, tuple[str, ...]],
    border: Collection[str] = (),
) -> Tally:
    """Count what the curated gazetteer holds.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.
    world : mapping of str to WorldPoint
        GeoNames' places by id, for telling towns from villages.
    required : mapping of str to tuple of str
        The sides that each set's towns need names from.
    border : collection of str
        The place_ids of what lies near the recognised border; its settlements that are no towns are border villages.

    Returns
    -------
    Tally
        The counts; mappings with the largest first.
    """
    names = [name for place in curated.places for name in place.names]
    large = towns(curated, world)
    alone = sole_origins(curated)
    villages = [
        place
        for place in curated.places
        if place.feature_class is FeatureClass.SETTLEMENT and place.place_id in border and place not in large
    ]
    return Tally(
        places=len(curated.places),
        by_set=_counted(curated.set_of(place.place_id) for place in curated.places),
        by_class=_counted(place.feature_class.value for place in curated.places),
        towns=len(large),
        towns_with_every_side=sum(_every_side(place, curated, required) for place in large),
        border_villages=len(villages),
        border_villages_with_every_side=sum(_every_side(place, curated, required) for place in villages),
        names=len(names),
        names_by_side=_counted(name.side for name in names),
        names_by_script=_counted(name.script for name in names),
        names_by_kind=_counted(name.kind for name in names),
        names_by_curator_alone=sum(name.source == CURATOR for name in names),
        with_holders=sum(bool(place.holders) for place in curated.places),
        holder_rows=sum(len(place.holders) for place in curated.places),
        claims=len(curated.claims),
        shared_names=len(curated.shared_names),
        sources=len(curated.sources),
        single_source=alone.total() / max(1, len(curated.places)),
        sole_sources={origin or "no source but the curator": n for origin, n in alone.most_common()},
    )


def rows_by_source(curated: Curated) -> Counter[str]:
    """Count the places, names, holders and claims that each source is given for.

    Examples
    --------
    >>> rows_by_source(Curated())
    Counter()
    """
    rows: Counter[str] = Counter(source for place in curated.places for source in place.sources)
    for place in curated.places:
        rows.update(part.strip() for name in place.names for part in name.source.split(";"))
        rows.update(part.strip() for holder in place.holders for part in holder.source.split(";"))
    rows.update(part.strip() for claim in curated.claims for part in claim.source.split(";"))
    return rows


def _counted(values: Iterable[str]) -> dict[str, int]:
    """Count values, the most frequent first."""
    return dict(Counter(values).most_common())


def _every_side(place: Place, curated: Curated, required: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether a place has a name from each side that its set asks for."""
    return sides_of(place) >= set(required.get(curated.set_of(place.place_id), ()))


def tally_lines(count: Tally) -> list[str]:
    """Return the counts as lines of text.

    Parameters
    ----------
    count : Tally
        The counts.

    Returns
    -------
    list of str
        One count a line, with what it is made of.
    """
    return [
        f"places: {count.places} ({_mapping(count.by_set)})",
        f"  {_mapping(count.by_class)}",
        f"towns: {count.towns}, with a name from every side {count.towns_with_every_side}",
        f"border villages: {count.border_villages}, with a name from every side {count.border_villages_with_every_side}",
        f"names: {count.names} ({_mapping(count.names_by_side)})",
        f"  {_mapping(count.names_by_script)}",
        f"  {_mapping(count.names_by_kind)}",
        f"  vouched for by the curator alone: {count.names_by_curator_alone}",
        f"holders: {count.holder_rows} rows on {count.with_holders} places; claims: {count.claims}",
        f"names shared by several places: {count.shared_names}",
        f"sources: {count.sources}; rows on one source alone: {count.single_source:.0%} ({_mapping(count.sole_sources, 6)})",
    ]


def _mapping(counts: Mapping[str, int], limit: int = 12) -> str:
    """Return counts as one line, the largest first."""
    shown = [f"{key} {value}" for key, value in list(counts.items())[:limit]]
    return ", ".join([*shown, f"{len(counts) - limit} more" if len(counts) > limit else ""]).removesuffix(", ")
