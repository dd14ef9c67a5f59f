"""Look 40 names of eight other borders up, and say of each whether the first answer is the place meant.

    python scripts/find_other_borders.py

The names, the points and the tolerances in `other_borders.csv` were written from general knowledge before the gazetteer was asked for any of them;
a line is not changed afterwards unless its point is wrong, and then the change says so.
"""

import csv
import sys
from pathlib import Path

from geopy.distance import geodesic

from gazetteer.store import Gazetteer, open_gazetteer
from marchland.gazetteer_cli import ranked_hits

TABLE = Path(__file__).parent / "other_borders.csv"


def main() -> int:
    """Print the answers as a Markdown table, and the counts."""
    gazetteer = open_gazetteer()
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row, *_answer(gazetteer, row)) for row in csv.DictReader(file)]
    print("| border | name | first answer | km off | verdict |\n|---|---|---|---|---|")
    for row, verdict, answer, km in rows:
        print(f"| {row['border']} | {row['name']} | {answer} | {km} | {verdict} |")
    counts = {
        verdict: sum(row[1] == verdict for row in rows)
        for verdict in ("right", "right, not first", "wrong", "not found")
    }
    print(f"\n{len(rows)} names: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    return 0


def _answer(gazetteer: Gazetteer, row: dict[str, str]) -> tuple[str, str, str]:
    """Return verdict, first answer and its distance for one name."""
    hits = ranked_hits(gazetteer, row["name"])
    if not hits:
        return "not found", "", ""
    expected, tolerance = (float(row["lat"]), float(row["lon"])), float(row["tolerance_km"])
    away = [geodesic(expected, (hit.lat, hit.lon)).km for hit in hits]
    near = min(away) <= tolerance
    verdict = "right" if away[0] <= tolerance else "right, not first" if near else "wrong"
    return verdict, f"{hits[0].name} ({hits[0].place_id}, {hits[0].country or 'no country'})", f"{away[0]:.0f}"


if __name__ == "__main__":
    sys.exit(main())
