"""Compile the base map in `geo/data` from public packages.

    python scripts/build_basemap.py [--inputs FOLDER]

Needs npm, pip and apt-get (Debian) to download the packages by name; they go to FOLDER (a temporary one by default) and are not kept in
the project. What is compiled, from what, under which licence, stands in `geo/data/README.md`, the measurements in `docs/basemap.md`.
"""

import argparse
import tempfile
from pathlib import Path

import geopandas as gpd
from basemap import inputs, layers
from basemap.faces import read_table, world_faces
from basemap.lines import disputed_lines
from basemap.measure import measure, table
from basemap.provinces import provinces
from basemap.region import region_faces
from basemap.towns import towns
from basemap.waters import lakes, rivers

DATA = Path(__file__).parents[1] / "geo" / "data"
WORLD_TOLERANCE_DEG = 0.02
REGION_TOLERANCE_DEG = 0.0015
PROVINCE_TOLERANCE_DEG = 0.04
"""Sizes of the triangles that simplification may flatten (square roots of areas), chosen by the sizes and errors in docs/basemap.md."""
LINE_TOLERANCE_DEG = 0.005
"""How far simplified rivers, lake shores and disputed lines may move, half a kilometre."""


def main() -> None:
    """Fetch the inputs, compile every layer, print sizes."""
    parser = argparse.ArgumentParser(description="Compile the base map in geo/data.")
    parser.add_argument("--inputs", type=Path, help="folder for the downloaded packages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        build(options.inputs or Path(temporary))


def build(folder: Path) -> None:
    """Compile every layer from the packages in a folder."""
    inputs.fetch(folder)
    disputed = read_table(DATA / "disputed_areas.csv")
    territories = read_table(DATA / "territories.csv")
    world = layers.with_states(world_faces(folder, disputed, territories, tolerance_deg=WORLD_TOLERANCE_DEG), disputed)
    region = layers.with_states(region_faces(folder, disputed, tolerance_deg=REGION_TOLERANCE_DEG), disputed)
    faces, borders = layers.merge(world, region)
    write("countries", layers.countries(faces))
    write("borders", borders)
    write("disputed_areas", layers.disputed_areas(faces, disputed))
    write(
        "disputed_lines", disputed_lines(folder, DATA / "disputed_lines.csv", borders, tolerance_deg=LINE_TOLERANCE_DEG)
    )
    write("lakes", lakes(folder, DATA / "lake_names.csv", tolerance_deg=LINE_TOLERANCE_DEG))
    write("rivers", rivers(folder, tolerance_deg=LINE_TOLERANCE_DEG))
    found = provinces(folder, faces, DATA / "province_names.csv", tolerance_deg=PROVINCE_TOLERANCE_DEG)
    write("provinces", found[["province_id", "geometry"]])
    found.drop(columns="geometry").to_csv(DATA / "provinces.csv", index=False, lineterminator="\n")
    towns().to_csv(DATA / "towns.csv", index=False, lineterminator="\n")
    layers.country_table(folder, faces, territories).to_csv(DATA / "countries.csv", index=False, lineterminator="\n")
    print(table(measure(folder, world)))


def write(name: str, frame: gpd.GeoDataFrame) -> None:
    """Write a layer as GeoParquet and print its size."""
    path = DATA / "shapes" / f"{name}.parquet"
    path.parent.mkdir(exist_ok=True)
    frame.to_parquet(path, compression="zstd", compression_level=19, index=False)
    print(f"{name}: {len(frame)} features, {path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
