"""Writing a page: whole or not at all."""

import os
import tempfile
from pathlib import Path

from geo.errors import MarchlandError


def write_atomically(path: Path, text: str) -> Path:
    """Write UTF-8 text beside the target and move it there, so that a reader never sees half a page.

    Raises
    ------
    MarchlandError
        When the folder or the file cannot be written, with the remedy.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as problem:
        raise MarchlandError(
            f"{path}: cannot be written ({problem.strerror}); choose another folder with --out"
        ) from problem
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as problem:
        raise MarchlandError(
            f"{path}: cannot be written ({problem.strerror}); choose another folder with --out"
        ) from problem
    finally:
        Path(name).unlink(missing_ok=True)
    return path
