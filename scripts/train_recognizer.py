"""Train the weights of gazetteer/data/recognizer.json on the LGL corpus, and measure them out of fold.

    train_recognizer.py ../shared/corpora/lgl.jsonl [--write]

A logistic regression on what speaks for and against each known name (`gazetteer.evidence`), with the rules' verdict
among it. Positive are the names whose span is annotated. Folds are by document.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from gazetteer import recognize
from gazetteer.join import glosses, pairs
from gazetteer.recognize import measures, settled, weigh
from gazetteer.scan import scan
from gazetteer.shorthand import add_abbreviations
from gazetteer.steer import steer
from gazetteer.store import Gazetteer, open_gazetteer
from gazetteer.tokens import tokenize

FOLDS = 5
STRENGTH = 0.5
# A name that is missed takes its incident with it, a false one mostly nothing: lower than what recognition alone would choose.
LEAST = 0.2
LEAST_AGAINST_RULES = 0.4

Data = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def read(docs: list[dict[str, Any]], gazetteer: Gazetteer) -> tuple[list[str], Data, int]:
    """Give the features, labels, documents and rule-settled names of all known names, and how many names are unknown."""
    rows, labels, numbers, kept, missing = [], [], [], [], 0
    names: list[str] = []
    for number, doc in enumerate(docs):
        text = doc["text"]
        tokens = tokenize(text, [(0, len(text))])
        mentions = add_abbreviations(text, scan(tokens, gazetteer), tokens, gazetteer)
        mentions = steer(pairs(glosses(text, mentions, tokens), tokens, gazetteer), tokens, gazetteer)
        gold = {(t["start"], t["end"]) for t in doc["toponyms"]}
        for m, e in zip(mentions, weigh(mentions, tokens)[0], strict=True):
            measured = measures(e)
            names = names or list(measured)
            rows.append(list(measured.values()))
            labels.append((m.start, m.end) in gold)
            numbers.append(number)
            kept.append(settled(e))
        missing += len(gold - {(m.start, m.end) for m in mentions})
    return names, (np.array(rows), np.array(labels), np.array(numbers), np.array(kept)), missing


def fit(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Fit the weights; the constant is one of the columns."""
    model = LogisticRegression(C=STRENGTH, max_iter=3000, fit_intercept=False)
    return np.asarray(model.fit(rows, labels).coef_[0])


def main() -> None:
    """Measure out of fold; with --write, train on all and keep the weights."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    with given.corpus.open(encoding="utf-8") as file:
        docs = [json.loads(line) for line in file]
    names, (rows, labels, numbers, kept), missing = read(docs, open_gazetteer())
    told = np.zeros(len(labels))
    for fold in range(FOLDS):
        weights = fit(rows[numbers % FOLDS != fold], labels[numbers % FOLDS != fold])
        told[numbers % FOLDS == fold] = 1 / (1 + np.exp(-rows[numbers % FOLDS == fold] @ weights))
    found = kept | (told > LEAST_AGAINST_RULES)
    right = int((found & labels).sum())
    print(
        f"out of fold, known names: P {right / found.sum():.4f} R {right / (labels.sum() + missing):.4f} F1 {2 * right / (found.sum() + labels.sum() + missing):.4f}"
    )
    weights = {n: round(float(w), 4) for n, w in zip(names, fit(rows, labels), strict=True)}
    if given.write:
        note = (
            "logistic regression, trained by scripts/train_recognizer.py on LGL (588 articles of local newspapers) only"
        )
        model = {
            "note": note,
            "decision": {"least": LEAST, "least_against_rules": LEAST_AGAINST_RULES},
            "weights": weights,
        }
        recognize.WEIGHTS.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
