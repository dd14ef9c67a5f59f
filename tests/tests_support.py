"""What test modules and fixtures share that is no fixture."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def missing(what: str) -> NoReturn:
    """Skip with the reason; in CI, where everything is installed, a skip would hide a hole."""
    if IN_CI:
        pytest.fail(f"in CI this must be there: {what}")
    pytest.skip(what)
