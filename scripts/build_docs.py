"""Write the tables of `docs/` that follow from data and code; `tests/test_docs.py` asserts that they are current."""

import csv
from pathlib import Path

from incidents.schema import LAYERS

ROOT = Path(__file__).resolve().parent.parent
LAYER_NOTES = {
    "incidents": "One row per incident; the geometry is the marker (Point).",
    "uncertainty": "One row per incident that is not exact; the geometry is where it may have been.",
    "set_aside": "Sentences that tell of threats, demands, hypotheticals or history, placed where a place is named. In the page only.",
    "roads": "One row per statement on a road (origin article) and per dated period of its known history (origin curated).",
    "places": "Every place that the mapped articles name.",
}


def layers_page() -> str:
    """Describe the columns of every layer."""
    lines = [
        "# Layers and columns",
        "",
        "All layers are WGS84 (EPSG:4326). Written by `make docs` from `incidents/schema.py`.",
        "",
    ]
    for layer, columns in LAYERS.items():
        lines += [f"## {layer}", "", LAYER_NOTES[layer], "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| {column.name} | {column.dtype} | {column.meaning} |" for column in columns]
        lines.append("")
    return "\n".join(lines)


def codes_page() -> str:
    """Print the table of kinds and their codes."""
    with (ROOT / "incidents" / "data" / "kinds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    head = list(rows[0])
    lines = ["# Kinds of incident and their codes", "", "Written by `make docs` from `incidents/data/kinds.csv`.", ""]
    lines += [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(row[name] or '' for name in head)} |" for row in rows]
    return "\n".join([*lines, ""])


PAGES = {"docs/layers.md": layers_page, "docs/codes.md": codes_page}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
