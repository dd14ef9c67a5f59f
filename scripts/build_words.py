"""Build gazetteer/data/{common_words,given_names,surnames}.csv: words that look like places and mostly are not.

    build_words.py --words american-english-small --names DIR

`--words` is a word list of SCOWL size 35 (Debian's wamerican-small, permissive licence); kept are the lower-case words
that some place of the world has in its name. `--names` is the folder of the "names" package with the frequency
lists of the US census of 1990 (public domain); kept are the commoner given names and the surnames that are also places.
"""

import argparse
import csv
from pathlib import Path

from gazetteer.fold import fold
from gazetteer.world import tables, towns

DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"


def place_words() -> set[str]:
    """Give the words of the names of all towns, provinces, lakes and rivers, folded."""
    found: set[str] = set()
    for entry in (*tables(), *towns()):
        found.update(fold(text) for text in (entry.place.name, *entry.alternates))
    return {word for name in found for word in name.split()}


def census(path: Path, least_percent: float) -> list[str]:
    """Give the names of a census list that at least this percentage of people have, folded."""
    rows = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return [row[0].lower() for row in rows if len(row) > 1 and float(row[1]) >= least_percent]


def write(name: str, column: str, values: set[str]) -> None:
    """Write one list, sorted."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([column])
        out.writerows([v] for v in sorted(values))
    print(name, len(values))


def main() -> None:
    """Read the lists named on the command line, write the tables."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--words", type=Path, required=True)
    ask.add_argument("--names", type=Path, required=True)
    given = ask.parse_args()
    places = place_words()
    words = {w for w in given.words.read_text(encoding="utf-8").split() if w.islower() and w.isalpha() and w.isascii()}
    write("common_words.csv", "word", words & places)
    firsts = {*census(given.names / "dist.male.first", 0.004), *census(given.names / "dist.female.first", 0.003)}
    write("given_names.csv", "name", firsts)
    write("surnames.csv", "name", set(census(given.names / "dist.all.last", 0.002)) & places)


if __name__ == "__main__":
    main()
