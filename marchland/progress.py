"""A progress bar on standard error, and the gazetteer opened behind one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gazetteer.compile import Progress
    from gazetteer.store import Gazetteer


@contextmanager
def progress_bar() -> "Iterator[Progress]":
    """Give a callback (what, done, total) that draws a bar on standard error from its first call on.

    Examples
    --------
    >>> with progress_bar() as progress:
    ...     pass
    """
    with ExitStack() as stack:
        bars: list[Any] = []

        def advance(what: str, done: int, total: int) -> None:
            if not bars:
                from rich.console import Console
                from rich.progress import Progress as Bar

                bar = stack.enter_context(Bar(console=Console(stderr=True), transient=True))
                bars.extend((bar, bar.add_task(what, total=total)))
            bars[0].update(bars[1], completed=done, total=total, description=what)

        yield advance


def opened_gazetteer() -> "Gazetteer":
    """Open the gazetteer, showing a bar while it is compiled for the first time.

    Returns
    -------
    Gazetteer
        The curated places, the world's, and what the user imported.

    Raises
    ------
    MarchlandError
        When the cache folder cannot be written.
    """
    from gazetteer.store import open_gazetteer

    with progress_bar() as progress:
        return open_gazetteer(progress=progress)
