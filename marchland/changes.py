"""What changed since the last time: the incidents of the previous `incidents.geojson` beside the new ones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What makes an incident another one in the eyes of a reader; texts and offsets follow from these.
COMPARED = ("kind", "date_start", "date_end", "place_id", "stance", "killed_best", "injured_best", "geo_precision")


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of incidents that are new, gone, or told differently than before."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def read_previous(path: Path) -> dict[str, dict[str, Any]] | None:
    """Read the properties of an earlier `incidents.geojson` by incident id.

    Parameters
    ----------
    path : pathlib.Path
        The earlier file.

    Returns
    -------
    dict or None
        None when there is no such file, or it is not one of ours any more.
    """
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        return {feature["properties"]["incident_id"]: feature["properties"] for feature in collection["features"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def compare(before: Mapping[str, Mapping[str, Any]] | None, after: Mapping[str, Mapping[str, Any]]) -> Changes:
    """Say which incidents are new, gone or changed.

    Parameters
    ----------
    before, after : mapping
        Properties by incident id; `before` is None when there was no map, and then nothing counts as changed.

    Returns
    -------
    Changes
        Ids in the order of the newer map (gone ones in the order of the older).

    Examples
    --------
    >>> compare({"a": {"killed_best": 1}}, {"a": {"killed_best": 2}, "b": {}})
    Changes(new=('b',), gone=(), changed=('a',))
    """
    if before is None:
        return Changes()
    differs = [key for key in after if key in before and _core(before[key]) != _core(after[key])]
    return Changes(
        new=tuple(key for key in after if key not in before),
        gone=tuple(key for key in before if key not in after),
        changed=tuple(differs),
    )


def _core(properties: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give the compared values of one incident."""
    return tuple(properties.get(name) for name in COMPARED)
