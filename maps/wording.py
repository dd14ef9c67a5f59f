"""Every string that a reader of the page sees, in one file: `maps/data/strings.en.json`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_strings(language: str = "en") -> Mapping[str, str]:
    """Read the visible strings of one language.

    Parameters
    ----------
    language : str
        ISO 639-1 code; the file is `maps/data/strings.LANGUAGE.json`.

    Examples
    --------
    >>> load_strings()["kind.armed_clash"]
    'Armed clash'
    """
    text = files("maps").joinpath("data", f"strings.{language}.json").read_text(encoding="utf-8")
    strings: dict[str, str] = json.loads(text)
    return strings
