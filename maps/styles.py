"""One style table for the HTML map and the QGIS project: `maps/data/styles.csv` and `maps/data/symbols.csv`.

The palette is Okabe and Ito's (2008), which readers with each of the three colour vision deficiencies tell apart; two
kinds that share a colour differ in their symbol, so that colour never carries a meaning alone.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geo.errors import DataFileError

PALETTE = "Okabe-Ito"


@dataclass(frozen=True, slots=True)
class Style:
    """How one thing is drawn: colours for light and dark, the ink on them, symbol, line width in pixels, dash, opacity."""

    group: str
    key: str
    color_light: str
    color_dark: str
    ink_light: str
    ink_dark: str
    symbol: str
    width: float
    dash: tuple[float, ...]
    opacity: float
    order: int
    note: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A glyph as an SVG path in a box of 24 by 24; `mode` is fill or stroke."""

    symbol: str
    path: str
    mode: str
    note: str


def _rows(name: str) -> list[dict[str, str]]:
    """Read one of the package's CSV files."""
    text = files("maps").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _style(row: dict[str, str]) -> Style:
    """Turn a row of styles.csv into a Style; numbers that are none raise ValueError."""
    return Style(
        group=row["group"],
        key=row["key"],
        color_light=row["color_light"],
        color_dark=row["color_dark"] or row["color_light"],
        ink_light=row["ink_light"],
        ink_dark=row["ink_dark"] or row["ink_light"],
        symbol=row["symbol"],
        width=float(row["width"]),
        dash=tuple(float(part) for part in row["dash"].split()),
        opacity=float(row["opacity"]),
        order=int(row["order"]),
        note=row["note"],
    )


@cache
def load_styles() -> tuple[Style, ...]:
    """Read the style table.

    Returns
    -------
    tuple of Style
        In the order of the file.

    Raises
    ------
    DataFileError
        With one line for each row whose numbers are none or which repeats a group and key.

    Examples
    --------
    >>> styles = {(style.group, style.key): style for style in load_styles()}
    >>> styles["kind", "armed_clash"].color_light
    '#D55E00'
    """
    styles: dict[tuple[str, str], Style] = {}
    faults: list[str] = []
    for line, row in enumerate(_rows("styles.csv"), start=2):
        try:
            style = _style(row)
        except ValueError as problem:
            faults.append(f"maps/data/styles.csv:{line}: {problem}; width, dash, opacity and order are numbers")
            continue
        if (style.group, style.key) in styles:
            faults.append(f"maps/data/styles.csv:{line}: {style.group} {style.key} stands twice; keep one row")
        styles[style.group, style.key] = style
    if faults:
        raise DataFileError(faults)
    return tuple(styles.values())


@cache
def load_symbols() -> tuple[Symbol, ...]:
    """Read the glyphs.

    Examples
    --------
    >>> {symbol.mode for symbol in load_symbols()} == {"fill", "stroke"}
    True
    """
    return tuple(Symbol(**row) for row in _rows("symbols.csv"))


def styles_for_page() -> dict[str, dict[str, dict[str, object]]]:
    """Give the table as the page's scripts read it: group, key, then the values.

    Examples
    --------
    >>> styles_for_page()["road"]["proposed"]["dash"]
    [12.0, 5.0, 2.0, 5.0]
    """
    page: dict[str, dict[str, dict[str, object]]] = {}
    for style in load_styles():
        page.setdefault(style.group, {})[style.key] = {
            "color": [style.color_light, style.color_dark],
            "ink": [style.ink_light, style.ink_dark],
            "symbol": style.symbol,
            "width": style.width,
            "dash": list(style.dash),
            "opacity": style.opacity,
        }
    page["symbol"] = {symbol.symbol: {"path": symbol.path, "mode": symbol.mode} for symbol in load_symbols()}
    return page
