"""Checks of names and sources: duplicates, names of two places, missing sides, rows that rest on one source."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from gazetteer.curated import Curated
from gazetteer.findings import Finding, WorldPoint
from gazetteer.fold import fold
from gazetteer.model import FeatureClass, Place
from gazetteer.records import Source
from geo.points import distance_km

SAME_PLACE_KM = 2.0
TOWN_POPULATION = 4000
TOWN_RADIUS_KM = 3.0
SINGLE_SOURCE_LIMIT = 0.60
CURATOR = "curator"
DERIVED_FROM = {"wof": "GeoNames", "geonames-all": "GeoNames"}


def check_duplicates(curated: Curated) -> Iterator[Finding]:
    """Find rows with the same id of GeoNames or Wikidata.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.

    Yields
    ------
    Finding
        One for each row whose id another row has already.
    """
    for column in ("geonames_id", "wikidata_id"):
        first: dict[str, Place] = {}
        for place in curated.places:
            value = getattr(place, column)
            if value in first:
                what = f"{column} {value} of {place.place_id} is also {first[value].place_id}'s"
                yield Finding("duplicate", curated.row_of(place.place_id), f"{what}; delete one, or mend the id")
            elif value:
                first[value] = place


def check_shared_names(curated: Curated) -> Iterator[Finding]:
    """Find names that two places claim without a row in `shared_names.csv`.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.

    Yields
    ------
    Finding
        One for each pair of places; two of one class within 2 km may be one place written twice.
    """
    argued = {
        (fold(shared.text), frozenset(pair))
        for shared in curated.shared_names
        for pair in combinations(sorted(set(shared.place_ids)), 2)
    }
    for text, places in names_of_several(curated.places).items():
        for first, second in combinations(places, 2):
            if (text, frozenset((first.place_id, second.place_id))) in argued:
                continue
            yield _shared_finding(curated, text, first, second)


def names_of_several(places: Iterable[Place]) -> dict[str, list[Place]]:
    """Return the folded names that several places carry, with those places.

    Examples
    --------
    >>> names_of_several([])
    {}
    """
    bearers: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for place in places:
        for name in place.names:
            bearers[fold(name.text)][place.place_id] = place
    return {text: list(several.values()) for text, several in bearers.items() if len(several) > 1}


def _shared_finding(curated: Curated, text: str, first: Place, second: Place) -> Finding:
    """Say that two places have one name."""
    written = next(name.text for name in second.names if fold(name.text) == text)
    both = f"{first.place_id};{second.place_id}"
    if first.feature_class == second.feature_class and _km(first, second) < SAME_PLACE_KM:
        remedy = f"are they one place? Delete one row, or add {both} to shared_names.csv"
        check = "duplicate"
    else:
        remedy = f"add {both} to shared_names.csv with a note that tells them apart"
        check = "shared name"
    message = f"{written!r} names both {first.place_id} and {second.place_id}; {remedy}"
    return Finding(check, curated.row_of(second.place_id), message)


def _km(first: Place, second: Place) -> float:
    """Return the distance between two places, endless where one has no point."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return float("inf")
    return distance_km(first.lon, first.lat, second.lon, second.lat)


def check_shared_rows(curated: Curated) -> Iterator[Finding]:
    """Find rows of `shared_names.csv` whose places do not have the name.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.

    Yields
    ------
    Finding
        One for each place of such a row.
    """
    names = {place.place_id: {fold(name.text) for name in place.names} for place in curated.places}
    for shared in curated.shared_names:
        for place_id in shared.place_ids:
            if fold(shared.text) not in names[place_id]:
                remedy = f"give {place_id} the name in names.csv, or take it out of the row"
                where = f"shared_names.csv, {shared.text!r}"
                yield Finding("shared name", where, f"{place_id} has no name {shared.text!r}; {remedy}")


def check_sides(
    curated: Curated, required: Mapping[str, tuple[str, ...]], world: Mapping[str, WorldPoint]
) -> Iterator[Finding]:
    """Find towns without a name from each side.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.
    required : mapping of str to tuple of str
        The sides that each set's towns must have names from.
    world : mapping of str to WorldPoint
        GeoNames' populations by geonames_id.

    Yields
    ------
    Finding
        One for each town, with the sides that it lacks.
    """
    for place in towns(curated, world):
        folder = curated.set_of(place.place_id)
        lacking = [side for side in required.get(folder, ()) if side not in sides_of(place)]
        if lacking:
            what = f"{place.place_id} has no name from side {' and '.join(lacking)}"
            yield Finding("missing side", curated.row_of(place.place_id), f"{what}; add it to names.csv")


def sides_of(place: Place) -> set[str]:
    """Return the sides that a place has names from.

    Examples
    --------
    >>> sides_of(Place("x", "X", FeatureClass.SETTLEMENT, None, None))
    set()
    """
    return {name.side for name in place.names}


def towns(curated: Curated, world: Mapping[str, WorldPoint]) -> list[Place]:
    """Return the settlements that count as towns.

    A town has 4,000 inhabitants in GeoNames, or a radius of 3 km, or gives a district or province its name.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.
    world : mapping of str to WorldPoint
        GeoNames' populations by geonames_id.

    Returns
    -------
    list of Place
        In file order.
    """
    named_after = {
        fold(place.name).removesuffix(suffix)
        for place in curated.places
        if place.feature_class is FeatureClass.ADMIN
        for suffix in (" district", " province", " region")
    }
    settlements = [place for place in curated.places if place.feature_class is FeatureClass.SETTLEMENT]
    return [
        place
        for place in settlements
        if place.radius_km >= TOWN_RADIUS_KM
        or fold(place.name) in named_after
        or (place.geonames_id in world and world[place.geonames_id].population >= TOWN_POPULATION)
    ]


def origins(place: Place, sources: Mapping[str, Source]) -> set[str]:
    """Return who a place's row rests on: publishers, since two pages of one publisher are one source.

    The curator's own knowledge is no source, and Who's On First has its points of villages from GeoNames.

    Parameters
    ----------
    place : Place
        The place.
    sources : mapping of str to Source
        The sources by id.

    Returns
    -------
    set of str
        Publishers; empty where only the curator vouches for the row.

    Examples
    --------
    >>> known = {name: Source(name, name, "Atlas (second edition)") for name in ("atlas", "atlas-map")}
    >>> origins(Place("x", "X", FeatureClass.LAKE, None, None, sources=("atlas", "atlas-map", "curator")), known)
    {'Atlas'}
    """
    cited = [sources.get(source_id, Source(source_id, source_id)) for source_id in place.sources]
    return {_origin(source) for source in cited if source.source_id != CURATOR}


def _origin(source: Source) -> str:
    """Return whose work a source is."""
    if source.source_id in DERIVED_FROM:
        return DERIVED_FROM[source.source_id]
    publisher = source.publisher.split(" (")[0].removesuffix(" contributors")
    return publisher or source.source_id


def sole_origins(curated: Curated) -> Counter[str]:
    """Count, for each publisher, the places that rest on it alone; "" counts those that only the curator vouches for.

    Examples
    --------
    >>> sole_origins(Curated((Place("x", "X", FeatureClass.SETTLEMENT, None, None, sources=("atlas",)),)))
    Counter({'atlas': 1})
    """
    sources = {source.source_id: source for source in curated.sources}
    found = [origins(place, sources) for place in curated.places]
    return Counter(next(iter(one), "") for one in found if len(one) <= 1)


def check_sources(curated: Curated) -> Iterator[Finding]:
    """Say when more than 60 % of the rows rest on a single source.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.

    Yields
    ------
    Finding
        At most one.
    """
    alone = sole_origins(curated)
    share = alone.total() / max(1, len(curated.places))
    if share > SINGLE_SOURCE_LIMIT:
        most = ", ".join(f"{origin or 'the curator'} {count}" for origin, count in alone.most_common(3))
        what = f"{share:.0%} of the rows rest on one source alone ({most}); at most {SINGLE_SOURCE_LIMIT:.0%} may"
        yield Finding("single source", "places.csv", f"{what}: confirm rows from a second source")
