"""Train the weights of gazetteer/data/ranker.json on the LGL corpus, and measure them out of fold.

    train_ranker.py ../shared/corpora/lgl.jsonl [--write]

A conditional logit: of the candidates of a name, and "none of these", one is right. Right are the candidates within
20 km of the annotated point, else within 161 km. Folds are by document. The corpus: Lieberman, Samet and
Sankaranarayanan's Local-Global Lexicon (588 articles of local newspapers), as cleaned by Gritta and others.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from gazetteer import rank
from gazetteer.distance import distance_km
from gazetteer.rank import BARE_FEATURES, LIT_FEATURES, Matrix, Question, Surroundings, features, softmax
from gazetteer.resolve import Sense, by_sense, lit, questions, surroundings
from gazetteer.spans import span_mentions
from gazetteer.store import Gazetteer, open_gazetteer
from gazetteer.tokens import tokenize

FOLDS = 5
RIDGE = 0.02
ROUNDS = 2
# what local newspapers of one country cannot teach: curated places, regions, names by side, the publisher's home
PRIOR = {
    "curated": 5.0,
    "region": 2.0,
    "favoured": 2.0,
    "home": 0.5,
    "wanted": 3.0,
    "inside": 2.0,
    "country": 1.0,
    "capital": 1.5,
    "country_share": 0.4,
}
# local newspapers teach that Paris and London are small towns, and have next to no curated place; in news of borders
# a capital's name means the capital, and a curated place is curated because it is in the news
FROZEN = {"capital", "curated", "country_share"}
NEAR_KM, FAR_KM = 20.0, 161.0

Weights = tuple[Matrix, float]


@dataclass(frozen=True)
class Document:
    """A document's names with, for each annotated one, how far each of its candidates lies from the annotation."""

    around: Surroundings
    asked: dict[Sense, Question]
    errors: dict[Sense, list[Matrix]]
    missing: int


def read(doc: dict[str, Any], gazetteer: Gazetteer) -> Document:
    """Prepare a document of the corpus."""
    gold = [t for t in doc["toponyms"] if t["lat"] is not None]
    tokens = tokenize(doc["text"], [(0, len(doc["text"]))])
    mentions, order = span_mentions(doc["text"], [(t["start"], t["end"]) for t in gold], tokens, gazetteer)
    senses = by_sense(mentions)
    asked = questions(mentions, tokens, senses, gazetteer)
    errors: dict[Sense, list[Matrix]] = {}
    missing = 0
    for sense, members in senses.items():
        for t in (gold[order[i]] for i in members if order[i] < len(gold)):
            away = [distance_km(h.lat, h.lon, t["lat"], t["lon"]) for h in asked[sense].hits]
            missing += not away
            if away:
                errors.setdefault(sense, []).append(np.array(away))
    return Document(surroundings(mentions), asked, errors, missing)


def examples(docs: list[Document], around: list[Surroundings], *, is_lit: bool) -> list[tuple[Matrix, Matrix]]:
    """Give features and errors of every annotated name."""
    made = []
    for doc, light in zip(docs, around, strict=True):
        for sense, errors in doc.errors.items():
            measured = features(doc.asked[sense], light, lit=is_lit)
            made += [(measured, e) for e in errors]
    return made


def lights(docs: list[Document], around: list[Surroundings], weights: Weights, *, is_lit: bool) -> list[Surroundings]:
    """Give each document the probable places of its names, by a model."""
    made = []
    for doc, before in zip(docs, around, strict=True):
        told = {
            s: softmax(features(q, before, lit=is_lit) @ weights[0], weights[1]) for s, q in doc.asked.items() if q.hits
        }
        made.append(lit(doc.around, doc.asked, told))
    return made


def fit(data: list[tuple[Matrix, Matrix]], names: tuple[str, ...]) -> Weights:
    """Find the weights under which the right candidates are the likeliest."""
    rights = [(e <= NEAR_KM) if (e <= NEAR_KM).any() else (e <= FAR_KM) for _, e in data]
    sizes = np.array([len(e) + 1 for _, e in data])
    columns = len(names) + 1
    stacked = np.vstack([np.vstack([np.pad(m, ((0, 0), (0, 1))), np.eye(columns)[-1]]) for m, _ in data])
    right = np.concatenate([np.append(r, not r.any()) for r in rights]).astype(float)
    group = np.repeat(np.arange(len(sizes)), sizes)
    ridge = np.array([100.0 if name in FROZEN else RIDGE for name in (*names, "none")])
    start = np.array([PRIOR.get(name, 0.0) for name in (*names, "none")])

    def loss(w: Matrix) -> tuple[float, Matrix]:
        s = stacked @ w
        top = np.full(len(sizes), -np.inf)
        np.maximum.at(top, group, s)
        e = np.exp(s - top[group])
        total = np.bincount(group, e)
        good = np.bincount(group, e * right)
        p, q = e / total[group], e * right / good[group]
        value = float(np.log(total / good).mean() + (ridge * (w - start)) @ (w - start) / 2 / len(w))
        return value, (stacked * (p - q)[:, None]).sum(0) / len(sizes) + ridge * (w - start) / len(w)

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found[:-1], float(found[-1])


def train(docs: list[Document]) -> tuple[Weights, Weights]:
    """Train the bare model, then the lit one in the light of what the bare one, and then it itself, believes."""
    plain = [d.around for d in docs]
    bare = fit(examples(docs, plain, is_lit=False), BARE_FEATURES)
    around = lights(docs, plain, bare, is_lit=False)
    for _ in range(ROUNDS):
        full = fit(examples(docs, around, is_lit=True), LIT_FEATURES)
        around = lights(docs, around, full, is_lit=True)
    return bare, full


def judge(docs: list[Document], bare: Weights, full: Weights) -> list[tuple[float, bool]]:
    """Give for each annotated name the probability of the chosen candidate and whether it is right within 161 km."""
    around = lights(docs, [d.around for d in docs], bare, is_lit=False)
    for _ in range(ROUNDS - 1):
        around = lights(docs, around, full, is_lit=True)
    told = []
    for measured, error in examples(docs, around, is_lit=True):
        p = softmax(measured @ full[0], full[1])
        best = int(p.argmax())
        near = np.abs(error - error[best]) <= NEAR_KM
        told.append((min(1.0, float(p[near].sum())), bool(error[best] <= FAR_KM)))
    return told


def calibration_error(told: list[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    edges = np.minimum((np.array([p for p, _ in told]) * bins).astype(int), bins - 1)
    gaps = []
    for b in range(bins):
        inside = [t for t, e in zip(told, edges, strict=True) if e == b]
        if inside:
            gaps.append(len(inside) * abs(np.mean([p for p, _ in inside]) - np.mean([r for _, r in inside])))
    return float(sum(gaps) / len(told))


def main() -> None:
    """Train and measure out of fold; with --write, train on all and keep the weights."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    gazetteer = open_gazetteer()
    with given.corpus.open(encoding="utf-8") as file:
        docs = [json.loads(line) for line in file]
    data = [read(d, gazetteer) for d in docs]
    told: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        models = train([d for i, d in enumerate(data) if i % FOLDS != fold])
        told += judge([d for i, d in enumerate(data) if i % FOLDS == fold], *models)
    total = len(told) + sum(d.missing for d in data)
    right = sum(r for _, r in told)
    print(
        f"out of fold: right {right} of {len(told)} with candidates, {right / total:.4f} of all {total}; ECE {calibration_error(told):.4f}",
        flush=True,
    )
    bare, full = train(data)
    kept = {"bare": named(bare, BARE_FEATURES), "lit": named(full, LIT_FEATURES)}
    print(json.dumps(kept))
    if given.write:
        note = "conditional logits, trained by scripts/train_ranker.py on LGL (588 articles of local newspapers) only"
        rank.WEIGHTS.write_text(json.dumps({"note": note, **kept}, indent=1) + "\n", encoding="utf-8")


def named(weights: Weights, names: tuple[str, ...]) -> dict[str, float]:
    """Give the weights their names."""
    return {n: round(float(v), 4) for n, v in zip((*names, "none"), [*weights[0], weights[1]], strict=True)}


if __name__ == "__main__":
    main()
