"""The docs that follow from data say what the data say."""

import importlib.util
import re
from pathlib import Path

from tests_support import ROOT


def load_builder():
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current() -> None:
    pages = load_builder().PAGES
    stale = [name for name, page in pages.items() if (ROOT / name).read_text(encoding="utf-8") != page()]
    assert stale == [], "run `make docs`"


def test_links_in_the_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (Path(page.parent) / target).exists()
    ]
    assert broken == []
