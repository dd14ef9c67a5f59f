"""The wheel, as somebody gets it who has no checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from tests_support import ROOT, missing

OURS = ("geo", "gazetteer", "incidents", "maps", "marchland")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stderr[-2000:]
    (file,) = folder.glob("*.whl")
    return file


def test_no_other_distribution_owns_our_packages() -> None:
    owners = packages_distributions()
    foreign = {package: set(owners.get(package, [])) - {"marchland"} for package in OURS}
    assert foreign == {package: set() for package in OURS}


@pytest.mark.slow
def test_the_wheel_carries_code_and_data_of_every_package_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == set(OURS)
    for needed in ("gazetteer/data/sources.csv", "gazetteer/data/armenia/places.csv", "incidents/data/kinds.csv"):
        assert needed in names
    assert any(name.startswith("geo/data/") for name in names)
    assert any(name.startswith("maps/") and name.endswith(".js") for name in names)


@pytest.mark.slow
def test_the_wheel_maps_a_dispatch_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    installed = run(python, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    if installed.returncode and "No matching distribution" in installed.stderr + installed.stdout:
        missing("no package index can be reached to install the dependencies")
    assert installed.returncode == 0, installed.stderr[-2000:]
    dispatch = min(file for file in (ROOT / "seeds").glob("*.md") if file.name != "README.md")
    mapped = run(tmp_path / "env" / "bin" / "marchland", "map", dispatch, "--out", "out", cwd=tmp_path)
    assert mapped.returncode == 0, mapped.stderr[-2000:]
    assert (tmp_path / "out" / "map.html").stat().st_size > 100_000
    code = (
        f"import importlib.metadata as m; d = m.packages_distributions(); print([sorted(set(d[p])) for p in {OURS!r}])"
    )
    owners = run(python, "-c", code, cwd=tmp_path)
    assert owners.stdout.strip() == str([["marchland"]] * len(OURS))
