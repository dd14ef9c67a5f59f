import sys

import pytest

from gazetteer.geoparse import geoparse, geoparse_with_demonyms, resolve_spans


def test_the_contract_is_plain_tuples():
    text = "The mayor of Paris flew to Berlin."
    found = geoparse(text)
    assert [text[start:end] for start, end, _, _ in found] == ["Paris", "Berlin"]
    assert found[0][2:] == pytest.approx((48.85, 2.35), abs=0.1)


def test_demonyms_come_only_when_asked_for():
    text = "The Georgian minister left Tbilisi."
    assert len(geoparse(text)) == 1
    assert len(geoparse_with_demonyms(text)) == 2


def test_given_spans_are_answered_one_by_one():
    text = "Anderson County and Knox County lie in Tennessee; Georgian troops at Xqzvil do not."
    spans = [(0, 15), (39, 48), (50, 58), (69, 75)]
    county, state, georgian, nothing = resolve_spans(text, spans)
    assert county == pytest.approx((36.1, -84.2), abs=0.3)
    assert state is not None
    assert georgian is not None
    assert nothing is None


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.shared
@pytest.mark.parametrize(
    ("corpus", "parser", "least"),
    [("geovirus", geoparse, (0.87, 0.84, 0.79)), ("lgl", geoparse_with_demonyms, (0.77, 0.84, 0.75))],
)
def test_the_corpora_are_read_as_well_as_the_docs_say(shared_dir, monkeypatch, corpus, parser, least):
    monkeypatch.syspath_prepend(str(shared_dir / "eval"))
    sys.modules.pop("geoparse", None)
    import geoparse as scorer

    recognition, given_spans, end_to_end = least
    row = scorer.evaluate(parser, corpus)
    assert row["F_ex"] >= recognition
    assert row["e2e_F161"] >= end_to_end
    assert scorer.evaluate_resolver(resolve_spans, corpus)["acc161"] >= given_spans
